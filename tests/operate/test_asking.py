"""Platforms are asked whether the tokens are good, and what they say is told with its cure."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from adapters.discord.asking import ask_discord
from adapters.discord.invite import PERMISSIONS
from adapters.slack.asking import ask_slack
from adapters.slack.installation import Installation
from adapters.slack.installs import open_installs
from adapters.slack.scopes import SCOPES
from adapters.slack.service import Account
from bot.clock import SystemClock
from bot.core.findings import Health
from tests.operate.loopback import answering

ALL = sum(one.value for one in PERMISSIONS)
ME = {"username": "stepwise", "id": "1"}
STAMP = {"Date": "Sat, 21 Nov 2026 09:00:00 GMT"}
SCOPE_NAMES = ",".join(one.name for one in SCOPES)


def guild(name: str, rights: int) -> dict[str, Any]:
    return {"id": "1", "name": name, "permissions": str(rights)}


async def asked_of_discord(answers: dict[str, tuple[int, Any]]) -> list[tuple[Health, str, str]]:
    async with answering(answers, STAMP) as address:
        asked = await ask_discord("token", f"{address}/api/v10")
    assert asked.their_time == datetime(2026, 11, 21, 9, tzinfo=UTC)
    return [(one.health, one.said, one.cure) for one in asked.findings]


async def test_a_token_with_all_permissions() -> None:
    answers = {"/guilds": (200, [guild("Home", ALL), guild("Admins", 1 << 3)]), "/@me": (200, ME)}
    (token, servers) = await asked_of_discord(answers)
    assert token[:2] == (Health.OK, "The token is good; the bot is stepwise.")
    assert servers[0] is Health.OK
    assert "Send Messages" in servers[1]


async def test_missing_permissions_are_named() -> None:
    answers = {"/guilds": (200, [guild("Home", ALL & ~(1 << 11) & ~(1 << 15))]), "/@me": (200, ME)}
    (_, servers) = await asked_of_discord(answers)
    assert servers[0] is Health.WARNING
    assert servers[1] == "Home does not give Send Messages, Attach Files."
    assert "stepwise discord invite" in servers[2]


@pytest.mark.parametrize(
    ("status", "health", "said"),
    [(401, Health.PROBLEM, "not accepted"), (503, Health.WARNING, "right now"), (404, Health.PROBLEM, "refuses")],
)
async def test_a_token_that_is_refused(status: int, health: Health, said: str) -> None:
    (one,) = await asked_of_discord({"/@me": (status, {})})
    assert one[0] is health
    assert said in one[1]
    assert one[2]


async def test_no_server_yet() -> None:
    (_, servers) = await asked_of_discord({"/guilds": (200, []), "/@me": (200, ME)})
    assert servers[0] is Health.WARNING


async def test_nobody_is_there() -> None:
    for asked in (
        await ask_discord("token", "http://127.0.0.1:9/api/v10"),
        await ask_slack(Account(bot_token="xoxb-1", api_url="http://127.0.0.1:9/api/"), None),
    ):
        assert [one.health for one in asked.findings] == [Health.PROBLEM]
        assert "cannot be reached" in asked.findings[0].said


async def asked_of_slack(answers: dict[str, tuple[int, Any]], scopes: str, **more: str) -> list[tuple[Health, str]]:
    async with answering(answers, {**STAMP, "x-oauth-scopes": scopes}) as address:
        asked = await ask_slack(Account(bot_token="xoxb-1", api_url=f"{address}/api/", **more), None)  # type: ignore[arg-type]
    return [(one.health, one.said) for one in asked.findings]


async def test_a_workspace_and_its_socket() -> None:
    answers = {"auth.test": (200, {"ok": True, "team": "Home"}), "connections.open": (200, {"ok": True, "url": "wss:"})}
    token, socket = await asked_of_slack(answers, SCOPE_NAMES, app_token="xapp-1")
    assert token[0] is Health.OK
    assert "files:write" in token[1]
    assert socket == (Health.OK, "The app token opens a socket.")


async def test_missing_scopes_are_named_with_their_reason() -> None:
    answers = {"auth.test": (200, {"ok": True, "team": "Home"})}
    ((health, said),) = await asked_of_slack(answers, SCOPE_NAMES.replace("files:write,", ""), signing_secret="s")
    assert health is Health.WARNING
    assert "files:write (Lets the bot send pictures" in said


async def test_tokens_that_are_refused() -> None:
    refused = (200, {"ok": False, "error": "invalid_auth"})
    found = await asked_of_slack({"auth.test": refused, "connections.open": refused}, "", app_token="xapp-1")
    assert [health for health, _ in found] == [Health.PROBLEM, Health.PROBLEM]
    assert all("invalid_auth" in said for _, said in found)


class SealedShelf:
    """The shelf as adapters know it."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}

    async def put(self, key: str, text: str) -> None:
        self._kept[key] = text

    async def get(self, key: str) -> str | None:
        return self._kept.get(key)

    async def delete(self, key: str) -> bool:
        return self._kept.pop(key, None) is not None

    async def keys(self, prefix: str) -> list[str]:
        return sorted(key for key in self._kept if key.startswith(prefix))


async def test_workspaces_that_no_secret_opens_are_counted() -> None:
    shelf, old, new = SealedShelf(), "the old secret of the house", "the new secret of the house"
    for team, secret in (("T1", old), ("T2", new)):
        installs = await open_installs(shelf, secret, SystemClock())
        one = Installation(team=team, enterprise="", app_id="A", bot_user="U", bot_token="xoxb-1", name=team)
        await installs.save(one)
    answers = {"auth.test": (200, {"ok": True, "team": "Home"})}
    async with answering(answers, {"x-oauth-scopes": SCOPE_NAMES}) as address:
        account = Account(client_id="1", signing_secret="s", secret=new, api_url=f"{address}/api/")
        asked = await ask_slack(account, shelf)
    problem, reached = asked.findings
    assert problem.health is Health.PROBLEM
    assert problem.said == "1 of 2 workspaces are sealed with another STEPWISE_SECRET."
    assert (reached.what, reached.health) == ("Slack T2", Health.OK)
