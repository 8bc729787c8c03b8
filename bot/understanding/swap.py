"""A running Rasa takes a newly trained model once the gate has accepted it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import structlog

from bot.errors import UnderstandingUnavailable
from bot.understanding.models import newest_judged, read_judgement
from bot.understanding.rasa import RasaClient

log = structlog.get_logger()

LOOK_EVERY = 2.0


class ModelSwap:
    """Watches the folder of models; a refused model is named in the log and left alone."""

    def __init__(self, folder: Path, client: RasaClient, on_change: Callable[[], None]) -> None:
        self._folder = folder.resolve()
        self._client = client
        self._on_change = on_change
        # Older judgements were known when Rasa was started with the model of the present data.
        self._since = time.time()
        self._refused: Path | None = None

    async def run(self) -> None:
        """Looks every few seconds until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(LOOK_EVERY)

    async def look(self) -> None:
        """Brings the model judged last into Rasa, also after Rasa was restarted with another."""
        newest = newest_judged(self._folder, self._since)
        if newest is None or newest == self._refused:
            return
        judgement = read_judgement(newest)
        in_use = await self._client.model_name()
        if judgement is None or in_use is None or in_use == newest.name:
            return
        if judgement.accepted:
            await self._take(newest, self._folder / in_use)
            return
        self._refused = newest
        log.warning("model.refused", model=newest.name, problems=list(judgement.problems))

    async def _take(self, model: Path, before: Path) -> None:
        try:
            await self._client.load(model, before)
        except UnderstandingUnavailable as exc:
            # Trying again would stop everybody's questions each time, for the same end.
            self._refused = model
            log.error("model.not_taken", model=model.name, reason=str(exc), advice="restart Rasa")
            return
        self._on_change()
        log.info("model.taken", model=model.name)
