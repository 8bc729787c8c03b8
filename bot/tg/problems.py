"""Telegram's errors, translated once into ours, which say what to do next."""

from __future__ import annotations

from datetime import timedelta

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.errors import (
    BadSetting,
    DeliveryError,
    MessageRefused,
    RecipientGone,
    RecipientMoved,
    TryLater,
    Uncertain,
)
from bot.tg.request import NotSent

SOON = 1.0
SERVER_TROUBLE = 2.0
# Only the operator can put a refused token right; what is to be sent waits for that.
OPERATOR = 60.0

GONE = (
    "chat not found",
    "user not found",
    "user is deactivated",
    "peer_id_invalid",
    "user_is_blocked",
    "input_user_deactivated",
    "chat_write_forbidden",
    "not enough rights to send",
    "group chat was deactivated",
    "bot is not a member",
)


def delivery_error(exc: TelegramError) -> DeliveryError:
    """What an error of Telegram means for the message that met it."""
    match exc:
        case RetryAfter():
            return TryLater(seconds_to_wait(exc), "too many requests")
        case ChatMigrated(new_chat_id=new_id):
            return RecipientMoved(new_id)
        case Forbidden():
            return RecipientGone(exc.message)
        case InvalidToken() | Conflict():
            return TryLater(OPERATOR, "Telegram refuses the token")
        case BadRequest():  # before NetworkError, which is its parent
            return _refusal(exc.message)
        case NotSent():
            return TryLater(SOON, exc.message)
        case TimedOut():
            return Uncertain(exc.message)
        case NetworkError():  # 5xx
            return TryLater(SERVER_TROUBLE, "Telegram has trouble")
        case _:
            return Uncertain("Telegram's answer cannot be read")


def seconds_to_wait(exc: RetryAfter) -> float:
    """The pause Telegram asks for."""
    wait = exc.retry_after  # a number today, a timedelta in a later release
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def refused_token() -> BadSetting:
    """What the operator is told; Telegram's own words would repeat the token."""
    return BadSetting(
        "TELEGRAM_BOT_TOKEN is refused by Telegram: copy the present token from @BotFather "
        "(/mybots, API Token) and start again"
    )


def _refusal(reason: str) -> DeliveryError:
    if any(words in reason.lower() for words in GONE):
        return RecipientGone(reason)
    return MessageRefused(reason)
