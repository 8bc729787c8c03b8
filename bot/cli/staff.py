"""`bot staff …`: organisations and the members who work at the desk."""

from __future__ import annotations

import secrets
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from bot.cases import desk
from bot.cli.console import out, run, storage
from bot.clock import SystemClock
from bot.staff import store
from bot.staff.model import Member, Role
from bot.storage import bell

commands = typer.Typer(help="Organisations and members of the desk.", no_args_is_help=True)

Organisation = Annotated[str, typer.Option("--organisation", "-o", help="The partner NGO's name.")]


@commands.command("add-organisation")
def add_organisation(
    name: Annotated[str, typer.Argument(help="Its name, as parents read it in the consent.")],
    hours: Annotated[
        str, typer.Option(help="Working hours, OpenStreetMap syntax.")
    ] = "Mo-Fr 09:00-18:00",
    reply_within: Annotated[int, typer.Option(help="Working hours promised for a reply.")] = 8,
    keep_days: Annotated[int, typer.Option(help="Days a closed case is kept.")] = 180,
    receives: Annotated[bool, typer.Option(help="Whether new cases go to it.")] = True,
) -> None:
    """Adds a partner NGO."""

    async def work() -> None:
        async with storage() as database, database.transaction() as session:
            await store.add_organisation(
                session,
                name,
                SystemClock().now(),
                hours=hours,
                reply_within_hours=reply_within,
                keep_days=keep_days,
                receives=receives,
            )

    run(work())
    out.print(f"Added: {name}", markup=False)


@commands.command()
def add(
    email: Annotated[str, typer.Argument(help="The address they sign in with.")],
    organisation: Organisation,
    name: Annotated[str, typer.Option(help="Their name; parents see the first word of it.")],
    role: Annotated[Role, typer.Option()] = Role.CASEWORKER,
    language: Annotated[str, typer.Option(help="Of the desk: ru, kk or en.")] = "ru",
    password: Annotated[
        str, typer.Option(envvar="KOMEK_NEW_PASSWORD", help="Empty: one is made and shown.")
    ] = "",
) -> None:
    """Adds a member; the password is shown once."""
    chosen = password or secrets.token_urlsafe(12)

    async def work() -> Member:
        async with storage() as database, database.transaction() as session:
            return await store.add_member(
                session, organisation, email, name, role, chosen, language, SystemClock().now()
            )

    member = run(work())
    out.print(f"Added: {member.email} ({member.role}, {member.organisation})", markup=False)
    if not password:
        out.print(f"Password: {chosen}", markup=False)


@commands.command("set-password")
def set_password(
    email: Annotated[str, typer.Argument()],
    password: Annotated[
        str, typer.Option(envvar="KOMEK_NEW_PASSWORD", prompt=True, hide_input=True)
    ],
) -> None:
    """Gives a member a new password and signs them out everywhere."""

    async def work() -> None:
        async with storage() as database, database.transaction() as session:
            await store.set_password(session, email, password)

    run(work())
    out.print("Changed.")


@commands.command()
def deactivate(email: Annotated[str, typer.Argument()]) -> None:
    """Takes away a member's right to sign in, at once."""

    async def work() -> None:
        async with storage() as database:
            async with database.transaction() as session:
                member = await store.deactivate(session, email)
                await desk.release_cases_of(session, member.id, SystemClock().now())
            await database.bell.ring(bell.CASES)

    run(work())
    out.print("Done. Their open cases are back in the queue.")


@commands.command("list")
def list_all() -> None:
    """Shows organisations and members."""

    async def work() -> Table:
        table = Table("Organisation", "E-mail", "Name", "Role", "Language", "May sign in")
        async with storage() as database, database.reading() as session:
            for line in await store.members(session):
                member = line.member
                cells = (member.organisation, member.email, member.name, member.role.value)
                may = "yes" if line.active else "no"
                # Square brackets of a name are no mark-up.
                table.add_row(*map(escape, cells), member.language, may)
        return table

    out.print(run(work()))
