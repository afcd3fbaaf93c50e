"""`stepwise secret`: make the secret that seals workspaces' keys, and change it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

import typer

from bot.clock import SystemClock
from bot.settings import Settings

if TYPE_CHECKING:
    from adapters.slack.installs import Renewal

Run = Callable[[Callable[[Settings], Coroutine[Any, Any, Any]]], Any]
BYTES = 32


def secret_app(run: Run) -> typer.Typer:
    """Make the commands; `run` does a piece of work with the settings."""
    app = typer.Typer(help="The secret that seals workspaces' keys.", no_args_is_help=True, rich_markup_mode=None)

    @app.command()
    def new() -> None:
        """Print a new secret. Put it before the old one in STEPWISE_SECRET, with a comma between them."""
        typer.echo(secrets.token_urlsafe(BYTES))

    @app.command()
    def renew() -> None:
        """Seal everything with the first secret of STEPWISE_SECRET, after which the others can go.

        Works while the bot runs, and as often as you like. Ends with 1 when something stays sealed with another one.
        """
        renewal: Renewal = run(_renew)
        typer.echo(f"{renewal.renewed} keys were sealed anew.")
        if renewal.unreadable:
            names = ", ".join(renewal.unreadable)
            typer.echo(f"No secret opens those of {names}. Write the older secret behind the others and try again,")
            typer.echo("or let these workspaces install the app once more.")
            raise typer.Exit(1)
        typer.echo("Everything is sealed with the first secret. Take the others out of STEPWISE_SECRET, and restart.")

    return app


async def _renew(settings: Settings) -> Renewal:
    from adapters.slack.installs import open_installs
    from adapters.slack.sealing import WeakSecret
    from bot.core.outgoing import CannotStart
    from storage import open_store

    clock = SystemClock()
    store = await open_store(settings.database_url, clock)
    try:
        installs = await open_installs(store.secrets, settings.secret.get_secret_value(), clock)
        return await installs.renew()
    except WeakSecret as error:
        raise CannotStart(str(error)) from None
    finally:
        await store.close()
