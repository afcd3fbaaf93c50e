"""The command line `stepwise`: it parses, then calls the wiring."""

from __future__ import annotations

import io
import json
import logging
import os
import sys
from collections.abc import Callable, Coroutine, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TypeVar

import typer

from bot.settings import BadSettings, Settings, list_settings, read_settings, unknown_variables

if TYPE_CHECKING:
    from content.search.encoder import Encoder

T = TypeVar("T")

NOWHERE = (
    "There is no key of a platform, and the page is off. Set DISCORD_TOKEN (docs/discord.md) or SLACK_BOT_TOKEN "
    "(docs/slack.md), or STEPWISE_WEB=on for the page."
)

app = typer.Typer(
    name="stepwise",
    help="A mentorship bot for communities of people becoming machine-learning engineers.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _a_name(name: str) -> str:
    if not name.strip():
        raise typer.BadParameter("somebody has to speak; write a name.")
    return name.strip()


As = Annotated[str, typer.Option("--as", help="Who speaks.", metavar="NAME", callback=_a_name)]
Community = Annotated[
    str, typer.Option("--community", help="The community in which they speak; empty for a direct message.")
]
Admin = Annotated[bool, typer.Option("--admin", help="Speak as an organiser.")]


@app.command()
def run(
    at_prompt: Annotated[bool, typer.Option("--console", help="Talk at a prompt instead of in the browser.")] = False,
    empty: Annotated[bool, typer.Option("--empty", help="Begin without the demo's made-up community.")] = False,
) -> None:
    """Start the bot on every platform that the settings name. Without any account it opens a page in the browser."""
    settings = _settings()
    if settings.on_discord or settings.on_slack:
        _run(_serve)
    elif at_prompt or (not settings.on_web and sys.stdin.isatty()):
        console(name="friend", community="Home", admin=False)
    elif not settings.on_web:
        _stop(NOWHERE, 2)
    else:
        _run(_on_page(empty))


def _on_page(empty: bool) -> Callable[[Settings], Coroutine[Any, Any, None]]:
    from bot.page import open_demo, open_page

    return lambda settings: (open_page if empty else open_demo)(settings, typer.echo)


async def _serve(settings: Settings) -> None:
    """Be on the platforms until told to stop, and at the prompt as well where somebody sits there."""
    from bot.operate.starting import uncollected

    with uncollected():
        from bot.platforms import monitored, on_all_platforms, posters, stay, until_stopped, watched_over
        from bot.wiring import at_work, keeping_watch, open_house, reloading_on_hangup, warn_of_old_sqlite

    async def work() -> None:
        warn_of_old_sqlite()
        with at_work(settings):
            await be_there()

    async def be_there() -> None:
        async with (
            open_house(settings) as house,
            monitored(house) as connected,
            on_all_platforms(house, typer.echo) as there,
        ):
            with reloading_on_hangup(house):
                async with keeping_watch(house, *posters(there)), watched_over(house, there, connected):
                    await stay(there)

    await until_stopped(work)


@app.command()
def console(name: As = "friend", community: Community = "Home", admin: Admin = False) -> None:
    """Talk to the bot at a prompt."""
    from adapters.console.person import Seat
    from adapters.console.talk import Talk, talk
    from bot.wiring import at_work, keeping_watch, open_house, reloading_on_hangup, warn_of_old_sqlite

    async def sit_down(settings: Settings) -> None:
        warn_of_old_sqlite()
        with at_work(settings):
            async with open_house(settings) as house:
                sitting = Talk(house.dispatcher, Seat(name, community or None, admin), settings.files_dir)
                with reloading_on_hangup(house):
                    async with keeping_watch(house, sitting):
                        await talk(sitting)

    _run(sit_down)


@app.command()
def say(
    line: Annotated[str, typer.Argument(help='What to say, for example "/help".', metavar="LINE")],
    name: As = "friend",
    community: Community = "Home",
    admin: Admin = False,
    press: Annotated[
        list[str] | None, typer.Option(help="Then press this button or choose this line: its words or its number.")
    ] = None,
    fill: Annotated[list[str] | None, typer.Option(help="Fill in a form that opens.", metavar="KEY=VALUE")] = None,
    file: Annotated[list[Path] | None, typer.Option(help="Send a file along.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the neutral reply as JSON.")] = False,
    call_id: Annotated[str, typer.Option(help="Deliver under this id; a second time gets the same answer.")] = "",
) -> None:
    """Say one thing to the bot and print what it answers.

    Ends with 0 for an answer, 1 for a mistake that you can mend, 2 for one of the program.
    """
    from adapters.console.conversation import Conversation
    from adapters.console.person import Seat
    from adapters.console.say import Said
    from adapters.console.say import say as speak
    from bot.wiring import open_house

    async def once(settings: Settings) -> Said:
        async with open_house(settings) as house:
            seat = Seat(name, community or None, admin)
            talk = Conversation(house.dispatcher, seat, call_id) if call_id else Conversation(house.dispatcher, seat)
            return await speak(
                talk,
                line,
                press=press or (),
                fill=fill or (),
                files=file or (),
                folder=settings.files_dir,
                as_json=as_json,
            )

    said = _run(once)
    if said.out:
        typer.echo(said.out)
    if said.err:
        typer.echo(said.err, err=True)
    raise typer.Exit(said.code)


@app.command(name="settings")
def show_settings(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """List every setting, its value and where it comes from."""
    rows = list_settings(_settings())
    if as_json:
        typer.echo(json.dumps([{"name": r.name, "value": r.value, "source": r.source} for r in rows], indent=2))
        return
    for note in unknown_variables(os.environ):
        typer.echo(note, err=True)
    for row in rows:
        typer.echo(f"{row.name} = {row.value or '(none)'}\n    {row.description} [{row.source}]")


@app.command()
def docs(
    check: Annotated[bool, typer.Option("--check", help="Only say whether the pages are current.")] = False,
) -> None:
    """Write the generated pages of the documentation."""
    for name, text in generated_pages().items():
        _write_page(Path(name), text, check=check)


def generated_pages() -> dict[str, str]:
    """Return the pages of the documentation that follow from the code."""
    from adapters.console.features import FEATURES as CONSOLE
    from adapters.discord.features import FEATURES as DISCORD
    from adapters.slack.features import FEATURES as SLACK
    from adapters.web.features import FEATURES as WEB
    from bot.docs import (
        COMMANDS_PAGE,
        COVERAGE_PAGE,
        GENERATORS_PAGE,
        PLATFORMS_PAGE,
        commands_page,
        platforms_page,
    )
    from bot.settings import DEFAULT_PACK
    from bot.wiring import find_commands
    from content.coverage_page import coverage_page
    from content.generators_page import generators_page
    from content.loader import load_packs

    return {
        COMMANDS_PAGE: commands_page(find_commands()),
        COVERAGE_PAGE: coverage_page(load_packs([DEFAULT_PACK])),
        GENERATORS_PAGE: generators_page(),
        PLATFORMS_PAGE: platforms_page({"Discord": DISCORD, "Slack": SLACK, "Browser": WEB, "Console": CONSOLE}),
    }


def _write_page(page: Path, text: str, *, check: bool) -> None:
    if page.is_file() and page.read_text("utf-8") == text:
        typer.echo(f"{page} is current.")
    elif check:
        _stop(f"{page} is out of date. Run `stepwise docs`.", 1)
    else:
        page.parent.mkdir(exist_ok=True)
        page.write_text(text, "utf-8")
        typer.echo(f"Wrote {page}.")


def _packs() -> Sequence[Path]:
    return _settings().packs


def _today() -> date:
    from bot.clock import SystemClock

    return SystemClock().now().date()


def _export(
    folder: Annotated[Path, typer.Argument(help="Where to write the pack.")],
    community: Community = "Home",
    platform: Annotated[str, typer.Option(help="The platform on which the community lives.")] = "console",
) -> None:
    """Write a community's own entries as a pack of YAML files."""
    from bot.models import Addition, AdditionState, Place
    from bot.services.exporting import as_pack, entries_among, wordings_among
    from bot.wiring import open_house

    place = Place(platform, community.casefold() if platform == "console" else community)

    async def live(settings: Settings) -> Sequence[Addition]:
        async with open_house(settings) as house:
            found = await house.store.communities.find(place)
            return await house.store.additions.of(found.id, AdditionState.LIVE) if found else ()

    additions = _run(live)
    if not additions:
        _stop(f"{community} on {platform} has no entries of its own, so nothing was written.", 1)
    for name, text in as_pack(additions, place, f"{_today():%Y.%m}").items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    packs = " ".join(map(str, _packs()))
    typer.echo(f"Wrote {len(entries_among(additions))} entries. Check them: stepwise content check {packs} {folder}")
    for question, words in wordings_among(additions):
        typer.echo(f"To add by hand, under also: of {question}: {words}")


def _preview(
    folders: Annotated[
        list[Path] | None, typer.Argument(metavar="[PACK]...", help="Packs; by default those in use.")
    ] = None,
) -> None:
    """Show packs in the browser while you write them: entries, problems, search, what members will see."""
    from bot.page import open_author

    missing = [str(one) for one in folders or () if not one.is_dir()]
    if missing:
        _stop(f"There is no folder {missing[0]}. Name the folder of a pack.", 2)
    _run(lambda settings: open_author(settings, folders or list(settings.packs), typer.echo))


def _mount() -> None:
    """Add the commands that other rooms bring along."""
    from bot.backup_cli import add_backup_commands
    from bot.challenge_cli import challenge_app
    from bot.db_cli import db_app
    from bot.discord_cli import discord_app
    from bot.doctor_cli import add_doctor
    from bot.moving_cli import add_moving_commands
    from bot.schedule_cli import schedule_app
    from bot.secret_cli import secret_app
    from bot.slack_cli import slack_app
    from content.cli import content_app
    from content.search.cli import search_app
    from content.search.evaluate import eval_command

    content = content_app(_packs, _today)
    content.command("eval")(eval_command(_packs, _encoder))
    content.command("export")(_export)
    content.command("preview")(_preview)
    add_backup_commands(app, _run)
    add_moving_commands(app, _run)
    add_doctor(app)
    app.add_typer(content, name="content")
    app.add_typer(challenge_app(_packs, _today), name="challenge")
    app.add_typer(db_app(_run), name="db")
    app.add_typer(schedule_app(), name="schedule")
    app.add_typer(discord_app(_run), name="discord")
    app.add_typer(slack_app(_settings), name="slack")
    app.add_typer(secret_app(_run), name="secret")
    app.add_typer(search_app(_packs, lambda: _settings().search_model), name="search")


def _encoder() -> Encoder | None:
    from bot.wiring import open_model

    return open_model(_settings())


@app.command(name="version")
def show_version() -> None:
    """Say which version this is."""
    from bot.wiring import own_version

    typer.echo(own_version())


def _run(work: Callable[[Settings], Coroutine[Any, Any, T]]) -> T:
    """Run a piece of work with the settings; what stops the start is told in plain words."""
    from bot.core.outgoing import CannotStart
    from bot.core.params import BadDeclaration
    from bot.core.registry import BadDeclarations
    from bot.operate import loop
    from bot.operate.logs import set_up
    from bot.ports import StoreError
    from content.problem import ContentProblems

    settings = _settings()
    set_up(settings)
    for note in unknown_variables(os.environ):
        logging.getLogger("stepwise").warning(note)
    try:
        return loop.run(work(settings))
    except (StoreError, BadDeclaration, BadDeclarations, ContentProblems, CannotStart) as error:
        _stop(str(error), 2)
    except KeyboardInterrupt:
        _stop("", 130)


def _settings() -> Settings:
    try:
        return read_settings()
    except BadSettings as error:
        _stop(str(error), 2)


def _stop(message: str, code: int) -> NoReturn:
    if message:
        typer.echo(message, err=True)
    raise typer.Exit(code)


def main() -> None:
    """Be the console script."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # an old code page is no reason to say nothing at all
    try:
        _mount()
        app()
    except Exception:  # the last net: Python's own exit code would say that whoever typed made the mistake
        logging.getLogger("stepwise").exception("Something went wrong on my side.")
        sys.exit(2)
