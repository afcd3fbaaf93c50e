"""Payloads as Slack sends them, and a small vocabulary to meet them with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any

from adapters.slack.parse import Envelope, Happening, call_of
from bot.core.calls import Call, Speaker
from bot.core.context import Ctx
from bot.core.declare import On, Shortcut, action, command, form
from bot.core.markup import Markdown
from bot.core.params import Arg, Channel, Member, Upload
from bot.core.registry import Registry
from bot.core.reply import Reply
from bot.models import Handle, Place

DONE = Reply(Markdown("Done."))
SPEAKER = Speaker(Handle("slack", "T1", "U1"), "Ada", Place("slack", "T1"))

_ASK = Shortcut("Ask the mentors", On.MESSAGE, "question")
_KEEP = Shortcut("Save as suggestion", On.MESSAGE, "text", {"kind": "faq"})
_SHOW = Shortcut("Show progress", On.MEMBER, "member")


@command("help", summary="See what I can do", section="Start here")
async def help_(ctx: Ctx, name: Annotated[str | None, Arg("Of what", rest=True)] = None) -> Reply:
    return DONE


@command("start", summary="Begin here", section="Start here")
async def start(ctx: Ctx) -> Reply:
    return DONE


@command("tip", summary="Read a tip", section="Learn")
async def tip(ctx: Ctx, topic: Annotated[str | None, Arg("About what", rest=True)] = None) -> Reply:
    return DONE


@command("faq", summary="Ask a question", section="Learn", shortcuts=(_ASK,))
async def faq(ctx: Ctx, question: Annotated[str, Arg("What", rest=True)]) -> Reply:
    return DONE


@command("suggest", summary="Suggest something", section="Learn", shortcuts=(_KEEP,))
async def suggest(ctx: Ctx, kind: Annotated[str, Arg("Which")], text: Annotated[str, Arg("What", rest=True)]) -> Reply:
    return DONE


@command("progress", summary="See how far somebody is", section="Keep going", shortcuts=(_SHOW,))
async def progress(ctx: Ctx, member: Annotated[Member | None, Arg("Who")] = None) -> Reply:
    return DONE


@command("path list", summary="List the paths", section="Learn")
async def path_list(ctx: Ctx) -> Reply:
    return DONE


@command("challenge submit", summary="Send your answer", section="Together")
async def submit(ctx: Ctx, file: Annotated[Upload | None, Arg("Your answer")] = None) -> Reply:
    return DONE


@action("tip.more")
async def more(ctx: Ctx, topic: str, level: str = "") -> Reply:
    return DONE


@form("plan", title="Plan")
async def plan(
    ctx: Ctx,
    path: str,
    what: Annotated[str, Arg("What")],
    who: Annotated[Member | None, Arg("Who")] = None,
    where: Annotated[Channel | None, Arg("Where")] = None,
    loud: Annotated[bool, Arg("Aloud")] = False,
    paper: Annotated[Upload | None, Arg("Which")] = None,
) -> Reply:
    return DONE


REGISTRY = Registry([help_, start, tip, faq, suggest, progress, path_list, submit, more, plan])

Json = dict[str, Any]

TOKEN = more.at(topic="python")
FORM = plan.at(path="ml")
KINDS: tuple[Happening, ...] = ("slash", "action", "view", "shortcut", "mention", "message", "suggestion")


async def no_bytes(address: str, most: int) -> bytes:
    return b""


def read(kind: Happening, payload: Mapping[str, Any], *, root: str = "mentor") -> Call:
    return call_of(Envelope(kind, payload, SPEAKER, no_bytes), REGISTRY, root=root)


def slash(text: str, command: str = "/mentor") -> Json:
    """A slash command: a flat form, where everything is text."""
    return {
        "token": "x",
        "team_id": "T1",
        "team_domain": "guild",
        "channel_id": "C1",
        "channel_name": "general",
        "user_id": "U1",
        "user_name": "ada",
        "command": command,
        "text": text,
        "api_app_id": "A1",
        "is_enterprise_install": "false",
        "response_url": "https://hooks.example/1",
        "trigger_id": "13345224609.738474920.8088930838",
    }


def pressed(element: Json, *, trigger_id: str = "1.2.3") -> Json:
    return {
        "type": "block_actions",
        "user": {"id": "U1", "username": "ada", "name": "ada", "team_id": "T1"},
        "api_app_id": "A1",
        "container": {"type": "message", "message_ts": "1700000000.000100", "channel_id": "C1", "is_ephemeral": False},
        "trigger_id": trigger_id,
        "team": {"id": "T1", "domain": "guild"},
        "enterprise": None,
        "is_enterprise_install": False,
        "channel": {"id": "C1", "name": "general"},
        "message": {"type": "message", "ts": "1700000000.000100", "thread_ts": "1700000000.000001"},
        "response_url": "https://hooks.example/2",
        "actions": [{"block_id": "b1", "action_ts": "1700000001.000200", **element}],
    }


def submitted(values: Mapping[str, Json], *, token: str, hash_: str = "156.abc", url: str = "") -> Json:
    return {
        "type": "view_submission",
        "team": {"id": "T1", "domain": "guild", "enterprise_id": "E1", "enterprise_name": "Org"},
        "user": {"id": "U1", "username": "ada", "name": "ada", "team_id": "T1"},
        "api_app_id": "A1",
        "trigger_id": "4.5.6",
        "view": {
            "id": "V1",
            "team_id": "T1",
            "type": "modal",
            "callback_id": "form",
            "private_metadata": json.dumps({"token": token, "url": url, "born": 1.5}),
            "state": {"values": {f"f:{name}": {name: element} for name, element in values.items()}},
            "hash": hash_,
            "app_installed_team_id": "T1",
        },
        "response_urls": [],
        "is_enterprise_install": False,
        "enterprise": {"id": "E1", "name": "Org"},
    }


def shortcut(label: str, text: str) -> Json:
    return {
        "type": "message_action",
        "callback_id": label,
        "trigger_id": "7.8.9",
        "message_ts": "1700000000.000100",
        "response_url": "https://hooks.example/3",
        "team": {"id": "T1", "domain": "guild"},
        "channel": {"id": "C1", "name": "general"},
        "user": {"id": "U1", "name": "ada"},
        "message": {"type": "message", "user": "U2", "ts": "1700000000.000100", "text": text},
    }


def event(text: str, type_: str = "app_mention", **more_: Any) -> Json:
    return {
        "token": "x",
        "team_id": "T1",
        "api_app_id": "A1",
        "type": "event_callback",
        "event_id": "Ev1",
        "event_time": 1700000000,
        "is_ext_shared_channel": False,
        "authorizations": [
            {"enterprise_id": None, "team_id": "T1", "user_id": "UBOT", "is_bot": True, "is_enterprise_install": False}
        ],
        "event": {
            "type": type_,
            "user": "U1",
            "text": text,
            "ts": "1700000000.000100",
            "event_ts": "1700000000.000100",
            "channel": "C1",
            "team": "T1",
            **more_,
        },
    }


def file(**more_: Any) -> Json:
    return {
        "id": "F1",
        "name": "answer.csv",
        "size": 12,
        "mimetype": "text/csv",
        "url_private": "https://files.example/F1",
        "url_private_download": "https://files.example/F1/download",
        **more_,
    }


def text(value: str) -> Json:
    return {"type": "plain_text_input", "value": value}


PAYLOADS: list[tuple[Happening, Json]] = [
    ("slash", slash("tip")),
    ("action", pressed({"type": "button", "value": TOKEN, "action_id": "x"})),
    ("action", pressed({"type": "button", "value": TOKEN, "action_id": "x"}, trigger_id="")),
    ("view", submitted({"what": text("x")}, token=FORM)),
    ("shortcut", shortcut("Ask the mentors", "x")),
    ("mention", event("tip")),
    ("message", event("tip") | {"event_id": None}),
    ("slash", {"text": "tip"}),
    ("slash", slash("tip") | {"trigger_id": "x" * 5000}),
    ("slash", slash("tip") | {"trigger_id": "\ud800"}),
]
