"""A rehearsal plays weeks of posts, and says so when one is doubled or lost."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.core.outgoing import Target
from bot.core.reply import Reply
from bot.ports import Store
from bot.schedule_cli import schedule_app
from bot.scheduler.rehearsal import Rehearsal, Tally, rehearse
from bot.scheduler.silence import Fault, SilentPlatform, ToyClock
from storage import open_store

# In the weeks after it the clocks change in many zones.
BEGIN = datetime(2026, 3, 20, 9, tzinfo=UTC)


@pytest.fixture
def clock() -> ToyClock:
    return ToyClock(BEGIN)


@pytest.fixture
async def store(tmp_path: Path, clock: ToyClock) -> AsyncIterator[Store]:
    opened = await open_store(f"sqlite:///{tmp_path / 'rehearsal.db'}", clock)
    yield opened
    await opened.close()


async def played(store: Store, clock: ToyClock, *faults: Fault, communities: int = 30, weeks: int = 2) -> Tally:
    steps: list[int] = []
    plan = Rehearsal(communities, weeks, BEGIN, frozenset(faults), seed=1)
    tally = await rehearse(plan, store, clock, lambda stage, done, total: steps.append(done))
    assert len(steps) > 10, "it says how far it has come"
    return tally


async def test_in_good_weather_all_come_in_time(store: Store, clock: ToyClock) -> None:
    assert await played(store, clock) == Tally(due=60, sent=60)


async def test_in_bad_weather_none_is_doubled_or_lost(store: Store, clock: ToyClock) -> None:
    tally = await played(store, clock, *Fault)
    assert (tally.doubled, tally.lost) == (0, 0)
    assert tally.sent + tally.missed == tally.due == 60
    assert tally.late > 0
    assert tally.crashes > 0


async def test_a_platform_that_forgets_is_found_out(
    store: Store, clock: ToyClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def finds_nothing(self: SilentPlatform, target: Target, key: str, reply: Reply, since: datetime) -> None:
        return None

    monkeypatch.setattr(SilentPlatform, "find", finds_nothing)
    assert (await played(store, clock, Fault.LOST)).doubled > 0


async def test_posts_that_nobody_sends_are_found_out(
    store: Store, clock: ToyClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SilentPlatform, "_keep", lambda self, key: key)
    tally = await played(store, clock, communities=3, weeks=1)
    assert (tally.sent, tally.lost) == (0, 3)


def test_a_shut_channel_excuses_what_was_due_meanwhile() -> None:
    platform = SilentPlatform(ToyClock(BEGIN), frozenset(), seed=1)
    hour = timedelta(hours=1)
    platform.shut["c"] = [(BEGIN, BEGIN + hour)]
    assert platform.was_shut("c", BEGIN - 40 * hour)
    assert not platform.was_shut("c", BEGIN - 50 * hour)
    assert not platform.was_shut("c", BEGIN + hour)


class TestTheCommand:
    def test_says_how_it_went(self) -> None:
        done = CliRunner().invoke(schedule_app(), ["simulate", "--communities", "3", "--weeks", "1"])
        assert done.exit_code == 0, done.output
        assert done.stdout.splitlines() == [
            "3 posts were due.",
            "3 were sent, 0 of them late.",
            "0 were left out, and their organisers told why.",
            "0 were doubled.",
            "0 were lost.",
        ]

    def test_ends_with_one_when_a_post_was_lost(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(SilentPlatform, "_keep", lambda self, key: key)
        done = CliRunner().invoke(schedule_app(), ["simulate", "--communities", "2", "--weeks", "1", "--seed", "7"])
        assert done.exit_code == 1
        assert "2 were lost." in done.stdout
        assert "--seed 7" in done.stderr

    def test_knows_its_faults(self) -> None:
        wrong = CliRunner().invoke(schedule_app(), ["simulate", "--faults", "rain"])
        assert wrong.exit_code == 2
        assert "busy, lost, shut, crash or all" in wrong.output.replace("\n", " ").replace("│", "").replace("  ", " ")
        words = ["simulate", "--communities", "2", "--weeks", "1", "--faults", "busy,lost", "--faults", "shut"]
        assert CliRunner().invoke(schedule_app(), words).exit_code == 0
