"""The component inside Rasa's graph: trained, stored and loaded as the server does it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from textwrap import dedent

import pytest
from rasa.core.agent import Agent
from rasa.model_training import train_nlu

ROOT = Path(__file__).resolve().parents[2]
PHRASES = {
    "ky": ("балам мектепке барбайт", "күйөөм мени урат"),
    "ru": ("ребёнка не берут в школу", "муж меня бьёт"),
}


@pytest.fixture(scope="module")
def agent(tmp_path_factory: pytest.TempPathFactory) -> Agent:
    folder = tmp_path_factory.mktemp("nlu")
    for language, (calm, urgent) in PHRASES.items():
        (folder / "training" / language).mkdir(parents=True)
        (folder / "training" / language / "rights.yml").write_text(
            dedent(
                """\
                version: "3.1"
                nlu:
                - intent: school-enrolment
                  examples: |
                {calm}
                - intent: domestic-violence
                  metadata:
                    urgent: true
                  examples: |
                {urgent}
                """
            ).format(calm=_lines(calm), urgent=_lines(urgent)),
            encoding="utf-8",
        )
    config = (ROOT / "config.yml").read_text(encoding="utf-8")
    config = config.replace("nlu/concepts.yml", str(ROOT / "nlu" / "concepts.yml"))
    (folder / "config.yml").write_text(config, encoding="utf-8")
    model = train_nlu(str(folder / "config.yml"), str(folder / "training"), str(folder))
    assert model is not None
    return Agent.load(model)


def _lines(text: str) -> str:
    return "\n".join(f"    - {text} {end}" for end in ("да", "эми", "что делать", "тез", "срочно"))


def test_the_answer_carries_intent_language_and_urgency(agent: Agent) -> None:
    answer = asyncio.run(agent.parse_message("kuyoom meni urat"))
    assert answer["intent"]["name"] == "domestic-violence"
    assert answer["intent_ranking"][0] == answer["intent"]
    assert answer["language"]["name"] == "ky"
    assert answer["language"]["ranking"][0]["name"] == "ky"
    assert answer["urgency"]["score"] > 0.5


def test_the_metadata_of_files_and_blocks_is_used(agent: Agent) -> None:
    answer = asyncio.run(agent.parse_message("ребенка в школу не берут"))
    assert answer["language"]["name"] == "ru"
    assert answer["urgency"]["score"] < 0.5
