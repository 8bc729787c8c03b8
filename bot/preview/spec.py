"""Every call is checked against the Bot API's own table of methods, types and limits."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot.preview.wire import Json, Refused, Upload, bad_request, utf16_length

TABLE = Path(__file__).with_name("bot_api.json")

LIMIT = re.compile(r"(\d+)-(\d+)([cbev])")

# Where Telegram's own words for a broken limit are known, they are used.
TELEGRAMS_WORDS = {
    "InlineKeyboardButton.callback_data": "BUTTON_DATA_INVALID",
    "answerCallbackQuery.text": "MESSAGE_TOO_LONG",
    "BotCommand.command": "BOT_COMMAND_INVALID",
    "BotCommand.description": "BOT_COMMAND_DESCRIPTION_INVALID",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """What one field may hold."""

    types: tuple[str, ...]
    required: bool
    low: int = 0
    high: int = 0
    unit: str = ""
    constant: str = ""

    @classmethod
    def read(cls, text: str) -> Rule:
        """The rule written as in the table, such as "String! 1-64b"."""
        kinds, _, rest = text.partition(" ")
        types = tuple(kinds.removesuffix("!").split("|"))
        required = kinds.endswith("!")
        if rest.startswith("="):
            return cls(types, required, constant=rest[1:])
        if limit := LIMIT.fullmatch(rest):
            return cls(types, required, int(limit[1]), int(limit[2]), limit[3])
        return cls(types, required)


class Spec:
    """The Bot API's methods and types, ready to check values against."""

    def __init__(self, table: Json) -> None:
        self.version: str = table["version"]
        self.methods = {name: _rules(fields) for name, fields in table["methods"].items()}
        self.types = {
            name: _rules(fields) for name, fields in table["types"].items() if "|" not in fields
        }
        self.unions = {
            name: tuple(fields["|"]) for name, fields in table["types"].items() if "|" in fields
        }

    def method_name(self, name: str) -> str | None:
        """The method as the table spells it; Telegram ignores case. None when unknown."""
        if name in self.methods:
            return name
        return next((known for known in self.methods if known.lower() == name.lower()), None)

    def check_call(self, method: str, params: Mapping[str, object]) -> Json:
        """The parameters as typed values. Raises Refused for what the table does not allow."""
        return self._fields(method, self.methods[method], params, from_form=True)

    def check_object(self, kind: str, value: object) -> object:
        """`value` when it is a `kind` of the table; raises Refused otherwise."""
        return self._value(kind, (kind,), value, from_form=False)

    def _fields(
        self,
        owner: str,
        rules: Mapping[str, Rule],
        values: Mapping[str, object],
        *,
        from_form: bool,
    ) -> Json:
        for name in values:
            if name not in rules:
                raise bad_request(f'{owner} has no parameter or field "{name}"')
        checked: Json = {}
        for name, rule in rules.items():
            value = values.get(name)
            if value is None:
                if rule.required:
                    raise _missing(owner, name)
                continue
            where = f"{owner}.{name}"
            checked[name] = self._value(where, rule.types, value, from_form=from_form)
            _check_limits(where, rule, checked[name])
        return checked

    def _value(
        self, where: str, types: tuple[str, ...], value: object, *, from_form: bool
    ) -> object:
        if from_form and isinstance(value, str) and not _SIMPLE.intersection(types):
            value = _decoded(where, value)
        kinds = self._candidates(types, value)
        if len(kinds) == 1:
            return self._one(where, kinds[0], value, from_form=from_form)
        for kind in kinds:
            try:
                return self._one(where, kind, value, from_form=from_form)
            except Refused:
                continue
        raise _wrong_type(where, types)

    def _candidates(self, types: tuple[str, ...], value: object) -> tuple[str, ...]:
        """Of several allowed types, those the value could be meant as."""
        spread = tuple(part for kind in types for part in self.unions.get(kind, (kind,)))
        if not isinstance(value, dict):
            return spread
        fitting = tuple(k for k in spread if k in self.types and self._could_be(k, value))
        return fitting or spread

    def _could_be(self, kind: str, value: Json) -> bool:
        return all(
            name in value and (not rule.constant or value[name] == rule.constant)
            for name, rule in self.types[kind].items()
            if rule.required
        )

    def _one(self, where: str, kind: str, value: object, *, from_form: bool) -> object:
        if kind.startswith("[]"):
            if not isinstance(value, list):
                raise _wrong_type(where, (kind,))
            return [self._value(where, (kind[2:],), item, from_form=False) for item in value]
        if kind in self.unions:
            return self._value(where, (kind,), value, from_form=False)
        if kind == "InputFile":
            return _file(where, value)
        if kind in self.types:
            if not isinstance(value, dict):
                raise _wrong_type(where, (kind,))
            return self._fields(kind, self.types[kind], value, from_form=False)
        return _plain(where, kind, value, from_form=from_form)


_SIMPLE = frozenset(("String", "Integer", "Float", "Boolean", "InputFile"))


@lru_cache(maxsize=1)
def load_spec() -> Spec:
    """The table that comes with this package, read on first use."""
    return Spec(json.loads(TABLE.read_text(encoding="utf-8")))


def _rules(fields: Mapping[str, str]) -> dict[str, Rule]:
    return {name: Rule.read(text) for name, text in fields.items()}


def _decoded(where: str, text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        raise bad_request(f"can't parse {where} as JSON object") from None


def _file(where: str, value: object) -> object:
    if isinstance(value, Upload) or (isinstance(value, str) and value.startswith("attach://")):
        return value
    raise _wrong_type(where, ("InputFile",))


def _plain(where: str, kind: str, value: object, *, from_form: bool) -> object:
    """A simple value; forms carry numbers and booleans as text."""
    if kind == "String" and isinstance(value, str):
        return value
    if kind == "Boolean":
        if isinstance(value, bool):
            return value
        if from_form and value in ("true", "false", "True", "False", "1", "0"):
            return value in ("true", "True", "1")
    if kind in ("Integer", "Float") and not isinstance(value, bool):
        wanted = int if kind == "Integer" else float
        if isinstance(value, int | wanted):
            return wanted(value)
        if from_form and isinstance(value, str):
            try:
                return wanted(value)
            except ValueError:
                pass
    raise _wrong_type(where, (kind,))


def _check_limits(where: str, rule: Rule, value: object) -> None:
    if rule.constant and value != rule.constant:
        raise bad_request(f'{where} must be "{rule.constant}"')
    size: float
    if rule.unit == "v" and isinstance(value, int | float):
        size = value
    elif rule.unit == "b" and isinstance(value, str):
        size = len(value.encode())
    elif rule.unit == "c" and isinstance(value, str):
        size = utf16_length(value)
    else:  # "e" is counted after entity parsing, where the text is parsed
        return
    if not rule.low <= size <= rule.high:
        words = f"{where} is out of its limits of {rule.low}-{rule.high}"
        raise bad_request(TELEGRAMS_WORDS.get(where, words))


def _missing(owner: str, name: str) -> Refused:
    known = {"text": "message text is empty", "chat_id": "chat_id is empty"}
    if name in known and owner[0].islower():
        return bad_request(known[name])
    return bad_request(f'{owner} must have the parameter or field "{name}"')


def _wrong_type(where: str, types: tuple[str, ...]) -> Refused:
    return bad_request(f"{where} must be of type {' or '.join(types)}")
