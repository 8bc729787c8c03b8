"""The model itself: topic, urgency and language of a message, learnt from labelled phrases.

Knows nothing of Rasa, so that it can be measured and tuned on its own (nlu/tune.py).
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.naive_bayes import MultinomialNB
from sklearn.svm import LinearSVC

from nlu.components.copies import noisy_copies
from nlu.components.features import message_features
from nlu.components.language_model import LanguageModel
from nlu.components.phrases import Phrase

logger = logging.getLogger(__name__)

SEED = 2026
_FOLDS = 3


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
        logger.info("step 1/5 looking at %d phrases", len(phrases))
        intents = np.array([phrase.intent for phrase in phrases])
        folds = _folds(intents)
        copies = noisy_copies(phrases, folds, Random(SEED))  # noqa: S311
        matrix = self._features.fit_transform([p.text for p in phrases] + copies).tocsr()
        self._language.learn(phrases)
        urgent = np.array([phrase.urgent for phrase in phrases])
        scores, alarms = _held_out(matrix, intents, urgent, folds)
        logger.info("step 5/5 learning from everything")
        self._topics.learn(matrix, _twice(intents))
        self._topics.calibrate(scores, intents)
        shares = self._topics.shares(scores)
        self._urgency.learn(matrix, _twice(urgent))
        self._urgency.calibrate(alarms, shares, intents, urgent)
        return HeldOut(tuple(self._topics.intents), shares, self._urgency.share(alarms, shares))

    def read(self, text: str) -> Reading:
        """The figures for one message."""
        row = self._features.transform([text]).tocsr()
        shares = self._topics.shares(self._topics.scores(row))
        best = np.argsort(-shares[0], kind="stable")
        return Reading(
            intents=tuple((str(self._topics.intents[at]), float(shares[0, at])) for at in best),
            languages=self._language.read(text),
            urgency=float(self._urgency.share(self._urgency.scores(row), shares)[0]),
        )


class TopicModel:
    """Support vectors and naive Bayes together: the first are better, the second fail elsewhere."""

    def __init__(self) -> None:
        self._bayes_weight, self._sharpness = 0.3, 4.0

    def learn(self, matrix: csr_matrix, intents: np.ndarray) -> None:
        """Fit both models."""
        support = LinearSVC(C=0.4, random_state=SEED).fit(matrix, intents)
        bayes = MultinomialNB(alpha=0.05, fit_prior=False).fit(matrix, intents)
        self.intents = support.classes_
        self._support = _as_columns(support.coef_)
        self._support_start = support.intercept_
        self._bayes = _as_columns(bayes.feature_log_prob_)
        if len(self.intents) == 2:  # two classes come as one score
            self._support = np.hstack([-self._support, self._support])
            self._support_start = np.array([-1.0, 1.0]) * self._support_start

    def scores(self, matrix: csr_matrix) -> np.ndarray:
        """Both models' scores, side by side along the last axis."""
        return np.stack([matrix @ self._support + self._support_start, matrix @ self._bayes], -1)

    def shares(self, scores: np.ndarray) -> np.ndarray:
        """Scores as shares of 1."""
        return _softmax(scores @ np.array([self._sharpness, self._bayes_weight]))

    def calibrate(self, scores: np.ndarray, intents: np.ndarray) -> None:
        """Choose the two weights under which held-out shares are most truthful."""
        right = np.searchsorted(self.intents, intents)

        def untruth(weights: np.ndarray) -> float:
            shares = _softmax(scores @ np.exp(weights))
            return -float(np.log(shares[np.arange(len(right)), right] + 1e-9).mean())

        start = np.log([self._sharpness, self._bayes_weight])
        found = minimize(untruth, start, method="Nelder-Mead", options={"maxiter": 60})
        self._sharpness, self._bayes_weight = (float(weight) for weight in np.exp(found.x))


class UrgencyModel:
    """Whether somebody is in danger now, by the words and by how often the topics are urgent."""

    def __init__(self) -> None:
        self._line: LinearSVC | None = None
        self._curve: LogisticRegression | None = None

    def learn(self, matrix: csr_matrix, urgent: np.ndarray) -> None:
        """Fit on all phrases; where none is urgent, or every one, all messages are judged so."""
        self._always = bool(urgent.all())
        if 0 < urgent.sum() < len(urgent):
            self._line = LinearSVC(C=0.3, class_weight="balanced", random_state=SEED)
            self._line.fit(matrix, urgent)

    def scores(self, matrix: csr_matrix) -> np.ndarray:
        """Distance from the border between calm and urgent."""
        if self._line is None:
            return np.zeros(matrix.shape[0])
        return self._line.decision_function(matrix)

    def calibrate(
        self, scores: np.ndarray, topics: np.ndarray, intents: np.ndarray, urgent: np.ndarray
    ) -> None:
        """Learn from held-out phrases how far distance and topics can be relied upon."""
        self._rates = np.array([urgent[intents == name].mean() for name in np.unique(intents)])
        if self._line is not None:
            self._curve = LogisticRegression().fit(self._evidence(scores, topics), urgent)

    def share(self, scores: np.ndarray, topics: np.ndarray) -> np.ndarray:
        """The probability of danger, given the distance and the topics' shares."""
        if self._curve is None:
            return np.full(len(scores), float(self._always))
        return self._curve.predict_proba(self._evidence(scores, topics))[:, 1]

    def _evidence(self, scores: np.ndarray, topics: np.ndarray) -> np.ndarray:
        expected = topics @ self._rates
        odds = np.log((expected + 1e-4) / (1 - expected + 1e-4))
        return np.stack([scores, odds], axis=1)


def _folds(intents: np.ndarray) -> np.ndarray:
    """Which part of the whole each phrase belongs to, every intent spread over all parts."""
    parts = StratifiedKFold(_FOLDS, shuffle=True, random_state=SEED)
    folds = np.zeros(len(intents), dtype=int)
    for number, (_, chosen) in enumerate(parts.split(folds, intents)):
        folds[chosen] = number
    return folds


def _held_out(
    matrix: csr_matrix, intents: np.ndarray, urgent: np.ndarray, folds: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Scores of each phrase by models that saw neither it nor any copy made with it."""
    count = len(intents)
    scores = np.zeros((count, len(np.unique(intents)), 2))
    alarms = np.zeros(count)
    for number in range(_FOLDS):
        logger.info("step %d/5 checking what was learnt", number + 2)
        seen, unseen = np.flatnonzero(folds != number), np.flatnonzero(folds == number)
        rows = np.concatenate([seen, seen + count])
        topics, urgency = TopicModel(), UrgencyModel()
        topics.learn(matrix[rows], _twice(intents[seen]))
        urgency.learn(matrix[rows], _twice(urgent[seen]))
        scores[unseen] = topics.scores(matrix[unseen])
        alarms[unseen] = urgency.scores(matrix[unseen])
    return scores, alarms


def _twice(labels: np.ndarray) -> np.ndarray:
    return np.concatenate([labels, labels])


def _as_columns(weights: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(weights.T.astype(np.float32))


def _softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)
