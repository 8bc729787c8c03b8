"""Where a request comes from, also behind a TLS proxy."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from aiohttp import web

from bot.web.keys import desk_of

FORWARDED = "X-Forwarded-For"


def client_address(request: web.Request) -> str:
    """The network address to count failed sign-ins by; one IPv6 household is one address.

    A proxy is believed only when the desk is set up behind one and it is near: the
    last entry is then the one it added itself.
    """
    peer = _parse(request.remote or "")
    forwarded = request.headers.getall(FORWARDED, [])
    if forwarded and desk_of(request).settings.desk_is_https and peer and peer.is_private:
        peer = _parse(forwarded[-1].split(",")[-1].strip()) or peer
    if isinstance(peer, IPv6Address):
        return str(ip_network((peer, 64), strict=False))
    return str(peer)


def is_this_machine(request: web.Request) -> bool:
    """Whether the request was made on this machine and not passed on by a proxy."""
    peer = _parse(request.remote or "")
    passed_on = FORWARDED in request.headers or "Forwarded" in request.headers
    return peer is not None and peer.is_loopback and not passed_on


def _parse(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text)
    except ValueError:
        return None
