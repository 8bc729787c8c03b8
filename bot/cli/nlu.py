"""`bot nlu …`: training and measuring the understanding."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from bot.cli.console import fail, out, run, settings_or_fail, tell
from bot.errors import KomekError
from bot.local_run import any_rasa, rasa_on_trial
from bot.opening import make_understander
from bot.rasa_server import train as train_model
from bot.settings import Settings
from bot.understanding.confusions import confusions
from bot.understanding.evaluate import (
    Outcome,
    Report,
    evaluate,
    outcomes_of,
    read_rows,
    report_json,
    report_of,
    report_tables,
)
from bot.understanding.gate import levels_of, read_levels, worse, write_levels
from bot.understanding.models import Judgement, read_judgement, write_judgement

commands = typer.Typer(help="The understanding.", no_args_is_help=True)


@commands.command()
def train() -> None:
    """Trains the model when data or pipeline changed, measures it and prints its file.

    A running `bot run` takes the model when it passes the gate.
    """
    settings = settings_or_fail()
    model = run(train_with_progress(settings.data_dir / "models"))
    out.print(f"Model: {model.name}")
    if read_judgement(model) is None:
        tell("Measuring it on nlu/phrases (about a minute) …")
        write_judgement(model, run(judged(settings, model)))
    judgement = read_judgement(model)
    if judgement is not None and not judgement.accepted:
        fail("The gate refuses this model:\n" + "\n".join(judgement.problems))


async def judged(settings: Settings, model: Path) -> Judgement:
    """What a model reaches on the test messages, against the recorded level if there is one."""
    async with rasa_on_trial(settings, model) as trial:
        reached = levels_of((await measured(trial))[0])
    level_file = settings.nlu_dir / "gate.yml"
    problems = worse(read_levels(level_file), reached) if level_file.exists() else []
    return Judgement(not problems, tuple(problems), reached)


async def measured(settings: Settings) -> tuple[Report, list[Outcome]]:
    """How the Rasa of the settings does on all test messages."""
    files = sorted((settings.nlu_dir / "phrases").glob("*.tsv"))
    understander, client = make_understander(settings)
    try:
        outcomes = await outcomes_of(
            [row for file in files for row in read_rows(file)], understander
        )
        return report_of(outcomes), outcomes
    finally:
        await client.close()


async def train_with_progress(models: Path) -> Path:
    """Trains with a progress bar in a terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=out, transient=True) as progress:
        task = progress.add_task("Training", total=None)

        def tell(line: str) -> None:
            if line.startswith("step "):
                done, _, rest = line.removeprefix("step ").partition("/")
                total, _, name = rest.partition(" ")
                progress.update(
                    task, completed=int(done), total=int(total), description=f"Training: {name}"
                )

        return await train_model(tell, models)


@commands.command("evaluate")
def evaluate_file(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Labelled messages.")],
    intents: Annotated[str, typer.Option(help="Only these, separated by commas.")] = "",
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Sends labelled messages through the running understanding and prints how it did."""
    settings = settings_or_fail()
    only = frozenset(filter(None, intents.split(","))) or None
    try:
        rows = read_rows(file)
    except KomekError as exc:
        fail(exc)
    absent = sorted((only or frozenset()) - {row.intent for row in rows})
    if absent:
        tell(f"{file.name} has no message of {', '.join(absent)}.")

    async def work() -> Report:
        async with any_rasa(settings, tell) as ready:
            understander, client = make_understander(ready)
            try:
                return await evaluate(rows, understander, only)
            finally:
                await client.close()

    report = run(work())
    if as_json:
        sys.stdout.write(json.dumps(report_json(report), ensure_ascii=False, indent=2) + "\n")
        return
    show(report)


@commands.command()
def gate(
    record: Annotated[
        bool, typer.Option(help="Take the figures reached now as the level.")
    ] = False,
) -> None:
    """Fails when the understanding of a language became worse than recorded."""
    settings = settings_or_fail()
    level_file = settings.nlu_dir / "gate.yml"

    async def work() -> tuple[Report, list[Outcome]]:
        async with any_rasa(settings, tell) as ready:
            return await measured(ready)

    report, outcomes = run(work())
    show(report)
    for line in confusions(outcomes):
        out.print(line)
    if record:
        write_levels(level_file, levels_of(report))
        out.print(f"Recorded in {level_file.name}.")
        return
    try:
        problems = worse(read_levels(level_file), levels_of(report))
    except KomekError as exc:
        fail(exc)
    if problems:
        fail("The understanding became worse:\n" + "\n".join(problems))
    out.print("No language became worse.")


def show(report: Report) -> None:
    """The tables by language and by spelling."""
    for title, heads, rows in report_tables(report):
        table = Table(*heads, title=title)
        for row in rows:
            table.add_row(*row)
        out.print(table)
