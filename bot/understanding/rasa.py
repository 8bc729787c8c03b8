"""The only client of Rasa: one question per message, a deadline, and a breaker."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from bot.errors import UnderstandingUnavailable
from bot.understanding.model import Guess, LanguageGuess, Parse

_FAILURES_BEFORE_PAUSE = 2
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 8.0
# Loading a model takes a second or two; while it does, questions wait instead of failing.
_LONGEST_LOADING = 60.0
_TRIAL = "салам"


class RasaClient:
    """Asks Rasa what a text means; while Rasa is away it fails at once and finds back by itself."""

    def __init__(
        self,
        address: str,
        token: str,
        *,
        deadline: float = 1.0,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._address = address.rstrip("/")
        self._token = token
        self._traffic = Traffic()
        self._timeout = aiohttp.ClientTimeout(total=deadline)
        self._session: aiohttp.ClientSession | None = None
        self._breaker = Breaker(now)

    async def parse(self, text: str) -> Parse:
        """Rasa's figures for a text; raises UnderstandingUnavailable within the deadline."""
        if not self._breaker.may_try():
            raise UnderstandingUnavailable("Rasa is away")
        answered = False
        try:
            async with self._traffic.passing():
                answer = _read(await self._ask(text))
            answered = True
            return answer
        except (aiohttp.ClientError, TimeoutError) as exc:
            raise UnderstandingUnavailable(f"Rasa did not answer: {type(exc).__name__}") from exc
        except (KeyError, TypeError, ValueError) as exc:
            raise UnderstandingUnavailable("Rasa answered in another shape") from exc
        finally:
            # Also when the caller gave up waiting: a cancelled probe must not hold the breaker.
            self._breaker.note(answered)

    async def is_up(self) -> bool:
        """Whether Rasa is there with a model, for the health page; never raises."""
        try:
            await self._ask("?")
        except (aiohttp.ClientError, TimeoutError, ValueError):
            return False
        return True

    async def model_name(self) -> str | None:
        """The file name of the model Rasa answers with; None while it is away."""
        try:
            async with self._connected().get(
                self._address + "/status", params={"token": self._token}
            ) as response:
                response.raise_for_status()
                name = (await response.json())["model_file"]
                return str(name) if name else None
        except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError):
            return None

    async def load(self, model: Path, before: Path) -> None:
        """Let Rasa answer with another model (absolute paths); our questions wait meanwhile.

        A model can load and still not answer, when other code made it: it must answer a question
        before anybody's, or the one from before comes back. Raises UnderstandingUnavailable then.
        """
        async with self._traffic.stopped():
            try:
                await self._put(model)
                _read(await self._ask(_TRIAL))
            except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError) as exc:
                with contextlib.suppress(aiohttp.ClientError, TimeoutError):
                    await self._put(before)
                reason = f"the model did not answer: {type(exc).__name__}"
                raise UnderstandingUnavailable(reason) from exc

    async def _put(self, model: Path) -> None:
        async with self._connected().put(
            self._address + "/model",
            params={"token": self._token},
            json={"model_file": str(model)},
            timeout=aiohttp.ClientTimeout(total=_LONGEST_LOADING),
        ) as response:
            response.raise_for_status()

    async def close(self) -> None:
        """Give back the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _ask(self, text: str) -> Any:
        # Rasa takes its token in the query only; the server listens on a private address.
        async with self._connected().post(
            self._address + "/model/parse", params={"token": self._token}, json={"text": text}
        ) as response:
            response.raise_for_status()
            return await response.json()

    def _connected(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=self._timeout, trust_env=False)
        return self._session


class Traffic:
    """Lets questions pass until it is stopped; then waits for those under way to arrive."""

    def __init__(self) -> None:
        self._free = asyncio.Event()
        self._free.set()
        self._empty = asyncio.Event()
        self._empty.set()
        self._under_way = 0

    @asynccontextmanager
    async def passing(self) -> AsyncIterator[None]:
        """One question; waits while traffic is stopped."""
        await self._free.wait()
        self._under_way += 1
        self._empty.clear()
        try:
            yield
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._empty.set()

    @asynccontextmanager
    async def stopped(self) -> AsyncIterator[None]:
        """A time without questions."""
        self._free.clear()
        try:
            await self._empty.wait()
            yield
        finally:
            self._free.set()


class Breaker:
    """Stops asking after failures in a row, then lets one question through after each pause."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._failures = 0
        self._pause = _FIRST_PAUSE
        self._closed_until = 0.0
        self._probing = False

    def may_try(self) -> bool:
        """True when a question may be sent; during recovery only one at a time."""
        if self._failures < _FAILURES_BEFORE_PAUSE:
            return True
        if self._probing or self._now() < self._closed_until:
            return False
        self._probing = True
        return True

    def note(self, answered: bool) -> None:
        """Remember how a question ended."""
        self._probing = False
        if answered:
            self._failures, self._pause = 0, _FIRST_PAUSE
            return
        self._failures += 1
        if self._failures >= _FAILURES_BEFORE_PAUSE:
            self._closed_until = self._now() + self._pause
            self._pause = min(self._pause * 2, _LONGEST_PAUSE)


def _read(answer: Any) -> Parse:
    ranking = [Guess(*_named(guess)) for guess in answer["intent_ranking"]]
    languages = [LanguageGuess(*_named(guess)) for guess in answer["language"]["ranking"]]
    return Parse(
        ranking=tuple(sorted(ranking, key=lambda guess: -guess.confidence)),
        languages=tuple(languages),
        urgency=float(answer["urgency"]["score"]),
    )


def _named(guess: Any) -> tuple[str, float]:
    return str(guess["name"]), float(guess["confidence"])
