"""Installations are sealed, found at once, and gone for good."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from adapters.slack.installation import NoToken, installation_of
from adapters.slack.installs import AT_HAND_SECONDS, BrokenSeal, Installs, Seal, WeakSecret, open_installs, seal_with
from tests.adapters.slack.installing import REFRESH, TOKEN, Memory, installation, installs_on, stored
from tests.clock import ManualClock

SECRET, OLDER = "correct horse battery staple", "an older phrase of ours"
CHEAP = 2**4
ANSWER = {
    "ok": True,
    "access_token": TOKEN,
    "token_type": "bot",
    "scope": "commands,chat:write",
    "bot_user_id": "UBOT",
    "app_id": "A1",
    "expires_in": 43200,
    "refresh_token": REFRESH,
    "team": {"id": "T1", "name": "Guild"},
    "enterprise": None,
    "is_enterprise_install": False,
    "authed_user": {"id": "U1"},
}


def left_in(path: Path, *texts: str) -> list[str]:
    data = b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    return [text for text in texts if text.encode() in data]


# Secrets


@pytest.mark.parametrize("secret", ["", "  ", ",", "short", f"{SECRET},short", "x" * 15])
async def test_a_weak_secret_is_refused_without_saying_it(secret: str) -> None:
    with pytest.raises(WeakSecret, match="STEPWISE_SECRET") as error:
        await seal_with(Memory(), secret, cost=CHEAP)
    assert "short" not in str(error.value)


async def test_the_same_secret_opens_after_a_restart_and_another_does_not() -> None:
    shelf = Memory()
    sealed = (await seal_with(shelf, SECRET, cost=CHEAP)).seal("words")
    assert (await seal_with(shelf, f" {SECRET} ", cost=CHEAP)).open(sealed) == "words"
    with pytest.raises(BrokenSeal):
        (await seal_with(shelf, OLDER, cost=CHEAP)).open(sealed)


async def test_each_database_has_its_own_key_for_the_same_secret() -> None:
    sealed = (await seal_with(Memory(), SECRET, cost=CHEAP)).seal("words")
    with pytest.raises(BrokenSeal):
        (await seal_with(Memory(), SECRET, cost=CHEAP)).open(sealed)


async def test_a_secret_can_be_changed() -> None:
    shelf, clock = Memory(), ManualClock()

    async def under(secret: str) -> Installs:
        return Installs(shelf, await seal_with(shelf, secret, cost=CHEAP), clock)

    await (await under(OLDER)).save(installation())
    both = await under(f"{SECRET},{OLDER}")
    assert await both.find("", "T1") == installation()
    assert (await both.renew()).renewed == 1
    assert (await both.renew()).renewed == 0
    assert await (await under(SECRET)).find("", "T1") == installation()
    alone = await under(OLDER)
    assert (await alone.renew()).unreadable == ("T1",)
    with pytest.raises(BrokenSeal, match="behind the new one"):
        await alone.find("", "T1")


async def test_what_no_secret_opens_is_passed_over_where_all_are_listed(caplog: pytest.LogCaptureFixture) -> None:
    shelf, clock = Memory(), ManualClock()
    await Installs(shelf, Seal([Fernet.generate_key()]), clock).save(installation("T0"))
    installs = installs_on(shelf, clock)
    await installs.save(installation("T1"))
    assert await installs.everyone() == [installation("T1")]
    assert "T0" in caplog.text


async def test_a_row_that_was_moved_to_another_workspace_is_refused() -> None:
    shelf, clock = Memory(), ManualClock()
    await installs_on(shelf, clock).save(installation("T1"))
    shelf.texts["slack:install:T2"] = shelf.texts["slack:install:T1"]
    with pytest.raises(BrokenSeal, match="T2"):
        await installs_on(shelf, clock).find("", "T2")


async def test_a_sealed_text_that_is_no_installation_is_refused() -> None:
    shelf = Memory({"slack:install:T1": Seal([key := Fernet.generate_key()]).seal('{"bot_token": "xoxb-9"}')})
    with pytest.raises(BrokenSeal) as error:
        await Installs(shelf, Seal([key]), ManualClock()).find("", "T1")
    assert "xoxb" not in str(error.value)


# Tokens show nowhere


async def test_tokens_show_in_no_text_log_or_file(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    path, clock = tmp_path / "stepwise.db", ManualClock()
    async with stored(path, clock) as store:
        installs = await open_installs(store.secrets, SECRET, clock)
        one = installation()
        await installs.save(one)
        assert await installs.find("", "T1") == one
        assert left_in(path, TOKEN, REFRESH, "Guild", "UBOT") == []
        assert left_in(path, "slack:install:T1") != []
    shown = f"{one} {one!r} {installs!r} {vars(installs)!r} {caplog.text}"
    assert TOKEN not in shown
    assert REFRESH not in shown


async def test_after_an_uninstall_nothing_is_left_in_any_file(tmp_path: Path) -> None:
    path, clock = tmp_path / "stepwise.db", ManualClock()
    async with stored(path, clock) as store:
        installs = await open_installs(store.secrets, SECRET, clock)
        sealed = []
        for n in range(5):  # each rotation seals another text
            await installs.save(installation(bot_token=f"{TOKEN}{n}"))
            sealed.append(str(await store.secrets.get("slack:install:T1")))
        assert left_in(path, *sealed) != []
        assert await installs.delete("", "T1")
        assert left_in(path, *sealed, *(text[20:50] for text in sealed), "slack:install:T1", TOKEN) == []
        assert await installs.find("", "T1") is None
    async with stored(path, clock) as store:
        assert await (await open_installs(store.secrets, SECRET, clock)).everyone() == []


async def test_uninstalled_and_revoked_may_both_be_said_in_any_order() -> None:
    installs = installs_on(Memory(), ManualClock())
    await installs.save(installation())
    assert await installs.delete("", "T1")
    assert not await installs.delete("", "T1")


# Finding


async def test_an_installation_is_at_hand_until_its_time_is_over() -> None:
    shelf, clock = Memory(), ManualClock()
    await installs_on(shelf, clock).save(installation())
    installs = installs_on(shelf, clock)
    for _ in range(3):
        assert await installs.find("", "T1") == installation()
    assert shelf.gets == 1
    clock.advance(seconds=AT_HAND_SECONDS)
    await installs.find("", "T1")
    assert shelf.gets == 2


async def test_a_key_that_slack_refuses_is_looked_up_again() -> None:
    shelf, clock = Memory(), ManualClock()
    installs, other = installs_on(shelf, clock), installs_on(shelf, clock)
    await installs.save(installation())
    await other.save(installation(bot_token="newer"))
    assert await installs.find("", "T1") == installation()
    installs.look_again("", "T1")
    assert await installs.find("", "T1") == installation(bot_token="newer")


async def test_what_is_saved_or_deleted_counts_at_once() -> None:
    installs = installs_on(Memory(), ManualClock())
    assert await installs.find("", "T1") is None
    await installs.save(installation())
    assert await installs.find("", "T1") == installation()
    await installs.save(installation(bot_token="newer"))
    assert await installs.find("", "T1") == installation(bot_token="newer")
    await installs.delete("", "T1")
    assert await installs.find("", "T1") is None


async def test_a_slow_look_does_not_bring_an_older_state_back() -> None:
    class Slow(Memory):
        async def get(self, key: str) -> str | None:
            text = await super().get(key)
            await asyncio.sleep(0)
            return text

    shelf, clock = Slow(), ManualClock()
    await installs_on(shelf, clock).save(installation())
    installs = installs_on(shelf, clock)
    look = asyncio.create_task(installs.find("", "T1"))
    await asyncio.sleep(0)
    await installs.save(installation(bot_token="newer"))
    assert await look == installation(bot_token="newer")
    assert await installs.find("", "T1") == installation(bot_token="newer")


async def test_a_workspace_without_its_own_uses_its_organisation_s() -> None:
    shelf = Memory()
    installs = installs_on(shelf, ManualClock())
    whole, own = installation("", "E1", bot_token="org"), installation("T1", "E1")
    await installs.save(whole)
    assert whole.org_wide
    assert await installs.find("E1", "T1") == whole
    assert await installs.find("E1", "") == whole
    assert await installs.find("E2", "T1") is None
    await installs.save(own)
    assert [await installs.find("E1", team) for team in ("T1", "T2")] == [own, whole]
    before = shelf.gets
    assert [await installs.find("E1", team) for team in ("T1", "T2")] == [own, whole]
    assert shelf.gets == before


async def test_a_workspace_that_leaves_takes_only_its_own_along() -> None:
    installs = installs_on(Memory(), ManualClock())
    await installs.save(whole := installation("", "E1"))
    assert not await installs.delete("E1", "T1")
    assert await installs.find("E1", "T1") == whole
    assert await installs.delete("E1", "")
    assert await installs.find("E1", "T1") is None


async def test_a_later_state_is_kept_only_where_the_one_before_still_stands() -> None:
    installs = installs_on(Memory(), ManualClock())
    one, later = installation(), installation(bot_token="later")
    assert not await installs.replace(one, later)
    await installs.save(one)
    assert await installs.replace(one, later)
    assert not await installs.replace(one, installation(bot_token="never"))
    assert await installs.find("", "T1") == later


# What Slack answers


def test_an_answer_of_slack_becomes_an_installation() -> None:
    found = installation_of(ANSWER, 1000.0)
    assert found == installation(scopes=("commands", "chat:write"), installer="U1", expires=44200.0, since=1000.0)


def test_a_token_that_stays_never_expires() -> None:
    lasting = {key: value for key, value in ANSWER.items() if key not in ("expires_in", "refresh_token")}
    assert (installation_of(lasting, 1000.0).expires, installation_of(lasting, 1.0).refresh_token) == (0.0, "")


def test_an_organisation_s_installation_belongs_to_no_workspace() -> None:
    whole = ANSWER | {"is_enterprise_install": True, "team": None, "enterprise": {"id": "E1", "name": "Org"}}
    found = installation_of(whole, 0.0)
    assert (found.key, found.team, found.name, found.org_wide) == ("E1", "", "Org", True)


@pytest.mark.parametrize("change", [{"access_token": None}, {"token_type": "user"}, {"team": None}])
def test_an_answer_without_a_token_or_a_workspace_is_none(change: dict[str, object]) -> None:
    with pytest.raises(NoToken):
        installation_of(ANSWER | change, 0.0)
