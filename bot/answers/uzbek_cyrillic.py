"""Uzbek in Cyrillic letters, for readers who learnt to read before the change to Latin ones.

Content and buttons are written in Latin letters; this turns finished texts round. Markup,
references, addresses and codes stay as they are.
"""

from __future__ import annotations

import re

# What is no Uzbek word: tags, entities, {references}, addresses, @names, /commands, codes.
_UNTOUCHED = re.compile(
    r"<[^>]*>|&#?\w+;|\{[^{}]*\}|https?://[^\s<]+"
    r"|[\w.+-]*@[\w.-]+|(?<![\w/])/[a-z_]{2,}\b"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?:kz|kg|uz|tj|ru|org|com|net|int|me)\b(?:/[^\s<]*)?"
    r"|\b[A-Z]{1,3}\d[A-Z\d]*\b|\b[IVX]{2,}\b"
)
_WORD = re.compile(r"[A-Za-z]+(?:[ʻʼ‘’'`´]+[A-Za-z]*)*")

# Names that stand on doors, cards and screens in Latin letters.
KEPT = frozenset(
    {"komek", "enic", "kazakhstan", "id", "qr", "pdf", "egov", "eqonaq", "iban", "damumed"}
)
# Russian words end softly; Uzbek endings take that away again.
WHOLE = {
    "yanvar": "январь",
    "fevral": "февраль",
    "aprel": "апрель",
    "iyun": "июнь",
    "iyul": "июль",
    "sentabr": "сентябрь",
    "sentyabr": "сентябрь",
    "oktabr": "октябрь",
    "oktyabr": "октябрь",
    "noyabr": "ноябрь",
    "dekabr": "декабрь",
    "kalendar": "календарь",
    "apostil": "апостиль",
    "tabel": "табель",
    "rol": "роль",
    "model": "модель",
    "medal": "медаль",
    # Russian words that people may have to say, or look for on a sign.
    "vozvrashchatsya": "возвращаться",
    "ubejishcha": "убежища",
    "zashchitnoye": "защитное",
    "otkrepitelniy": "открепительный",
    "prikrepit": "прикрепить",
    "vipiska": "выписка",
    "viveska": "вывеска",
}
# Beginnings of words borrowed through Russian whose Latin spelling does not show the letter.
STEMS = {
    "kompyuter": "компьютер",
    "obyekt": "объект",
    "subyekt": "субъект",
    "litsey": "лицей",
    "litsenzi": "лицензи",
    "protsent": "процент",
    "protsess": "процесс",
    "retsept": "рецепт",
    "vaksina": "вакцина",
    "konsert": "концерт",
    "shveytsari": "швейцари",
    "tson": "цон",
    "pensiya": "пенсия",
    "jinsiy": "жинсий",
}
# Always borrowed: -ция after a vowel (written ts), and after k, n and p (written s).
_TSIYA = re.compile(r"(?:ts|(?<=[knp])s)(?=iya)", re.IGNORECASE)

_LETTERS = {
    "yoʻ": "йў",
    "oʻ": "ў",
    "gʻ": "ғ",
    "sʼh": "сҳ",
    "sh": "ш",
    "ch": "ч",
    "yo": "ё",
    "yu": "ю",
    "ya": "я",
    "ye": "е",
    "ʼ": "ъ",
    "ʻ": "ъ",  # typed by mistake after other letters than o and g
    **dict(zip("abdefghijklmnopqrstuvxyz", "абдефгҳижклмнопқрстувхйз", strict=True)),
}
_LETTER = re.compile("|".join(sorted(_LETTERS, key=len, reverse=True)) + "|.", re.IGNORECASE)
_FOREIGN = re.compile(r"w|c(?!h)", re.IGNORECASE)
_MARKS = re.compile(r"[‘’'`´]")
_MARKS_AFTER_O_AND_G = re.compile(r"(?<=[OoGg])[‘’'`´ʼ]")
_VOWELS = frozenset("aeiouʻ")


def to_cyrillic(text: str) -> str:
    """An Uzbek text in Cyrillic letters; what is Cyrillic already is left alone."""
    pieces, end = [], 0
    for kept in _UNTOUCHED.finditer(text):
        pieces += [_WORD.sub(_word, text[end : kept.start()]), kept[0]]
        end = kept.end()
    pieces.append(_WORD.sub(_word, text[end:]))
    return "".join(pieces)


def _word(found: re.Match[str]) -> str:
    word = _MARKS.sub("ʼ", _MARKS_AFTER_O_AND_G.sub("ʻ", found[0]))
    small = word.lower()
    if small in KEPT or _FOREIGN.search(small):
        return found[0]
    if small in WHOLE:
        return _in_case_of(word, WHOLE[small])
    for stem, cyrillic in STEMS.items():
        if small.startswith(stem):
            return _in_case_of(word[: len(stem)], cyrillic) + _spelt(word, len(stem))
    return _spelt(word)


def _spelt(word: str, start: int = 0) -> str:
    """The word from `start` on, letter by letter."""
    loan = {found.start(): len(found[0]) for found in _TSIYA.finditer(word)}
    all_capitals = word.isupper() and len(word) > 1
    text, place = "", start
    while place < len(word):
        length = loan.get(place, 0)
        if not length and all_capitals and word.startswith("TS", place):
            length = 2  # abbreviations of Russian names
        if length:
            cyrillic = "ц"
        else:
            piece = _LETTER.match(word, place)
            assert piece is not None  # the pattern takes anything
            length, cyrillic = len(piece[0]), _LETTERS.get(piece[0].lower(), piece[0])
            if piece[0].lower() == "e" and (place == 0 or word[place - 1].lower() in _VOWELS):
                cyrillic = "э"
        text += _in_case_of(word[place : place + length], cyrillic)
        place += length
    return text


def _in_case_of(latin: str, cyrillic: str) -> str:
    """Capitals where the Latin letters have them; "Sh" and "SH" both begin with one."""
    letters = [letter for letter in latin if letter.isalpha() and letter not in "ʻʼ"]
    if len(letters) > 1 and all(letter.isupper() for letter in letters):
        return cyrillic.upper()
    return cyrillic[:1].upper() + cyrillic[1:] if latin[:1].isupper() else cyrillic
