"""Over a real connection: every message once, every refusal understood, no secret told."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import discord
import pytest
from discord.http import HTTPClient, Route

from adapters.discord.breaker import Breaker
from adapters.discord.pacer import Pacer
from adapters.discord.tracing import Attempt
from adapters.discord.wire import Files, Wire, nonce_of, trace_config
from bot.core.outgoing import PostFailed, Trouble
from tests.adapters.discord.loopback import (
    TOKEN,
    Loopback,
    Mood,
    limiting,
    lost,
    page,
    refusing,
    silent,
    status,
)
from tests.adapters.discord.virtual_time import HastyTime, until

GAP = 1 / 40
MESSAGES = "/channels/7/messages"


@dataclass
class Line:
    """A client at one end, a small Discord at the other."""

    clock: HastyTime
    breaker: Breaker
    pacer: Pacer
    http: HTTPClient
    wire: Wire
    discord: Loopback

    async def post(self, nonce: str = "n1", *, channel: int = 7, files: Files = ()) -> Any:
        path = f"/channels/{channel}/messages"
        return await self.wire.send("club", "POST", path, body={"flags": 1}, nonce=nonce, files=files)

    async def fail(self, *moods: Mood, nonce: str = "n1") -> PostFailed:
        self.discord.will(*moods)
        with pytest.raises(PostFailed) as failed:
            await self.post(nonce)
        return failed.value

    @property
    def waits(self) -> list[float]:
        """List the waits between tries, without those for turns."""
        return [seconds for seconds in self.clock.slept if seconds >= 0.5]


@pytest.fixture
async def line(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Line]:
    clock = HastyTime()
    breaker = Breaker(clock)
    pacer = Pacer(clock, breaker)
    fake = Loopback(clock.monotonic)
    async with fake.server() as server:
        monkeypatch.setattr(Route, "BASE", str(server.make_url("/")).rstrip("/"))
        loop = asyncio.get_running_loop()
        http = HTTPClient(loop, http_trace=trace_config(pacer, breaker), max_ratelimit_timeout=30)
        await http.static_login(TOKEN)
        yield Line(clock, breaker, pacer, http, Wire(http, pacer, clock, answer_within=0.2), fake)
        fake.never.set()
        pacer.close()
        await http.close()


async def test_a_message_goes_out_with_its_nonce(line: Line) -> None:
    assert await line.post("abc") == {"id": "100", "nonce": "abc"}
    (heard,) = line.discord.heard
    assert heard.body == {"flags": 1, "nonce": "abc", "enforce_nonce": True}
    assert (heard.method, heard.path) == ("POST", "channels/7/messages")
    assert heard.headers["Content-Type"] == "application/json"


async def test_files_go_along_and_again_on_the_next_try(line: Line) -> None:
    picture = bytes(range(256)) * 5_000
    line.discord.will(status(503), lost(effect=True), limiting(0.01))
    await line.post(files=(("streak.png", picture), ("plan “1”.csv", b"a,b")))
    assert len(line.discord.heard) == 4
    for heard in line.discord.heard:
        assert heard.body["nonce"] == "n1"
        assert heard.files["files[0]"] == ("streak.png", picture)
        assert heard.files["files[1]"] == ("plan “1”.csv", b"a,b")
    assert len(line.discord.messages) == 1


@pytest.mark.parametrize("effect", [False, True])
@pytest.mark.parametrize("number", [500, 502, 503, 504, 524])
async def test_faults_of_discord_are_outlasted(line: Line, number: int, effect: bool) -> None:
    line.discord.will(*[status(number, effect=effect)] * 4)
    assert await line.post() == {"id": "100", "nonce": "n1"}
    assert len(line.discord.messages) == 1
    assert line.waits == [1, 2, 4, 8]


@pytest.mark.parametrize("harsh", [False, True])
@pytest.mark.parametrize("effect", [False, True])
async def test_lost_connections_are_outlasted(line: Line, effect: bool, harsh: bool) -> None:
    line.discord.will(*[lost(effect=effect, harsh=harsh)] * 4)
    assert await line.post() == {"id": "100", "nonce": "n1"}
    assert len(line.discord.messages) == 1
    assert [heard.body["nonce"] for heard in line.discord.heard] == ["n1"] * 5


async def test_an_answer_that_never_comes_is_not_waited_for(line: Line) -> None:
    line.discord.will(silent)
    assert await line.post() == {"id": "100", "nonce": "n1"}
    assert len(line.discord.heard) == 2


@pytest.mark.parametrize("mood", [status(503), status(500, effect=True), lost(effect=True), lost(effect=False)])
async def test_in_the_end_nobody_knows(line: Line, mood: Mood) -> None:
    failed = await line.fail(*[mood] * 5)
    assert failed.trouble is Trouble.UNKNOWN
    assert len(line.discord.heard) == 5
    assert not line.discord.moods


async def test_doubt_stays_when_later_tries_cannot_even_begin(line: Line) -> None:
    assert (await line.fail(lost(effect=True), page(429, "no", {"Retry-After": "99"}))).trouble is (Trouble.UNKNOWN)


async def test_what_discord_forgets_is_not_relied_on(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.discord.wire.WAITS", (60.0, 60.0, 60.0))
    failed = await line.fail(lost(effect=True), lost(effect=False))
    assert failed.trouble is Trouble.UNKNOWN
    assert len(line.discord.heard) == 2


@pytest.mark.parametrize("mood", [status(500, effect=True), status(503), lost(effect=True)])
async def test_without_a_nonce_a_post_is_not_tried_twice(line: Line, mood: Mood) -> None:
    failed = await line.fail(mood, nonce="")
    assert failed.trouble is Trouble.UNKNOWN
    assert len(line.discord.heard) == 1


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", MESSAGES + "?limit=50&after=3"), ("PUT", "/channels/7/pins/9"), ("DELETE", MESSAGES + "/9")],
)
async def test_what_may_happen_twice_is_tried_again(line: Line, method: str, path: str) -> None:
    line.discord.will(status(503), lost(effect=True), status(500))
    await line.wire.send("club", method, path)
    assert [(heard.method, "/" + heard.path) for heard in line.discord.heard][-1] == (method, path)
    assert len(line.discord.heard) >= 4


async def test_opening_a_direct_channel_may_happen_twice(line: Line) -> None:
    line.discord.will(*[status(503)] * 5)
    with pytest.raises(PostFailed) as failed:
        await line.wire.send("club", "POST", "/users/@me/channels", body={"recipient_id": "5"})
    assert failed.value.trouble is Trouble.LATER
    assert len(line.discord.heard) == 5


async def test_a_discord_that_cannot_be_reached_is_tried_later(
    line: Line, monkeypatch: pytest.MonkeyPatch, unused_tcp_port: int
) -> None:
    monkeypatch.setattr(Route, "BASE", f"http://127.0.0.1:{unused_tcp_port}")
    for nonce in ("n1", ""):
        line.clock.slept.clear()
        failed = await line.fail(nonce=nonce)
        assert failed.trouble is Trouble.LATER
        assert "cannot be reached" in failed.detail
        assert line.waits == [1, 2, 4, 8]


@pytest.mark.parametrize(
    ("mood", "trouble"),
    [
        (refusing(404, 10003, "Unknown Channel"), Trouble.GONE),
        (refusing(404, 10008, "Unknown Message"), Trouble.GONE),
        (refusing(404, 0, "404: Not Found"), Trouble.REFUSED),
        (refusing(403, 50013, "Missing Permissions"), Trouble.FORBIDDEN),
        (refusing(403, 50001, "Missing Access"), Trouble.FORBIDDEN),
        (refusing(403, 50007, "Cannot send messages to this user"), Trouble.FORBIDDEN),
        (refusing(403, 10004, "Unknown Guild"), Trouble.EXPELLED),
        (refusing(404, 10004, "Unknown Guild"), Trouble.EXPELLED),
        (refusing(401, 0, "401: Unauthorized"), Trouble.EXPELLED),
        (refusing(400, 50035, "Invalid Form Body"), Trouble.REFUSED),
        (refusing(400, 50024, "Cannot execute action on this channel type"), Trouble.GONE),
        (refusing(400, 50083, "Thread is archived"), Trouble.GONE),
        (refusing(400, 200000, "Message was blocked by automatic moderation"), Trouble.FORBIDDEN),
        (refusing(413, 40005, "Request entity too large"), Trouble.REFUSED),
        (page(413, "<h1>request entity too large</h1>"), Trouble.REFUSED),
        (page(403, "<h1>error 1020</h1>"), Trouble.LATER),
        (page(404, "<h1>no such site</h1>"), Trouble.LATER),
        (page(302, "", {"Location": "https://example.org/"}), Trouble.LATER),
    ],
)
async def test_refusals_are_understood_and_not_repeated(line: Line, mood: Mood, trouble: Trouble) -> None:
    failed = await line.fail(mood)
    assert failed.trouble is trouble
    assert len(line.discord.heard) == 1
    assert line.waits == []


async def test_the_detail_says_what_discord_said(line: Line) -> None:
    assert (await line.fail(refusing(400, 50035, "Invalid Form Body"))).detail == "400/50035 Invalid Form Body"


async def test_a_channel_at_its_limit_takes_the_message_a_little_later(line: Line) -> None:
    line.discord.will(limiting(0.01), limiting(0.01))
    assert (await line.post())["nonce"] == "n1"
    times = [heard.at for heard in line.discord.heard]
    # discord.py's own repetitions wait for turns as well, and nobody else is stopped.
    assert times[1] - times[0] >= GAP - 1e-9
    assert times[2] - times[1] >= GAP - 1e-9
    assert line.clock.now - times[0] < 0.2


@pytest.mark.parametrize("mood", [limiting(0.08, everybody=True), limiting(0.08, {"X-RateLimit-Global": "true"})])
async def test_a_limit_of_the_whole_bot_stops_everything(line: Line, mood: Mood) -> None:
    line.discord.will(mood)
    posting = asyncio.ensure_future(line.post("n1"))
    await until(lambda: line.pacer.paused)
    await asyncio.gather(line.post("n2", channel=8), line.post("n3", channel=9), posting)
    times = [heard.at for heard in line.discord.heard]
    assert len(times) == 4
    assert times[1] >= times[0] + 0.08 - 1e-9
    assert len(line.discord.messages) == 3


async def test_a_long_limit_is_handed_back_with_its_wait(line: Line) -> None:
    failed = await line.fail(limiting(120, everybody=True))
    assert (failed.trouble, failed.wait) == (Trouble.LATER, 120)
    failed = await line.fail()
    assert failed.trouble is Trouble.LATER
    assert failed.wait == pytest.approx(120, abs=1)
    assert len(line.discord.heard) == 1


async def test_being_shut_out_before_discord_stops_everything(line: Line) -> None:
    failed = await line.fail(page(429, "error 1015", {"Retry-After": "600"}))
    assert (failed.trouble, failed.wait) == (Trouble.LATER, 600)
    assert line.pacer.paused


@pytest.mark.parametrize("said", ["nan", "soon", "-5", "1e999"])
async def test_a_strange_wait_is_not_believed(line: Line, said: str) -> None:
    failed = await line.fail(page(429, "error 1015", {"Retry-After": said}))
    assert failed.trouble is Trouble.LATER
    line.clock.now += 2
    assert not line.pacer.paused


async def test_refusals_trip_the_breaker_and_nothing_more_goes_out(line: Line) -> None:
    for _ in range(1_999):
        line.breaker.saw(403, paced=True)
    assert (await line.fail(refusing(403, 50013))).trouble is Trouble.FORBIDDEN
    failed = await line.fail()
    assert failed.trouble is Trouble.LATER
    assert failed.wait == pytest.approx(300, abs=1)
    assert len(line.discord.heard) == 1
    line.clock.now += 300
    began = line.clock.now
    await line.post()
    assert line.clock.now == began
    assert not line.breaker.open


async def test_a_limit_that_others_used_up_is_not_counted_as_ours(line: Line) -> None:
    line.discord.will(limiting(0.01, {"X-RateLimit-Scope": "shared"}))
    for _ in range(1_999):
        line.breaker.saw(403, paced=True)
    await line.post()
    assert not line.breaker.open


async def test_a_turn_that_was_kept_too_long_is_not_used(line: Line) -> None:
    attempt = Attempt(line.pacer, line.clock, "club")
    line.clock.now += 5
    await line.pacer.turn("other")
    began = line.clock.now
    await attempt.leave()
    assert line.clock.now - began == pytest.approx(GAP)


async def test_channels_do_not_wait_for_each_other(line: Line) -> None:
    line.discord.will(silent)
    stuck = asyncio.ensure_future(line.post("n1"))
    await until(lambda: bool(line.discord.heard))
    assert (await asyncio.wait_for(line.post("n2", channel=8), 5))["nonce"] == "n2"
    assert not stuck.done()
    await stuck


async def test_a_send_can_be_cancelled_and_the_next_one_goes_out(line: Line) -> None:
    line.discord.will(silent)
    stuck = asyncio.ensure_future(line.post("n1"))
    await until(lambda: bool(line.discord.heard))
    stuck.cancel()
    with pytest.raises(asyncio.CancelledError):
        await stuck
    assert (await asyncio.wait_for(line.post("n2"), 5))["nonce"] == "n2"
    assert line.pacer.waiting == 0


async def test_interactions_and_logins_need_no_turn(line: Line) -> None:
    line.pacer.close()
    line.discord.will(refusing(404, 10062))
    route = Route("POST", "/interactions/{webhook_id}/{webhook_token}/callback", webhook_id=1, webhook_token="t")
    with pytest.raises(discord.NotFound):
        await line.http.request(route, json={"type": 5})
    assert (await line.fail()).trouble is Trouble.LATER


async def test_before_and_after_the_connection_there_is_later(line: Line) -> None:
    await line.http.close()
    assert (await line.fail()).trouble is Trouble.LATER
    unconnected = Wire(HTTPClient(asyncio.get_running_loop()), line.pacer, line.clock)
    with pytest.raises(PostFailed) as failed:
        await unconnected.send("club", "GET", MESSAGES)
    assert failed.value.trouble is Trouble.LATER


@pytest.mark.parametrize(
    "mood",
    [refusing(400, 1, f"{'x' * 170} bad header Bot {TOKEN}"), refusing(401, 0, TOKEN), page(403, TOKEN), status(503)],
)
async def test_the_token_is_never_told(line: Line, mood: Mood, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    failed = await line.fail(*[mood] * 5)
    told = "".join(traceback.format_exception(failed)) + caplog.text + repr(failed) + failed.detail
    assert TOKEN not in told
    assert TOKEN[:20] not in told
    assert failed.__context__ is None
    assert all(heard.headers["Authorization"] == f"Bot {TOKEN}" for heard in line.discord.heard)


async def test_a_body_that_is_no_json_is_a_mistake_of_ours_and_not_hidden(line: Line) -> None:
    with pytest.raises(TypeError):
        await line.wire.send("club", "POST", MESSAGES, body={"flags": object()}, nonce="n1")
    assert line.discord.heard == []


def test_a_nonce_is_short_and_says_the_same_for_the_same() -> None:
    assert nonce_of("guild", "tip", "2026-11-21") == nonce_of("guild", "tip", "2026-11-21")
    assert nonce_of("a", "bc") != nonce_of("ab", "c")
    assert nonce_of("a,b") != nonce_of("a", "b")
    assert len(nonce_of("x" * 500, "ü")) == 24
