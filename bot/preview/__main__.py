"""Runs the local Bot API alone: python -m bot.preview --port 8081 --token 123456:…"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import signal
import sys

from bot.errors import BadSetting
from bot.preview.server import PreviewServer, run_until_stopped


def main() -> None:
    """Reads the command line and serves until Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m bot.preview", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="a loopback address")
    parser.add_argument("--port", type=int, default=8081, help="0 takes any free port")
    parser.add_argument("--token", help="the bot's token; made at random when left out")
    options = parser.parse_args()
    try:
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(_serve(options.host, options.port, options.token))
    except BadSetting as exc:
        sys.exit(str(exc))


async def _serve(host: str, port: int, token: str | None) -> None:
    server = PreviewServer(token)
    await server.start(host, port)
    task = asyncio.current_task()
    if task is not None:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    sys.stdout.write(f"Chat page:  {server.chat_url}\n")
    sys.stdout.write(f"Bot API:    {server.api_url}  token {server.token}\n")
    sys.stdout.flush()
    with contextlib.suppress(asyncio.CancelledError):
        await run_until_stopped(server)


if __name__ == "__main__":
    main()
