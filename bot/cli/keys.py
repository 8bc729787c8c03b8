"""`bot keys …`: encryption keys."""

from __future__ import annotations

import typer

from bot.cli.console import out, run, storage
from bot.rotation import rotate_keys
from bot.storage.crypt import new_key

commands = typer.Typer(help="Encryption keys of the database.", no_args_is_help=True)


@commands.command()
def new() -> None:
    """Prints a fresh key; put it in front of the others in KOMEK_KEYS."""
    out.print(new_key())


@commands.command()
def rotate() -> None:
    """Writes every encrypted value anew with the first key of KOMEK_KEYS."""

    async def work() -> int:
        async with storage() as database:
            return await rotate_keys(database)

    out.print(f"{run(work())} rows are now under the newest key.")
