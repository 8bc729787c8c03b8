"""What stays of a word when spelling habits are taken away.

The same word typed with or without special letters, in Cyrillic or in chat Latin, with stretched
vowels or any apostrophe gives the same skeleton. Only the standard library is used, because the
Rasa environment (Python 3.10) imports this module too.
"""

from __future__ import annotations

import re
import unicodedata

NUMBER = "0"

_APOSTROPHES = dict.fromkeys(map(ord, "'`\"´ʹʻʼʽˈ‘’‛′‵＇"))
_TOKEN = re.compile(r"[^\W_]+|[\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]")
_PART = re.compile(r"\d+|[^\W\d_]+")
_RUN = re.compile(r"(.)\1+")
_LATIN = re.compile(r"[a-zßà-öø-ÿāăąćčēęěğīıłńňōőřśşšūůűźžəɵŋ]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
# Between Latin letters "4" is typed for ч and "6" for ш, as in "ki4ine", "ba6ka", "4ernyj".
_DIGIT_CH = re.compile(r"(?<=[a-z])4(?=[a-z])|^4(?=[aeiouy][a-z])")
_DIGIT_SH = re.compile(r"(?<=[a-z])6(?=[a-z])|^6(?=[aeiouy][a-z])")

# One Latin letter slipped into a Cyrillic word means the Cyrillic letter it looks like.
_LOOK_ALIKES = str.maketrans("aceopxykmthbi", "асеорхукмтнви")

# Longest first; what is not listed goes letter by letter.
_LATIN_GROUPS = (
    ("shch", "ш"), ("sch", "сч"), ("dzh", "ж"), ("dj", "ж"),
    ("sh", "ш"), ("ch", "ч"), ("zh", "ж"), ("kh", "х"), ("gh", "г"),
)  # fmt: skip
_LATIN_GROUP = re.compile("|".join(group for group, _ in _LATIN_GROUPS))
_LATIN_GROUP_TO = dict(_LATIN_GROUPS)
_LATIN_LETTERS = {
    ord(latin): cyrillic
    for latin, cyrillic in {
        "a": "а", "b": "б", "c": "тс", "d": "д", "e": "е", "f": "ф", "g": "г", "h": "х",
        "i": "и", "j": "ж", "k": "к", "l": "л", "m": "м", "n": "н", "o": "о", "p": "п",
        "q": "к", "r": "р", "s": "с", "t": "т", "u": "у", "v": "в", "w": "ш", "x": "х",
        "y": "и", "z": "з", "ı": "и", "ə": "а", "ɵ": "о", "ŋ": "н", "ş": "ш", "š": "ш",
        "ç": "ч", "č": "ч", "ž": "ж", "ğ": "г", "ñ": "н", "ä": "а", "ö": "о", "ü": "у",
    }.items()
}  # fmt: skip

_CYRILLIC_GROUPS = (("дж", "ж"), ("шч", "ш"), ("нг", "н"), ("ие", "е"))
# "ё" is heard as "йо" except after a consonant, where Russians mostly type "е".
_YO = re.compile(r"(?<![бвгджзклмнпрстфхцчшщқғҳҷңһ])ё")
_CYRILLIC_LETTERS = {
    ord(letter): folded
    for letter, folded in {
        "ө": "о", "ү": "у", "ұ": "у", "ң": "н", "қ": "к", "ғ": "г", "ә": "а", "і": "и",
        "һ": "х", "ҳ": "х", "ӯ": "у", "ӣ": "и", "ў": "о", "ҷ": "ч", "ї": "и", "є": "е",
        "й": "и", "ы": "и", "э": "е", "щ": "ш", "ц": "тс", "я": "иа", "ю": "иу", "ё": "е",
        "ъ": "", "ь": "", "ҥ": "н", "ҡ": "к", "ҕ": "г", "ѓ": "г", "ќ": "к",
    }.items()
}  # fmt: skip


def tokens(text: str) -> tuple[str, ...]:
    """The skeletons of a text's words in order; numbers become one class, emoji stay."""
    # Before normalising: NFKC would make a blank and an accent of the apostrophe "´".
    plain = unicodedata.normalize("NFKC", text.translate(_APOSTROPHES)).lower()
    plain = plain.replace("i\u0307", "i")
    found: list[str] = []
    for token in _TOKEN.findall(plain):
        found.extend(_parts(token))
    return tuple(found)


def skeleton(text: str) -> str:
    """The skeletons of a text's words, joined by single blanks."""
    return " ".join(tokens(text))


def _parts(token: str) -> list[str]:
    if token.isalpha():
        return [_fold(token)]
    token = _DIGIT_SH.sub("sh", _DIGIT_CH.sub("ch", token))
    pieces = _PART.findall(token)
    if not pieces:
        return [token]
    return [NUMBER if piece[0].isdigit() else _fold(piece) for piece in pieces]


def _fold(word: str) -> str:
    latin, cyrillic = len(_LATIN.findall(word)), len(_CYRILLIC.findall(word))
    if latin and cyrillic >= latin:
        word = word.translate(_LOOK_ALIKES)
        latin = 0
    if latin:
        word = _from_latin(word)
    word = _YO.sub("ио", word).translate(_CYRILLIC_LETTERS)
    for group, folded in _CYRILLIC_GROUPS:
        word = word.replace(group, folded)
    # A word of nothing but soft signs would vanish, and with it its place in the sentence.
    return _RUN.sub(r"\1", word) or "ь"


def _from_latin(word: str) -> str:
    word = _LATIN_GROUP.sub(lambda match: _LATIN_GROUP_TO[match.group()], word)
    return word.translate(_LATIN_LETTERS)
