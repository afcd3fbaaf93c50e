"""A member's own settings: shown, changed, put back, never lost."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.core.calls import Pressed, Source, Status
from bot.core.markup import plain
from bot.core.reply import FieldErrors, Update
from bot.models import Handle, Preferences
from tests.clock import ManualClock
from tests.fakes.platform import STRICT, Heard, Member


async def kept(member: Member) -> Preferences:
    person = await member.platform.dispatcher.store.people.find(member.speaker.handle)
    assert person is not None
    return person.preferences


async def test_settings_are_shown_and_reading_keeps_nobody(ada: Member) -> None:
    heard = await ada.says("/settings")
    assert "Time zone: Not set, so I use UTC" in heard.text
    assert "Quiet hours: None" in heard.text
    assert "Reminders: Off" in heard.text
    assert heard.labels()[:3] == ["Time zone", "Quiet hours", "Reminders"]
    assert await ada.platform.dispatcher.store.people.find(ada.speaker.handle) is None


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/settings rome", "Europe/Rome, where it is 10:00 now"),
        ("/settings zone:New York", "America/New_York, where it is 04:00 now"),
        ("/settings zone: asia/kolkata", "Asia/Kolkata, where it is 14:30 now"),
        ('/settings quiet:"22:00 to 07:00"', "Quiet hours: 22:00 to 07:00"),
        ("/settings quiet:10pm - 6:30am", "Quiet hours: 22:00 to 06:30"),
        ("/settings quiet:22-7 reminders:yes", "Reminders: At 18:00, at most one a day"),
        ("/settings reminders: yes zone: rome", "Europe/Rome"),
    ],
)
async def test_settings_are_changed_in_one_line(ada: Member, line: str, said: str) -> None:
    heard = await ada.says(line)
    assert heard.reply.text == "Saved."
    assert said in plain(heard.text)
    assert said in plain((await ada.says("/settings")).text)


async def test_what_is_left_out_stays_and_what_is_the_same_is_told(ada: Member) -> None:
    await ada.says("/settings zone:rome quiet:22-7 reminders:yes")
    heard = await ada.says("/settings quiet:off")
    assert "Europe/Rome" in heard.text
    assert "Quiet hours: None" in heard.text
    assert "Reminders: At 18:00, at most one a day" in heard.text
    again = await ada.says("/settings quiet:off")
    assert again.reply.text == "It was like that already."
    assert "Undo" not in again.labels()


async def test_undo_puts_everything_back(ada: Member) -> None:
    await ada.says("/settings zone:rome quiet:22-7")
    before = await kept(ada)
    changed = await ada.says("/settings zone:tokyo quiet:off reminders:yes")
    back = await changed.press("Undo")
    assert isinstance(back.answer.outcome, Update)
    assert back.reply.text == "Put back as it was."
    assert await kept(ada) == before


async def test_undo_of_the_first_change_leaves_no_zone(ada: Member) -> None:
    await (await ada.says("/settings zone:rome")).press("Undo")
    assert (await kept(ada)).zone is None
    assert "Not set" in (await ada.says("/settings")).text


async def test_reminders_are_switched_by_a_button_and_twice_is_not_back(ada: Member) -> None:
    heard = await (await ada.says("/settings")).press("Reminders")
    for _ in range(2):
        pressed = await heard.press("Remind me at 18:00")
        assert isinstance(pressed.answer.outcome, Update)
        assert "Reminders: At 18:00" in (await ada.says("/settings")).text
    assert "Turn off" in pressed.labels()


async def test_a_reminder_keeps_its_time_and_moves_with_the_zone(ada: Member) -> None:
    await ada.says("/reminders 7:30")
    changed = await ada.says("/settings zone:tokyo")
    assert "Reminders: At 07:30" in changed.text
    person = await ada.platform.dispatcher.store.people.find(ada.speaker.handle)
    assert person is not None
    planned = await ada.platform.dispatcher.store.reminders.of(person.id)
    assert planned is not None
    assert f"{planned.due:%H:%M}" == "22:30"
    off = await ada.says("/settings reminders:no")
    assert "Reminders: At 07:30" in (await off.press("Undo")).text


async def test_two_changes_at_once_are_both_kept(ada: Member) -> None:
    await ada.says("/settings")
    lines = ["/settings zone:rome", "/settings quiet:22-7", "/settings reminders:yes"]
    await asyncio.gather(*map(ada.says, lines))
    preferences = await kept(ada)
    assert preferences.zone == "Europe/Rome"
    assert preferences.quiet is not None
    assert "Reminders: At 18:00" in (await ada.says("/settings")).text


async def test_a_change_from_another_platform_is_not_undone(ada: Member) -> None:
    """One person, two identities: what one changed is not overwritten by what the other remembers."""
    await ada.says("/settings reminders:yes")
    store = ada.platform.dispatcher.store
    person = await store.people.find(ada.speaker.handle)
    assert person is not None
    second = Handle("other", "", "ada")
    await store.people.attach(person.id, second)
    elsewhere = replace(ada, speaker=replace(ada.speaker, handle=second))
    await elsewhere.says("/settings")
    await ada.says("/settings zone:rome")
    assert "Europe/Rome" in (await elsewhere.says("/settings")).text
    await store.people.prefer(person.id, replace(await kept(ada), zone="Asia/Tokyo"))
    await elsewhere.says("/settings quiet:22-7")
    assert (await kept(ada)).zone == "Asia/Tokyo"


async def mend(heard: Heard) -> Heard:
    if heard.member.platform.customs is STRICT:
        return await heard.press("Try again")
    assert isinstance(heard.answer.outcome, FieldErrors)
    return heard


async def test_a_zone_that_is_not_certain_is_asked_for_again(ada: Member) -> None:
    form = await (await ada.says("/settings")).press("Time zone")
    form = await mend(await ada.fills(form, zone="IST"))
    assert form.form.values == {"zone": "IST"}
    assert "Asia/Kolkata, Europe/Dublin, Asia/Jerusalem" in form.form.errors["zone"]
    saved = await ada.fills(form, zone="Asia/Kolkata")
    assert "14:30" in saved.text


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("/settings zone:Romme", "Europe/Rome"),
        ("/settings zone:xyzzy", "big city near you"),
        ("/settings quiet:late", "22:00 to 07:00"),
        ("/settings quiet:22-22", "22:00 to 07:00"),
        ("/settings quiet:25-7", "22:00 to 07:00"),
        ("/settings reminders:often", "Answer with yes or no."),
        ("/settings remindrs:yes", "Did you mean reminders:?"),
    ],
)
async def test_what_cannot_be_read_is_told_with_a_cure(ada: Member, line: str, hint: str) -> None:
    heard = await ada.says(line)
    assert heard.answer.status is Status.REFUSED
    assert hint in plain(heard.reply.text)


async def test_a_zone_that_is_no_more_can_be_chosen_again(ada: Member, clock: ManualClock) -> None:
    await ada.says("/settings zone:rome")
    store = ada.platform.dispatcher.store
    person = await store.people.find(ada.speaker.handle)
    assert person is not None
    await store.people.prefer(person.id, replace(person.preferences, zone="Atlantis/Poseidonis"))
    clock.advance(minutes=1)
    assert "choose your time zone again" in (await ada.says("/settings")).text
    assert "UTC" in (await ada.says("/start")).text
    assert "Asia/Tokyo" in (await ada.says("/settings tokyo")).text


@pytest.mark.parametrize("args", ["nowhere,,", ",soon,", "../../etc,,"])
async def test_a_forged_undo_changes_nothing(ada: Member, args: str) -> None:
    await ada.says("/settings zone:rome")
    before = await kept(ada)
    heard = await ada.sends(Source.BUTTON, Pressed(f"a1:settings.undo:{args}"))
    assert heard.answer.status is Status.REFUSED
    assert await kept(ada) == before


async def test_zones_are_completed_with_the_time_there(ada: Member) -> None:
    (first, *_) = ada.platform.dispatcher.suggest("settings", "zone", "rom")
    assert (first.label, first.value) == ("Europe/Rome (now 10:00)", "Europe/Rome")
