"""What each part of the model is worth: `python -m nlu.ablate` in Rasa's environment.

For every variant and seed a third of the scenarios is held out, and the test messages of
nlu/phrases are read too. Prints Markdown for docs/nlu.md. `python -m nlu.ablate rasa` measures
Rasa's default pipeline (nlu/rivals/) and ours on the same messages; with all phrases it takes
more than an hour, `--every 5` lets both learn a fifth.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import logging
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
import yaml
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.naive_bayes import ComplementNB, MultinomialNB
from sklearn.svm import LinearSVC

from bot.spelling import tokens
from nlu.components.copies import noisy_copies
from nlu.components.features import message_features, read_concepts
from nlu.components.meaning import Meaning
from nlu.components.noise import in_other_script, with_typos, without_special_letters
from nlu.components.phrases import LANGUAGES, Phrase, read_phrases
from nlu.components.scenarios import scenarios_of

ROOT = Path(__file__).resolve().parent
PARTS = ("pieces", "consonants", "concepts")
WEIGHTS = {
    "raw": 0.5,
    "words": 0.5,
    "stems": 0.5,
    "beginnings": 0.4,
}  # parts that are not in the model
NOISES = ("clean", "stripped", "other script", "typos")
_SHORTEST = 3


@dataclass(frozen=True)
class Variant:
    """Parts of the features, copies or none, and the classifier."""

    name: str
    parts: tuple[str, ...] = PARTS
    noisy: bool = True
    classifier: str = "both"


VARIANTS = (
    Variant("the model"),
    Variant("without concepts", ("pieces", "consonants")),
    Variant("without consonants", ("pieces", "concepts")),
    Variant("with beginnings of words too", (*PARTS, "beginnings")),
    Variant("raw n-grams for pieces and consonants", ("raw", "concepts")),
    Variant("with raw n-grams too", (*PARTS, "raw")),
    Variant("with light stems too", (*PARTS, "stems")),
    Variant("with words too", (*PARTS, "words")),
    Variant("without noisy copies", noisy=False),
    Variant("linear SVM alone", classifier="svm"),
    Variant("ComplementNB alone", classifier="complement"),
    Variant("MultinomialNB alone", classifier="multinomial"),
)


@dataclass(frozen=True)
class TestSet:
    """Labelled texts; any of a message's intents is right."""

    texts: tuple[str, ...]
    intents: tuple[frozenset[str], ...]
    languages: tuple[str, ...]
    noises: tuple[str, ...]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="?", default="parts", choices=("parts", "rasa"))
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--every", type=int, default=1, help="rasa: learn every nth phrase only")
    wanted = parser.parse_args()
    if wanted.what == "rasa":
        _rasa(wanted.every)
        return
    phrases = read_phrases(ROOT / "training")
    scenarios = scenarios_of(phrases)
    runs: dict[str, list[dict[str, float]]] = {variant.name: [] for variant in VARIANTS}
    for seed in range(wanted.seeds):
        for name, figures in _one_seed(phrases, scenarios, seed):
            runs[name].append(figures)
    _print(runs)


def read_tests() -> TestSet:
    """The independent messages."""
    rows: list[dict[str, str]] = []
    for path in sorted((ROOT / "phrases").glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows += csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    return TestSet(
        tuple(row["text"] for row in rows),
        tuple(frozenset({row["intent"], *row["also"].split("|")}) for row in rows),
        tuple(row["lang"] for row in rows),
        tuple(row["noise"] for row in rows),
    )


def _one_seed(phrases: list[Phrase], scenarios: np.ndarray, seed: int):
    """Figures of every variant with one third held out."""
    number = np.unique(scenarios, return_inverse=True)[1]
    folds = np.random.RandomState(seed).permutation(number.max() + 1)[number] % 3
    seen = [phrase for phrase, fold in zip(phrases, folds, strict=True) if fold]
    unseen = [phrase for phrase, fold in zip(phrases, folds, strict=True) if not fold]
    copies = noisy_copies(seen, [0] * len(seen), Random(seed))  # noqa: S311
    tests = _held_out_tests(unseen, seed) | {"phrases": read_tests()}
    blocks = _blocks(seen, copies, tests)
    intents = np.array([phrase.intent for phrase in seen])
    for variant in VARIANTS:
        start = time.perf_counter()
        rows = slice(None) if variant.noisy else slice(0, len(seen))
        labels = np.concatenate([intents, intents])[rows]
        matrix = hstack([blocks[part][""] for part in variant.parts]).tocsr()[rows]
        judge = _classifier(variant.classifier, matrix, labels)
        figures = {"seconds": time.perf_counter() - start}
        for test, rows_of in tests.items():
            judged = judge(hstack([blocks[part][test] for part in variant.parts]).tocsr())
            figures |= _figures(test, rows_of, judged)
        print(f"seed {seed} {variant.name}: {figures['held out']:.1f}", flush=True)
        yield variant.name, figures


def _held_out_tests(unseen: list[Phrase], seed: int) -> dict[str, TestSet]:
    """The held-out scenarios as written and with each kind of noise."""
    random = Random(seed)  # noqa: S311
    change: dict[str, Callable[[Phrase], str]] = {
        "clean": lambda phrase: phrase.text,
        "stripped": lambda phrase: without_special_letters(phrase.text),
        "other script": lambda phrase: in_other_script(phrase.text, phrase.language, random),
        "typos": lambda phrase: with_typos(phrase.text, random),
    }
    intents = tuple(frozenset({phrase.intent}) for phrase in unseen)
    languages = tuple(phrase.language for phrase in unseen)
    return {
        noise: TestSet(tuple(map(make, unseen)), intents, languages, (noise,) * len(unseen))
        for noise, make in change.items()
    }


def _blocks(
    seen: list[Phrase], copies: list[str], tests: dict[str, TestSet]
) -> dict[str, dict[str, csr_matrix]]:
    """Each part of the features for the training texts ("") and every test set."""
    model = message_features(read_concepts(ROOT / "concepts.yml"))
    parts = {name: (part, model.transformer_weights[name]) for name, part in model.transformer_list}
    settings = {"sublinear_tf": True, "min_df": 2, "dtype": np.float32}
    raw = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), **settings)
    extra = {
        "raw": raw,
        "beginnings": TfidfVectorizer(analyzer=beginnings, **settings),
        "words": TfidfVectorizer(analyzer=tokens, **settings),
        "stems": TfidfVectorizer(analyzer=LightStems(phrase.text for phrase in seen), **settings),
    }
    parts |= {name: (part, WEIGHTS[name]) for name, part in extra.items()}
    texts = [phrase.text for phrase in seen] + copies
    return {
        name: {"": part.fit_transform(texts) * weight}
        | {test: part.transform(rows.texts) * weight for test, rows in tests.items()}
        for name, (part, weight) in parts.items()
    }


def beginnings(text: str) -> list[str]:
    """Beginnings of each word, which in these languages carry the meaning."""
    return [word[:length] for word in tokens(text) for length in range(3, min(6, len(word)) + 1)]


class LightStems:
    """Cuts the longest ending that many known beginnings share, in all languages alike."""

    def __init__(self, texts) -> None:
        words = {word for text in texts for word in tokens(text)}
        counts: dict[str, int] = {}
        for word in words:
            for length in range(1, 5):
                if len(word) - length >= _SHORTEST and word[:-length] in words:
                    counts[word[-length:]] = counts.get(word[-length:], 0) + 1
        self._endings = {ending for ending, count in counts.items() if count >= 30}

    def __call__(self, text: str) -> list[str]:
        return [self._stem(word) for word in tokens(text)]

    def _stem(self, word: str) -> str:
        for length in range(min(4, len(word) - _SHORTEST), 0, -1):
            if word[-length:] in self._endings:
                return word[:-length]
        return word


def _classifier(
    kind: str, matrix: csr_matrix, labels: np.ndarray
) -> Callable[[csr_matrix], tuple[np.ndarray, np.ndarray]]:
    """Fits; the result gives class names and scores."""
    if kind == "complement":
        complement = ComplementNB(alpha=0.3).fit(matrix, labels)
        return lambda rows: (complement.classes_, complement.predict_log_proba(rows))
    bayes = MultinomialNB(alpha=0.05, fit_prior=False).fit(matrix, labels)
    if kind == "multinomial":
        return lambda rows: (bayes.classes_, bayes._joint_log_likelihood(rows))
    line = LinearSVC(C=0.4, tol=0.1, random_state=2026).fit(matrix, labels)
    weight = 0.1 if kind == "both" else 0.0
    return lambda rows: (
        line.classes_,
        4.0 * line.decision_function(rows) + weight * bayes._joint_log_likelihood(rows),
    )


def _figures(test: str, rows: TestSet, judged: tuple[np.ndarray, np.ndarray]) -> dict[str, float]:
    names, scores = judged
    right = np.array(
        [names[best] in of for best, of in zip(scores.argmax(1), rows.intents, strict=True)]
    )
    languages = np.array(rows.languages)
    if test == "phrases":
        return {"phrases": 100 * _as_the_bot(names, scores, rows).mean()}
    figures = {test: 100 * right.mean()}
    if test == "clean":
        figures["held out"] = 100 * right.mean()
        figures |= {of: 100 * right[languages == of].mean() for of in LANGUAGES}
    return figures


def _as_the_bot(names: np.ndarray, scores: np.ndarray, rows: TestSet) -> np.ndarray:
    """Follow-ups count only for messages that follow something, and then more."""
    aspect = np.char.startswith(names.astype(str), "ask-")
    follows = np.array([any(i.startswith("ask-") for i in of) for of in rows.intents])
    moved = scores + np.where(aspect, np.where(follows, np.log(8.0), -1e9)[:, None], 0.0)
    return np.array(
        [names[best] in of for best, of in zip(moved.argmax(1), rows.intents, strict=True)]
    )


def _print(runs: dict[str, list[dict[str, float]]]) -> None:
    columns = ("held out", *LANGUAGES, *NOISES[1:], "phrases", "seconds")
    print("| variant | " + " | ".join(columns) + " |\n" + "|---" * (len(columns) + 1) + "|")
    for name, figures in runs.items():
        cells = (_cell([run[column] for run in figures]) for column in columns)
        print(f"| {name} | " + " | ".join(cells) + " |")


def _cell(values: Sequence[float]) -> str:
    spread = (max(values) - min(values)) / 2
    return f"{sum(values) / len(values):.1f} ±{spread:.1f}"


def _rasa(every: int) -> None:
    """Rasa's own default pipeline and ours, on the same phrases and test messages."""
    phrases = read_phrases(ROOT / "training")[::every]
    tests = read_tests()
    print(f"{len(phrases)} phrases, {len(tests.texts)} messages", flush=True)
    start = time.perf_counter()
    meaning = Meaning(read_concepts(ROOT / "concepts.yml"))
    meaning.learn(phrases)
    trained = time.perf_counter() - start
    _report("ours", trained, tests, lambda text: dict(meaning.read(text).intents))
    start = time.perf_counter()
    agent = _default_agent(phrases)
    trained = time.perf_counter() - start

    def read(text: str) -> dict[str, float]:
        answer = asyncio.run(agent.parse_message(text))
        return {guess["name"]: guess["confidence"] for guess in answer["intent_ranking"]}

    _report("Rasa's default", trained, tests, read)


def _default_agent(phrases: list[Phrase]):
    """Trained by nlu/rivals/config.default.yml."""
    from rasa.core.agent import Agent
    from rasa.model_training import train_nlu
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.WARNING)
    by_intent: dict[str, list[str]] = {}
    for phrase in phrases:
        by_intent.setdefault(phrase.intent, []).append(f"- {phrase.text}\n")
    blocks = [{"intent": name, "examples": "".join(texts)} for name, texts in by_intent.items()]
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "nlu.yml"
        data.write_text(
            yaml.safe_dump({"version": "3.1", "nlu": blocks}, allow_unicode=True), encoding="utf-8"
        )
        model = train_nlu(str(ROOT / "rivals" / "config.default.yml"), str(data), folder)
        if model is None:
            raise SystemExit("Rasa did not produce a model.")
        return Agent.load(model)


def _report(
    name: str, trained: float, tests: TestSet, read: Callable[[str], dict[str, float]]
) -> None:
    start = time.perf_counter()
    right = np.array(
        [_first(read(text), of) in of for text, of in zip(tests.texts, tests.intents, strict=True)]
    )
    each = (time.perf_counter() - start) / len(right) * 1000
    print(f"{name}: trained in {trained:.0f} s, {each:.1f} ms a message")
    groups = {"all": np.full(len(right), "all")}
    groups |= {"language": np.array(tests.languages), "spelling": np.array(tests.noises)}
    for values in groups.values():
        for group in dict.fromkeys(values):
            print(f"  {group}: {100 * right[values == group].mean():.1f}", flush=True)


def _first(shares: dict[str, float], intents: frozenset[str]) -> str:
    """The best guess, with follow-ups weighed as the bot does."""
    follows = any(intent.startswith("ask-") for intent in intents)
    weight = 8.0 if follows else 0.0
    return max(shares, key=lambda name: shares[name] * (weight if name.startswith("ask-") else 1.0))


if __name__ == "__main__":
    main()
