"""What states, parts, sections and deeds around texts are called."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answers.model import Part
from bot.answers.status import CARD, SAFETY, State, TextStatus, TopicStatus
from bot.i18n import Words
from bot.languages import FALLBACK, Language, language_or_none
from bot.web.naming import Naming
from bot.workshop.model import Action, Version

# The source of all translations first.
COLUMNS = (FALLBACK, *(language for language in Language if language is not FALLBACK))


@dataclass(frozen=True, slots=True)
class TextNaming:
    """Names what stands on the pages of editors."""

    words: Words
    naming: Naming

    def state(self, state: State) -> str:
        """What is to be done about a text."""
        words = self.words
        return {
            State.MISSING: words("missing"),
            State.OUTDATED: words("outdated"),
            State.OVERDUE: words("overdue"),
            State.UNREVIEWED: words("not reviewed"),
            State.PRESENT: words("ready"),
        }[state]

    def meaning(self, state: State) -> str:
        """The state, explained."""
        words = self.words
        return {
            State.MISSING: words("The text or a part of it is not there or cannot be read."),
            State.OUTDATED: words("The Russian text has changed since it was translated."),
            State.OVERDUE: words("The facts should have been checked again."),
            State.UNREVIEWED: words("No native speaker or lawyer has signed it off."),
            State.PRESENT: words("Nothing is to be done."),
        }[state]

    def states(self) -> list[tuple[str, str, str]]:
        """Every state one can look for, as code, name and meaning."""
        return [(state.value, self.state(state), self.meaning(state)) for state in State]

    def languages(self) -> list[tuple[str, str]]:
        """The languages of the texts, as code and name."""
        return [(language.value, self.naming.language(language)) for language in COLUMNS]

    def section(self, name: str) -> str:
        """A group of texts."""
        words = self.words
        names = {
            "documents": words("Documents"),
            "rights": words("Rights"),
            "help": words("Help"),
            SAFETY: words("Safety cards"),
        }
        return names.get(name, name)

    def part(self, name: str) -> str:
        """A part of an answer."""
        words = self.words
        names = {
            Part.SHORT: words("In short"),
            Part.STEPS: words("What to do"),
            Part.PAPERS: words("Papers"),
            Part.COST: words("Cost"),
            Part.DEADLINE: words("Deadlines"),
            Part.PLACE: words("Where"),
            Part.NO_PAPERS: words("No papers?"),
            CARD: words("Card"),
        }
        return names.get(name, name)

    def missing(self, text: TextStatus) -> str:
        """Which parts are missing, where only some are."""
        gone = [part for part, states in text.parts.items() if State.MISSING in states]
        if not gone or len(gone) == len(text.parts):
            return ""
        return ", ".join(self.part(part) for part in gone)

    def title(self, row: TopicStatus) -> str:
        """A topic's title in the reader's language, else the Russian one."""
        own = language_or_none(self.words.language)
        if row.section == SAFETY and own is None:
            return self.naming.danger(row.id)
        return (row.texts[own].title if own is not None else "") or row.title

    def deed(self, version: Version) -> str:
        """What somebody did."""
        words = self.words
        if version.action is None:
            return version.message
        return {
            Action.EDITED: words("changed the text"),
            Action.REVIEWED: words("signed the text off"),
            Action.RESTORED: words("brought an earlier version back"),
        }[version.action]
