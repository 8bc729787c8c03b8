from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.answers.small_content import write_content


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small content, in a folder of its own."""
    return write_content(tmp_path / "content")
