"""`stepwise backup` and `stepwise restore`."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.clock import SystemClock
from bot.operate.progress import bar
from bot.settings import Settings
from storage import Inventory, Restored, back_up, read_phrase, restore, sqlite_path

Run = Callable[[Callable[[Settings], Coroutine[Any, Any, Any]]], Any]
Phrase = Annotated[
    Path | None, typer.Option("--passphrase-file", help="A file whose first line is the passphrase of the backup.")
]


def add_backup_commands(app: typer.Typer, run: Run) -> None:
    """Add the commands; `run` does a piece of work with the settings."""

    @app.command()
    def backup(
        file: Annotated[Path, typer.Argument(help="Where to write the backup.")],
        passphrase_file: Phrase = None,
        force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    ) -> None:
        """Copy the database into a file, while the bot runs.

        The copy is of one moment, checked, and either whole or not there.
        """

        async def work(settings: Settings) -> Inventory:
            phrase = read_phrase(passphrase_file) if passphrase_file else None
            with bar() as progress:
                source = sqlite_path(settings.database_url)
                return back_up(source, file.absolute(), phrase=phrase, force=force, progress=progress)

        typer.echo(f"Wrote {file}: {_said(run(work))}.")
        if passphrase_file:
            typer.echo("Without its passphrase nobody can read it, not even you. Keep both, in different places.")

    @app.command(name="restore")
    def put_back(
        file: Annotated[Path, typer.Argument(help="The backup.")],
        passphrase_file: Phrase = None,
    ) -> None:
        """Put a backup in the place of the database. The bot must be stopped.

        The backup is checked before anything is replaced, and the old database stays beside it.
        """

        async def work(settings: Settings) -> Restored:
            phrase = read_phrase(passphrase_file) if passphrase_file else None
            target = sqlite_path(settings.database_url)
            with bar() as progress:
                return restore(file.absolute(), target, SystemClock().now(), phrase=phrase, progress=progress)

        done: Restored = run(work)
        typer.echo(f"Restored {file}: {_said(done.inventory)}.")
        if done.kept:
            typer.echo(f"The database before it lies at {done.kept}. Delete it when you need it no more.")
        typer.echo("Compare every derived number with the ledger: stepwise db verify")


def _said(inventory: Inventory) -> str:
    counts = f"{inventory.communities} communities, {inventory.members} members, {inventory.facts} facts"
    return f"{counts}, version {inventory.version}"
