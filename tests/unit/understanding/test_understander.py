"""One message's way from words to meaning."""

from __future__ import annotations

import pytest

from bot.errors import UnderstandingUnavailable
from bot.understanding.decision import Alarm, Thresholds
from bot.understanding.model import Certainty, Danger, Guess, LanguageGuess, Parse
from bot.understanding.understander import Understander, has_words
from bot.understanding.which_language import evident_language
from bot.understanding.word_lists import WordLists, parse_line

NUMBERS = Thresholds(0.6, 0.6, 0.5, 0.5, 0.15, 4.0, {"ky": Alarm(0.6, 0.0, 0.3)}, frozenset())


class FakeParser:
    """Always gives the same figures, counts the questions, and can be switched off."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.down = False
        self.languages = (LanguageGuess("tg", 0.97), LanguageGuess("ru", 0.03))

    async def parse(self, text: str) -> Parse:
        self.heard.append(text)
        if self.down:
            raise UnderstandingUnavailable
        return Parse((Guess("overstay", 0.9),), self.languages, 0.0)


@pytest.fixture
def parser() -> FakeParser:
    return FakeParser()


@pytest.fixture
def understander(parser: FakeParser) -> Understander:
    return Understander(parser, WordLists([parse_line(Danger.VIOLENCE, "урат")]), NUMBERS)


async def test_a_repeated_question_is_asked_once(
    understander: Understander, parser: FakeParser
) -> None:
    first = await understander.understand("Кош  келдик", language="ky")
    again = await understander.understand("кош келдик", language="ky")
    assert first == again
    assert len(parser.heard) == 1


async def test_a_new_model_is_asked_anew(understander: Understander, parser: FakeParser) -> None:
    await understander.understand("кош келдик", language="ky")
    understander.forget()
    await understander.understand("кош келдик", language="ky")
    assert len(parser.heard) == 2


async def test_without_rasa_danger_is_still_found(
    understander: Understander, parser: FakeParser
) -> None:
    parser.down = True
    with pytest.raises(UnderstandingUnavailable):
        await understander.understand("эрим урат", language="ky")
    assert understander.dangers("эрим урат") == (Danger.VIOLENCE,)


async def test_failures_are_not_remembered(understander: Understander, parser: FakeParser) -> None:
    parser.down = True
    with pytest.raises(UnderstandingUnavailable):
        await understander.understand("мөөнөт өттү", language="ky")
    parser.down = False
    assert (await understander.understand("мөөнөт өттү", language="ky")).topic == "overstay"


@pytest.mark.parametrize("text", ["...", "?", "5", "а", "фывпрлджс", "12345", "sdfghjkl", ""])
async def test_what_has_no_words_is_not_asked(
    understander: Understander, parser: FakeParser, text: str
) -> None:
    understood = await understander.understand(text, language="ru")
    assert understood.certainty is Certainty.UNKNOWN
    assert parser.heard == []


@pytest.mark.parametrize("text", ["👍", "РВП", "жок", "внж цон", "здравствуйте", "ха", "спс"])
def test_short_answers_emoji_and_abbreviations_are_words(text: str) -> None:
    assert has_words(text)


async def test_a_whole_novel_is_cut_before_it_is_asked(
    understander: Understander, parser: FakeParser
) -> None:
    await understander.understand("бала " * 5000, language="ky")
    assert len(parser.heard[0]) <= 2000


async def test_two_clear_words_are_evidence_of_a_language_and_one_is_not(
    understander: Understander,
) -> None:
    understood = await understander.understand("ман кӯмак мехоҳам", language="ru")
    assert evident_language("ман кӯмак мехоҳам", understood) == "tg"
    assert evident_language("кӯмак", understood) is None


async def test_an_unclear_message_is_no_evidence(
    understander: Understander, parser: FakeParser
) -> None:
    parser.languages = (LanguageGuess("ky", 0.5), LanguageGuess("kk", 0.5))
    understood = await understander.understand("бала мектеп", language=None)
    assert evident_language("бала мектеп", understood) is None
