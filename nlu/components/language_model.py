"""Which of the five languages a message is in, however it is spelt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

import numpy as np
from sklearn.linear_model import SGDClassifier

from nlu.components.features import letter_features
from nlu.components.noise import in_other_script, without_special_letters
from nlu.components.phrases import Phrase

_SEED = 2027


class LanguageModel:
    """Learns the languages' letters from the phrases, whole and in pieces, in every spelling."""

    def learn(self, phrases: Sequence[Phrase]) -> None:
        """Fit on the phrases; each one's language is that of its training file."""
        random = Random(_SEED)  # noqa: S311
        pairs = [pair for phrase in phrases for pair in _spellings(phrase, random)]
        texts, languages = [text for text, _ in pairs], [language for _, language in pairs]
        self._features = letter_features()
        matrix = self._features.fit_transform(texts)
        self._languages = np.unique(languages)
        self._line = None
        if len(self._languages) > 1:
            self._line = SGDClassifier(
                loss="log_loss", alpha=1e-6, max_iter=8, tol=None, average=True,
                class_weight="balanced", random_state=_SEED,
            ).fit(matrix, languages)  # fmt: skip

    def read(self, text: str) -> tuple[tuple[str, float], ...]:
        """The languages with their probabilities, the likeliest first."""
        if self._line is None:
            return ((str(self._languages[0]), 1.0),)
        shares = self._line.predict_proba(self._features.transform([text]))[0]
        best = np.argsort(-shares, kind="stable")
        return tuple((str(self._languages[at]), float(shares[at])) for at in best)


def _spellings(phrase: Phrase, random: Random) -> Iterator[tuple[str, str]]:
    words = phrase.text.split()
    start = random.randrange(len(words))
    piece = " ".join(words[start : start + random.randint(1, 4)])
    for text in (phrase.text, piece):
        yield text, phrase.language
        yield without_special_letters(text), phrase.language
        yield in_other_script(text, phrase.language, random), phrase.language
