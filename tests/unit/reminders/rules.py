"""Two rules whose words a test can recognise: a sure one for the office, and a doubtful one."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.turn import Content
from bot.languages import Language
from bot.stay.model import Rule, Texts

RULE = "own-registration"
DOUBTFUL = "doubtful"


def with_rules(content: Content) -> Content:
    """The content with these two rules in the place of the real ones."""
    first = content.rules.all[0]
    two = (
        _named(first, RULE, doubt=""),
        _named(first, DOUBTFUL, doubt="Check at 1414."),
    )
    return replace(content, rules=replace(content.rules, all=two))


def _named(rule: Rule, name: str, *, doubt: str) -> Rule:
    texts = {
        one: Texts(
            f"{name} {one}", f"do {name} {one}", "or else", f"late {name} {one}", doubt=doubt
        )
        for one in Language
    }
    return replace(rule, id=name, in_office=doubt == "", texts=texts)
