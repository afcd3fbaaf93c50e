"""Every kind of payload becomes a call, and junk becomes a word to its sender."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.slack.parse import Completing, Envelope, call_of, completing, is_link, is_spoken
from bot.core.calls import Chosen, Pressed, Source, Typed
from bot.core.errors import Outdated, UserError
from bot.core.params import Channel, Member, Upload
from bot.core.resolve import resolve
from tests.adapters.slack.sent import (
    FORM,
    REGISTRY,
    SPEAKER,
    TOKEN,
    Json,
    event,
    file,
    pressed,
    read,
    shortcut,
    slash,
    submitted,
    text,
)

# Slash commands


@pytest.mark.parametrize(
    ("command", "typed", "line"),
    [
        ("/mentor", "tip python", "tip python"),
        ("/mentor", "", "help"),
        ("/mentor", "   ", "help"),
        ("/mentor", "progress <@U2|bo>", "progress @U2"),
        ("/mentor-tip", "python", "tip python"),
        ("/mentor-tip", "", "tip"),
        ("/other", "tip", "tip"),
    ],
)
def test_a_slash_command_is_a_line(command: str, typed: str, line: str) -> None:
    call = read("slash", slash(typed, command))
    assert (call.source, call.target, call.speaker) == (Source.SLASH, Typed(line), SPEAKER)


def test_the_name_of_the_root_may_hold_a_hyphen() -> None:
    assert read("slash", slash("python", "/ml-mentor"), root="ml-mentor").target == Typed("python")
    assert read("slash", slash("python", "/ml-mentor-tip"), root="ml-mentor").target == Typed("tip python")


def test_a_named_member_arrives_at_the_command() -> None:
    _, raw = resolve(read("slash", slash("progress <@U2|bo>")), REGISTRY)
    assert raw == {"member": "@U2"}


# Buttons and selects


def test_a_button_brings_its_token_back() -> None:
    call = read("action", pressed({"type": "button", "action_id": TOKEN, "value": TOKEN}))
    assert (call.source, call.target) == (Source.BUTTON, Pressed(TOKEN))
    call = read("action", pressed({"type": "button", "action_id": TOKEN}))
    assert call.target == Pressed(TOKEN)


@pytest.mark.parametrize("kind", ["static_select", "external_select"])
def test_a_select_brings_its_token_and_the_choice(kind: str) -> None:
    element = {"type": kind, "action_id": TOKEN, "selected_option": {"value": "b", "text": {"text": "B"}}}
    call = read("action", pressed(element))
    assert (call.source, call.target) == (Source.SELECT, Pressed(TOKEN, picked=("b",)))


def test_an_action_without_a_token_is_from_an_older_message() -> None:
    with pytest.raises(Outdated):
        read("action", pressed({"type": "button"}))
    with pytest.raises(Outdated):
        read("action", {"actions": []})


@pytest.mark.parametrize(
    ("element", "link"),
    [
        ({"type": "button", "action_id": "link:0.1", "url": "https://a.example"}, True),
        ({"type": "button", "action_id": "link:0.1"}, True),
        ({"type": "button", "action_id": TOKEN, "value": TOKEN}, False),
    ],
)
def test_a_button_that_is_a_link_asks_nothing_of_us(element: Json, link: bool) -> None:
    assert is_link(pressed(element)) is link


# Forms


def test_a_form_brings_what_was_filled_in() -> None:
    payload = submitted(
        {
            "what": text("a & b <c>"),
            "who": {"type": "users_select", "selected_user": "U2"},
            "where": {"type": "channels_select", "selected_channel": "C2"},
            "day": {"type": "datepicker", "selected_date": "2026-11-21"},
            "length": text("45m"),
            "loud": {"type": "checkboxes", "selected_options": [{"value": "yes"}]},
            "level": {"type": "static_select", "selected_option": {"value": "easy"}},
            "topic": {"type": "external_select", "selected_option": {"value": "python"}},
            "size": {"type": "number_input", "value": "3"},
            "at": {"type": "timepicker", "selected_time": "09:30"},
            "room": {"type": "conversations_select", "selected_conversation": "C3"},
            "paper": {"type": "file_input", "files": [file()]},
        },
        token=FORM,
    )
    call = read("view", payload)
    assert isinstance(call.target, Pressed)
    fields = dict(call.target.fields)
    paper = fields.pop("paper")
    assert isinstance(paper, Upload)
    assert (paper.name, paper.size) == ("answer.csv", 12)
    assert (call.source, call.target.token) == (Source.FORM, FORM)
    assert fields == {
        "what": "a & b <c>",
        "who": Member("U2"),
        "where": Channel("C2"),
        "day": "2026-11-21",
        "length": "45m",
        "loud": True,
        "level": "easy",
        "topic": "python",
        "size": "3",
        "at": "09:30",
        "room": Channel("C3"),
    }


def test_what_was_left_empty_is_left_out() -> None:
    empty: dict[str, Json] = {
        "what": {"type": "plain_text_input", "value": None},
        "who": {"type": "users_select", "selected_user": None},
        "day": {"type": "datepicker", "selected_date": None},
        "level": {"type": "static_select", "selected_option": None},
        "paper": {"type": "file_input", "files": []},
    }
    assert read("view", submitted(empty, token=FORM)).target == Pressed(FORM)


def test_a_box_without_a_tick_says_no() -> None:
    payload = submitted({"loud": {"type": "checkboxes", "selected_options": []}}, token=FORM)
    assert read("view", payload).target == Pressed(FORM, fields={"loud": False})


def test_blocks_that_are_no_fields_are_passed_over() -> None:
    payload = submitted({}, token=FORM)
    payload["view"]["state"]["values"]["other"] = {"x": text("y")}
    assert read("view", payload).target == Pressed(FORM)


@pytest.mark.parametrize("metadata", ["", "{", "[]", '{"token": 3}', "null", "[" * 100_000])
def test_a_form_without_a_token_is_outdated(metadata: str) -> None:
    payload = submitted({}, token=FORM)
    payload["view"]["private_metadata"] = metadata
    with pytest.raises(Outdated):
        read("view", payload)


def test_a_field_with_suggestions_says_what_is_typed() -> None:
    payload = submitted({}, token=FORM) | {
        "type": "block_suggestion",
        "block_id": "f:what",
        "action_id": "what",
        "value": "pyth",
    }
    assert completing(payload) == Completing("plan", "what", "pyth")
    del payload["value"]
    assert completing(payload) == Completing("plan", "what", "")
    assert completing({}) is None
    with pytest.raises(UserError):
        read("suggestion", payload)


# Shortcuts


def test_a_shortcut_takes_the_text_of_its_message() -> None:
    call = read("shortcut", shortcut("Ask the mentors", "why &lt;3 <https://a.example|trees>?"))
    asked = Chosen("faq", {"question": "why <3 trees (https://a.example)?"})
    assert (call.source, call.target) == (Source.SHORTCUT, asked)


def test_a_shortcut_gives_what_it_was_declared_with() -> None:
    call = read("shortcut", shortcut("Save as suggestion", "Use a seed."))
    assert call.target == Chosen("suggest", {"kind": "faq", "text": "Use a seed."})
    assert resolve(call, REGISTRY)[0].name == "suggest"


def test_a_message_without_words_leaves_the_form_to_ask() -> None:
    assert read("shortcut", shortcut("Ask the mentors", " ")).target == Chosen("faq", {})


def test_a_shortcut_that_is_gone_is_outdated() -> None:
    with pytest.raises(Outdated):
        read("shortcut", shortcut("Dance", "x"))


# Mentions and direct messages


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("<@UBOT> tip python", "tip python"),
        ("<@UBOT>", "help"),
        ("<@UBOT> Tip", "Tip"),
        ("<@UBOT> progress <@U2>", "progress @U2"),
        ("<@UBOT> start", "start"),
        ("<@UBOT> path list", "path list"),
        ("<@UBOT> path", "path"),
        ("<@UBOT> /tipp", "/tipp"),
    ],
)
def test_a_mention_with_a_command_is_that_command(said: str, line: str) -> None:
    call = read("mention", event(said))
    assert (call.source, call.target) == (Source.MENTION, Typed(line))


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("<@UBOT> how much math?", "how much math?"),
        ("hey <@UBOT>, how much math?", "hey how much math?"),
        ('say "yes', 'say "yes'),
        ("quetsion: why?", "quetsion: why?"),
        ("start a study group?", "start a study group?"),
        ("path finding with a star?", "path finding with a star?"),
        ("what is <https://a.example|this>?", "what is this (https://a.example)?"),
    ],
)
def test_anything_else_is_a_question(said: str, question: str) -> None:
    call = read("message", event(said, "message", channel_type="im"))
    assert call.target == Chosen("faq", {"question": question})
    assert resolve(call, REGISTRY)[1] == {"question": question}


def test_files_come_along_with_a_command() -> None:
    call = read("message", event("challenge submit", "message", subtype="file_share", files=[file()]))
    assert isinstance(call.target, Typed)
    assert [one.name for one in call.target.files] == ["answer.csv"]
    _, raw = resolve(call, REGISTRY)
    assert raw == {"file": call.target.files[0]}


def test_a_file_alone_is_asked_about() -> None:
    with pytest.raises(UserError, match="challenge submit"):
        read("message", event("", "message", subtype="file_share", files=[file()]))


def test_a_file_with_a_question_is_not_passed_over_in_silence() -> None:
    call = read("message", event("what is this?", "message", subtype="file_share", files=[file()]))
    with pytest.raises(UserError, match="answer"):
        resolve(call, REGISTRY)


@pytest.mark.parametrize(
    ("more_", "spoken"),
    [
        ({}, True),
        ({"subtype": "file_share"}, True),
        ({"subtype": "thread_broadcast"}, True),
        ({"subtype": "message_changed"}, False),
        ({"subtype": "bot_message"}, False),
        ({"subtype": "channel_join"}, False),
        ({"bot_id": "B1"}, False),
        ({"user": "UBOT"}, False),
        ({"user": None}, False),
        ({"hidden": True}, False),
    ],
)
def test_only_people_speak(more_: dict[str, Any], spoken: bool) -> None:
    assert is_spoken(event("hi", "message", **more_)) is spoken


# Files


async def sent_file(**more_: Any) -> tuple[list[tuple[str, int]], Upload]:
    asked: list[tuple[str, int]] = []

    async def fetch(address: str, most: int) -> bytes:
        asked.append((address, most))
        return b"a,b"

    payload = event("challenge submit", "message", files=[file(**more_)])
    call = call_of(Envelope("message", payload, SPEAKER, fetch), REGISTRY)
    assert isinstance(call.target, Typed)
    return asked, call.target.files[0]


async def test_a_file_is_read_when_somebody_needs_it() -> None:
    asked, upload = await sent_file()
    assert asked == []
    assert await upload.read() == b"a,b"
    assert asked == [("https://files.example/F1/download", 25 * 1024 * 1024)]


async def test_a_file_that_slack_hides_is_asked_for_again() -> None:
    asked, upload = await sent_file(url_private=None, url_private_download=None, size=None, name=None)
    assert (upload.name, upload.size) == ("file", 0)
    with pytest.raises(UserError, match="upload it again"):
        await upload.read()
    assert asked == []


async def test_a_huge_file_is_not_even_asked_for() -> None:
    asked, upload = await sent_file(size=26 * 1024 * 1024)
    with pytest.raises(UserError, match="25 MB"):
        await upload.read()
    assert asked == []
