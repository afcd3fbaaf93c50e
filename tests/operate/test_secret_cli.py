"""The secret can be changed without anybody noticing, and one that was lost is named."""

from __future__ import annotations

from pathlib import Path

from adapters.slack.installation import Installation
from adapters.slack.installs import open_installs
from bot.clock import SystemClock
from storage.opening import open_sqlite
from tests.operate.stepwise import stepwise

OLD, NEW = "the old secret of the house", "the new secret of the house"


async def seal(path: Path, team: str, secret: str) -> None:
    store = await open_sqlite(path, SystemClock())
    installs = await open_installs(store.secrets, secret, SystemClock())
    await installs.save(Installation(team=team, enterprise="", app_id="A", bot_user="U", bot_token="xoxb-1", name=team))
    await store.close()


async def tokens(path: Path, secret: str) -> list[str]:
    store = await open_sqlite(path, SystemClock())
    installs = await open_installs(store.secrets, secret, SystemClock())
    found = [one.team for one in await installs.everyone()]
    await store.close()
    return found


async def test_a_new_secret_takes_the_place_of_the_old(tmp_path: Path) -> None:
    await seal(tmp_path / "stepwise.db", "T1", OLD)
    done = stepwise(tmp_path, "secret", "renew", STEPWISE_SECRET=f"{NEW},{OLD}")
    assert done.returncode == 0, done.stderr
    assert "1 keys were sealed anew" in done.stdout
    assert await tokens(tmp_path / "stepwise.db", NEW) == ["T1"]
    assert await tokens(tmp_path / "stepwise.db", OLD) == []
    again = stepwise(tmp_path, "secret", "renew", STEPWISE_SECRET=NEW)
    assert "0 keys were sealed anew" in again.stdout


async def test_what_no_secret_opens_is_named(tmp_path: Path) -> None:
    await seal(tmp_path / "stepwise.db", "T1", OLD)
    done = stepwise(tmp_path, "secret", "renew", STEPWISE_SECRET=NEW)
    assert done.returncode == 1
    assert "No secret opens those of T1" in done.stdout


def test_a_new_secret_is_long_and_never_the_same(tmp_path: Path) -> None:
    first, second = (stepwise(tmp_path, "secret", "new").stdout.strip() for _ in range(2))
    assert first != second
    assert min(len(first), len(second)) >= 40
    assert "STEPWISE_SECRET is not set" in stepwise(tmp_path, "secret", "renew").stderr
