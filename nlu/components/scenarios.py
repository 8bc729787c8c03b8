"""Which phrases tell of the same scenario, so that they are never both seen and unseen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.spelling import skeleton
from nlu.components.phrases import Phrase

# Of two phrases this much alike (cosine of their pieces) one gives the other away.
_ALIKE = 0.55


def scenarios_of(phrases: Sequence[Phrase]) -> np.ndarray:
    """A number for each phrase; those of one intent that are nearly alike share it."""
    pieces = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(3, 4), preprocessor=skeleton, sublinear_tf=True,
        dtype=np.float32,
    )  # fmt: skip
    matrix = pieces.fit_transform([phrase.text for phrase in phrases]).tocsr()
    by_intent: dict[str, list[int]] = defaultdict(list)
    for number, phrase in enumerate(phrases):
        by_intent[phrase.intent].append(number)
    first, second = [], []
    for numbers in map(np.array, by_intent.values()):
        alike = (matrix[numbers] @ matrix[numbers].T).tocoo()
        near = alike.data > _ALIKE
        first.append(numbers[alike.row[near]])
        second.append(numbers[alike.col[near]])
    pairs = (np.concatenate(first), np.concatenate(second))
    graph = csr_matrix((np.ones(len(pairs[0])), pairs), shape=(len(phrases), len(phrases)))
    return connected_components(graph, directed=False)[1]
