"""Letters that do not belong into a language, which readers stumble over and searches miss."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from bot.answers.render import REFERENCE

_RUSSIAN = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")
CYRILLIC = {
    "ru": _RUSSIAN,
    "ky": _RUSSIAN | frozenset("өүң"),
    "kk": _RUSSIAN | frozenset("әғқңөұүһі"),
    "tg": _RUSSIAN | frozenset("ғӣқӯҳҷ"),
    "uz": frozenset[str](),
    "en": frozenset[str](),
}
NAMES = {
    "ru": "Russian",
    "ky": "Kyrgyz",
    "kk": "Kazakh",
    "tg": "Tajik",
    "uz": "Uzbek",
    "en": "English",
}
# What people type into chats in Cyrillic although texts of ours are in Latin letters.
UZBEK_CYRILLIC = _RUSSIAN | frozenset("ўқғҳ")

_WORD = re.compile(r"[^\W\d_]+")
# A lone Latin letter, or a word of nothing but letters that look the same in both alphabets.
_LOOK_ALIKE = re.compile(r"[acekopxyABCEHKMOPTXY]+")
_APOSTROPHE = re.compile(r"[A-Za-z]['’‘`´′][A-Za-z]?|[oOgG]ʼ|[A-FH-NP-Za-fh-np-z]ʻ")

Problem = tuple[int, str]


def wrong_letters(text: str, language: str) -> Iterator[Problem]:
    """The words with letters that are not the language's, with the number of their line."""
    for number, line in enumerate(text.splitlines()):
        plain = REFERENCE.sub(" ", line)
        for word in dict.fromkeys(_WORD.findall(unicodedata.normalize("NFC", plain))):
            if problem := _problem(word, CYRILLIC[language], language):
                yield number, problem
        if plain != unicodedata.normalize("NFC", plain):
            yield number, "a letter is put together from two signs: type it as one letter"
        if language == "uz":
            yield from ((number, problem) for problem in _apostrophes(plain))


def wrong_letters_in_chat(text: str, language: str) -> str | None:
    """What is wrong with a phrase as people type it, where every spelling habit is welcome."""
    alphabet = UZBEK_CYRILLIC if language == "uz" else CYRILLIC[language]
    for word in _WORD.findall(unicodedata.normalize("NFC", text)):
        if _alphabets(word) != {"CYRILLIC"}:
            continue
        if problem := _problem(word, alphabet, language):
            return problem
    return None


def _problem(word: str, alphabet: frozenset[str], language: str) -> str | None:
    alphabets = _alphabets(word)
    if {"CYRILLIC", "LATIN"} <= alphabets:
        return f"«{word}» mixes Cyrillic and Latin letters"
    if "CYRILLIC" in alphabets and not alphabet:
        return f"«{word}» is written in Cyrillic letters"
    if "CYRILLIC" in alphabets:
        strange = [letter for letter in word if letter.lower() not in alphabet]
        if strange:
            return f"«{word}»: “{strange[0]}” is not a letter of {NAMES[language]}"
    elif alphabet and _LOOK_ALIKE.fullmatch(word):
        return f"«{word}» is typed in Latin letters that look like Cyrillic ones"
    return None


def _alphabets(word: str) -> set[str]:
    return {unicodedata.name(letter, "?").split()[0] for letter in word}


def _apostrophes(line: str) -> Iterator[str]:
    for found in _APOSTROPHE.findall(line):
        yield f"«{found}»: in Uzbek write oʻ and gʻ with ʻ, and the tutuq belgisi as ʼ"
