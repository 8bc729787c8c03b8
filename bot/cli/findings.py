"""Findings on the terminal, or as GitHub shows them beside the lines of a pull request."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from bot.checks.finding import Finding, Level
from bot.cli.console import err, fail, out


class Form(StrEnum):
    """How findings are written."""

    TEXT = "text"
    GITHUB = "github"


def tell_findings(findings: Iterable[Finding], form: Form, command: str) -> None:
    """Writes all findings; ends the command with exit code 1 when one of them is an error."""
    errors = warnings = 0
    for finding in findings:
        is_error = finding.level is Level.ERROR
        errors, warnings = errors + is_error, warnings + (not is_error)
        if form is Form.GITHUB:
            sys.stdout.write(for_github(finding) + "\n")
        else:
            err.print(str(finding), markup=False, style="red" if is_error else "yellow")
    if errors:
        fail(f"{errors} errors. Please correct them and run `{command}` again.")
    out.print(f"Checked, no errors ({warnings} warnings).")


def for_github(finding: Finding) -> str:
    """The finding as a workflow command: ::error file=…,line=…::message."""
    path = Path(finding.path)
    if path.is_absolute() and path.is_relative_to(Path.cwd()):
        path = path.relative_to(Path.cwd())
    place = f"file={_escaped(path.as_posix(), ':,')},line={finding.line}"
    return f"::{finding.level} {place}::{_escaped(finding.message)}"


def _escaped(text: str, further: str = "") -> str:
    for sign in "%\r\n" + further:
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text
