from __future__ import annotations

from pathlib import Path

import pytest

from bot.workshop.workshop import Workshop
from tests.conftest import HandClock
from tests.unit.answers.small_content import write_content
from tests.unit.workshop.bench import bench, start_history


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small content in a repository."""
    made = write_content(tmp_path / "texts" / "content")
    start_history(made)
    return made


@pytest.fixture
def workshop(folder: Path, clock: HandClock) -> Workshop:
    return bench(folder, clock)
