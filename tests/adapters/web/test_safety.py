"""What strangers, hostile pages and hostile members try."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest

from adapters.web.door import Door
from adapters.web.limits import FRAME, LOGIN_TRIES, UPLOAD
from adapters.web.service import Account, WebPresence
from bot.core.dispatch import Dispatcher
from bot.core.outgoing import CannotStart
from tests.adapters.web.conftest import Opening, browser, open_page
from tests.adapters.web.tabs import Tab, says
from tests.clock import ManualClock

WORD = "open sesame"
GUARDED = Account(port=0, password=WORD)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "0x7f000001.e"])
async def test_a_name_that_points_here_is_not_ours(page: WebPresence, host: str) -> None:
    async with aiohttp.ClientSession() as session, session.get(page.address, headers={"Host": host}) as answer:
        assert answer.status == 403
        assert "<" not in await answer.text()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:9", "[::1]:80"])
async def test_this_machine_s_own_names_are_ours(page: WebPresence, host: str) -> None:
    async with aiohttp.ClientSession() as session, session.get(page.address, headers={"Host": host}) as answer:
        assert answer.status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "SAME", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "SAME", "Sec-Fetch-Site": "same-site"},
    ],
)
async def test_other_pages_can_neither_talk_nor_send(page: WebPresence, headers: Mapping[str, str]) -> None:
    own = page.address.rstrip("/")
    sent = {name: own if value == "SAME" else value for name, value in headers.items()}
    async with browser(page.address) as session:
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await session.ws_connect(f"{page.address}socket", headers=sent)
        assert refused.value.status == 403
        async with session.post(f"{page.address}upload", data=b"x", headers=sent) as answer:
            assert answer.status == 403


async def test_every_answer_carries_the_rules(page: WebPresence) -> None:
    async with aiohttp.ClientSession() as session:
        for path in ("", "page/chat.js", "page/nothing.js", "files/x", "socket", "nowhere"):
            async with session.get(f"{page.address}{path}") as answer:
                policy = answer.headers["Content-Security-Policy"]
                assert "default-src 'none'" in policy
                assert "unsafe" not in policy
                assert answer.headers["X-Content-Type-Options"] == "nosniff"
                assert "Access-Control-Allow-Origin" not in answer.headers


async def test_the_cookie_is_for_this_page_alone(page: WebPresence) -> None:
    async with aiohttp.ClientSession() as session, session.get(page.address) as answer:
        cookie = answer.headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie


@pytest.mark.parametrize("path", ["page/../door.py", "page/%2e%2e/door.py", "page/..%2fdoor.py", "page//etc/passwd"])
async def test_nothing_but_the_page_s_files_is_served(page: WebPresence, path: str) -> None:
    async with aiohttp.ClientSession() as session, session.get(f"{page.address}{path}") as answer:
        assert answer.status == 404


async def test_an_open_door_to_others_needs_a_password(dispatcher: Dispatcher) -> None:
    for host in ("0.0.0.0", "::", "192.0.2.1"):
        with pytest.raises(CannotStart, match="STEPWISE_WEB_PASSWORD"):
            async with open_page(dispatcher, Account(host, 0)):
                pass


async def test_without_the_password_nothing_is_there(dispatcher: Dispatcher) -> None:
    async with open_page(dispatcher, GUARDED) as page, aiohttp.ClientSession() as session:
        for path in ("", "socket", "page/chat.js", f"files/{'0' * 32}/0/0", "organiser"):
            async with session.get(f"{page.address}{path}", allow_redirects=False) as answer:
                assert answer.status == 401, path
        page_headers = {"Accept": "text/html"}
        async with session.get(page.address, headers=page_headers, allow_redirects=False) as answer:
            assert (answer.status, answer.headers["Location"]) == (303, "/login")
        async with session.get(f"{page.address}login") as answer:
            assert 'type="password"' in await answer.text()


async def _log_in(session: aiohttp.ClientSession, page: WebPresence, word: str) -> aiohttp.ClientResponse:
    headers = {"Origin": page.address.rstrip("/")}
    return await session.post(f"{page.address}login", data={"password": word}, headers=headers, allow_redirects=False)


async def test_the_password_lets_in_and_a_wrong_one_does_not(dispatcher: Dispatcher) -> None:
    async with open_page(dispatcher, GUARDED) as page, browser(page.address) as session:
        assert (await _log_in(session, page, "sesame")).headers["Location"] == "/login#wrong"
        assert (await _log_in(session, page, WORD)).headers["Location"] == "/"
        async with session.get(page.address) as answer:
            assert answer.status == 200
        assert await _seen_with(page, "stepwise=somebody.0000") == 401


async def test_another_password_ends_what_the_old_one_began(dispatcher: Dispatcher) -> None:
    async with open_page(dispatcher, GUARDED) as page, browser(page.address) as session:
        await _log_in(session, page, WORD)
        (cookie,) = (f"{one.key}={one.value}" for one in session.cookie_jar)
        assert await _seen_with(page, cookie) == 200
    async with open_page(dispatcher, Account(port=0, password="new")) as page:
        assert await _seen_with(page, cookie) == 401


async def _seen_with(page: WebPresence, cookie: str) -> int:
    async with aiohttp.ClientSession() as session, session.get(page.address, headers={"Cookie": cookie}) as answer:
        return answer.status


async def test_guessing_is_slowed_down(dispatcher: Dispatcher, clock: ManualClock) -> None:
    async with open_page(dispatcher, GUARDED) as page, browser(page.address) as session:
        for _ in range(LOGIN_TRIES):
            assert (await _log_in(session, page, "guess")).status == 303
        assert (await _log_in(session, page, WORD)).status == 429
        clock.advance(minutes=2)
        assert (await _log_in(session, page, WORD)).headers["Location"] == "/"


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("192.0.2.1", "192.0.2.2", False),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("fe80::1%eth0", "fe80::2%eth0", True),
        ("", "nowhere", False),
    ],
)
def test_addresses_of_one_household_guess_together(clock: ManualClock, one: str, other: str, together: bool) -> None:
    door = Door(clock, b"secret", "word")
    for _ in range(LOGIN_TRIES):
        assert door.may_try(one)
    assert door.may_try(other) is not together


async def test_behind_a_password_a_name_belongs_to_whoever_took_it_first(dispatcher: Dispatcher) -> None:
    async with open_page(dispatcher, GUARDED) as page, browser(page.address) as one, browser(page.address) as two:
        headers = {"Origin": page.address.rstrip("/")}
        for session in (one, two):
            await _log_in(session, page, WORD)
        async with one.ws_connect(f"{page.address}socket", headers=headers) as first:
            tab = Tab(one, first, page.address)
            await tab.sits("Ada")
            async with two.ws_connect(f"{page.address}socket", headers=headers) as second:
                other = Tab(two, second, page.address)
                await second.send_json({"do": "sit", "name": "  @ADA ", "organiser": False})
                assert (await other.hears("taken"))["name"] == "ADA"


async def test_behind_a_password_nobody_is_nameless(dispatcher: Dispatcher) -> None:
    async with open_page(dispatcher, GUARDED) as page, browser(page.address) as session:
        await _log_in(session, page, WORD)
        headers = {"Origin": page.address.rstrip("/")}
        async with session.ws_connect(f"{page.address}socket", headers=headers) as socket:
            tab = Tab(session, socket, page.address)
            await socket.send_json({"do": "sit", "name": " "})
            assert (await tab.hears("taken"))["name"] == ""
            assert (await tab.sits("Ada"))["name"] == "Ada"


@pytest.mark.parametrize(
    "frame",
    [
        "no json",
        "[]",
        '"x"',
        "[" * 50_000,
        '{"do": "dance"}',
        '{"do": 7}',
        '{"do": "say", "room": "attic", "line": "/today", "id": "' + "0" * 32 + '"}',
        '{"do": "say", "room": "general", "line": "/today", "id": "../../x"}',
        '{"do": "say", "room": "general", "line": 5, "id": "' + "0" * 32 + '"}',
        '{"do": "press", "room": "general", "token": [], "id": "' + "0" * 32 + '"}',
        '{"do": "fill", "room": "general", "token": "a1:x:", "fields": {"a": {}}, "id": "' + "0" * 32 + '"}',
        '{"do": "preview", "entry": null, "platform": "Paper"}',
    ],
)
async def test_what_no_page_of_ours_sends_ends_the_line(ada: Tab, opens: Opening, frame: str) -> None:
    await ada.socket.send_str(frame)
    async with asyncio.timeout(10):
        while (await ada.socket.receive()).type is aiohttp.WSMsgType.TEXT:
            pass
    assert ada.socket.closed
    assert "2026-11-21" in says(await (await opens("Grace")).says("/today"))


async def test_a_stranger_who_did_not_sit_down_is_told_nothing(page: WebPresence) -> None:
    headers = {"Origin": page.address.rstrip("/")}
    async with browser(page.address) as session, session.ws_connect(f"{page.address}socket", headers=headers) as line:
        await line.send_json({"do": "say", "room": "general", "line": "/today", "id": "0" * 32})
        async with asyncio.timeout(10):
            assert (await line.receive()).type is not aiohttp.WSMsgType.TEXT


async def test_sizes_are_kept_small(ada: Tab, page: WebPresence) -> None:
    async def too_much() -> Any:
        for _ in range(UPLOAD // 65536 + 2):
            yield b"0" * 65536

    try:
        async with ada.session.post(f"{page.address}upload", data=too_much(), headers=ada.origin) as answer:
            assert answer.status == 413
            assert "25 MB" in (await answer.json())["trouble"]
    except aiohttp.ClientConnectionError:
        pass  # the server hung up while we were still sending, which is as good
    await ada.socket.send_str("x" * (FRAME + 1))
    async with asyncio.timeout(10):
        assert (await ada.socket.receive()).type is not aiohttp.WSMsgType.TEXT


HOSTILE = "<img src=x onerror=alert(1)> [free](javascript:alert(1)) <!channel> @everyone"


async def test_member_text_is_words_and_never_markup(ada: Tab) -> None:
    entry = await ada.says(f"/find {HOSTILE}")
    kinds = set(_kinds(entry["reply"]["text"]))
    assert kinds <= {"p", "text"}, kinds
    assert "<img src=x" in says(entry)


async def test_names_are_one_word_without_tricks(opens: Opening) -> None:
    hello = (await opens("  <b>Eve\u202e the\nGreat:: ")).hello
    assert hello["name"] == "<b>Eve-the-Great"


def _kinds(tree: list[dict[str, Any]]) -> list[str]:
    return [kind for node in tree for kind in (node["is"], *_kinds(node.get("of", [])))]


@pytest.mark.parametrize("headers", [{"Host": "["}, {"Origin": "http://["}, {"Cookie": "stepwise=\xff.\xff"}])
async def test_broken_headers_are_no_mistake_of_ours(page: WebPresence, headers: Mapping[str, str]) -> None:
    where = urlsplit(page.address)
    reader, writer = await asyncio.open_connection(where.hostname, where.port)
    sent = {"Host": where.netloc, "Origin": page.address.rstrip("/"), "Content-Length": "0", "Connection": "close"}
    lines = ["POST /login HTTP/1.1", *(f"{name}: {value}" for name, value in {**sent, **headers}.items()), "", ""]
    writer.write("\r\n".join(lines).encode("latin-1"))
    async with asyncio.timeout(30):
        answer = await reader.readline()
    writer.close()
    assert answer.split()[1] in (b"303", b"403")


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=x", b"--x\r\nno form\r\n"),
        ("application/x-www-form-urlencoded; charset=none-such", b"password=x"),
    ],
)
async def test_a_login_of_an_unknown_kind(dispatcher: Dispatcher, kind: str, body: bytes) -> None:
    async with open_page(dispatcher, GUARDED) as there, browser(there.address) as session:
        headers = {"Origin": there.address.rstrip("/"), "Content-Type": kind}
        async with session.post(f"{there.address}login", data=body, headers=headers) as answer:
            assert answer.status == 400


async def test_half_a_letter_silences_nobody(ada: Tab, opens: Opening) -> None:
    grace = await opens("Grace")
    assert (await ada.asks(do="say", room="general", line="half \ud800 a letter"))["about"] == "done"
    assert (await grace.hears("message"))["entry"]["asked"] == "half ? a letter"


async def test_the_menu_of_a_message_that_is_gone(ada: Tab) -> None:
    answer = await ada.asks(do="menu", room="general", entry="0" * 32, label="Ask the mentors")
    assert answer["about"] == "gone"
    assert "2026-11-21" in says(await ada.says("/today"))


@pytest.mark.parametrize("frame", [{"do": "home"}, {"do": "jump", "to": "day"}, {"do": "say", "room": "direct"}])
async def test_whatever_a_page_asks_for_is_answered(ada: Tab, frame: Mapping[str, Any]) -> None:
    assert (await ada.asks(**frame))["about"] == "done"
