"""Every call is answered in time, and only by those who may see it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.core.calls import Pressed, Source, Status
from bot.core.dispatch import Dispatcher
from bot.core.forms import KEPT
from bot.core.limits import OverLimit
from bot.core.reply import FieldErrors, OpenForm, Reply, Visibility
from bot.ports import StoreError, Trouble
from tests.clock import ManualClock
from tests.core.samples import ALL, Diary
from tests.fakes.platform import EASY, STRICT, Heard, Member, Platform
from tests.house import small_house


async def late(member: Member, diary: Diary, line: str) -> Heard:
    """Say something whose answer is not there when the first one is due."""
    talking = asyncio.create_task(member.says(line, patience=0))
    await diary.started.wait()
    diary.gate.set()
    return await talking


async def test_a_quick_answer_comes_first_and_for_real(ada: Member, diary: Diary) -> None:
    diary.gate.set()
    heard = await ada.says("/shout hello")
    assert not heard.interaction.deferred
    assert heard.interaction.promised is Visibility.PUBLIC


@pytest.mark.parametrize(("line", "seen"), [("/shout hello", Visibility.PUBLIC), ("/mull x", Visibility.PRIVATE)])
async def test_a_late_answer_is_deferred_with_the_declared_privacy(
    ada: Member, diary: Diary, line: str, seen: Visibility
) -> None:
    heard = await late(ada, diary, line)
    assert heard.interaction.deferred
    assert heard.interaction.promised is seen
    assert heard.answer.visibility is seen
    assert heard.answer.status is Status.DONE


async def test_a_public_deferral_is_withdrawn_before_a_private_error(ada: Member, diary: Diary) -> None:
    heard = await late(ada, diary, "/shout no")
    assert heard.interaction.deferred
    assert heard.answer.visibility is Visibility.PRIVATE
    assert heard.reply.text == "Not that word, please."


async def test_a_form_that_comes_late_becomes_a_button_that_opens_it(ada: Member, diary: Diary) -> None:
    heard = await late(ada, diary, "/plan")
    assert heard.labels() == ["Open the form"]
    form = await heard.press("Open the form")
    assert form.form.values == {"goal": "Learn Docker"}
    assert (await ada.fills(form, hours="2")).reply.text == "Week 3: Learn Docker, 2 h"


async def opened(member: Member, diary: Diary) -> Heard:
    diary.gate.set()
    return await member.says("/plan")


async def mend(heard: Heard) -> Heard:
    """Come back to the form: it shows its errors in place, or a private message offers it again."""
    if heard.member.platform.customs is EASY:
        assert isinstance(heard.answer.outcome, FieldErrors)
        return heard
    assert heard.answer.visibility is Visibility.PRIVATE
    assert heard.labels() == ["Try again"]
    return await heard.press("Try again")


async def test_field_errors_come_back_with_everything_that_was_typed(ada: Member, diary: Diary) -> None:
    form = await mend(await ada.fills(await opened(ada, diary), goal="rest", hours="99"))
    assert form.form.values == {"goal": "rest", "hours": "99"}
    assert form.form.errors == {"hours": "99 does not fit. It should be between 1 and 40."}
    form = await mend(await ada.fills(form, hours="4"))
    assert form.form.errors == {"goal": "Resting is fine, but no goal."}
    assert (await ada.fills(form, goal="Docker")).reply.text == "Week 3: Docker, 4 h"


async def test_the_message_before_try_again_says_what_to_mend(
    dispatcher: Dispatcher, clock: ManualClock, diary: Diary
) -> None:
    ada = Platform(dispatcher, clock, STRICT).member("ada")
    heard = await ada.fills(await opened(ada, diary), goal=" ", hours="99")
    assert "- **What do you want?**: This is needed: What you want to reach." in heard.reply.text
    assert "- **Hours**: 99 does not fit. It should be between 1 and 40." in heard.reply.text


async def test_try_again_works_after_a_restart_and_for_twelve_hours(
    tmp_path: Path, clock: ManualClock, diary: Diary
) -> None:
    async with small_house(tmp_path, ALL, clock, diary) as first:
        ada = Platform(first, clock, STRICT).member("ada")
        failed = await ada.fills(await opened(ada, diary), goal="Docker and a long story", hours="0")
    (button,) = failed.reply.rows[0]  # type: ignore[misc]
    target = Pressed(button.token)
    async with small_house(tmp_path, ALL, clock, diary) as second:
        ada = Platform(second, clock, STRICT).member("ada")
        clock.advance(seconds=KEPT.total_seconds() - 1)
        again = await ada.sends(Source.BUTTON, target, call_id="later:1")
        assert again.form.values["goal"] == "Docker and a long story"
        clock.advance(seconds=2)
        over = await ada.sends(Source.BUTTON, target, call_id="later:2")
        assert over.answer.status is Status.REFUSED
        assert "Please start again" in over.reply.text


async def test_a_form_that_cannot_be_kept_is_still_answered(
    ada: Member, diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object, **__: object) -> str:
        raise StoreError(Trouble.FULL, "No room.", "Free some.")

    form = await opened(ada, diary)
    monkeypatch.setattr("storage.stash.SqliteStash.put", full)
    heard = await ada.fills(form, hours="0")
    if ada.platform.customs is STRICT:
        assert heard.labels() == []
        assert "start again" in heard.reply.text


async def test_in_production_too_long_an_answer_is_said_in_a_file(
    tmp_path: Path, clock: ManualClock, diary: Diary, caplog: pytest.LogCaptureFixture
) -> None:
    async with small_house(tmp_path, ALL, clock, diary, strict=False) as house:
        heard = await Platform(house, clock, STRICT).member("ada").says("/flood")
    assert isinstance(heard.answer.outcome, Reply)
    assert heard.reply.files[0].data.count(b"word") == 1000
    assert "over the limits: text has" in caplog.text


async def test_in_tests_too_long_an_answer_fails(ada: Member) -> None:
    with pytest.raises(OverLimit, match="text has"):
        await ada.says("/flood")


async def test_a_form_is_opened_by_a_press_on_every_platform(ada: Member) -> None:
    heard = await ada.sends(Source.BUTTON, Pressed("a1:plan.form:3"))
    assert isinstance(heard.answer.outcome, OpenForm)
    assert heard.form.title == "Your week"
