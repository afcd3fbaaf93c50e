"""The outbox keeps Slack's pace, and never sends twice what may have gone out."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import ClientSession, ClientTimeout, web
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.outbox import AT_ONCE, Outbox
from adapters.slack.rotation import NotRenewed
from bot.core.outgoing import PostFailed, Trouble
from tests.adapters.slack.loopback import Json, Loopback, loopback, says
from tests.adapters.slack.virtual_time import VirtualTime

POST = "chat.postMessage"
Answering = Callable[[Json], Awaitable[web.StreamResponse]]


@dataclass
class Desk:
    """An outbox over the wire, with time that the test owns."""

    slack: Loopback
    time: VirtualTime = field(default_factory=VirtualTime)
    seen: list[tuple[str, str, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.outbox = Outbox(self.time, self.time.sleep)
        self.answers(POST, says)

    def answers(self, method: str, *answers: Callable[[], web.Response]) -> None:
        """Let a method answer like this: each in its turn, the last for ever."""
        turns = list(answers)

        async def answer(body: Json) -> web.StreamResponse:
            self.seen.append((body.get("channel", ""), body.get("text", ""), self.time.seconds))
            return (turns.pop(0) if len(turns) > 1 else turns[0])()

        self.slack.handlers[method] = answer

    async def post(self, channel: str, text: str = "x", *, workspace: str = "T1", **more: Any) -> Any:
        client: AsyncWebClient = more.pop("client", None) or self.slack.client()
        call = self.time.request(lambda: client.chat_postMessage(channel=channel, text=text))
        return await self.outbox.send(workspace, POST, call, channel=channel, **more)

    async def fails(self, **more: Any) -> PostFailed:
        (error,) = await self.time.run(self.post("C1", **more))
        assert isinstance(error, PostFailed)
        return error

    def moments(self, channel: str) -> list[float]:
        return [moment - 100.0 for where, _, moment in self.seen if where == channel]


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with loopback() as slack:
        yield Desk(slack)


def limited(seconds: str | None, status: int = 429) -> Callable[[], web.Response]:
    def answer() -> web.Response:
        response = says("ratelimited", status)
        if seconds is not None:
            response.headers["Retry-After"] = seconds
        return response

    return answer


# The pace


async def test_a_channel_gets_one_message_a_second_in_order(desk: Desk) -> None:
    await desk.time.run(*(desk.post("C1", str(n)) for n in range(4)))
    assert desk.moments("C1") == [0.0, 1.0, 2.0, 3.0]
    assert [text for _, text, _ in desk.seen] == ["0", "1", "2", "3"]


async def test_channels_do_not_wait_for_each_other(desk: Desk) -> None:
    await desk.time.run(*(desk.post(f"C{n % 2}", str(n)) for n in range(6)))
    assert desk.moments("C0") == desk.moments("C1") == [0.0, 1.0, 2.0]


async def test_what_goes_into_no_channel_goes_at_once(desk: Desk) -> None:
    desk.answers("views.publish", says)
    client = desk.slack.client()
    publish = desk.time.request(lambda: client.views_publish(user_id="U1", view={"type": "home", "blocks": []}))
    await desk.time.run(*(desk.outbox.send("T1", "views.publish", publish) for _ in range(20)))
    assert desk.moments("") == [0.0] * 20


async def test_only_a_few_are_under_way_at_once(desk: Desk) -> None:
    under_way, most = 0, 0
    open_ = asyncio.Event()

    async def slow(body: Json) -> web.StreamResponse:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        if most == AT_ONCE:
            open_.set()
        await open_.wait()
        under_way -= 1
        return says()

    desk.slack.handlers[POST] = slow
    await desk.time.run(*(desk.post(f"C{n}") for n in range(20)))
    assert most == AT_ONCE


async def test_a_busy_workspace_does_not_hold_up_another(desk: Desk) -> None:
    held = asyncio.Event()

    async def answer(body: Json) -> web.StreamResponse:
        if body["text"] == "many":
            await held.wait()
        return says(ts="1.0")

    desk.slack.handlers[POST] = answer
    many = [asyncio.ensure_future(desk.post(f"C{n}", "many")) for n in range(50)]
    one = await desk.post("C1", "one", workspace="T2")
    assert one["ts"] == "1.0"
    assert not any(task.done() for task in many)
    held.set()
    answers = await desk.time.run(*many)
    assert not [one for one in answers if isinstance(one, Exception)]


# Where Slack asks to wait


@pytest.mark.parametrize(
    ("answer", "wait"),
    [
        (limited("7"), 7.0),
        (limited("7", status=200), 7.0),
        (limited("0"), 1.0),
        (limited(None), 5.0),
        (limited("soon"), 5.0),
        (limited("nan"), 5.0),
        (lambda: web.Response(status=429, text="slow down", headers={"Retry-After": "7"}), 7.0),
        (lambda: web.Response(status=429, text="{", content_type="application/json"), 5.0),
    ],
)
async def test_a_message_that_was_too_fast_goes_out_when_slack_allows(
    desk: Desk, answer: Callable[[], web.Response], wait: float
) -> None:
    desk.answers(POST, answer, lambda: says(ts="1.0"))
    (sent,) = await desk.time.run(desk.post("C1"))
    assert sent["ts"] == "1.0"
    assert desk.moments("C1") == [0.0, wait]


async def test_the_whole_lane_waits_and_keeps_its_order(desk: Desk) -> None:
    desk.answers(POST, limited("9"), says)
    desk.answers("chat.update", says)
    client = desk.slack.client()
    update = desk.time.request(lambda: client.chat_update(channel="C3", ts="1.0", text="x"))
    await desk.time.run(desk.post("C1", "1", patience=0.0))
    await desk.time.run(
        desk.post("C1", "2"),
        desk.post("C1", "3"),
        desk.post("C2", "4"),
        desk.outbox.send("T1", "chat.update", update),
        desk.post("C2", "5", workspace="T2"),
    )
    assert sorted((text, moment - 100.0) for _, text, moment in desk.seen if text != "x") == [
        ("1", 0.0),
        ("2", 9.0),
        ("3", 10.0),
        ("4", 9.0),
        ("5", 0.0),  # another workspace
    ]
    assert desk.moments("C3") == [0.0]  # another method


async def test_whoever_has_no_patience_is_told_how_long_it_takes(desk: Desk) -> None:
    desk.answers(POST, limited("60"), says)
    error = await desk.fails(patience=30.0)
    assert (error.trouble, error.wait) == (Trouble.LATER, 60.0)
    assert desk.moments("C1") == [0.0]
    error = await desk.fails(patience=30.0)
    assert error.trouble is Trouble.LATER
    assert len(desk.seen) == 1  # it did not begin
    (sent,) = await desk.time.run(desk.post("C1", patience=120.0))
    assert sent["ok"]


async def test_a_long_queue_is_refused_instead_of_kept(desk: Desk) -> None:
    answers = await desk.time.run(*(desk.post("C1", patience=3.0) for _ in range(10)))
    assert [isinstance(one, PostFailed) for one in answers] == [False] * 4 + [True] * 6
    assert desk.moments("C1") == [0.0, 1.0, 2.0, 3.0]


async def test_whoever_leaves_the_queue_sends_nothing(desk: Desk) -> None:
    tasks = [asyncio.ensure_future(desk.post("C1", str(n))) for n in range(3)]
    await asyncio.sleep(0)
    tasks[1].cancel()
    await desk.time.run(tasks[0], tasks[2])
    assert [text for _, text, _ in desk.seen] == ["0", "2"]


# What may have gone out


async def test_a_connection_that_dies_after_slack_took_it_is_unknown_and_not_tried_again(desk: Desk) -> None:
    taken: list[Json] = []

    async def die(body: Json) -> web.StreamResponse:
        taken.append(body)
        raise ConnectionResetError

    desk.slack.handlers[POST] = _hanging_up(die)
    error = await desk.fails()
    assert error.trouble is Trouble.UNKNOWN
    assert len(taken) == 1


async def test_an_answer_that_never_comes_is_unknown(desk: Desk) -> None:
    never = asyncio.Event()

    async def wait(body: Json) -> web.StreamResponse:
        await never.wait()
        return says()

    desk.slack.handlers[POST] = wait
    async with ClientSession(timeout=ClientTimeout(total=0.05)) as hasty:
        client = AsyncWebClient(token="x", base_url=desk.slack.base_url, session=hasty, retry_handlers=[])
        error = await desk.fails(client=client)
    never.set()
    assert error.trouble is Trouble.UNKNOWN
    assert len(desk.slack.asked) == 1


@pytest.mark.parametrize(
    "answer",
    [
        lambda: web.Response(status=502, text="<html>", content_type="text/html"),
        lambda: web.Response(status=500, text="oops"),
        lambda: web.Response(status=200, text="oops"),
        lambda: web.Response(status=200, text="{", content_type="application/json"),
        lambda: web.Response(status=200, text="<html>", content_type="text/html"),
        lambda: web.json_response([1]),
        lambda: says("something_new", 503),
        lambda: says("fatal_error"),
        lambda: says("internal_error", 500),
    ],
)
async def test_half_an_answer_is_unknown(desk: Desk, answer: Callable[[], web.Response]) -> None:
    desk.answers(POST, answer)
    error = await desk.fails()
    assert error.trouble is Trouble.UNKNOWN
    assert len(desk.seen) == 1


async def test_what_does_no_harm_twice_is_tried_again(desk: Desk) -> None:
    desk.answers("chat.update", lambda: says("fatal_error"), lambda: says(ts="2.0"))
    client = desk.slack.client()
    update = desk.time.request(lambda: client.chat_update(channel="C1", ts="1.0", text="x"))
    (sent,) = await desk.time.run(desk.outbox.send("T1", "chat.update", update, channel="C1", harmless=True))
    assert sent["ts"] == "2.0"
    desk.answers("chat.update", lambda: says("fatal_error"))
    before = len(desk.seen)
    (error,) = await desk.time.run(desk.outbox.send("T1", "chat.update", update, channel="C1", harmless=True))
    assert error.trouble is Trouble.UNKNOWN
    assert len(desk.seen) - before == 4


# Where surely nothing happened


async def test_where_nobody_listens_it_is_tried_again_and_then_later(desk: Desk) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{closed.getsockname()[1]}/api/"
        client = AsyncWebClient(token="x", base_url=nobody, session=desk.slack.session, retry_handlers=[])
        error = await desk.fails(client=client)
    assert error.trouble is Trouble.LATER
    assert desk.time.seconds - 100.0 == 7.0  # 1, 2 and 4 seconds


async def test_what_comes_back_after_a_moment_is_not_noticed(desk: Desk) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{closed.getsockname()[1]}/api/"
        gone = AsyncWebClient(token="x", base_url=nobody, session=desk.slack.session, retry_handlers=[])
        clients = iter([gone, gone, desk.slack.client()])
        post = desk.time.request(lambda: next(clients).chat_postMessage(channel="C1", text="x"))
        (answer,) = await desk.time.run(desk.outbox.send("T1", POST, post, channel="C1"))
    assert answer["ok"]
    assert desk.moments("C1") == [3.0]


# What Slack says


@pytest.mark.parametrize(
    ("code", "trouble"),
    [
        ("channel_not_found", Trouble.GONE),
        ("is_archived", Trouble.GONE),
        ("user_not_found", Trouble.GONE),
        ("not_in_channel", Trouble.FORBIDDEN),
        ("restricted_action", Trouble.FORBIDDEN),
        ("restricted_action_read_only_channel", Trouble.FORBIDDEN),
        ("restricted_action_thread_only_channel", Trouble.FORBIDDEN),
        ("missing_scope", Trouble.FORBIDDEN),
        ("account_inactive", Trouble.EXPELLED),
        ("token_revoked", Trouble.EXPELLED),
        ("invalid_auth", Trouble.EXPELLED),
        ("service_unavailable", Trouble.LATER),
        ("request_timeout", Trouble.LATER),
        ("token_expired", Trouble.LATER),
        ("internal_error", Trouble.UNKNOWN),
        ("fatal_error", Trouble.UNKNOWN),
        ("invalid_blocks", Trouble.REFUSED),
        ("msg_too_long", Trouble.REFUSED),
        ("a_code_of_tomorrow", Trouble.REFUSED),
    ],
)
async def test_slack_s_codes_say_what_to_do_next(desk: Desk, code: str, trouble: Trouble) -> None:
    desk.answers(POST, lambda: says(code))
    error = await desk.fails()
    assert (error.trouble, error.detail) == (trouble, code)
    assert len(desk.seen) == 1


async def test_what_slack_says_beside_its_code_is_kept_for_the_log(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.answers(POST, lambda: says("invalid_blocks", response_metadata={"messages": ["[ERROR] too long"]}))
    assert (await desk.fails()).detail == "invalid_blocks: [ERROR] too long"
    assert "too long" in caplog.text
    desk.answers(POST, lambda: says("missing_scope", needed="chat:write"))
    assert (await desk.fails()).detail == "missing_scope: chat:write"


async def test_a_page_of_a_proxy_is_no_word_of_slack_s(desk: Desk) -> None:
    desk.answers(POST, lambda: web.Response(status=404, text="<html>", content_type="text/html"))
    error = await desk.fails()
    assert (error.trouble, error.detail) == (Trouble.REFUSED, "HTTP 404")


def _hanging_up(handler: Answering) -> Answering:
    """Make a handler whose connection dies in its middle."""

    class Dead(web.StreamResponse):
        async def prepare(self, request: web.BaseRequest) -> None:
            if request.transport is not None:
                request.transport.abort()

    async def hang_up(body: Json) -> web.StreamResponse:
        try:
            return await handler(body)
        except ConnectionResetError:
            return Dead()

    return hang_up


@pytest.mark.parametrize(
    ("code", "trouble"),
    [("invalid_refresh_token", Trouble.EXPELLED), ("ServerDisconnectedError", Trouble.LATER)],
)
async def test_a_key_that_could_not_be_renewed_sends_nothing(desk: Desk, code: str, trouble: Trouble) -> None:
    async def attempt() -> None:
        raise NotRenewed(code)

    (error,) = await desk.time.run(desk.outbox.send("T1", POST, attempt, channel="C1"))
    assert (error.trouble, error.detail) == (trouble, code)
