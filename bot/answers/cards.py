"""The words of an answer card: a part of an answer with its heading and its source."""

from __future__ import annotations

from datetime import date

from bot.answers.model import Answer, Part, Topic
from bot.i18n import Words


def part_name(words: Words, part: Part) -> str:
    """The label of a part's button."""
    return {
        Part.SHORT: words("In short"),
        Part.STEPS: words("What to do"),
        Part.PAPERS: words("Papers"),
        Part.COST: words("Cost"),
        Part.DEADLINE: words("Deadlines"),
        Part.PLACE: words("Where"),
        Part.NO_PAPERS: words("No papers?"),
    }[part]


def card_text(words: Words, topic: Topic, answer: Answer, part: Part, today: date) -> str:
    """The whole message for a part of an answer, as Telegram HTML."""
    heading = answer.title if part is Part.SHORT else f"{answer.title}: {part_name(words, part)}"
    note = source_note(words, topic, answer, today)
    return f"<b>{heading}</b>\n\n{answer.parts[part]}\n\n{note}"


def source_note(words: Words, topic: Topic, answer: Answer, today: date) -> str:
    """Where it comes from, when it was checked, and what to be careful about."""
    return trust_note(
        words,
        topic.sources[0].title if topic.sources else "—",
        topic.reviewed_on,
        is_overdue=today > topic.review_due,
        is_outdated=answer.outdated,
        is_draft=answer.review.state == "draft",
    )


def trust_note(
    words: Words,
    source: str,
    checked_on: date,
    *,
    is_overdue: bool,
    is_draft: bool,
    is_outdated: bool = False,
) -> str:
    """The lines that end every card of facts, as Telegram HTML; so is `source`."""
    lines = [
        words("Source: {source}", source=source),
        words("Checked on {date}", date=words.day(checked_on)),
    ]
    if is_overdue:
        lines.append("⚠️ " + words("This may be out of date: please ask before you act."))
    if is_outdated:
        lines.append("⚠️ " + words("The Russian text is newer than this translation."))
    if is_draft:
        lines.append(words("Translation not yet read by a native-speaking expert."))
    return "<i>" + "\n".join(lines) + "</i>"
