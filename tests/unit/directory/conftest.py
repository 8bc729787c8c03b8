"""The real directory, and a small one to break."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.directory.directory import Directory
from bot.directory.loader import load_directory

CONTENT = Path(__file__).resolve().parents[3] / "content" / "directory"


@pytest.fixture(scope="session")
def directory() -> Directory:
    return load_directory(CONTENT)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the content that a test may spoil."""
    return Path(shutil.copytree(CONTENT, tmp_path / "directory"))
