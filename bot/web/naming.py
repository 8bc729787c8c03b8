"""What codes are called: dangers, languages, outcomes, states, events."""

from __future__ import annotations

from dataclasses import dataclass

from babel.numbers import format_decimal

from bot.cases.desk_view import SYMBOLS
from bot.cases.model import (
    CaseLine,
    CaseView,
    FileKind,
    FileView,
    MessageView,
    Outcome,
    Status,
)
from bot.i18n import Words
from bot.staff.model import Role
from bot.web.keys import TopicTitle


@dataclass(frozen=True, slots=True)
class Naming:
    """Names things for the reader."""

    words: Words
    topic_title: TopicTitle

    def topic(self, topic: str | None) -> str:
        """A topic's title, or that there is none."""
        if topic is None:
            return self.words("No topic")
        return self.topic_title(topic, self.words.language)

    def danger(self, kind: str) -> str:
        """A kind of danger."""
        words = self.words
        names = {
            "medical": words("Medical emergency"),
            "self-harm": words("Self-harm"),
            "missing-child": words("Missing child"),
            "violence": words("Violence"),
            "trafficking": words("Forced labour or trafficking"),
            "detention": words("Detention or expulsion"),
            "no-shelter": words("Nowhere to sleep"),
        }
        return names.get(kind, words("Danger"))

    def language(self, code: str) -> str:
        """A language of the bot."""
        words = self.words
        names = {
            "ky": words("Kyrgyz"),
            "tg": words("Tajik"),
            "uz": words("Uzbek"),
            "ru": words("Russian"),
            "kk": words("Kazakh"),
        }
        return names.get(code, code)

    def role(self, role: Role) -> str:
        """A member's role."""
        words = self.words
        return {
            Role.CASEWORKER: words("Caseworker"),
            Role.SUPERVISOR: words("Supervisor"),
            Role.EDITOR: words("Editor"),
            Role.ADMIN: words("Administrator"),
        }[role]

    def status(self, line: CaseLine) -> str:
        """Where a case stands."""
        words = self.words
        return {
            Status.NEW: words("New"),
            Status.TAKEN: words("In work"),
            Status.CLOSED: words("Closed"),
        }[line.status]

    def outcome(self, outcome: Outcome) -> str:
        """How a case ended."""
        words = self.words
        return {
            Outcome.HELPED: words("Helped"),
            Outcome.ADVICE: words("Gave advice"),
            Outcome.REFERRED: words("Referred to another service"),
            Outcome.NO_ANSWER: words("The parent does not answer"),
            Outcome.WITHDRAWN: words("The parent no longer wants help"),
            Outcome.NOT_OURS: words("Not a matter for us"),
        }[outcome]

    def outcomes(self) -> list[tuple[str, str]]:
        """Every outcome a caseworker can choose, as code and name."""
        return [(outcome.value, self.outcome(outcome)) for outcome in Outcome]

    def event(self, entry: MessageView, case: CaseView) -> str:
        """A line of the case's history."""
        words, name = self.words, entry.author_name
        match entry.text:
            case "opened":
                return words("The parent opened the case")
            case "taken":
                return words("{name} took the case", name=name)
            case "returned" if name:
                return words("{name} put the case back into the queue", name=name)
            case "returned":
                return words("The case went back into the queue")
            case "closed":
                return words("{name} closed the case", name=name)
            case "reopened":
                return words("The parent asks for help again")
            case "rated":
                return words("The parent rated the help: {rating} of 5", rating=case.rating or "–")
            case "withdrawn":
                return words("The parent closed the case")
            case "deleted":
                return words("The parent had their data deleted; what they wrote is gone")
            case other:
                return other

    def problem(self, entry: MessageView) -> str:
        """Why a reply did not arrive."""
        words = self.words
        match entry.problem:
            case "blocked":
                return words("Not delivered: the parent blocked the bot")
            case "refused":
                return words("Not delivered: Telegram did not accept it")
            case "unreachable":
                return words("Not delivered: Telegram could not be reached for a day")
            case _:
                return words("Not delivered")

    def file(self, file: FileView) -> str:
        """A file's name, or its kind when it has none."""
        return file.name or self._kind(file.kind)

    def _kind(self, kind: FileKind) -> str:
        words = self.words
        return {
            FileKind.PHOTO: words("Photo"),
            FileKind.DOCUMENT: words("Document"),
            FileKind.VOICE: words("Voice message"),
            FileKind.VIDEO: words("Video"),
            FileKind.AUDIO: words("Recording"),
        }[kind]

    def last_words(self, text: str) -> str:
        """The end of a conversation, with the symbol of a file spelled out."""
        for kind, symbol in SYMBOLS.items():
            if text.startswith(symbol):
                return " · ".join(filter(None, (self._kind(kind), text[len(symbol) :].strip())))
        return text or "–"

    def size(self, size: int | None) -> str:
        """A file's size; empty when nobody knows."""
        if size is None:
            return ""
        if size >= 1_000_000:
            return self.words("{number} MB", number=self._tenths(size / 1_000_000))
        # The smallest file is still more than nothing.
        return self.words("{number} kB", number=self._tenths(max(size, 100) / 1000))

    def _tenths(self, number: float) -> str:
        return format_decimal(number, format="#,##0.#", locale=self.words.locale)
