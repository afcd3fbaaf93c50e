"""Our own check of payloads: whatever Slack's types and numbers refuse, it refuses too."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from adapters.slack import limits
from adapters.slack.forms import modal
from adapters.slack.home import view
from adapters.slack.limits import Surface
from adapters.slack.render import message
from bot.core.markup import Markdown
from bot.core.params import Arg, Choice, Kind, Param
from bot.core.reply import Button, Image, OpenForm, Option, Reply, Select
from tests.adapters.slack.judging import judge, verdicts

Json = dict[str, Any]
Planting = Callable[[Json], object]

REPLY = Reply(
    Markdown("Some **words**."),
    title="Title",
    image=Image("a.png", b"", "A picture."),
    rows=((Button("Go", "a1:go:"), Button("Read", url="https://a.org")), Select("a1:pick:", (Option("One", "1"),))),
    footer=Markdown("Small print."),
)
CHOICES = tuple(Choice(word, word) for word in ("one", "two"))
KINDS = (Kind.TEXT, Kind.NUMBER, Kind.CHOICE, Kind.CHANNEL, Kind.FILE)
FORM = OpenForm(
    "a1:form:",
    "Title",
    tuple(Param(kind.value, kind, True, str, Arg("What for"), choices=CHOICES) for kind in KINDS),
    values={"number": "1"},
)
HEADER, SECTION, IMAGE, BUTTONS, PICKING, CONTEXT = range(6)
TEXT, NUMBER, CHOICE, CHANNEL, FILE = range(5)


def sound(surface: Surface) -> Json:
    if surface == "modal":
        return copy.deepcopy(modal(FORM))
    if surface == "home":
        return copy.deepcopy(view(REPLY))
    made = message(REPLY, picture="F1")
    return copy.deepcopy({"text": made.text, "blocks": made.blocks})


def put(*path: str | int, to: object) -> Planting:
    """Plant a value."""

    def plant(payload: Json) -> None:
        place: Any = payload
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = to

    return plant


def drop(*path: str | int) -> Planting:
    """Take something away that has to be there."""

    def plant(payload: Json) -> None:
        place: Any = payload
        for step in path[:-1]:
            place = place[step]
        del place[path[-1]]

    return plant


def again(*path: str | int, times: int = 2) -> Planting:
    """Repeat the items of a list."""

    def plant(payload: Json) -> None:
        place: Any = payload
        for step in path:
            place = place[step]
        place[:] = [copy.deepcopy(one) for one in place * times]

    return plant


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


B = "blocks"
MESSAGES: dict[str, Planting] = {
    "no text": drop("text"),
    "an empty text": put("text", to=""),
    "too many blocks": again(B, times=9),
    "a header too long": put(B, HEADER, "text", to=plain("x" * 151)),
    "a header of mrkdwn": put(B, HEADER, "text", "type", to="mrkdwn"),
    "a header without text": drop(B, HEADER, "text"),
    "a section too long": put(B, SECTION, "text", "text", to="x" * 3001),
    "an empty section": put(B, SECTION, "text", "text", to=""),
    "a text that is a string": put(B, SECTION, "text", to="words"),
    "a text of no type": drop(B, SECTION, "text", "type"),
    "emoji in mrkdwn as a word": put(B, SECTION, "text", "verbatim", to="yes"),
    "a block of no known type": put(B, SECTION, "type", to="paragraph"),
    "an input in a message": put(B, SECTION, to={"type": "input", "label": plain("x"), "element": {}}),
    "a block id too long": put(B, SECTION, "block_id", to="x" * 256),
    "a picture without words": drop(B, IMAGE, "alt_text"),
    "a picture with too many words": put(B, IMAGE, "alt_text", to="x" * 2001),
    "a picture without a source": drop(B, IMAGE, "slack_file"),
    "too many buttons": again(B, BUTTONS, "elements", times=13),
    "actions without elements": drop(B, BUTTONS, "elements"),
    "the same action twice": put(B, BUTTONS, "elements", 1, "action_id", to="a1:go:"),
    "a label too long": put(B, BUTTONS, "elements", 0, "text", "text", to="x" * 76),
    "an empty label": put(B, BUTTONS, "elements", 0, "text", "text", to=""),
    "a label of mrkdwn": put(B, BUTTONS, "elements", 0, "text", "type", to="mrkdwn"),
    "a button without a label": drop(B, BUTTONS, "elements", 0, "text"),
    "a value too long": put(B, BUTTONS, "elements", 0, "value", to="x" * 2001),
    "an action id too long": put(B, BUTTONS, "elements", 0, "action_id", to="x" * 256),
    "an address too long": put(B, BUTTONS, "elements", 1, "url", to="https://a.org/" + "x" * 3000),
    "a style of our own": put(B, BUTTONS, "elements", 0, "style", to="loud"),
    "a field among buttons": put(B, BUTTONS, "elements", 0, to={"type": "file_input", "action_id": "x"}),
    "too many options": again(B, PICKING, "elements", 0, "options", times=101),
    "an option too long": put(B, PICKING, "elements", 0, "options", 0, "text", "text", to="x" * 76),
    "an option's value too long": put(B, PICKING, "elements", 0, "options", 0, "value", to="x" * 151),
    "an option's description too long": put(B, PICKING, "elements", 0, "options", 0, "description", to=plain("x" * 76)),
    "an option without text": drop(B, PICKING, "elements", 0, "options", 0, "text"),
    "a placeholder too long": put(B, PICKING, "elements", 0, "placeholder", to=plain("x" * 151)),
    "an empty placeholder": put(B, PICKING, "elements", 0, "placeholder", to=plain("")),
    "too much small print": again(B, CONTEXT, "elements", times=11),
    "a button in small print": put(B, CONTEXT, "elements", 0, to={"type": "button", "text": plain("x")}),
}
MODALS: dict[str, Planting] = {
    "a title too long": put("title", "text", to="x" * 25),
    "no title": drop("title"),
    "an empty title": put("title", "text", to=""),
    "no submit": drop("submit"),
    "a submit too long": put("submit", "text", to="x" * 25),
    "a close too long": put("close", "text", to="x" * 25),
    "too much metadata": put("private_metadata", to="x" * 3001),
    "a callback id too long": put("callback_id", to="x" * 256),
    "no blocks": drop(B),
    "too many fields": again(B, times=21),
    "the same block twice": put(B, 1, "block_id", to="f:text"),
    "a field without a label": drop(B, TEXT, "label"),
    "a field's label too long": put(B, TEXT, "label", "text", to="x" * 2001),
    "a hint too long": put(B, TEXT, "hint", "text", to="x" * 2001),
    "a label in mrkdwn": put(B, TEXT, "label", "type", to="mrkdwn"),
    "a field without an element": drop(B, TEXT, "element"),
    "a button as a field": put(B, TEXT, "element", to={"type": "button", "text": plain("x"), "action_id": "x"}),
    "no word about decimals": drop(B, NUMBER, "element", "is_decimal_allowed"),
    "a number as a number": put(B, NUMBER, "element", "min_value", to=1),
    "too many radio buttons": again(B, CHOICE, "element", "options", times=6),
    "no options": drop(B, CHOICE, "element", "options"),
    "optional as a word": put(B, FILE, "optional", to="no"),
}
# What only our own check knows: documented in words, but in no type.
OURS: dict[str, Planting] = {
    "a section without anything": drop(B, SECTION, "text"),
    "a message that is only blanks": put("text", to="  \n"),
    "a message that Slack would cut": put("text", to="x" * 40_001),
    "a section of blanks": put(B, SECTION, "text", "text", to=" \n "),
    "a key that nobody knows": put(B, SECTION, "colour", to="red"),
    "the same option twice": again(B, PICKING, "elements", 0, "options"),
    "a chosen option that is none": put(
        B, PICKING, "elements", 0, "initial_option", to={"text": plain("Two"), "value": "2"}
    ),
    "the same action in two blocks": put(B, PICKING, "elements", 0, "action_id", to="a1:go:"),
}
OURS_IN_MODALS: dict[str, Planting] = {
    "a filter of nothing": put(B, CHANNEL, "element", "filter", to={}),
    "a first value out of bounds": put(B, NUMBER, "element", "max_value", to="0"),
    "no number": put(B, NUMBER, "element", "initial_value", to="many"),
    "a length of nothing": put(B, TEXT, "element", "max_length", to=0),
    "a length beyond all": put(B, TEXT, "element", "max_length", to=3001),
    "too much filled in": put(B, TEXT, "element", "initial_value", to="x" * 3001),
    "eleven files": put(B, FILE, "element", "max_files", to=11),
}


@pytest.mark.parametrize("surface", ["message", "modal", "home"])
def test_sound_payloads_pass(surface: Surface) -> None:
    assert verdicts(surface, sound(surface)) == []


@pytest.mark.parametrize("planted", MESSAGES)
def test_a_message_with_something_wrong_is_refused(planted: str) -> None:
    assert_refused("message", MESSAGES[planted])


@pytest.mark.parametrize("planted", MODALS)
def test_a_modal_with_something_wrong_is_refused(planted: str) -> None:
    assert_refused("modal", MODALS[planted])


def assert_refused(surface: Surface, plant: Planting) -> None:
    payload = sound(surface)
    plant(payload)
    assert limits.problems(surface, payload)
    other = judge()
    if other:
        assert other(surface, payload)


@pytest.mark.parametrize("planted", OURS)
def test_our_check_knows_more_of_messages(planted: str) -> None:
    payload = sound("message")
    OURS[planted](payload)
    assert limits.problems("message", payload)


@pytest.mark.parametrize("planted", OURS_IN_MODALS)
def test_our_check_knows_more_of_modals(planted: str) -> None:
    payload = sound("modal")
    OURS_IN_MODALS[planted](payload)
    assert limits.problems("modal", payload)


def test_a_home_takes_no_more_than_its_blocks() -> None:
    payload = sound("home")
    again(B, times=20)(payload)
    assert "120 blocks, allowed are 1 to 100" in limits.problems("home", payload)
    assert limits.problems("modal", sound("home"))


def test_the_weight_counts_every_text() -> None:
    assert limits.weight(sound("message")[B]) == len("TitleSome *words*.Small print.")
