"""How the five languages bend the same name: Актау, Актоо, Oqtov; Сарыагаш, Сариоғоч."""

from __future__ import annotations

from itertools import combinations, pairwise

SHORTEST = 4  # a shorter variant would be an everyday word
MOST_AT_ONCE = 2

# Parts of names as skeletons: what stands in the lists of towns, and what people make of it.
PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("агаш", ("агач", "огоч", "огош", "агачи")),
    ("агач", ("агаш", "огоч")),
    ("корган", ("коргон", "курган", "кургон")),
    ("озен", ("озон", "узен")),
    ("орда", ("ордо", "урда", "урдо")),
    ("тобе", ("тобо", "туба", "тубе", "тепа", "тиубе")),
    ("ата", ("ота",)),
    ("булак", ("булок", "булаг")),
    ("узин", ("узун", "озун")),
    ("кок", ("кук",)),
    ("бастуз", ("бастус",)),
)
ENDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ау", ("ов", "ав", "о")),
    ("дай", ("дои",)),
    ("даи", ("дои",)),
    ("саи", ("сои",)),
    ("кент", ("кенд", "кет")),
    ("агаи", ("огаи",)),
    ("ак", ("ок",)),
)
BEGINNINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ш", ("ч",)),
    ("ч", ("ш",)),
    ("ак", ("ок",)),
    ("кара", ("кора",)),
    ("сари", ("сара",)),
    ("жет", ("чет",)),
)


def variants(key: str) -> frozenset[str]:
    """Other ways in which the name with this key is said; at most two parts differ."""
    changes = list(_changes(key))
    found: set[str] = set()
    for size in range(1, MOST_AT_ONCE + 1):
        for chosen in combinations(changes, size):
            if (changed := _applied(key, chosen)) is not None:
                found.add(changed)
    return frozenset(name for name in found if len(name) >= SHORTEST and name != key)


Change = tuple[int, int, str]  # from, to, instead


def _changes(key: str) -> list[Change]:
    found: list[Change] = []
    for part, others in PARTS:
        if (start := key.find(part)) >= 0:
            found += [(start, start + len(part), other) for other in others]
    for end, others in ENDS:
        if key.endswith(end):
            found += [(len(key) - len(end), len(key), other) for other in others]
    for beginning, others in BEGINNINGS:
        if key.startswith(beginning):
            found += [(0, len(beginning), other) for other in others]
    return found


def _applied(key: str, changes: tuple[Change, ...]) -> str | None:
    """The key with all changes made; None when two of them touch the same letters."""
    ordered = sorted(changes)
    if any(one[1] > other[0] for one, other in pairwise(ordered)):
        return None
    for start, end, other in reversed(ordered):
        key = key[:start] + other + key[end:]
    return key
