"""Spelling habits, applied to training phrases so that the model has met them.

Everything takes its own seeded `Random`: the same phrases give the same copies.
"""

from __future__ import annotations

import re
from random import Random

_SPECIAL, _PLAIN = "өүңұқғәіһҳӯӣўҷё", "оунукгаиххуиуче"
_STRIPPED = str.maketrans(_SPECIAL + _SPECIAL.upper(), _PLAIN + _PLAIN.upper())
_APOSTROPHE = re.compile("[ʻʼ'`‘’]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")

_TO_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "j|zh",
    "з": "z", "и": "i", "й": "y|i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o",
    "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h|x|kh", "ц": "ts|c",
    "ч": "ch|4", "ш": "sh|w", "щ": "sh|sch", "ъ": "", "ы": "y|i", "ь": "", "э": "e",
    "ю": "yu|u", "я": "ya|ia", "ө": "o", "ү": "u", "ұ": "u", "ң": "n|ng", "қ": "q|k",
    "ғ": "g|gh", "ә": "a", "і": "i", "һ": "h", "ҳ": "h", "ӯ": "u|o'", "ӣ": "i", "ў": "o'|o",
    "ҷ": "j",
}  # fmt: skip
_TO_CYRILLIC = (
    ("sh", "ш"), ("ch", "ч"), ("ya", "я"), ("yu", "ю"), ("yo'", "йў"), ("yo", "ё"), ("ts", "ц"),
    ("o'", "ў"), ("g'", "ғ"), ("a", "а"), ("b", "б"), ("d", "д"), ("e", "е"), ("f", "ф"),
    ("g", "г"), ("h", "ҳ"), ("i", "и"), ("j", "ж"), ("k", "к"), ("l", "л"), ("m", "м"),
    ("n", "н"), ("o", "о"), ("p", "п"), ("q", "қ"), ("r", "р"), ("s", "с"), ("t", "т"),
    ("u", "у"), ("v", "в"), ("x", "х"), ("y", "й"), ("z", "з"), ("c", "с"), ("w", "в"),
    ("'", ""),
)  # fmt: skip
_UZBEK = re.compile("|".join(re.escape(latin) for latin, _ in _TO_CYRILLIC))
_UZBEK_TO = dict(_TO_CYRILLIC)
_VOWELS = set("аеиоуыэюяөүәіӯӣўaeiou")
_ROWS = ("йцукенгшщзх", "фывапролджэ", "ячсмитьбю", "qwertyuiop", "asdfghjkl", "zxcvbnm")


def without_special_letters(text: str) -> str:
    """Typed on a keyboard that has only the Russian (or English) letters."""
    return _APOSTROPHE.sub("", text).translate(_STRIPPED)


def in_other_script(text: str, language: str, random: Random) -> str:
    """Cyrillic as chat Latin; Uzbek in Latin as Cyrillic. One writer keeps to one habit."""
    if language == "uz" and not _CYRILLIC.search(text):
        plain = _APOSTROPHE.sub("'", text.lower())
        return _UZBEK.sub(lambda match: _UZBEK_TO[match.group()], plain)
    habit = {letter: random.choice(latin.split("|")) for letter, latin in _TO_LATIN.items()}
    return "".join(habit.get(letter, letter) for letter in text.lower())


def with_typos(text: str, random: Random, share: float = 0.35) -> str:
    """About a third of the longer words get one slip of the thumb."""
    words = text.lower().split(" ")
    return " ".join(
        _slip(word, random) if len(word) > 3 and random.random() < share else word for word in words
    )


def _slip(word: str, random: Random) -> str:
    at = random.randrange(1, len(word))
    kind = random.random()
    if kind < 0.5:
        vowels = [place for place in range(1, len(word)) if word[place] in _VOWELS]
        at = random.choice(vowels) if vowels and random.random() < 0.7 else at
        return word[:at] + word[at + 1 :]
    if kind < 0.7 and at + 1 < len(word):
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind < 0.8:
        return word[:at] + word[at] + word[at:]
    return word[:at] + _neighbour(word[at], random) + word[at + 1 :]


def _neighbour(letter: str, random: Random) -> str:
    for row in _ROWS:
        place = row.find(letter)
        if place >= 0:
            return row[max(0, min(len(row) - 1, place + random.choice((-1, 1))))]
    return letter
