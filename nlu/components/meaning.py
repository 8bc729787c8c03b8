"""The model itself: topic, urgency and language of a message, learnt from labelled phrases.

Knows nothing of Rasa, so that it can be measured and tuned on its own (nlu/tune.py).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from random import Random
from typing import Any

import numpy as np
from joblib import parallel_backend
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import MultinomialNB
from sklearn.svm import LinearSVC

from nlu.components.copies import noisy_copies
from nlu.components.features import message_features
from nlu.components.language_model import LanguageModel
from nlu.components.phrases import Phrase
from nlu.components.scenarios import scenarios_of

logger = logging.getLogger(__name__)

SEED = 2026
_FOLDS = 2
_CORES = 2
_URGENT = "!"


@dataclass(frozen=True)
class Reading:
    """The model's figures for one message: shares that add up to 1, and the urgency."""

    intents: tuple[tuple[str, float], ...]
    languages: tuple[tuple[str, float], ...]
    urgency: float


@dataclass(frozen=True)
class HeldOut:
    """What the model said of training phrases it had not seen, for setting thresholds."""

    intents: tuple[str, ...]
    shares: np.ndarray
    urgency: np.ndarray


class Meaning:
    """Reads messages once it has learnt from phrases; the same phrases give the same figures."""

    def __init__(self, concepts: Mapping[str, str]) -> None:
        self._features = message_features(concepts)
        self._topics = TopicModel()
        self._urgency = UrgencyModel()
        self._language = LanguageModel()

    def learn(self, phrases: Sequence[Phrase]) -> HeldOut:
        """Learn from the phrases and their noisy copies; confidences are set on held-out ones."""
        logger.info("step 1/3 looking at %d phrases", len(phrases))
        labels = np.array([label_of(phrase.intent, phrase.urgent) for phrase in phrases])
        folds = _folds(phrases)
        copies = noisy_copies(phrases, folds, Random(SEED))  # noqa: S311
        with parallel_backend("multiprocessing", n_jobs=_CORES):  # the three kinds side by side
            matrix = self._features.fit_transform([p.text for p in phrases] + copies).tocsr()
        urgent = np.array([phrase.urgent for phrase in phrases])
        logger.info("step 2/3 learning, and checking what was learnt")
        with _checking(matrix, labels, urgent, folds) as held_out:
            self._language.learn(phrases)
            self._topics.learn(matrix, _twice(labels))
            self._urgency.learn(matrix, _twice(urgent))
            scores, alarms = held_out()
        logger.info("step 3/3 setting the confidences")
        self._topics.calibrate(scores, labels)
        shares, danger = self._topics.shares(scores)
        self._urgency.calibrate(alarms, danger, urgent)
        return HeldOut(tuple(self._topics.intents), shares, self._urgency.share(alarms, danger))

    def read(self, text: str) -> Reading:
        """The figures for one message."""
        row = self._features.transform([text]).tocsr()
        shares, danger = self._topics.shares(self._topics.scores(row))
        best = np.argsort(-shares[0], kind="stable")
        return Reading(
            intents=tuple((str(self._topics.intents[at]), float(shares[0, at])) for at in best),
            languages=self._language.read(text),
            urgency=float(self._urgency.share(self._urgency.scores(row), danger)[0]),
        )


class TopicModel:
    """Support vectors and naive Bayes together: the first are better, the second fail elsewhere.

    Learns each intent's calm and urgent messages as two classes, because they differ more than
    many topics do: "how do I report him" and "he is at the door" are both domestic violence.
    """

    def __init__(self) -> None:
        self._bayes_weight, self._sharpness = 0.1, 4.0

    def learn(self, matrix: csr_matrix, labels: np.ndarray) -> None:
        """Fit both models."""
        support = LinearSVC(C=0.4, tol=0.1, random_state=SEED).fit(matrix, labels)
        bayes = MultinomialNB(alpha=0.05, fit_prior=False).fit(matrix, labels)
        self.labels = support.classes_
        self._urgent = np.array([label.endswith(_URGENT) for label in self.labels])
        bare = [label.removesuffix(_URGENT) for label in self.labels]
        self.intents, self._intent_of = np.unique(bare, return_inverse=True)
        self._support = _as_columns(support.coef_)
        self._support_start = support.intercept_
        self._bayes = _as_columns(bayes.feature_log_prob_)
        if len(self.labels) == 2:  # two classes come as one score
            self._support = np.hstack([-self._support, self._support])
            self._support_start = np.array([-1.0, 1.0]) * self._support_start

    def scores(self, matrix: csr_matrix) -> np.ndarray:
        """Both models' scores, side by side along the last axis."""
        return np.stack([matrix @ self._support + self._support_start, matrix @ self._bayes], -1)

    def shares(self, scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Scores as shares of 1 for each intent, and the share of urgent messages in all."""
        of_labels = _softmax(scores @ np.array([self._sharpness, self._bayes_weight]))
        shares = np.zeros((len(scores), len(self.intents)))
        for column, intent in enumerate(self._intent_of):
            shares[:, intent] += of_labels[:, column]
        return shares, of_labels[:, self._urgent].sum(axis=1)

    def calibrate(self, scores: np.ndarray, labels: np.ndarray) -> None:
        """Choose the two weights under which held-out shares are most truthful."""
        right = np.searchsorted(self.labels, labels)

        def untruth(weights: np.ndarray) -> float:
            shares = _softmax(scores @ np.exp(weights))
            return -float(np.log(shares[np.arange(len(right)), right] + 1e-9).mean())

        start = np.log([self._sharpness, self._bayes_weight])
        found = minimize(untruth, start, method="Nelder-Mead", options={"maxiter": 40})
        self._sharpness, self._bayes_weight = (float(weight) for weight in np.exp(found.x))


class UrgencyModel:
    """Whether somebody is in danger now: a border of its own, and the share of urgent topics."""

    def __init__(self) -> None:
        self._line: LinearSVC | None = None
        self._curve: LogisticRegression | None = None

    def learn(self, matrix: csr_matrix, urgent: np.ndarray) -> None:
        """Fit on all phrases; where none is urgent, or every one, all messages are judged so."""
        self._always = bool(urgent.all())
        if 0 < urgent.sum() < len(urgent):
            self._line = LinearSVC(C=0.3, tol=0.1, class_weight="balanced", random_state=SEED)
            self._line.fit(matrix, urgent)

    def scores(self, matrix: csr_matrix) -> np.ndarray:
        """Distance from the border between calm and urgent."""
        if self._line is None:
            return np.zeros(matrix.shape[0])
        return self._line.decision_function(matrix)

    def calibrate(self, scores: np.ndarray, danger: np.ndarray, urgent: np.ndarray) -> None:
        """Learn from held-out phrases how far distance and topics can be relied upon."""
        if self._line is not None:
            self._curve = LogisticRegression().fit(_evidence(scores, danger), urgent)

    def share(self, scores: np.ndarray, danger: np.ndarray) -> np.ndarray:
        """The probability of danger, given the distance and the topics' share of it."""
        if self._curve is None:
            return np.full(len(scores), float(self._always))
        return self._curve.predict_proba(_evidence(scores, danger))[:, 1]


def label_of(intent: str, urgent: bool) -> str:
    """The class a phrase is learnt under."""
    return intent + _URGENT if urgent else intent


def _evidence(scores: np.ndarray, danger: np.ndarray) -> np.ndarray:
    return np.stack([scores, np.log((danger + 1e-4) / (1 - danger + 1e-4))], axis=1)


def _folds(phrases: Sequence[Phrase]) -> np.ndarray:
    """Which part of the whole each phrase belongs to.

    Phrases of one scenario stay together: a fold that has seen the neighbour knows too much.
    """
    scenarios = scenarios_of(phrases)
    numbers = np.unique(scenarios, return_inverse=True)[1]
    order = np.random.RandomState(SEED).permutation(numbers.max() + 1)
    return order[numbers] % _FOLDS


@contextmanager
def _checking(
    matrix: csr_matrix, labels: np.ndarray, urgent: np.ndarray, folds: np.ndarray
) -> Iterator[Callable[[], tuple[np.ndarray, np.ndarray]]]:
    """Scores of each phrase by models that saw neither it nor any copy made with it.

    They are learnt beside whatever the block does. In processes, not threads: the support
    vectors' chance numbers are one for a whole process, and the same phrases must give the
    same figures. Forked, the processes share the large matrix.
    """
    with get_context("fork").Pool(_FOLDS, _share, (matrix, labels, urgent, folds)) as pool:
        parts = pool.map_async(_fold, range(_FOLDS))

        def put_together() -> tuple[np.ndarray, np.ndarray]:
            names = np.unique(labels)
            scores, alarms = np.zeros((len(labels), len(names), 2)), np.zeros(len(labels))
            for number, (known, found, alarm) in enumerate(parts.get()):
                unseen = np.flatnonzero(folds == number)
                scores[unseen] = found.min(axis=(0, 1))  # of a label it has never met
                scores[np.ix_(unseen, np.searchsorted(names, known))] = found
                alarms[unseen] = alarm
            return scores, alarms

        yield put_together


_shared: list[Any] = []


def _share(*everything: Any) -> None:  # what Pool hands to a new process
    _shared[:] = everything


def _fold(number: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Labels known to the models that did not see this part, and their scores for it."""
    matrix, labels, urgent, folds = _shared
    seen, unseen = np.flatnonzero(folds != number), np.flatnonzero(folds == number)
    rows = np.concatenate([seen, seen + len(labels)])
    topics, urgency = TopicModel(), UrgencyModel()
    topics.learn(matrix[rows], _twice(labels[seen]))
    urgency.learn(matrix[rows], _twice(urgent[seen]))
    return topics.labels, topics.scores(matrix[unseen]), urgency.scores(matrix[unseen])


def _twice(labels: np.ndarray) -> np.ndarray:
    return np.concatenate([labels, labels])


def _as_columns(weights: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(weights.T.astype(np.float32))


def _softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)
