"""One door: every way of speaking arrives as one kind of call, and every mistake is caught there."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.calls import Call, Chosen, Pressed, Source, Status, Typed
from bot.core.dispatch import Dispatcher
from bot.core.params import Choice, Upload
from bot.core.reply import OpenForm, Reply, Tone, Update, Visibility
from bot.ports import StoreError, Trouble
from tests.clock import ManualClock
from tests.core.samples import Diary
from tests.fakes.platform import Member, Platform

# A select that fills in what the token lacks, and a form that opens before its state is read.
LEADS_SOMEWHERE = {("a1:reopen:", Source.SELECT), ("a1:plan.form:x", Source.BUTTON), ("a1:plan.form:x", Source.SELECT)}


async def upload(name: str = "work.py") -> Upload:
    async def read() -> bytes:
        return b"print()"

    return Upload(name, 7, read)


@pytest.mark.parametrize("source", [Source.SLASH, Source.MENTION, Source.SHORTCUT])
async def test_a_line_is_understood_wherever_it_comes_from(ada: Member, source: Source) -> None:
    for line in ("/find docker level:hard", "find docker level:hard", " / FIND docker level:HARD "):
        assert (await ada.sends(source, Typed(line))).reply.text == "docker / hard"


async def test_arguments_that_the_platform_told_apart_arrive_the_same(platform: Platform, ada: Member) -> None:
    call = Call("c1", Source.SLASH, ada.speaker, Chosen("find", {"topic": "docker", "level": "hard", "old": "x"}))
    assert (await platform.deliver(call)).shown[0].outcome == Reply("docker / hard")  # type: ignore[arg-type]
    gone = Call("c2", Source.SLASH, ada.speaker, Chosen("vanished"))
    answer = (await platform.deliver(gone)).shown[0]
    assert answer.status is Status.REFUSED


async def test_a_button_a_select_and_a_form_come_in_by_the_same_door(ada: Member) -> None:
    assert (await (await ada.says("/tick")).press("Again")).reply.text == "Ticked."
    chosen = await (await ada.says("/menu")).press("Dark, deep blue")
    assert chosen.answer.outcome == Update(Reply("blue, 100% on page 2"))  # type: ignore[arg-type]
    form = await ada.says("/find")
    assert (await ada.fills(form, topic="docker")).reply.text == "docker / any"


async def test_missing_arguments_open_a_form_with_what_is_known(ada: Member) -> None:
    heard = await ada.says("/find level:hard")
    assert isinstance(heard.answer.outcome, OpenForm)
    assert heard.answer.visibility is Visibility.PRIVATE
    assert [param.name for param in heard.form.fields] == ["topic", "level"]
    assert heard.form.values == {"level": "hard"}
    assert (await ada.fills(heard, topic="docker")).reply.text == "docker / hard"
    assert (await ada.fills(heard, topic="docker", level="")).reply.text == "docker / any"


async def test_a_form_command_fills_in_and_carries_its_state(ada: Member, diary: Diary) -> None:
    diary.gate.set()
    heard = await ada.says("/plan")
    assert heard.form.values == {"goal": "Learn Docker"}
    assert (await ada.fills(heard, hours="7")).reply.text == "Week 3: Learn Docker, 7 h"


async def test_bad_values_in_a_line_come_back_all_at_once_with_the_usage(ada: Member) -> None:
    heard = await ada.says("/remind someday length:soon times:9")
    assert heard.answer.status is Status.REFUSED
    assert heard.answer.visibility is Visibility.PRIVATE
    for word in ("**Due**", "**Length**", "**Times**", "between `1` and `5`", "/remind <due> [length:…]"):
        assert word in heard.text


async def test_dates_are_read_in_the_zone_of_the_member(ada: Member, clock: ManualClock) -> None:
    clock.advance(hours=12)
    assert (await ada.says("/today")).reply.text == "2026-11-21"
    store = ada.platform.dispatcher.store
    person = await store.people.enter(ada.speaker.handle, "ada")
    await store.people.prefer(person.id, replace(person.preferences, zone="Pacific/Auckland"))
    clock.advance(seconds=31)
    assert (await ada.says("/today")).reply.text == "2026-11-22"
    assert (await ada.says("/remind today")).reply.text.startswith("2026-11-22")
    await store.people.prefer(person.id, replace(person.preferences, zone="Atlantis/Poseidonis"))
    clock.advance(seconds=31)
    assert (await ada.says("/today")).reply.text == "2026-11-21"


async def test_guards_hold_for_typed_pressed_and_forged_calls(ada: Member, grace: Member) -> None:
    closed = await grace.says("/close done")
    assert (await closed.press("Reopen")).reply.text == "Week 7 is open."
    for refused in (
        await ada.says("/close done"),
        await ada.says("/close"),
        await ada.sends(Source.BUTTON, Pressed("a1:reopen:7")),
        await ada.sends(Source.FORM, Pressed("a1:close:", fields={"why": "mine"})),
    ):
        assert refused.answer.status is Status.REFUSED
        assert "organisers" in refused.reply.text
    alone = ada.platform.member("grace", community=None, admin=True)
    assert "community" in (await alone.says("/close done")).reply.text


@pytest.mark.parametrize(
    "token", ["", "garbage", "a1:gone:1", "a1:reopen:", "a1:reopen:x", "a1:reopen:1,2", "a0:tick:", "a1:plan.form:x"]
)
@pytest.mark.parametrize("source", [Source.BUTTON, Source.SELECT, Source.FORM])
async def test_a_forged_or_outdated_token_is_refused_kindly(grace: Member, token: str, source: Source) -> None:
    picked = ("1",) if source is Source.SELECT else ()
    heard = await grace.sends(source, Pressed(token, picked, {"goal": "x"}))
    if (token, source) in LEADS_SOMEWHERE:
        assert heard.answer.status is Status.DONE
        return
    assert heard.answer.status is Status.REFUSED
    assert heard.reply.tone is Tone.WARNING
    assert "incident" not in heard.reply.text


@given(st.text(max_size=40), st.sampled_from(["", "/", "find ", "remind ", "shout ", "close "]))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_any_line_gets_an_answer(ada: Member, clock: ManualClock, diary: Diary, text: str, head: str) -> None:
    diary.gate.set()
    clock.advance(minutes=1)
    heard = await ada.says(head + text)
    assert heard.answer.status is not Status.FAILED, heard.answer


async def test_a_mistake_of_the_member_is_a_private_warning_even_in_public(ada: Member, diary: Diary) -> None:
    diary.gate.set()
    heard = await ada.says("/shout no")
    assert heard.answer.visibility is Visibility.PRIVATE
    assert heard.reply.tone is Tone.WARNING
    assert (await ada.says("/shout yes")).answer.visibility is Visibility.PUBLIC


async def test_a_mistake_of_ours_is_an_apology_with_a_number_that_is_in_the_log(
    ada: Member, caplog: pytest.LogCaptureFixture
) -> None:
    heard = await ada.says("/break")
    assert heard.answer.status is Status.FAILED
    assert heard.answer.visibility is Visibility.PRIVATE
    assert "secret" not in heard.text
    assert "Traceback" not in heard.text
    (number,) = re.findall(r"`([0-9a-f]{8})`", heard.text)
    assert heard.answer.incident == number
    assert f"Incident {number}" in caplog.text
    assert "the secret reason" in caplog.text


async def test_trouble_with_the_store_is_told_without_its_details(
    ada: Member, diary: Diary, caplog: pytest.LogCaptureFixture
) -> None:
    diary.crash = StoreError(Trouble.FULL, "No room on /secret/disk.", "Free some.")
    heard = await ada.says("/break")
    assert "nothing of this was saved" in heard.text
    assert "secret" not in heard.text
    assert "No room on /secret/disk. Free some." in caplog.text
    assert "Traceback" not in caplog.text


async def test_a_file_goes_to_the_command_and_one_too_many_is_told(ada: Member) -> None:
    assert (await ada.says("/send", files=(await upload(),))).reply.text == "work.py: 7"
    heard = await ada.says("/tick", files=(await upload("extra.py"),))
    assert "extra.py" in heard.reply.text
    assert heard.answer.status is Status.REFUSED


async def test_suggestions_come_from_memory_and_never_fail(
    dispatcher: Dispatcher, caplog: pytest.LogCaptureFixture
) -> None:
    docker, pandas, long = dispatcher.suggest("find", "topic", "")
    assert (docker, pandas) == (Choice("docker", "docker"), Choice("pandas", "pandas"))
    assert len(long.label) == 75
    assert long.label.endswith("…")
    assert dispatcher.suggest("find", "topic", "boom") == ()
    assert "no topics today" in caplog.text
    for command, param in (("find", "level"), ("find", "nothing"), ("nothing", "topic")):
        assert dispatcher.suggest(command, param, "d") == ()


async def test_home_puts_its_parts_together_in_order(dispatcher: Dispatcher, ada: Member) -> None:
    answer = await dispatcher.home(Call("h1", Source.SHORTCUT, ada.speaker, Typed("")))
    assert isinstance(answer.outcome, Reply)
    assert answer.outcome.text == "Hello ada\n\n**B**\n\nLow"
    assert answer.outcome.footer == "The end."
    assert [button.label for row in answer.outcome.rows if isinstance(row, tuple) for button in row] == ["Tick"]


async def test_who_may_see_an_answer_is_known_before_it_is_there(dispatcher: Dispatcher, ada: Member) -> None:
    def call(line: str) -> Call:
        return Call("v", Source.SLASH, ada.speaker, Typed(line))

    assert dispatcher.visibility(call("/shout x")) is Visibility.PUBLIC
    assert dispatcher.visibility(call("/find x")) is Visibility.PRIVATE
    assert dispatcher.visibility(call("/nothing")) is Visibility.PRIVATE
    assert dispatcher.opens_form(call("/plan"))
    assert not dispatcher.opens_form(call("/find x"))
    assert not dispatcher.opens_form(call("/nothing"))


async def test_an_error_that_no_field_could_show_is_a_message(ada: Member, diary: Diary) -> None:
    diary.gate.set()
    heard = await ada.fills(await ada.says("/plan"), goal="nowhere")
    assert heard.reply.text == "No field has this name."
