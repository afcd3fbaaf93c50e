"""The process is killed, frozen, or doubled: nothing acknowledged is lost, and nothing happens twice."""

from __future__ import annotations

import asyncio
import random
import signal
from pathlib import Path

from tests.faults.child import Child, acknowledged, bot, check_ins, kept, seconds_until_it_answers

AT_ONCE = 60


async def test_killed_again_and_again(tmp_path: Path) -> None:
    path, chance, children, start = tmp_path / "stepwise.db", random.Random(11), list[Child](), 0
    for _ in range(4):
        async with bot(path) as child:
            children.append(child)
            child.ask(check_ins(start, AT_ONCE))
            await child.until(chance.randrange(1, AT_ONCE))
            await child.kill()
        start += AT_ONCE
    found = kept(path)
    promised = acknowledged(children)
    assert len(promised) > 20
    assert promised <= found.keys(), "nothing acknowledged is lost"
    assert set(found.values()) == {1}


async def test_what_was_cut_short_is_done_once_when_it_is_delivered_again(tmp_path: Path) -> None:
    path, calls = tmp_path / "stepwise.db", check_ins(0, AT_ONCE)
    async with bot(path) as child:
        child.ask(calls)
        await child.until(5)
        await child.kill()
    async with bot(path) as child:
        assert set(await child.answers(calls)) == {"done"}
        await child.finish()
    assert kept(path) == {f"m{number}": 1 for number in range(AT_ONCE)}


async def test_it_answers_soon_after_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "stepwise.db"
    async with bot(path) as child:
        await child.answers(check_ins(0, AT_ONCE))
        await child.kill()
    assert await seconds_until_it_answers(path, "after") < 30


async def test_frozen_and_thawed(tmp_path: Path) -> None:
    path = tmp_path / "stepwise.db"
    async with bot(path) as child:
        await child.answers(check_ins(0, 5))
        child.process.send_signal(signal.SIGSTOP)
        child.ask(check_ins(5, AT_ONCE))
        with_nothing = len(child.statuses)
        await asyncio.sleep(0)
        assert len(child.statuses) == with_nothing
        child.process.send_signal(signal.SIGCONT)
        await child.until(5 + AT_ONCE)
        assert set(child.statuses.values()) == {"done"}
        await child.finish()
    assert len(kept(path)) == 5 + AT_ONCE


async def test_doubled(tmp_path: Path) -> None:
    """Both hear the same calls, as two processes with one key do; each is done once."""
    path, calls = tmp_path / "stepwise.db", check_ins(0, AT_ONCE)
    async with bot(path) as first, bot(path) as second:
        heard = await asyncio.gather(first.answers(calls), second.answers(calls))
        assert {status for each in heard for status in each} == {"done"}
        await first.finish()
        await second.finish()
    assert kept(path) == {f"m{number}": 1 for number in range(AT_ONCE)}


async def test_told_to_stop_it_finishes_what_it_began(tmp_path: Path) -> None:
    path, calls = tmp_path / "stepwise.db", check_ins(0, AT_ONCE)
    async with bot(path) as child:
        child.ask(calls)
        await child.finish()
        assert len(child.statuses) == AT_ONCE
    assert len(kept(path)) == AT_ONCE
