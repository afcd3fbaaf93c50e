"""`stepwise doctor`: look at everything that can be wrong, and say for each thing how it is and what to do."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated

import typer

from bot.clock import SystemClock
from bot.core.findings import Asked, Finding, Health, broken, doubtful, well
from bot.ports import StoreError
from bot.settings import BadSettings, Settings, read_settings

MARKS = {Health.OK: "ok     ", Health.WARNING: "warning", Health.PROBLEM: "PROBLEM"}
COLOURS = {Health.OK: "green", Health.WARNING: "yellow", Health.PROBLEM: "red"}
ASKED_WITHIN = 40.0


def add_doctor(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def doctor(
        as_json: Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")] = False,
        offline: Annotated[bool, typer.Option("--offline", help="Ask no platform.")] = False,
        strict: Annotated[bool, typer.Option("--strict", help="End with 1 for a warning as well.")] = False,
    ) -> None:
        """Look whether all is well: settings, tokens, clock, disk, database, content, schedule, connections.

        Ends with 0 when nothing is broken, and with 1 when something is. It changes nothing, and the bot may run.
        """
        findings = examine(offline=offline)
        typer.echo(_as_json(findings)) if as_json else _print(findings)
        bad = {Health.PROBLEM, Health.WARNING} if strict else {Health.PROBLEM}
        raise typer.Exit(int(any(one.health in bad for one in findings)))


def examine(*, offline: bool) -> Sequence[Finding]:
    """Look at everything; what cannot even be begun is one finding among the others."""
    from bot.operate.doctor import Patient, compare_clocks, look_around

    try:
        settings = read_settings()
    except BadSettings as error:
        cure = "Mend them; `stepwise settings` shows what is in force."
        return [broken("settings", problem, cure) for problem in error.problems]
    now = SystemClock().now()
    findings = list(look_around(Patient(settings, now)))
    asked = () if offline else asyncio.run(_ask(settings))
    times = [one.their_time for one in asked if one.their_time]
    clocks = compare_clocks(now, times)
    return [*findings, clocks, *(finding for one in asked for finding in one.findings)]


async def _ask(settings: Settings) -> Sequence[Asked]:
    """Ask the platforms that the settings name, all at once."""
    asking = [_ask_discord(settings)] if settings.on_discord else []
    asking += [_ask_slack(settings)] if settings.on_slack else []
    if not asking:
        return (Asked((well("platforms", "There is no key for any; `stepwise run` talks at the prompt."),)),)
    return await asyncio.gather(*asking)


async def _ask_discord(settings: Settings) -> Asked:
    from adapters.discord.asking import ask_discord

    async with asyncio.timeout(ASKED_WITHIN):
        return await ask_discord(settings.discord_token.get_secret_value(), settings.discord_api_url)


async def _ask_slack(settings: Settings) -> Asked:
    from adapters.slack.asking import ask_slack
    from bot.platforms import slack_account
    from storage import open_store, pulse_of, sqlite_path

    account, path = slack_account(settings), sqlite_path(settings.database_url)
    async with asyncio.timeout(ASKED_WITHIN):
        if not account.many or not path.exists():
            return await ask_slack(account, None)
        try:  # to open the store of another version would bring it up to date, and a doctor only looks
            pulse_of(path, SystemClock().now())
        except StoreError as error:
            return Asked((doubtful("Slack", f"The workspaces' keys were not looked at: {error.what}", error.cure),))
        store = await open_store(settings.database_url, SystemClock())
        try:
            return await ask_slack(account, store.secrets)
        finally:
            await store.close()


def _as_json(findings: Sequence[Finding]) -> str:
    worst = max((one.health for one in findings), key=list(Health).index, default=Health.OK)
    return json.dumps({"health": worst, "findings": [asdict(one) for one in findings]}, indent=2, ensure_ascii=False)


def _print(findings: Sequence[Finding]) -> None:
    for one in findings:
        typer.echo(f"{typer.style(MARKS[one.health], fg=COLOURS[one.health])} {one.what}: {one.said}")
        if one.cure:
            typer.echo(f"        {one.cure}")
    broken_ones = sum(one.health is Health.PROBLEM for one in findings)
    doubtful_ones = sum(one.health is Health.WARNING for one in findings)
    typer.echo(f"{len(findings)} looked at: {broken_ones} problems, {doubtful_ones} warnings.")
