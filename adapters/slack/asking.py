"""Asks Slack whether the tokens are good, and which permissions the bot has."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.installs import PREFIX, open_installs
from adapters.slack.means import quiet
from adapters.slack.own_workspace import REFUSED
from adapters.slack.reach import reason
from adapters.slack.scopes import SCOPES
from adapters.slack.sealing import Shelf, WeakSecret
from adapters.slack.service import Account
from bot.clock import SystemClock
from bot.core.findings import Asked, Finding, broken, doubtful, well

SECONDS = 10
SHOWN = 10
_UNREACHABLE = (aiohttp.ClientError, OSError, TimeoutError)
_APP_REFUSED = (
    "Open your app at api.slack.com, go to Basic Information, App-Level Tokens, make one with connections:write, and "
    "set SLACK_APP_TOKEN to it."
)


async def ask_slack(account: Account, shelf: Shelf | None) -> Asked:
    """Ask about every token there is; `shelf` has those of workspaces that installed the app."""
    findings: list[Finding] = []
    their_time = None
    try:
        if account.many:
            findings += await _installed(account, shelf)
        else:
            found, their_time = await _workspace(account.bot_token, account.api_url)
            findings.append(found)
        if account.app_token:
            findings.append(await _app(account))
    except _UNREACHABLE as error:
        said = f"It cannot be reached ({type(error).__name__})."
        findings.append(broken("Slack", said, "Check the network, a proxy, and STEPWISE_SLACK_API_URL."))
    return Asked(tuple(findings), their_time)


async def _workspace(token: str, api: str, what: str = "Slack") -> tuple[Finding, datetime | None]:
    try:
        answer = await _client(token, api).auth_test()
    except SlackApiError as error:
        return broken(what, f"The bot token is not accepted ({reason(error)}).", REFUSED), None
    headers: Mapping[str, Any] = {name.lower(): value for name, value in answer.headers.items()}
    given = {one.strip() for one in str(headers.get("x-oauth-scopes", "")).split(",")} - {""}
    missing = [scope for scope in SCOPES if given and scope.name not in given]
    where = str(answer.get("team", "?"))
    if missing:
        names = "; ".join(f"{scope.name} ({scope.why})" for scope in missing)
        cure = "Add them under OAuth & Permissions of the app, and press Reinstall."
        return doubtful(what, f"The bot is in {where}, without {names}", cure), _time(headers)
    names = ", ".join(scope.name for scope in SCOPES) if given else "which Slack did not name"
    return well(what, f"The bot token is good for {where}, with the permissions {names}."), _time(headers)


async def _app(account: Account) -> Finding:
    try:
        await _client(account.app_token, account.api_url).apps_connections_open(app_token=account.app_token)
    except SlackApiError as error:
        return broken("Slack socket", f"The app token is not accepted ({reason(error)}).", _APP_REFUSED)
    return well("Slack socket", "The app token opens a socket.")


async def _installed(account: Account, shelf: Shelf | None) -> list[Finding]:
    """Ask for some of the workspaces; all of them would take too long where there are many."""
    if shelf is None:
        return [well("Slack", "No workspace has installed the app yet.")]
    try:
        installs = await open_installs(shelf, account.secret, SystemClock())
    except WeakSecret as error:
        return [broken("Slack", "The workspaces' keys cannot be opened.", str(error))]
    kept, everyone = len(await shelf.keys(PREFIX)), await installs.everyone()
    findings = []
    if len(everyone) < kept:
        said = f"{kept - len(everyone)} of {kept} workspaces are sealed with another STEPWISE_SECRET."
        cure = "Write the old secret behind the new one, with a comma, or let them install the app again."
        findings.append(broken("Slack keys", said, cure))
    findings += [
        (await _workspace(one.bot_token, account.api_url, f"Slack {one.name or one.key}"))[0]
        for one in everyone[:SHOWN]
    ]
    return findings or [well("Slack", "No workspace has installed the app yet.")]


def _client(token: str, api: str) -> AsyncWebClient:
    return AsyncWebClient(token=token, base_url=api, timeout=SECONDS, logger=quiet(), retry_handlers=[])


def _time(headers: Mapping[str, Any]) -> datetime | None:
    try:
        return parsedate_to_datetime(str(headers.get("date", "")))
    except ValueError:
        return None
