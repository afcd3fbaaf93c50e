"""A tiny bolt app that uses everything once: it shows that the platform works, and how to connect to it."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from typing import Any, Literal

from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack.world import FakeSlack

Json = dict[str, Any]
Mode = Literal["socket", "http"]
EVENTS = "/slack/events"


def plain(words: str) -> Json:
    return {"type": "plain_text", "text": words}


def section(words: str) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": words}}


def button(words: str, action: str, **more: Any) -> Json:
    return {"type": "button", "text": plain(words), "action_id": action, "value": action, **more}


def option(words: str) -> Json:
    return {"text": plain(words), "value": words.lower()}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def field(name: str, element: Json, *, optional: bool = False) -> Json:
    return {
        "type": "input",
        "block_id": f"f:{name}",
        "label": plain(name.title()),
        "optional": optional,
        "element": {"action_id": name, **element},
    }


def modal(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": plain("A form"), "callback_id": "form", "blocks": list(blocks), **more}


FORM = modal(
    field("answer", {"type": "plain_text_input", "max_length": 50}),
    field("level", {"type": "static_select", "options": [option("Easy"), option("Hard")]}, optional=True),
    field("topic", {"type": "external_select", "min_query_length": 0}, optional=True),
    field("file", {"type": "file_input", "max_files": 1}, optional=True),
    submit=plain("Send"),
    notify_on_close=True,
)
CARD = [
    section("Pick *one* &amp; go"),
    actions(
        button("Change", "change"),
        button("Remove", "remove"),
        button("Form", "form"),
        button("Read", "read", url="https://example.org/"),
    ),
    actions({"type": "static_select", "action_id": "level", "options": [option("Easy"), option("Hard")]}),
    actions({"type": "conversations_select", "action_id": "where"}),
]


def tiny_app(world: FakeSlack, token: str | None, **more: Any) -> AsyncApp:
    """Build an app whose commands each try one thing."""
    client = AsyncWebClient(token=token, base_url=world.api_url, retry_handlers=[])
    app = AsyncApp(client=client, signing_secret=world.app.signing_secret, process_before_response=True, **more)
    _commands(app)
    _buttons(app)
    _forms(app)
    _events(app)
    return app


def _commands(app: AsyncApp) -> None:
    @app.command("/mentor")
    async def mentor(ack: Any, command: Json, client: AsyncWebClient, respond: Any) -> None:
        word = command["text"].partition(" ")[0]
        if word == "form":
            await ack()
            await client.views_open(trigger_id=command["trigger_id"], view=FORM)
        elif word == "slowform":
            await ack()
            loading = modal(section("One moment…"))
            opened = await client.views_open(trigger_id=command["trigger_id"], view=loading)
            await client.views_update(view_id=opened["view"]["id"], view=FORM)
        elif word == "card":
            await ack()
            await respond(text="Pick one", blocks=CARD)
        elif word == "public":
            await ack(text="For all", response_type="in_channel", blocks=CARD)
        elif word != "silent":
            await ack(f"You typed {command['text']}")


def _buttons(app: AsyncApp) -> None:
    @app.action("change")
    async def change(ack: Any, respond: Any) -> None:
        await ack()
        await respond(text="Changed", replace_original=True, blocks=[section("Changed")])
        await respond(text="And a note")

    @app.action("remove")
    async def remove(ack: Any, respond: Any) -> None:
        await ack()
        await respond(delete_original=True)

    @app.action("read")
    async def read(ack: Any) -> None:
        await ack()

    @app.action("form")
    async def form(ack: Any, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)

    @app.action("level")
    async def level(ack: Any, action: Json, respond: Any) -> None:
        await ack()
        await respond(f"Level {action['selected_option']['value']}")

    @app.action("where")
    async def where(ack: Any, action: Json, respond: Any) -> None:
        await ack()
        await respond(f"In {action['selected_conversation']}")

    @app.action("refresh")
    async def refresh(ack: Any, body: Json, client: AsyncWebClient) -> None:
        await ack()
        user, version = body["user"]["id"], body["view"]["hash"]
        await client.views_publish(user_id=user, hash=version, view={"type": "home", "blocks": [section("Fresh")]})


def _forms(app: AsyncApp) -> None:
    @app.options("topic")
    async def topic(ack: Any, payload: Json) -> None:
        await ack(options=[option(f"{payload['value']} {kind}".strip()) for kind in ("Math", "Code")])

    @app.view("form")
    async def sent(ack: Any, body: Json, view: Json, client: AsyncWebClient) -> None:
        values = view["state"]["values"]
        answer = values["f:answer"]["answer"]["value"]
        if answer == "wrong":
            await ack(response_action="errors", errors={"f:answer": "Please try again."})
        elif answer == "more":
            await ack(response_action="push", view=modal(section("On top")))
        elif answer == "shown":
            await ack(response_action="update", view=modal(section("Thank you")))
        else:
            await ack()
            files = [one["name"] for one in values["f:file"]["file"]["files"]]
            topic = (values["f:topic"]["topic"].get("selected_option") or {}).get("value")
            await client.chat_postMessage(channel=body["user"]["id"], text=f"Got {answer}, {topic}, {files}")

    @app.view_closed("form")
    async def closed(ack: Any) -> None:
        await ack()

    @app.shortcut("ask")
    async def ask(ack: Any, shortcut: Json, respond: Any) -> None:
        await ack()
        await respond(f"About: {shortcut['message']['text']}")


def _events(app: AsyncApp) -> None:
    @app.event("app_mention")
    async def mentioned(event: Json, say: Any) -> None:
        await say(text=f"Heard: {event['text']}", thread_ts=event.get("thread_ts") or event["ts"])

    @app.event("message")
    async def written(event: Json, say: Any) -> None:
        await say(f"You wrote {event['text']} with {len(event.get('files', []))} files")

    @app.event("app_home_opened")
    async def home(event: Json, client: AsyncWebClient) -> None:
        if event["tab"] == "home":
            blocks = [section("Welcome home"), actions(button("Refresh", "refresh"))]
            await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    for name in ("app_uninstalled", "tokens_revoked", "member_joined_channel"):
        app.event(name)(_nothing)


async def _nothing() -> None:
    """Listen only, so that the event is acknowledged."""


@contextlib.asynccontextmanager
async def running(world: FakeSlack, app: AsyncApp, mode: Mode) -> AsyncIterator[str]:
    """Connect an app in one mode or the other, until the block ends; give its address, if it has one."""
    if mode == "socket":
        handler = AsyncSocketModeHandler(app, world.app_token, ping_interval=0.2)
        await handler.connect_async()  # type: ignore[no-untyped-call]
        await world.sockets.connected()
        try:
            yield ""
        finally:
            await handler.close_async()  # type: ignore[no-untyped-call]
        return
    runner = web.AppRunner(_site(app), access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    address = f"http://{host}:{port}"
    world.listens_at(f"{address}{EVENTS}")
    try:
        yield address
    finally:
        await runner.cleanup()


def _site(app: AsyncApp) -> web.Application:
    site = app.web_app(path=EVENTS)
    site._client_max_size = 64 * 2**20
    return site
