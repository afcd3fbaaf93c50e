"""`stepwise schedule`: rehearse the weekly posts."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from datetime import UTC
from pathlib import Path
from typing import Annotated

import typer

from bot.clock import SystemClock
from bot.operate.progress import bar
from bot.scheduler.rehearsal import Heard, Rehearsal, Tally, lines, rehearse
from bot.scheduler.silence import Fault, ToyClock
from storage import open_store

ALL = "all"


def _faults(words: Sequence[str]) -> frozenset[Fault]:
    wanted = [word.strip() for line in words for word in line.split(",") if word.strip()]
    try:
        return frozenset(Fault) if ALL in wanted else frozenset(map(Fault, wanted))
    except ValueError as error:
        raise typer.BadParameter(f"{error}. Write {', '.join(Fault)} or {ALL}.") from None


def schedule_app() -> typer.Typer:
    """Make the commands."""
    app = typer.Typer(help="Rehearse the weekly posts.", no_args_is_help=True, rich_markup_mode=None)

    @app.callback()
    def about() -> None:
        """Rehearse the weekly posts."""

    @app.command()
    def simulate(
        communities: Annotated[int, typer.Option(help="How many communities.", min=1)] = 1000,
        weeks: Annotated[int, typer.Option(help="How many weeks.", min=1, max=520)] = 8,
        faults: Annotated[
            list[str] | None,
            typer.Option(help=f"What goes wrong: {', '.join(Fault)}, or {ALL}; with commas between them."),
        ] = None,
        seed: Annotated[int, typer.Option(help="Another number gives other luck.")] = 0,
    ) -> None:
        """Let weeks pass in minutes, on a platform where nobody hears anything, and count the posts.

        Ends with 1 when a post was doubled or lost. Your own database is not touched.
        """
        begin = SystemClock().now().astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        plan = Rehearsal(communities, weeks, begin, _faults(faults or ()), seed)
        with bar() as heard:
            tally = asyncio.run(_play(plan, heard))
        for line in lines(tally):
            typer.echo(line)
        if tally.doubled or tally.lost:
            typer.echo(f"That must not be. Please report it, with --seed {seed} and what else you wrote.", err=True)
            raise typer.Exit(1)

    return app


async def _play(plan: Rehearsal, heard: Heard) -> Tally:
    with tempfile.TemporaryDirectory(prefix="stepwise-", ignore_cleanup_errors=True) as folder:
        clock = ToyClock(plan.begin)
        store = await open_store(f"sqlite:///{Path(folder) / 'rehearsal.db'}", clock)
        try:
            return await rehearse(plan, store, clock, heard)
        finally:
            await store.close()
