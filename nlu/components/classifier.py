"""The model as a component of Rasa's graph."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.features import read_concepts
from nlu.components.importer import phrase_of
from nlu.components.meaning import Meaning, Reading

_FILE = "meaning.pickle"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class MeaningClassifier(IntentClassifier, GraphComponent):
    """Adds to a message its intents, its language and how urgent it is."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`concepts`: the file of concepts; `ranking_length`: how many guesses are returned."""
        return {"concepts": "nlu/concepts.yml", "ranking_length": 25}

    @staticmethod
    def required_packages() -> list[str]:
        """What must be installed."""
        return ["sklearn"]

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._meaning: Meaning | None = None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003
    ) -> MeaningClassifier:
        """A component that has learnt nothing yet."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the training phrases and keep what was learnt in the model file."""
        self._meaning = Meaning(read_concepts(Path(self._config["concepts"])))
        self._meaning.learn([phrase_of(message) for message in training_data.intent_examples])
        with self._storage.write_to(self._resource) as folder:
            (folder / _FILE).write_bytes(pickle.dumps(self._meaning, pickle.HIGHEST_PROTOCOL))
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003
        **kwargs: Any,  # noqa: ARG003
    ) -> MeaningClassifier:
        """The component as it was trained; models come from our own training only."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._meaning = pickle.loads((folder / _FILE).read_bytes())  # noqa: S301
        return component

    def process(self, messages: list[Message]) -> list[Message]:
        """Read each message."""
        for message in messages:
            text = message.get(TEXT)
            if self._meaning is not None and text and text.strip():
                self._note(message, self._meaning.read(text))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing after this component needs the training phrases read."""
        return training_data

    def _note(self, message: Message, reading: Reading) -> None:
        ranking = [_named(*guess) for guess in reading.intents[: self._config["ranking_length"]]]
        languages = [_named(*guess) for guess in reading.languages]
        message.set(INTENT, ranking[0], add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        message.set("language", {**languages[0], "ranking": languages}, add_to_output=True)
        message.set("urgency", {"score": round(reading.urgency, 4)}, add_to_output=True)


def _named(name: str, confidence: float) -> dict[str, Any]:
    return {"name": name, "confidence": round(confidence, 4)}
