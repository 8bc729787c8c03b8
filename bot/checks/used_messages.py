"""The messages the code asks to be translated, in Python and in the desk's templates."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes

from bot.errors import BadContent

# `words("Back")`, `scene.words("Back")`, and constants marked with `message("…")`.
_SINGLE = {"words", "message"}
_PLURAL = "plural"


@dataclass(frozen=True, slots=True)
class Used:
    """A message where the code uses it; `many` is the plural's second text."""

    path: Path
    line: int
    text: str
    many: str | None = None


def used_messages(code: Path, domain: str) -> tuple[Used, ...]:
    """All messages of a domain: "desk" is what bot/web says, "bot" is everything else."""
    desk = code / "web"
    files = [*code.rglob("*.py"), *desk.rglob("*.html")]
    ours = (path for path in sorted(files) if path.is_relative_to(desk) == (domain == "desk"))
    return tuple(used for path in ours for used in _in_file(path))


def _in_file(path: Path) -> Iterator[Used]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return _in_python(path, text)
    return _in_template(path, text)


def _in_python(path: Path, text: str) -> Iterator[Used]:
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = _called(node.func)
        first = _constant(node.args[0])
        if first is None:
            continue
        if name in _SINGLE:
            yield Used(path, node.lineno, first)
        elif name == _PLURAL and len(node.args) > 1:
            yield Used(path, node.lineno, first, _constant(node.args[1]))


def _called(function: ast.expr) -> str | None:
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else None


def _constant(node: ast.expr) -> str | None:
    value = node.value if isinstance(node, ast.Constant) else None
    return value if isinstance(value, str) else None


def _in_template(path: Path, text: str) -> Iterator[Used]:
    environment = Environment(
        autoescape=True, extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"]
    )
    try:
        calls = list(environment.parse(text).find_all(nodes.Call))
    except TemplateSyntaxError as exc:
        raise BadContent(f"{path}:{exc.lineno}: {exc.message}") from exc
    for call in calls:
        texts = [arg.value for arg in call.args[:2] if isinstance(arg, nodes.Const)]
        texts = [text for text in texts if isinstance(text, str)]
        name = _called_in_template(call.node)
        if name in _SINGLE and texts:
            yield Used(path, call.lineno, texts[0])
        elif name == _PLURAL and len(texts) > 1:
            yield Used(path, call.lineno, texts[0], texts[1])


def _called_in_template(node: nodes.Node) -> str | None:
    if isinstance(node, nodes.Name):
        return node.name
    return node.attr if isinstance(node, nodes.Getattr) else None
