"""One spelling for comparing: see `skeleton`."""

from bot.understanding.skeleton import skeleton

__all__ = ["skeleton"]
