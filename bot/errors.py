"""All errors of the project, in one tree. Each message says what to do next.

KomekError
├── BadSetting               a setting is missing or wrong (the operator acts)
├── BadContent               a content, directory or locale file cannot be used (the editor acts)
├── UnderstandingUnavailable Rasa did not answer in time (the bot goes on without it)
├── StorageUnavailable       the database did not answer (the bot goes on with safety cards)
├── NotAllowed               a member of staff may not do this (shown to them)
├── NotFound                 there is no such case, member, topic or place
├── Conflict                 somebody else was quicker (shown to them)
└── DeliveryError            a message to Telegram did not go through
    ├── TryLater             surely not delivered; try again after some seconds
    ├── Uncertain            may have been delivered; at most one more try
    ├── RecipientGone        the person blocked the bot or deleted the account
    ├── RecipientMoved       the chat has a new id
    └── MessageRefused       Telegram will never take this message
"""

from __future__ import annotations


class KomekError(Exception):
    """Base of every error the project raises on purpose."""


class BadSetting(KomekError):
    """A setting is missing or wrong; the message names it and says what to set."""


class BadContent(KomekError):
    """A file people edit cannot be used; the message names file, line and reason."""


class UnderstandingUnavailable(KomekError):
    """Rasa is away, starting or too slow."""


class StorageUnavailable(KomekError):
    """The database cannot be reached."""


class NotAllowed(KomekError):
    """The signed-in member may not do this."""


class NotFound(KomekError):
    """What was asked for does not exist, or not for this member."""


class Conflict(KomekError):
    """Another person changed the same thing first."""


class DeliveryError(KomekError):
    """A message did not reach Telegram."""


class TryLater(DeliveryError):
    """Surely not delivered; worth another try after `seconds`."""

    def __init__(self, seconds: float, reason: str = "") -> None:
        super().__init__(reason or f"try again in {seconds:g} s")
        self.seconds = seconds


class Uncertain(DeliveryError):
    """The connection broke after the request was sent: it may have arrived."""


class RecipientGone(DeliveryError):
    """The person blocked the bot or no longer exists."""


class RecipientMoved(DeliveryError):
    """The chat was moved to another id."""

    def __init__(self, new_id: int) -> None:
        super().__init__("the chat has a new id")
        self.new_id = new_id


class MessageRefused(DeliveryError):
    """Telegram refuses this message for good; the reason is Telegram's own."""
