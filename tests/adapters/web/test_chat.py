"""Talking on the page: what is typed, pressed and filled in, and who sees the answer."""

from __future__ import annotations

import aiohttp
import pytest

import adapters.web.rooms
from adapters.web.limits import CALLS_AT_ONCE
from adapters.web.service import WebPresence
from bot.core.dispatch import Dispatcher
from bot.core.markup import md
from bot.core.reply import File, Reply
from tests.adapters.web.conftest import Opening
from tests.adapters.web.tabs import Tab, says, text_of
from tests.core.samples import Diary


async def test_a_typed_command_is_answered_and_marked_as_private(ada: Tab, opens: Opening) -> None:
    grace = await opens("Grace")
    entry = await ada.says("/find docker level:easy")
    assert "docker / easy" in says(entry)
    assert (entry["by"], entry["asked"], entry["private"]) == ("Ada", "/find docker level:easy", True)
    shown = await grace.says("/find pandas")
    assert shown["by"] == "Grace", "what is private came to somebody else"


async def test_what_is_public_is_seen_by_everybody_at_once(ada: Tab, opens: Opening) -> None:
    grace = await opens("Grace")
    await ada.sends(do="say", room="general", line="/shout hello")
    seen = (await grace.hears("message"))["entry"]
    assert "hello!" in says(seen)
    assert (seen["by"], seen["private"]) == ("Ada", False)


async def test_a_line_without_a_slash_is_talk_among_members(ada: Tab, opens: Opening, diary: Diary) -> None:
    grace = await opens("Grace")
    entry = await ada.says("good morning")
    assert (entry["asked"], entry["reply"]) == ("good morning", None)
    assert (await grace.hears("message"))["entry"]["asked"] == "good morning"
    assert not diary.notes


async def test_the_bot_hears_its_name_and_all_of_a_direct_message(ada: Tab, diary: Diary) -> None:
    await ada.says("@stepwise find docker")
    assert diary.notes == ["docker"]
    entry = await ada.says("find pandas", room="direct")
    assert diary.notes == ["docker", "pandas"]
    assert entry["room"] == "direct"


async def test_direct_messages_are_nobody_elses(ada: Tab, opens: Opening) -> None:
    await ada.says("/shout a secret", room="direct")
    grace = await opens("Grace")
    assert "a secret" not in str(grace.hello["history"])
    again = await opens("ADA")
    assert "a secret" in str(again.hello["history"])


async def test_a_select_lets_its_answer_take_the_place_of_the_message(ada: Tab) -> None:
    entry = await ada.says("/menu")
    after = await ada.presses(entry, "Dark, deep blue")
    assert after["about"] == "replaced"
    assert after["entry"]["id"] == entry["id"]
    assert "blue, 100% on page 2" in says(after["entry"])


async def test_a_form_says_what_is_to_be_mended_at_its_field(ada: Tab) -> None:
    await ada.sends(do="say", room="general", line="/plan")
    form = await ada.anything()
    assert form["form"]["title"] == "Your week"
    assert form["form"]["fields"][0]["value"] == "Learn Docker"
    wrong = await ada.fills(form, goal="rest", hours="99")
    assert "between 1 and 40" in wrong["form"]["fields"][1]["error"]
    assert wrong["form"]["fields"][0]["value"] == "rest"
    done = await ada.fills(wrong, goal="read", hours="3")
    assert "Week 3: read, 3 h" in says(done["entry"])


async def test_a_command_that_lacks_something_asks_for_it(ada: Tab) -> None:
    await ada.sends(do="say", room="general", line="/find")
    form = await ada.anything()
    assert form["form"]["fields"][0]["suggests"] is True
    found = await ada.asks(do="suggest", room="general", field="topic", typed="do")
    assert found["choices"] == [{"label": "docker", "value": "docker"}]


async def test_files_go_along_with_a_line_and_in_a_form(ada: Tab) -> None:
    key = await ada.uploads("work.csv", b"12345")
    assert "work.csv: 5" in says(await ada.says("/send", files=[key]))
    await ada.sends(do="say", room="general", line="/hand-in title:mine")
    form = await ada.anything()
    key = await ada.uploads("../../etc/passwd", b"1234567")
    done = await ada.fills(form, {"work": key}, title="mine", hours="2")
    assert "mine: 7 in 2 h" in says(done["entry"])


async def test_a_file_of_somebody_else_is_not_there(ada: Tab, opens: Opening) -> None:
    key = await ada.uploads("work.csv", b"12345")
    grace = await opens("Grace")
    await grace.sends(do="say", room="general", line="/send", files=[key])
    assert (await grace.anything())["about"] == "form"


async def test_a_call_that_is_sent_again_after_a_broken_line_happens_once(
    ada: Tab, opens: Opening, diary: Diary
) -> None:
    frame = {"do": "say", "room": "general", "line": "/tick", "id": "0" * 32}
    await ada.sends(**frame)
    first = (await ada.hears("message"))["entry"]
    again = await opens("Ada", session=ada.session)
    done = await again.asks(**frame)
    assert (done["about"], done["entry"]) == ("done", first["id"])
    assert diary.notes == ["tick"]


async def test_a_slip_is_refused_with_a_guess(ada: Tab) -> None:
    entry = await ada.says("/fnid docker")
    assert "/find" in text_of(entry["reply"]["text"])
    assert entry["reply"]["tone"] == "warning"


async def test_a_mistake_of_ours_becomes_an_apology(ada: Tab) -> None:
    entry = await ada.says("/break")
    assert "Something went wrong on my side" in says(entry)
    assert "secret reason" not in str(entry)


async def test_an_answer_that_is_too_long_comes_as_a_file(ada: Tab) -> None:
    entry = await ada.says("/flood")
    (file,) = entry["reply"]["files"]
    async with ada.session.get(f"{ada.address.rstrip('/')}{file['url']}") as answer:
        assert (await answer.read()).count(b"word") == 1000
        assert answer.headers["Content-Disposition"].startswith("attachment")


async def test_the_home_page_takes_the_place_of_how_it_was(ada: Tab) -> None:
    await ada.sends(do="home")
    first = (await ada.hears("message"))["entry"]
    assert first["room"] == "home"
    assert "Hello Ada" in says(first)
    await ada.sends(do="home")
    assert (await ada.hears("replaced"))["entry"]["id"] == first["id"]


async def test_organisers_may_what_others_may_not(ada: Tab, opens: Opening) -> None:
    assert "Only the organisers" in says(await ada.says("/close rain"))
    olga = await opens("Olga", organiser=True)
    assert "Closed: rain" in says(await olga.says("/close rain"))


async def test_each_platform_s_payload_is_shown_to_those_who_see_the_message(ada: Tab, opens: Opening) -> None:
    entry = await ada.says("/today")
    seen = await ada.asks(do="preview", entry=entry["id"], platform="Paper")
    assert seen["payload"] == {"private": True}
    grace = await opens("Grace")
    assert (await grace.asks(do="preview", entry=entry["id"], platform="Paper"))["payload"] is None
    assert (await ada.asks(do="preview", entry=entry["id"], platform="Stone"))["payload"] is None


async def test_whoever_comes_back_finds_what_was_said(ada: Tab, opens: Opening) -> None:
    await ada.says("/find docker")
    await ada.sends(do="say", room="general", line="/shout hello")
    await ada.hears("message")
    grace = await opens("Grace")
    assert [one["asked"] for one in grace.hello["history"]] == ["/shout hello"]
    again = await opens("ada", session=ada.session)
    assert [one["asked"] for one in again.hello["history"]] == ["/find docker", "/shout hello"]


async def test_a_page_that_stops_lets_running_calls_end(
    page: WebPresence, dispatcher: Dispatcher, ada: Tab, diary: Diary
) -> None:
    diary.gate.clear()
    await ada.sends(do="say", room="general", line="/mull it")
    await diary.started.wait()
    await ada.socket.close()
    diary.gate.set()
    assert diary.held == 1


async def test_too_much_at_once_waits_and_says_so(ada: Tab, diary: Diary) -> None:
    diary.gate.clear()
    for number in range(CALLS_AT_ONCE):
        await ada.sends(do="say", room="general", line=f"/mull {number}")
    refused = await ada.asks(do="say", room="general", line="/today")
    assert refused["about"] == "busy"
    diary.gate.set()
    assert "Hm" in says((await ada.hears("message"))["entry"])


async def test_what_is_kept_is_bounded(page: WebPresence, ada: Tab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapters.web.rooms, "WEIGHT", 2_500)
    rooms = page.rooms
    entries = [rooms.say("general", Reply(md("x"), files=(File("a", b"0" * 1_000),))) for _ in range(4)]
    assert [rooms.find(one.id) is not None for one in entries] == [False, False, True, True]
    rooms.put_in_place(entries[2], Reply(md("y")))
    rooms.say("general", Reply(md("x"), files=(File("a", b"0" * 1_000),)))
    assert rooms.find(entries[2].id) is not None


async def test_a_tab_that_outlived_a_restart_is_known_again(page: WebPresence) -> None:
    origin = {"Origin": page.address.rstrip("/")}
    url, jar = f"{page.address}socket", aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar) as session, session.ws_connect(url, headers=origin) as socket:
        tab = Tab(session, socket, page.address)
        await tab.sits("Ada")
        key = await tab.uploads("work.csv", b"12345")
        assert "work.csv: 5" in says(await tab.says("/send", files=[key]))
