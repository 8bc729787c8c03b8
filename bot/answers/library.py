"""Everything the bot knows to say about topics, at one moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from bot.answers.groups import Group
from bot.answers.model import SAFETY_KINDS, Answer, Part, Topic
from bot.answers.render import visible
from bot.answers.search import Index, Page
from bot.errors import NotFound
from bot.languages import FALLBACK

_GENERAL = SAFETY_KINDS[-1]


class Library:
    """Topics, answers and safety cards in all languages; never changed once made."""

    def __init__(
        self,
        topics: Iterable[Topic],
        answers: Mapping[tuple[str, str], Answer],
        safety: Mapping[tuple[str, str], str],
        digest: str = "",
        groups: Iterable[Group] = (),
    ) -> None:
        self._topics = MappingProxyType({topic.id: topic for topic in topics})
        self._answers = MappingProxyType(dict(answers))
        self._safety = MappingProxyType(dict(safety))
        self._digest = digest
        self._groups = MappingProxyType({group.id: group for group in groups})
        self._index = Index(_page(answer) for answer in self._answers.values())

    @property
    def topics(self) -> tuple[Topic, ...]:
        """All topics that have answers, in their order."""
        return tuple(self._topics.values())

    @property
    def digest(self) -> str:
        """The fingerprint of the files this was read from."""
        return self._digest

    def section(self, name: str) -> tuple[Topic, ...]:
        """The topics of a section, in their order."""
        return tuple(topic for topic in self._topics.values() if topic.section == name)

    def groups(self, section: str) -> tuple[Group, ...]:
        """The groups of a section in the menu; none when it shows all its topics at once."""
        return tuple(group for group in self._groups.values() if group.section == section)

    def group(self, name: str) -> Group | None:
        """The group with this id."""
        return self._groups.get(name)

    def has(self, topic: str) -> bool:
        """Whether there is an answer about the topic."""
        return topic in self._topics

    def topic(self, topic: str) -> Topic:
        """What the registry says about a topic. Raises NotFound."""
        try:
            return self._topics[topic]
        except KeyError:
            raise NotFound(f"no topic “{topic}”") from None

    def answer(self, topic: str, language: str) -> Answer:
        """The answer about a topic in a language. Raises NotFound."""
        try:
            return self._answers[topic, language]
        except KeyError:
            raise NotFound(f"no answer “{topic}” in {language}") from None

    def title(self, topic: str, language: str) -> str:
        """The topic's name in a language. Raises NotFound."""
        return self.answer(topic, language).title

    def safety(self, kind: str, language: str) -> str:
        """The safety card of a kind: never fails, at worst it is the general one in Russian."""
        tried = ((kind, language), (_GENERAL, language), (kind, FALLBACK))
        found = (self._safety[key] for key in tried if key in self._safety)
        return next(found, None) or self._safety[_GENERAL, FALLBACK]

    def overdue(self, topic: str, today: date) -> bool:
        """Whether the topic's facts should have been checked again before today."""
        return today > self.topic(topic).review_due

    def search(self, text: str, language: str, limit: int = 3) -> tuple[str, ...]:
        """The topics nearest to the words of a text, best first; none when none is near.

        People often write in another language than the one they chose, so that the words of
        all languages count, those of the chosen one a little more.
        """
        return self._index.search(text, language, limit)


def _page(answer: Answer) -> Page:
    rest = " ".join(visible(html) for part, html in answer.parts.items() if part != Part.SHORT)
    short = visible(answer.parts[Part.SHORT])
    return Page(answer.topic, answer.language, answer.title, short, rest)
