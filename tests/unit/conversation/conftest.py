"""A scene to decide in, over the real content."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.cases.model import OpenCase, Status
from bot.clock import SystemClock
from bot.conversation.incoming import Arrival, Incoming
from bot.conversation.state import State
from bot.conversation.turn import Content, Heard, Scene
from bot.languages import Language
from bot.opening import load_content
from bot.settings import Settings
from bot.staff.model import Organisation

NOW = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
NGO = Organisation(1, "Sana", "Mo-Fr 09:00-18:00", 8, 180, True)
CASE = OpenCase(7, 1007, Status.NEW, "Sana", NOW)


@pytest.fixture(scope="session")
def content() -> Content:
    """Everything the bot may say."""
    return load_content(Settings(), SystemClock())


MakeScene = Callable[..., Scene]


@pytest.fixture
def scene(content: Content) -> MakeScene:
    """Makes scenes: `scene("text", state=…, heard=…)`."""

    def make(
        text: str = "",
        *,
        arrival: Arrival = Arrival.TEXT,
        heard: Heard | None = None,
        state: State | None = None,
        case: OpenCase | None = None,
        organisation: Organisation | None = NGO,
        **incoming: object,
    ) -> Scene:
        arrived = replace(
            Incoming(update_id=1, arrival=arrival, address=5, text=text),
            **incoming,  # type: ignore[arg-type]  # fields of Incoming, given by a test
        )
        known = state or State(language=Language.KY, seen_at=NOW)
        return Scene(arrived, heard or Heard(), known, case, organisation, content, NOW)

    return make
