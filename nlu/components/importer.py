"""Reads the training files as Rasa does, and remembers which language each phrase is in."""

from __future__ import annotations

from functools import reduce

import rasa.shared.nlu.training_data.loading as loading
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.phrases import language_of

LANGUAGE = "language"


class LanguageImporter(RasaFileImporter):
    """Adds to each phrase's metadata the language its file's folder is named after."""

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """All phrases; those of files outside a language folder carry no language."""
        parts = [_with_language(path) for path in sorted(self._nlu_files)]
        return reduce(lambda all_, part: all_.merge(part), parts, TrainingData())


def _with_language(path: str) -> TrainingData:
    part = loading.load_data(path)
    language = language_of(path)
    for message in part.training_examples:
        message.set("metadata", {**(message.get("metadata") or {}), LANGUAGE: language})
    return part
