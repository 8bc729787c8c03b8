"""A throw-away PostgreSQL cluster for tests."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg


def _program(name: str) -> str:
    found = shutil.which(name)
    if found:
        return found
    newest = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    assert newest, f"{name} is missing: `make test` installs PostgreSQL"
    return str(newest[-1])


@contextmanager
def cluster() -> Iterator[str]:
    """Starts a cluster on a socket of its own; yields psycopg's address without a database."""
    folder = Path(tempfile.mkdtemp(prefix="komek-pg-"))
    # PostgreSQL refuses to run as root.
    user: dict[str, object] = {}
    if os.geteuid() == 0:
        account = pwd.getpwnam("postgres")
        os.chown(folder, account.pw_uid, account.pw_gid)
        user = {"user": "postgres", "group": account.pw_gid, "extra_groups": []}
    data = folder / "data"

    def run(*command: str) -> None:
        subprocess.run(
            command,
            check=True,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            **user,  # type: ignore[call-overload]  # user and group as subprocess takes them
        )

    run(_program("initdb"), "-D", str(data), "-U", "komek", "-A", "trust", "-E", "UTF8", "-N")
    options = f"-k {folder} -c listen_addresses='' -c fsync=off -c max_connections=200"
    log = str(folder / "log")
    run(_program("pg_ctl"), "-D", str(data), "-w", "-l", log, "-o", options, "start")
    try:
        yield f"host={folder} user=komek"
    finally:
        run(_program("pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def fresh_database(address: str, name: str, template: str = "template1") -> str:
    """Makes a copy of `template` (empty by default); returns SQLAlchemy's address of it."""
    with psycopg.connect(f"{address} dbname=postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    host = address.split()[0].removeprefix("host=")
    return f"postgresql+psycopg://komek@/{name}?host={host}"


def drop_database(address: str, name: str) -> None:
    """Removes the database, whoever is still connected."""
    with psycopg.connect(f"{address} dbname=postgres", autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
