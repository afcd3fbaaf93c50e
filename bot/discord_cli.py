"""`stepwise discord`: invite the bot, tell Discord its commands, translate them."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Annotated, Any, TypeVar

import typer

from bot.settings import Settings

T = TypeVar("T")
Run = Callable[[Callable[[Settings], Coroutine[Any, Any, T]]], T]
NO_KEY = "DISCORD_TOKEN is not set. docs/discord.md says where to find it."


def discord_app(run: Run[Any]) -> typer.Typer:
    """Make the commands; `run` does a piece of work with the settings."""
    app = typer.Typer(help="The bot on Discord.", no_args_is_help=True, rich_markup_mode=None)

    @app.command()
    def invite(
        application: Annotated[
            int | None, typer.Option("--application", help="The application's id; without it Discord is asked.")
        ] = None,
    ) -> None:
        """Print the address that invites the bot, and why it needs each right."""
        from adapters.discord.invite import PERMISSIONS, invite_url
        from adapters.discord.service import ask_application

        async def ask(settings: Settings) -> int:
            return application or await ask_application(_token(settings), settings.discord_api_url)

        typer.echo(invite_url(run(ask)))
        for one in PERMISSIONS:
            typer.echo(f"  {one.name}: {one.why}")

    @app.command()
    def sync(
        guild: Annotated[int | None, typer.Option(help="Only for this server, where it shows at once.")] = None,
    ) -> None:
        """Tell Discord the commands now. The bot does it by itself whenever they changed."""
        from adapters.discord.service import sync_by_hand
        from bot.platforms import discord_account
        from bot.wiring import open_house

        async def send(settings: Settings) -> int:
            _token(settings)
            async with open_house(settings) as house:
                return await sync_by_hand(discord_account(settings, house), house.registry, house.store.secrets, guild)

        count = run(send)
        typer.echo(f"Discord knows {count} commands{f' in server {guild}' if guild else ''} now.")

    @app.command()
    def words() -> None:
        """Print a YAML file in which the commands can be translated."""
        from adapters.discord.locales import template
        from bot.wiring import find_commands

        typer.echo(template(find_commands()))

    return app


def _token(settings: Settings) -> str:
    from bot.core.outgoing import CannotStart

    token = settings.discord_token.get_secret_value()
    if not token:
        raise CannotStart(NO_KEY)
    return token
