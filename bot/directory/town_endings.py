"""Endings that the names of towns take in the five languages, as skeletons."""

from __future__ import annotations

from itertools import product


def _said_of_places() -> frozenset[str]:
    at = ("да", "де", "та", "те", "до", "то")
    from_there = ("дан", "ден", "тан", "тен", "дон", "тон", "нан", "нен")
    that_is = product(at, ("ги", "гу"))
    i_am = product((*at, *from_there), ("мин", "ман", "миз", "биз", "буз"))
    return frozenset({*at, *from_there, *(a + b for a, b in (*that_is, *i_am))})


# Turkic: being somewhere, coming from there, "I am in …", "that is in …".
SAID_OF_PLACES = _said_of_places()

# Turkic: to, of, the, people of. Tajik: -ро, -и, -ам, northern -ба and -анда. Russian: cases.
ENDINGS = SAID_OF_PLACES | {
    "", "га", "ге", "ка", "ке", "го", "ко", "на", "не", "нин", "дин", "тин", "нун", "дун", "тун",
    "ни", "ди", "ти", "ну", "ду", "ту", "лик", "дик", "тик", "лук", "ликпиз", "ликмин",
    "ро", "ра", "ба", "анда", "и", "ам", "иам", "е", "у", "а", "ом", "ем", "ои",
}  # fmt: skip

# Russian: the last vowel of a name gives way to the ending.
INSTEAD_OF_VOWEL = frozenset({"е", "у", "и", "ои", "ом", "а", "ам", "ах"})

# Russian and Tajik words after which a place is named.
IN_AND_FROM = frozenset({"в", "во", "из", "дар", "аз"})
