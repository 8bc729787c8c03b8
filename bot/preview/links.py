"""Which addresses Telegram opens, in texts and on buttons."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from bot.preview.wire import bad_request

SCHEMES = frozenset(("http", "https", "tg", "ton", "tonsite"))
HOST = re.compile(r"(?!-)[\w-]+(\.[\w-]+)+|localhost|\d+(\.\d+){3}|\[[0-9a-fA-F:]+\]")


def link_problem(url: str) -> str:
    """What Telegram says against this address; empty when it opens it."""
    scheme, separator, rest = url.partition("://")
    if not separator:
        scheme, rest = "http", url
    if scheme.lower() not in SCHEMES:
        return "Unsupported URL protocol"
    if scheme.lower() in ("tg", "ton"):
        return "" if rest else "Wrong tg URL"
    host, _, port = re.split(r"[/?#]", rest, maxsplit=1)[0].rpartition("@")[2].partition(":")
    if port and not port.isdigit():
        return "Wrong port number specified in the URL"
    if not HOST.fullmatch(host):
        return "Wrong HTTP URL"
    return ""


def checked_link(url: str) -> str:
    """The address as Telegram returns it; empty when it would not open it."""
    url = url.strip()
    if not url or re.search(r"\s", url) or link_problem(url):
        return ""
    if "://" not in url:
        url = f"http://{url}"
    parts = urlsplit(url)
    return url + "/" if parts.scheme in ("http", "https") and not parts.path else url


def check_button_link(url: str) -> None:
    """Raises Refused when a button may not carry this address."""
    if problem := link_problem(url.strip()):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: {problem}")


def mentioned_user(url: str) -> int:
    """The user a tg://user?id=… link points to; 0 for other links."""
    parts = urlsplit(url)
    if parts.scheme != "tg" or parts.netloc != "user":
        return 0
    number = parse_qs(parts.query).get("id", [""])[0]
    return int(number) if number.isdigit() else 0
