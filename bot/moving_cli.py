"""`stepwise export` and `stepwise import`: one community moves to another machine, or to another platform."""

from __future__ import annotations

import csv
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.backup_cli import Phrase
from bot.clock import SystemClock
from bot.models import Place
from bot.operate.progress import bar
from bot.settings import Settings
from storage import read_phrase, sqlite_path
from storage.moving_file import look_through
from storage.moving_in import Arrived, Move, move_in, readable
from storage.moving_out import Written, move_out

Run = Callable[[Callable[[Settings], Coroutine[Any, Any, Any]]], Any]

# On these, an account is only one within its place.
ACCOUNTS_OF_A_PLACE = {"slack"}
COLUMNS = ("account", "name", "new account")


def _place(text: str) -> Place | None:
    platform, mark, key = text.partition(":")
    if text and not (platform and mark and key):
        raise typer.BadParameter("write the platform and the place, like slack:T0123456 or discord:123456789.")
    return Place(platform, key) if text else None


Where = Annotated[str, typer.Option("--community", help="Which one, like slack:T0123456.", metavar="PLATFORM:PLACE")]
To = Annotated[str, typer.Option("--to", help="Its new place, like discord:123456789.", metavar="PLATFORM:PLACE")]


def add_moving_commands(app: typer.Typer, run: Run) -> None:
    """Add the commands; `run` does a piece of work with the settings."""
    _add_export(app, run)
    _add_import(app, run)


def _add_export(app: typer.Typer, run: Run) -> None:
    @app.command(name="export")
    def go(
        file: Annotated[Path, typer.Argument(help="Where to write the community.")],
        community: Where = "",
        passphrase_file: Phrase = None,
        force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    ) -> None:
        """Write one community with its members into a file, while the bot runs."""
        place = _place(community)

        async def work(settings: Settings) -> Written:
            phrase = read_phrase(passphrase_file) if passphrase_file else None
            source, now = sqlite_path(settings.database_url), SystemClock().now()
            with bar() as progress:
                return move_out(
                    source, file.absolute(), now, place=place, phrase=phrase, force=force, progress=progress
                )

        done: Written = run(work)
        typer.echo(f"Wrote {file}: {done.name} with {done.members} members, {done.rows} rows.")
        typer.echo("It holds what members did and wrote. Keep it as you keep the database.")


def _add_import(app: typer.Typer, run: Run) -> None:
    @app.command(name="import")
    def come(
        file: Annotated[Path, typer.Argument(help="The file of a community.")],
        to: To = "",
        members: Annotated[
            Path | None, typer.Option("--members", help="A CSV file that says who is who in the new place.")
        ] = None,
        list_members: Annotated[
            bool, typer.Option("--list-members", help="Only print the CSV file to fill in for --members.")
        ] = False,
        passphrase_file: Phrase = None,
    ) -> None:
        """Bring a community in from its file: all of it, or nothing, and never twice. The bot must be stopped."""
        place = _place(to)
        who = _who_is_who(members) if members else {}

        async def show(settings: Settings) -> list[tuple[str, str]]:
            phrase = read_phrase(passphrase_file) if passphrase_file else None
            with readable(file.absolute(), sqlite_path(settings.database_url), phrase) as plain:
                looked = look_through(plain)
            return [(one[2], looked.names.get(person, "")) for person, its in looked.accounts.items() for one in its]

        async def work(settings: Settings) -> Arrived:
            phrase = read_phrase(passphrase_file) if passphrase_file else None
            realm = place.key if place and place.platform in ACCOUNTS_OF_A_PLACE else ""
            target, now = sqlite_path(settings.database_url), SystemClock().now()
            with bar() as progress:
                return move_in(file.absolute(), target, now, Move(place, realm, who), phrase=phrase, progress=progress)

        if list_members:
            _print_members(run(show))
        else:
            _tell(run(work), file)


def _print_members(rows: list[tuple[str, str]]) -> None:
    typer.echo(",".join(COLUMNS))
    for account, name in rows:
        typer.echo(",".join((_quoted(account), _quoted(name), "")))


def _quoted(text: str) -> str:
    """Write a cell that no spreadsheet takes for a formula."""
    safe = f"'{text}" if text[:1] in "=+-@\t\r" else text
    return '"' + safe.replace('"', '""') + '"'


def _who_is_who(path: Path) -> Mapping[str, str]:
    try:
        rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"{path} cannot be read ({type(error).__name__}).") from None
    if rows and not {COLUMNS[0], COLUMNS[2]} <= rows[0].keys():
        raise typer.BadParameter(f"{path} needs the columns {', '.join(COLUMNS)}. --list-members prints them.")
    named = {row[COLUMNS[0]].strip(): (row[COLUMNS[2]] or "").strip() for row in rows}
    return {old: new for old, new in named.items() if old and new}


def _tell(arrived: Arrived, file: Path) -> None:
    where = f"{arrived.place.platform}:{arrived.place.key}"
    if arrived.already:
        typer.echo(f"{file} is in {where} already. Nothing was changed.")
    else:
        typer.echo(f"Brought {arrived.name} to {where}: {arrived.members} members, {arrived.added} new rows.")
        typer.echo("Compare every derived number with the ledger: stepwise db verify")
    if arrived.without_account:
        typer.echo(f"{len(arrived.without_account)} members have no account there yet; what is theirs waits for them:")
        for account, name in arrived.without_account[:20]:
            typer.echo(f"  {account} {name}")
        typer.echo("They can join both accounts themselves with /link while the bot is still in both places.")
