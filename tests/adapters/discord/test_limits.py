"""Broken bodies are found before they are sent; the other judge finds them too."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from adapters.discord.limits import command_problems, modal_problems, problems
from tests.adapters.discord import judging

Json = dict[str, Any]
Change = Callable[[Any], object]

SELECT: Json = {"type": 3, "custom_id": "pick", "options": [{"label": "A", "value": "a"}, {"label": "B", "value": "b"}]}
BOX: list[Json] = [
    {"type": 10, "content": "Words"},
    {"type": 12, "items": [{"media": {"url": "attachment://a.png"}, "description": "A chart"}]},
    {"type": 13, "file": {"url": "attachment://b.csv"}},
    {"type": 14},
    {"type": 1, "components": [{"type": 2, "style": 1, "label": "Go", "custom_id": "go"}]},
    {"type": 1, "components": [{"type": 2, "style": 5, "label": "Read", "url": "https://a.example"}]},
    {"type": 1, "components": [SELECT]},
    {
        "type": 9,
        "components": [{"type": 10, "content": "S"}],
        "accessory": {"type": 11, "media": {"url": "https://a.example"}},
    },
]
MESSAGE: Json = {
    "flags": 1 << 15 | 1 << 6,
    "components": [{"type": 17, "accent_color": 1, "components": BOX}],
    "allowed_mentions": {"parse": [], "roles": ["123"]},
    "attachments": [{"id": "0", "filename": "a.png", "description": "A chart"}, {"id": "1", "filename": "b.csv"}],
    "nonce": "n" * 25,
    "enforce_nonce": True,
}
INPUT: Json = {
    "type": 4,
    "custom_id": "text",
    "style": 1,
    "min_length": 1,
    "max_length": 9,
    "value": "x",
    "placeholder": "p",
}
MODAL: Json = {
    "custom_id": "form",
    "title": "Form",
    "components": [
        {"type": 10, "content": "Mend this"},
        {"type": 18, "label": "Text", "description": "Say it", "component": INPUT},
        {"type": 18, "label": "Pick", "component": {**SELECT, "required": False, "min_values": 0, "max_values": 1}},
        {
            "type": 18,
            "label": "Who",
            "component": {"type": 5, "custom_id": "who", "default_values": [{"id": "1", "type": "user"}]},
        },
        {
            "type": 18,
            "label": "File",
            "component": {"type": 19, "custom_id": "file", "required": False, "min_values": 0},
        },
    ],
}
OPTION: Json = {"type": 3, "name": "topic", "description": "What", "required": True, "max_length": 60}
COMMANDS: list[Json] = [
    {
        "type": 1,
        "name": "tip",
        "description": "A tip",
        "options": [OPTION],
        "contexts": [0, 1],
        "integration_types": [0],
    },
    {
        "type": 1,
        "name": "faq",
        "description": "Answers",
        "name_localizations": {"de": "fragen"},
        "default_member_permissions": 32,
        "options": [
            {"type": 1, "name": "show", "description": "Show", "options": [{**OPTION, "autocomplete": True}]},
            {
                "type": 2,
                "name": "own",
                "description": "Own",
                "options": [{"type": 1, "name": "add", "description": "Add"}],
            },
        ],
    },
    {
        "type": 1,
        "name": "set",
        "description": "Set",
        "options": [
            {"type": 4, "name": "times", "description": "How often", "min_value": 1, "max_value": 9},
            {"type": 3, "name": "level", "description": "Level", "choices": [{"name": "Easy", "value": "easy"}]},
            {"type": 7, "name": "where", "description": "Where", "channel_types": [0, 5]},
        ],
    },
    {"type": 2, "name": "Show progress"},
    {"type": 3, "name": "Ask the mentors"},
]


def put(value: object, *path: str | int) -> Change:
    """Set what stands at a path, or add it."""

    def change(body: Any) -> None:
        for step in path[:-1]:
            body = body[step]
        body[path[-1]] = value

    return change


def inside(value: object, *path: str | int) -> Change:
    return put(value, "components", 0, "components", *path)


def drop(*path: str | int) -> Change:
    def change(body: Any) -> None:
        for step in path[:-1]:
            body = body[step]
        del body[path[-1]]

    return change


def options(count: int) -> list[Json]:
    return [{"label": str(n), "value": str(n)} for n in range(count)]


def buttons(count: int, label: str = "x") -> list[Json]:
    return [{"type": 2, "style": 2, "label": label, "custom_id": f"b{n}"} for n in range(count)]


def texts(*lengths: int) -> list[Json]:
    return [{"type": 10, "content": "x" * length} for length in lengths]


MESSAGES: dict[str, Change] = {
    "no flag": put(0, "flags"),
    "content too": put("Hello", "content"),
    "an embed too": put([{"title": "x"}], "embeds"),
    "no allowed mentions": drop("allowed_mentions"),
    "too many role ids": put([str(n) for n in range(101)], "allowed_mentions", "roles"),
    "a role by name": put(["learners"], "allowed_mentions", "roles"),
    "41 components": inside([*BOX[1:3], *texts(*[1] * 38)]),
    "4,001 characters": inside([*BOX[1:3], *texts(2000, 2001)]),
    "a text too long": inside("x" * 4001, 0, "content"),
    "an empty text": inside("", 0, "content"),
    "an empty box": inside([]),
    "a box in a box": inside({"type": 17, "components": texts(1)}, 0),
    "a button in a box": inside(buttons(1)[0], 0),
    "a label in a message": inside({"type": 18, "label": "x", "component": INPUT}, 0),
    "an unknown component": inside({"type": 77}, 0),
    "a colour out of range": put(1 << 24, "components", 0, "accent_color"),
    "an empty row": inside([], 4, "components"),
    "six buttons": inside(buttons(6), 4, "components"),
    "a button beside a select": inside([*buttons(1), SELECT | {"custom_id": "x"}], 4, "components"),
    "two selects": inside([SELECT | {"custom_id": "x"}, SELECT | {"custom_id": "y"}], 4, "components"),
    "a label too long": inside(buttons(1, "x" * 81), 4, "components"),
    "no label": inside(buttons(1, ""), 4, "components"),
    "a token too long": inside("t" * 101, 4, "components", 0, "custom_id"),
    "a token twice": inside("pick", 4, "components", 0, "custom_id"),
    "no such style": inside(9, 4, "components", 0, "style"),
    "an address too long": inside("https://a.example/" + "u" * 512, 5, "components", 0, "url"),
    "no options": inside([], 6, "components", 0, "options"),
    "26 options": inside(options(26), 6, "components", 0, "options"),
    "an option twice": inside(options(1) * 2, 6, "components", 0, "options"),
    "an option's label too long": inside("x" * 101, 6, "components", 0, "options", 0, "label"),
    "an option without label": inside("", 6, "components", 0, "options", 0, "label"),
    "an option's value too long": inside("x" * 101, 6, "components", 0, "options", 0, "value"),
    "an option's description too long": inside("x" * 101, 6, "components", 0, "options", 0, "description"),
    "a placeholder too long": inside("x" * 151, 6, "components", 0, "placeholder"),
    "more to choose than there is": inside(3, 6, "components", 0, "max_values"),
    "an empty gallery": inside([], 1, "items"),
    "eleven pictures": inside([{"media": {"url": "attachment://a.png"}}] * 11, 1, "items"),
    "an alternative text too long": inside("x" * 1025, 1, "items", 0, "description"),
    "an empty alternative text": inside("", 1, "items", 0, "description"),
    "a spacing of three": inside(3, 3, "spacing"),
    "four texts in a section": inside(texts(1, 1, 1, 1), 7, "components"),
    "a section without accessory": drop("components", 0, "components", 7, "accessory"),
    "a nonce too long": put("n" * 26, "nonce"),
    "eleven attachments": put([{"id": str(n), "filename": f"{n}.csv"} for n in range(11)], "attachments"),
    "an attachment's description too long": put("x" * 1025, "attachments", 0, "description"),
}
# What the other judge does not know: found in what Discord answered to others, or rules of our own.
MESSAGES_OF_OURS: dict[str, Change] = {
    "everybody may be pinged": put({"parse": ["everyone"]}, "allowed_mentions"),
    "a flag nobody may set": put(1 << 15 | 1 << 4, "flags"),
    "blanks for a text": inside("  \n", 0, "content"),
    "blanks for a label": inside(buttons(1, " "), 4, "components"),
    "a link that is none": inside("a.example", 5, "components", 0, "url"),
    "a link with a token": inside("x", 5, "components", 0, "custom_id"),
    "a button with both": inside("https://a.example", 4, "components", 0, "url"),
    "two options chosen": inside([one | {"default": True} for one in options(2)], 6, "components", 0, "options"),
    "a picture from nowhere": inside("a.png", 1, "items", 0, "media", "url"),
    "a file from elsewhere": inside("https://a.example/b.csv", 2, "file", "url"),
    "nothing attached": put([], "attachments"),
    "an attachment that nothing shows": inside("attachment://a.png", 2, "file", "url"),
    "an attachment twice": put("0", "attachments", 1, "id"),
    "a file name with a blank": put("a b.png", "attachments", 0, "filename"),
    "a file name that begins low": put("_a.png", "attachments", 0, "filename"),
    "the same id twice": put([{**one, "id": 5} for one in BOX], "components", 0, "components"),
}
MODALS: dict[str, Change] = {
    "no token": put("", "custom_id"),
    "a token too long": put("t" * 101, "custom_id"),
    "a title too long": put("x" * 46, "title"),
    "no title": put("", "title"),
    "nothing in it": put([], "components"),
    "six components": put([{**MODAL["components"][0]}] * 6, "components"),
    "a button": put(buttons(1)[0], "components", 0),
    "a box": put({"type": 17, "components": texts(1)}, "components", 0),
    "an empty text": put("", "components", 0, "content"),
    "a label too long": put("x" * 46, "components", 1, "label"),
    "no label": put("", "components", 1, "label"),
    "a description too long": put("x" * 101, "components", 1, "description"),
    "an empty description": put("", "components", 1, "description"),
    "a label over nothing": drop("components", 1, "component"),
    "a button in a label": put(buttons(1)[0], "components", 1, "component"),
    "no style": drop("components", 1, "component", "style"),
    "a value too long": put("x" * 4001, "components", 1, "component", "value"),
    "a placeholder too long": put("x" * 101, "components", 1, "component", "placeholder"),
    "more room than there is": put(4001, "components", 1, "component", "max_length"),
    "less than nothing": put(-1, "components", 1, "component", "min_length"),
    "a field twice": put("who", "components", 1, "component", "custom_id"),
    "a field that is disabled": put(True, "components", 2, "component", "disabled"),
    "a choice that must and need not": put(True, "components", 2, "component", "required"),
    "too many files": put(11, "components", 4, "component", "max_values"),
    "a member without id": put([{"id": "ada", "type": "user"}], "components", 3, "component", "default_values"),
}
MODALS_OF_OURS: dict[str, Change] = {
    "nothing to fill in": put([MODAL["components"][0]], "components"),
    "a value longer than its room": put("x" * 10, "components", 1, "component", "value"),
    "less room than needed": put(10, "components", 1, "component", "min_length"),
    "a file that must and need not": put(True, "components", 4, "component", "required"),
    "two members of one": put(
        [{"id": str(n), "type": "user"} for n in "12"], "components", 3, "component", "default_values"
    ),
    "blanks for a label": put(" ", "components", 1, "label"),
}
LISTS: dict[str, Change] = {
    "a name with a capital": put("Tip", 0, "name"),
    "a name with a blank": put("a tip", 0, "name"),
    "a name too long": put("t" * 33, 0, "name"),
    "the same name twice": put("faq", 0, "name"),
    "no description": put("", 0, "description"),
    "a description too long": put("x" * 101, 0, "description"),
    "an unknown language": put({"xx": "tipp"}, 0, "name_localizations"),
    "a translated name with a capital": put({"de": "Tipp"}, 0, "name_localizations"),
    "26 options": put([OPTION | {"name": f"o{n}"} for n in range(26)], 0, "options"),
    "an option twice": put([OPTION, OPTION], 0, "options"),
    "required after optional": put([OPTION | {"required": False}, OPTION | {"name": "b"}], 0, "options"),
    "an option without description": put("", 0, "options", 0, "description"),
    "an option with a capital": put("Topic", 0, "options", 0, "name"),
    "an option of no type": put(99, 0, "options", 0, "type"),
    "a length over 6,000": put(6001, 0, "options", 0, "max_length"),
    "26 choices": put([{"name": str(n), "value": str(n)} for n in range(26)], 2, "options", 1, "choices"),
    "a choice without name": put("", 2, "options", 1, "choices", 0, "name"),
    "a choice with a number": put(1, 2, "options", 1, "choices", 0, "value"),
    "choices beside suggestions": put(True, 2, "options", 1, "autocomplete"),
    "a bound out of range": put(2**53 + 2, 2, "options", 0, "max_value"),
    "8,001 characters": put(
        [
            OPTION | {"name": f"o{n}", "choices": [{"name": f"{k}" * 45, "value": "v" * 45} for k in range(4)]}
            for n in range(25)
        ],
        0,
        "options",
    ),
    "no contexts": put([], 0, "contexts"),
    "a context twice": put([0, 0], 0, "contexts"),
    "an unknown context": put([7], 0, "contexts"),
    "16 entries in a menu": lambda payload: payload.extend({"type": 2, "name": f"m{n}"} for n in range(15)),
    "101 commands": lambda payload: payload.extend({"name": f"c{n}", "description": "c"} for n in range(98)),
}
LISTS_OF_OURS: dict[str, Change] = {
    "a subcommand beside an option": put([*COMMANDS[1]["options"], OPTION], 1, "options"),
    "a group in a group": put([COMMANDS[1]["options"][1]], 1, "options", 1, "options"),
    "an empty group": put([], 1, "options", 1, "options"),
    "bounds that cross": put(0, 2, "options", 0, "max_value"),
    "a bound with a fraction": put(1.5, 2, "options", 0, "min_value"),
    "suggestions for a channel": put(True, 2, "options", 2, "autocomplete"),
    "kinds of channel for a text": put([0], 0, "options", 0, "channel_types"),
    "a choice twice": put([{"name": "a", "value": v} for v in "ab"], 2, "options", 1, "choices"),
    "a description in a menu": put("x", 3, "description"),
    "permissions in words": put("manage", 0, "default_member_permissions"),
}


def cases(known: dict[str, Change], ours: dict[str, Change]) -> pytest.MarkDecorator:
    """Each broken body, and whether the other judge knows what is wrong with it."""
    both = [pytest.param(change, True, id=name) for name, change in known.items()]
    return pytest.mark.parametrize(
        ("change", "known"), both + [pytest.param(change, False, id=name) for name, change in ours.items()]
    )


def broken(sound: Any, change: Change) -> Any:
    body = copy.deepcopy(sound)
    change(body)
    assert body != sound
    return body


def test_sound_bodies_pass_both_judges() -> None:
    assert problems(MESSAGE) == judging.of_message(MESSAGE) == []
    assert modal_problems(MODAL) == judging.of_modal(MODAL) == []
    assert command_problems(COMMANDS) == judging.of_commands(COMMANDS) == []


def test_a_message_may_keep_what_is_attached_already() -> None:
    assert problems(broken(MESSAGE, lambda body: body["attachments"].append({"id": "99"}))) == []


@cases(MESSAGES, MESSAGES_OF_OURS)
def test_a_broken_message_is_found(change: Change, known: bool) -> None:
    body = broken(MESSAGE, change)
    assert problems(body)
    assert judging.of_message(body) or not (known and judging.HERE)


@cases(MODALS, MODALS_OF_OURS)
def test_a_broken_modal_is_found(change: Change, known: bool) -> None:
    data = broken(MODAL, change)
    assert modal_problems(data)
    assert judging.of_modal(data) or not (known and judging.HERE)


@cases(LISTS, LISTS_OF_OURS)
def test_a_broken_list_of_commands_is_found(change: Change, known: bool) -> None:
    payload = broken(COMMANDS, change)
    assert command_problems(payload)
    assert judging.of_commands(payload) or not (known and judging.HERE)
