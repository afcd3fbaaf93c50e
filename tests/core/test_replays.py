"""A call that is delivered again gets the same answer, and nothing happens twice."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.answering import answer_in_time
from bot.core.calls import Answer, Call, Pressed, Source, Speaker, Status, Typed
from bot.core.context import Ctx
from bot.core.declare import command
from bot.core.dispatch import Dispatcher
from bot.core.markup import md
from bot.core.replays import REMEMBERED
from bot.core.reply import FieldErrors, OpenForm, Reply, Update
from bot.models import Activity, Handle, Place
from bot.ports import StoreError, Trouble
from storage.calls import SqliteCalls
from tests.clock import ManualClock
from tests.core.samples import ALL, Diary
from tests.fakes.platform import EASY, Interaction, Member
from tests.house import small_house

ADA = Speaker(Handle("fake", "", "ada"), "ada", Place("fake", "lab"), "lab", is_admin=True)


def said(line: str, call_id: str = "c1") -> Call:
    return Call(call_id, Source.SLASH, ADA, Typed(line))


def pressed(token: str, call_id: str = "c1", source: Source = Source.BUTTON, **fields: str) -> Call:
    return Call(call_id, source, ADA, Pressed(token, fields=fields))


async def facts(dispatcher: Dispatcher) -> list[Activity]:
    person = await dispatcher.store.people.find(ADA.handle)
    return list(await dispatcher.store.activities.of(person.id)) if person else []


def text(answer: Answer) -> str:
    match answer.outcome:
        case Update(reply) | (Reply() as reply):
            return reply.text
        case other:
            raise AssertionError(f"No message but {other}")


async def settled(dispatcher: Dispatcher) -> None:
    """Wait until nothing waits to be stored."""
    replays = dispatcher._replays
    async with asyncio.timeout(30):
        while replays._waiting or replays._flushes:  # noqa: ASYNC110 - it is a timer that is waited for
            await asyncio.sleep(0)


@pytest.fixture
def restart(tmp_path: Path, clock: ManualClock, diary: Diary) -> Restart:
    return Restart(tmp_path, clock, diary)


class Restart:
    """Opens the same house again, as often as a test wants."""

    def __init__(self, folder: Path, clock: ManualClock, diary: Diary) -> None:
        self.folder, self.clock, self.diary = folder, clock, diary

    @asynccontextmanager
    async def __call__(self) -> AsyncIterator[Dispatcher]:
        async with small_house(self.folder, ALL, self.clock, self.diary) as dispatcher:
            yield dispatcher


async def test_fifty_deliveries_at_once_are_one(dispatcher: Dispatcher, diary: Diary) -> None:
    answers = await asyncio.gather(*(dispatcher.handle(said("/tick")) for _ in range(50)))
    assert set(map(text, answers)) == {"Ticked."}
    assert diary.notes == ["tick"]
    assert len(await facts(dispatcher)) == 2


async def test_a_later_delivery_gets_the_same_answer(dispatcher: Dispatcher, clock: ManualClock, diary: Diary) -> None:
    first = await dispatcher.handle(said("/tick"))
    clock.advance(hours=20)
    assert await dispatcher.handle(said("/tick")) == first
    assert diary.notes == ["tick"]


async def test_clicking_twice_is_two_calls(dispatcher: Dispatcher, diary: Diary) -> None:
    first, second = await asyncio.gather(
        dispatcher.handle(pressed("a1:tick:", "c1")), dispatcher.handle(pressed("a1:tick:", "c2"))
    )
    assert (text(first), text(second)) == ("Ticked.", "Ticked.")
    assert diary.notes == ["tick", "tick"]


@pytest.mark.parametrize(
    "call",
    [said("/tick"), said("/find docker"), pressed("a1:reopen:7"), said("/close"), said("/nothing"), said("/break")],
    ids=["write", "read", "update", "form", "refusal", "failure"],
)
async def test_after_a_restart_the_answer_is_the_same(restart: Restart, diary: Diary, call: Call) -> None:
    async with restart() as house:
        first = await house.handle(call)
        before = len(await facts(house))
    done = list(diary.notes)
    async with restart() as house:
        assert await house.handle(call) == first
        assert len(await facts(house)) == before
    assert diary.notes == done


async def test_a_form_that_was_sent_twice_is_saved_once(restart: Restart) -> None:
    call = pressed("a1:plan.form:3", source=Source.FORM, goal="Docker")
    bad = pressed("a1:plan.form:3", "c2", Source.FORM, goal="rest")
    async with restart() as house:
        first, errors = await house.handle(call), await house.handle(bad)
        assert isinstance(errors.outcome, FieldErrors)
    async with restart() as house:
        assert await house.handle(call) == first
        assert await house.handle(bad) == errors
        assert [fact.kind for fact in await facts(house)] == ["plan"]


@pytest.mark.parametrize("again", [True, False], ids=["restarted", "running on"])
async def test_after_a_crash_in_the_middle_no_step_is_done_twice(restart: Restart, diary: Diary, again: bool) -> None:
    async with restart() as house:
        # The process dies between a step and the answer: the step is in the store, the answer is not.
        view = house.store.during("c1")
        person = await view.people.enter(ADA.handle, "ada")
        fact = Activity(person.id, None, "first", "", house.clock.now(), "UTC", house.clock.now().date(), "c1:first:0")
        assert await view.activities.record(fact)
        if not again:
            assert text(await house.handle(said("/tick"))) == "Ticked."
            assert [one.kind for one in await facts(house)] == ["first", "second"]
            return
    async with restart() as house:
        assert text(await house.handle(said("/tick"))) == "Ticked."
        assert [one.kind for one in await facts(house)] == ["first", "second"]


async def test_a_handler_that_fails_after_its_first_write_is_not_run_again(restart: Restart, diary: Diary) -> None:
    diary.crash = RuntimeError("in the middle")
    async with restart() as house:
        first = await house.handle(said("/tick"))
        assert first.status is Status.FAILED
    diary.crash = None
    async with restart() as house:
        again = await house.handle(said("/tick"))
        assert (again.status, again.incident) == (Status.FAILED, first.incident)
        assert [one.kind for one in await facts(house)] == ["first"]
        assert text(await house.handle(said("/tick", "c2"))) == "Ticked."


async def test_what_the_store_could_not_do_works_when_it_is_delivered_again(
    dispatcher: Dispatcher, diary: Diary
) -> None:
    diary.crash = StoreError(Trouble.FULL, "The disk is full.", "Make room.")
    assert (await dispatcher.handle(said("/tick"))).status is Status.FAILED
    diary.crash = None
    assert text(await dispatcher.handle(said("/tick"))) == "Ticked."
    assert [one.kind for one in await facts(dispatcher)] == ["first", "second"]


async def test_who_stops_waiting_does_not_stop_the_work(dispatcher: Dispatcher, diary: Diary) -> None:
    waiter = asyncio.create_task(dispatcher.handle(said("/shout hello")))
    await diary.started.wait()
    waiter.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiter
    second = asyncio.create_task(dispatcher.handle(said("/shout hello")))
    diary.gate.set()
    assert text(await second) == "hello!"
    assert diary.held == 1


async def test_closing_waits_for_what_runs_and_keeps_what_was_read(restart: Restart, diary: Diary) -> None:
    async with restart() as house:
        running = asyncio.create_task(house.handle(said("/shout hello")))
        await diary.started.wait()
        diary.gate.set()
    assert text(await running) == "hello!"
    async with restart() as house:
        assert await house.store.calls.find("c1") is not None


async def test_what_is_answered_is_stored_soon(dispatcher: Dispatcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.core.replays.READS_WAIT_SECONDS", 0.0)
    monkeypatch.setattr("bot.core.replays.WRITES_WAIT_SECONDS", 0.0)
    for n in range(40):
        await dispatcher.handle(said("/today", f"r{n}"))
        await dispatcher.handle(said("/tick", f"w{n}"))
    await settled(dispatcher)
    assert None not in [await dispatcher.store.calls.find(f"{kind}{n}") for kind in "rw" for n in range(40)]


async def test_a_write_does_not_wait_as_long_as_a_read(dispatcher: Dispatcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.core.replays.READS_WAIT_SECONDS", 3600.0)
    await dispatcher.handle(said("/today", "read"))
    await dispatcher.handle(said("/tick", "write"))
    await settled(dispatcher)
    assert await dispatcher.store.calls.find("write") is not None
    assert await dispatcher.store.calls.find("read") is not None, "who waits already goes along"


async def test_closing_in_the_middle_of_storing_loses_nothing(
    restart: Restart, diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember = SqliteCalls.remember_all

    async def slowly(self: SqliteCalls, answers: Mapping[str, tuple[SqliteCalls, str]]) -> None:
        await diary.hold()
        await remember(self, answers)

    monkeypatch.setattr("bot.core.replays.READS_WAIT_SECONDS", 0.0)
    monkeypatch.setattr(SqliteCalls, "remember_all", slowly)
    async with restart() as house:
        await house.handle(said("/today"))
        await diary.started.wait()
        asyncio.get_running_loop().call_soon(diary.gate.set)
    async with restart() as house:
        assert await house.store.calls.find("c1") is not None


async def test_an_answer_is_forgotten_when_nobody_can_ask_again(
    restart: Restart, clock: ManualClock, diary: Diary
) -> None:
    async with restart() as house:
        await house.handle(said("/tick"))
    clock.advance(seconds=(REMEMBERED + timedelta(minutes=1)).total_seconds())
    async with restart() as house:
        assert await house.store.calls.find("c1") is None


async def test_a_store_that_cannot_keep_the_answer_does_not_take_it_away(
    dispatcher: Dispatcher, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def full(*_: object) -> None:
        raise StoreError(Trouble.FULL, "No room.", "Free some.")

    monkeypatch.setattr("storage.calls.SqliteCalls.remember_all", full)
    with caplog.at_level(logging.ERROR):
        assert text(await dispatcher.handle(said("/tick"))) == "Ticked."
        await dispatcher._replays.flush()
    assert "could not be kept" in caplog.text


async def test_half_a_character_in_a_name_breaks_nothing(restart: Restart) -> None:
    odd = Speaker(Handle("fake", "", "odd"), "o\ud83dd\x1b", Place("fake", "lab"), "lab\udcff")
    calls = [
        Call("c1", Source.SLASH, odd, Typed("/tick")),
        Call("c2", Source.SLASH, odd, Typed("/find half \ud83d")),
        Call("c3", Source.SLASH, odd, Typed("/h\udcff")),
    ]
    async with restart() as house:
        first = [await house.handle(call) for call in calls]
        person = await house.store.people.find(odd.handle)
        assert person is not None
        assert person.name == "od"
    async with restart() as house:
        assert [await house.handle(call) for call in calls] == first


async def test_a_form_opens_anew_for_a_second_delivery(ada: Member, clock: ManualClock) -> None:
    dispatcher = ada.platform.dispatcher
    for _ in range(2):
        surface = Interaction(EASY, Source.SLASH, clock)
        answer = await answer_in_time(dispatcher, said("/find"), surface)
        assert isinstance(answer.outcome, OpenForm)


@command("vanish", summary="Go for good", section="You")
async def vanish(ctx: Ctx) -> Reply:
    me = await ctx.me()
    await ctx.store.people.forget(me.id)
    ctx.callers.forget(ctx.call.speaker.handle)
    return Reply(md("Farewell {name}.", name=ctx.name))


async def test_what_was_answered_goes_with_its_member(
    tmp_path: Path, clock: ManualClock, diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.core.replays.READS_WAIT_SECONDS", 3600.0)
    async with small_house(tmp_path, [*ALL, vanish], clock, diary) as house:
        await house.handle(said("/tick", "c1"))
        read = await house.handle(said("/find my name is ada", "c2"))  # its answer waits to be stored
        gone = await house.handle(said("/vanish", "c3"))
        assert text(gone) == "Farewell ada."
        assert await house.handle(said("/vanish", "c3")) == gone
        assert await house.handle(said("/find my name is ada", "c2")) == read
    async with small_house(tmp_path, [*ALL, vanish], clock, diary) as house:
        assert [await house.store.calls.find(call_id) for call_id in ("c1", "c2", "c3")] == [None, None, None]
        assert await house.store.people.find(ADA.handle) is None
        await house.handle(said("/tick", "c4"))
        await house._replays.flush()
        assert await house.store.calls.find("c4") is not None, "who comes again is somebody new"
