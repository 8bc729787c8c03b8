"""Gives Rasa the training phrases, each with the language its folder is named after."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.constants import INTENT, METADATA
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.io import read_model_configuration

from nlu.components.phrases import Phrase, read_phrases

LANGUAGE = "language"


class LanguageImporter(TrainingDataImporter):
    """Reads the phrases by the project's own reader; there are no stories and no domain.

    Rasa's importer opens every file several times, with a YAML reader that takes minutes over
    this many phrases.
    """

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: list[str] | str | None = None,
    ) -> None:
        folders = training_data_paths or []
        self._folders = [folders] if isinstance(folders, str) else folders
        self._config_file = config_file
        self._data: TrainingData | None = None

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """All phrases, read once."""
        if self._data is None:
            phrases = [one for folder in self._folders for one in read_phrases(Path(folder))]
            self._data = TrainingData([_message(phrase) for phrase in phrases])
        return self._data

    def get_config(self) -> dict[str, Any]:
        """The pipeline file."""
        return read_model_configuration(self._config_file) if self._config_file else {}

    def get_config_file_for_auto_config(self) -> str | None:
        """The pipeline file's path."""
        return self._config_file

    def get_domain(self) -> Domain:
        """None: conversations are led by the bot, not by Rasa."""
        return Domain.empty()

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        """None, as above."""
        return StoryGraph([])


def _message(phrase: Phrase) -> Message:
    message = Message.build(phrase.text, phrase.intent, [], {"urgent": phrase.urgent})
    message.set(METADATA, {**message.get(METADATA), LANGUAGE: phrase.language})
    return message


def phrase_of(message: Message) -> Phrase:
    """The phrase a message was made from; a message from elsewhere counts as calm Russian."""
    metadata = message.get(METADATA) or {}
    return Phrase(
        text=message.get("text"),
        intent=message.get(INTENT),
        language=metadata.get(LANGUAGE) or "ru",
        urgent=bool((metadata.get(INTENT) or {}).get("urgent")),
    )
