"""The only client of Rasa: one question per message, a deadline, and a breaker."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import aiohttp

from bot.errors import UnderstandingUnavailable
from bot.understanding.model import Guess, LanguageGuess, Parse

_FAILURES_BEFORE_PAUSE = 2
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 8.0


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
        self._url = address.rstrip("/") + "/model/parse"
        self._token = token
        self._timeout = aiohttp.ClientTimeout(total=deadline)
        self._session: aiohttp.ClientSession | None = None
        self._breaker = Breaker(now)

    async def parse(self, text: str) -> Parse:
        """Rasa's figures for a text; raises UnderstandingUnavailable within the deadline."""
        if not self._breaker.may_try():
            raise UnderstandingUnavailable("Rasa is away")
        answered = False
        try:
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

    async def close(self) -> None:
        """Give back the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _ask(self, text: str) -> Any:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=self._timeout, trust_env=False)
        # Rasa takes its token in the query only; the server listens on a private address.
        async with self._session.post(
            self._url, params={"token": self._token}, json={"text": text}
        ) as response:
            response.raise_for_status()
            return await response.json()


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
