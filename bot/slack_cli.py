"""`stepwise slack`: print the manifest that configures the app."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Annotated

import typer

from bot.settings import Settings


def slack_app(settings: Callable[[], Settings]) -> typer.Typer:
    """Make the commands."""
    app = typer.Typer(help="The bot on Slack.", no_args_is_help=True, rich_markup_mode=None)

    @app.callback()
    def about() -> None:
        """The bot on Slack."""

    @app.command()
    def manifest(
        socket: Annotated[
            bool, typer.Option("--socket", help="For a bot behind a firewall; this is what you get anyway.")
        ] = False,
        http: Annotated[
            str, typer.Option("--http", help="For a bot that Slack reaches at this https address.", metavar="URL")
        ] = "",
        name: Annotated[str, typer.Option(help="What the app is called.")] = "Stepwise",
    ) -> None:
        """Print the app manifest: paste it at Slack, and the app is configured."""
        from adapters.slack.manifest import BadManifest
        from adapters.slack.manifest import manifest as make
        from bot.platforms import slack_aliases
        from bot.wiring import find_commands

        if socket and http:
            raise typer.BadParameter("choose one of --socket and --http.")
        now = settings()
        try:
            made = make(find_commands(), root=now.slack_root, aliases=slack_aliases(now), http=http, name=name)
        except BadManifest as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(1) from None
        typer.echo(json.dumps(made, indent=2, ensure_ascii=False))

    return app
