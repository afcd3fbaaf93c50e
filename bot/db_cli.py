"""`stepwise db`: look after the database."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Annotated, Any

import typer

from bot.clock import SystemClock
from bot.models import Verdict
from bot.operate.progress import bar
from bot.settings import Settings
from storage import open_store

Run = Callable[[Callable[[Settings], Coroutine[Any, Any, Verdict]]], Verdict]


def db_app(run: Run) -> typer.Typer:
    """Make the commands; `run` does a piece of work with the settings."""
    app = typer.Typer(help="Look after the database.", no_args_is_help=True, rich_markup_mode=None)

    @app.callback()
    def about() -> None:
        """Look after the database."""

    @app.command()
    def verify(
        mend: Annotated[bool, typer.Option("--mend", help="Also write the recomputed numbers.")] = False,
    ) -> None:
        """Recompute every kept number from the ledger and compare. Works while the bot runs.

        Ends with 0 when everything agrees, 1 when something does not.
        """

        async def work(settings: Settings) -> Verdict:
            store = await open_store(settings.database_url, SystemClock())
            try:
                with bar() as progress:
                    return await store.verify(mend=mend, progress=progress)
            finally:
                await store.close()

        _tell(run(work))

    return app


def _tell(verdict: Verdict) -> None:
    for what, count in verdict.checked.items():
        typer.echo(f"{what}: {count} checked")
    for difference in verdict.differences:
        typer.echo(difference)
    if not verdict.differences:
        typer.echo("Everything agrees with the ledger.")
    elif verdict.mended:
        typer.echo(f"Mended {len(verdict.differences)} differences.")
    else:
        typer.echo("Run `stepwise db verify --mend` to write the recomputed numbers.")
        raise typer.Exit(1)
