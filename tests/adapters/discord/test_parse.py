"""What Discord sends becomes the call that was meant, and nothing that it sends raises an error."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Annotated, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.discord.options import commands
from adapters.discord.parse import (
    AUTOCOMPLETE,
    COMMAND,
    COMPONENT,
    SUBMITTED,
    Completing,
    Incoming,
    call_of,
    completing,
)
from bot.core.calls import Call, Chosen, Pressed, Source, Speaker
from bot.core.context import Ctx
from bot.core.declare import Command, On, Shortcut, command
from bot.core.params import Arg, Channel, Member, Role, Upload
from bot.core.registry import Registry
from bot.core.reply import Reply
from bot.core.resolve import resolve
from bot.models import Handle, Place
from bot.wiring import find_commands

Json = dict[str, Any]
ADA = Speaker(Handle("discord", "", "7"), "Ada", Place("discord", "9"), "Guild")


@command(
    "club join",
    summary="Join a club",
    section="Test",
    shortcuts=(
        Shortcut("Join with them", On.MEMBER, "friend", {"club": "chess"}),
        Shortcut("Join this", On.MESSAGE, "club"),
    ),
)
async def join(
    ctx: Ctx,
    club: Annotated[str, Arg("Which club")],
    friend: Annotated[Member | None, Arg("With whom")] = None,
    room: Annotated[Channel | None, Arg("In which channel")] = None,
    team: Annotated[Role | None, Arg("As which role")] = None,
    card: Annotated[Upload | None, Arg("Your card")] = None,
) -> Reply:
    return Reply()


@command("club", summary="Your club", section="Test")
async def club(ctx: Ctx) -> Reply:
    return Reply()


SMALL = Registry([join, club])
EVERY_COMMAND = [(registry, each) for registry in (find_commands(), SMALL) for each in registry.commands]
WITH_OPTIONS = [(registry, each) for registry, each in EVERY_COMMAND if each.params]


async def fetch(url: str, size: int) -> bytes:
    return f"{url} {size}".encode()


def arrived(kind: int, data: Json, registry: Registry = SMALL) -> Call:
    return call_of(Incoming("123", kind, data, ADA, fetch), registry)


def slash(*options: Json, **more: Any) -> Json:
    return {"name": "club", "type": 1, "options": [{"name": "join", "type": 1, "options": [*options]}], **more}


def option(name: str, kind: int, value: Any) -> Json:
    return {"name": name, "type": kind, "value": value}


def attachment(key: str, name: str = "card.pdf", size: int = 10) -> Json:
    about = {"id": key, "filename": name, "size": size, "url": f"https://cdn.example/{key}/{name}"}
    return {"attachments": {key: about}}


# A little client of Discord: it knows the commands that it was told, and nothing of how they are declared.


@st.composite
def chosen_values(draw: st.DrawFn, option: Json) -> Any:
    """Draw a value that Discord lets somebody choose for an option."""
    if option.get("choices"):
        return draw(st.sampled_from([one["value"] for one in option["choices"]]))
    low, high = option.get("min_value"), option.get("max_value")
    match option["type"]:
        case 3:
            return draw(st.text(min_size=1, max_size=min(option.get("max_length", 6000), 50)))
        case 4:
            return draw(st.integers(-(2**53) if low is None else low, 2**53 if high is None else high))
        case 5:
            return draw(st.booleans())
        case 10:
            return draw(st.floats(low, high, allow_nan=False, allow_infinity=False))
        case _:
            return draw(st.integers(10**16, 10**18).map(str))


def expected(option: Json, value: Any) -> Any:
    """Say what the bot is to make of it; of a file, its name and size."""
    references = {6: Member, 7: Channel, 8: Role}
    if option["type"] == 11:
        return (f"{value}.csv", len(value))
    return references[option["type"]](value) if option["type"] in references else value


@st.composite
def used(draw: st.DrawFn, registry: Registry, wanted: Command) -> tuple[Json, Json]:
    """Draw what Discord sends for a command, and what the bot is to make of its options."""
    path, options = leaf_of(registry, wanted)
    filled = [one for one in options if one.get("required") or draw(st.booleans())]
    values = [(one, draw(chosen_values(one))) for one in draw(st.permutations(filled))]
    sent = [{"name": one["name"], "type": one["type"], "value": value} for one, value in values]
    data: Json = {"id": "1", "name": path[0], "type": 1, "resolved": resolved(values)}
    inner: Json = data
    for depth, word in enumerate(path[1:], start=2):
        below: Json = {"name": word, "type": 1 if depth == len(path) else 2}
        inner["options"], inner = [below], below
    # Discord leaves an empty list out, or sends it.
    if sent or draw(st.sampled_from([True, False])):
        inner["options"] = sent
    return data, {one["name"]: expected(one, value) for one, value in values}


def leaf_of(registry: Registry, wanted: Command) -> tuple[list[str], list[Json]]:
    """Find where Discord lists a command: under its words, or as `show` among its own subcommands."""
    for path, options in walk([one for one in commands(registry) if one["type"] == 1], []):
        if " ".join(path) in (wanted.words, f"{wanted.words} show"):
            return path, options
    raise AssertionError(f"Discord does not know {wanted.words}.")


def walk(nodes: list[Json], above: list[str]) -> Iterator[tuple[list[str], list[Json]]]:
    for one in nodes:
        options = one.get("options", [])
        if any(inner["type"] in (1, 2) for inner in options):
            yield from walk(options, [*above, one["name"]])
        else:
            yield [*above, one["name"]], options


def resolved(values: list[tuple[Json, Any]]) -> Json:
    tables: dict[str, Json] = {"users": {}, "channels": {}, "roles": {}, "attachments": {}}
    for one, value in values:
        match one["type"]:
            case 6:
                tables["users"][value] = {"id": value, "username": "ada"}
            case 7:
                tables["channels"][value] = {"id": value, "type": 0}
            case 8:
                tables["roles"][value] = {"id": value}
            case 11:
                tables["attachments"] |= attachment(value, f"{value}.csv", len(value))["attachments"]
    return {name: table for name, table in tables.items() if table}


@pytest.mark.parametrize(("registry", "wanted"), EVERY_COMMAND, ids=lambda one: getattr(one, "name", "in"))
@given(st.data())
@settings(max_examples=25, deadline=None)
def test_what_is_filled_in_arrives(registry: Registry, wanted: Command, data: st.DataObject) -> None:
    sent, values = data.draw(used(registry, wanted))
    call = arrived(COMMAND, sent, registry)
    assert isinstance(call.target, Chosen)
    assert (call.id, call.source, call.speaker) == ("discord:123", Source.SLASH, ADA)
    told = {name: (one.name, one.size) if isinstance(one, Upload) else one for name, one in call.target.args.items()}
    assert told == values
    assert {name: type(one) for name, one in told.items()} == {name: type(one) for name, one in values.items()}
    assert resolve(call, registry) == (wanted, call.target.args)


@pytest.mark.parametrize(("registry", "wanted"), WITH_OPTIONS, ids=lambda one: getattr(one, "name", "in"))
@given(st.data())
@settings(max_examples=10, deadline=None)
def test_what_is_being_typed_is_completed(registry: Registry, wanted: Command, data: st.DataObject) -> None:
    sent, _ = data.draw(used(registry, wanted).filter(lambda case: bool(case[1])))
    assert completing(sent, registry) is None
    inner = sent
    while inner["options"][0]["type"] in (1, 2):
        inner = inner["options"][0]
    focused = data.draw(st.sampled_from(inner["options"]))
    focused["focused"] = True
    assert completing(sent, registry) == Completing(wanted.words, focused["name"], str(focused["value"]))


async def test_a_file_is_read_only_when_somebody_needs_it() -> None:
    call = arrived(COMMAND, slash(option("card", 11, "55"), resolved=attachment("55")))
    assert isinstance(call.target, Chosen)
    card = call.target.args["card"]
    assert isinstance(card, Upload)
    assert (card.name, card.size) == ("card.pdf", 10)
    assert await card.read() == b"https://cdn.example/55/card.pdf 10"


@pytest.mark.parametrize("fault", [{"size": "10"}, {"size": None}, {"url": 5}, {"filename": None}])
def test_a_file_that_discord_does_not_describe_is_left_out(fault: Json) -> None:
    files = attachment("55")
    files["attachments"]["55"] |= fault
    assert arrived(COMMAND, slash(option("card", 11, "55"), resolved=files)).target == Chosen("club join")


def test_ids_become_what_they_name() -> None:
    sent = slash(option("friend", 6, "1"), option("room", 7, "2"), option("team", 8, "3"))
    assert arrived(COMMAND, sent).target == Chosen(
        "club join", {"friend": Member("1"), "room": Channel("2"), "team": Role("3")}
    )


@pytest.mark.parametrize(
    ("sent", "expected_args"),
    [
        (option("size", 3, "large"), {}),
        (option("club", 6, "1"), {}),
        (option("club", 11, "1"), {}),
        (option("friend", 3, "@ada"), {"friend": "@ada"}),
        (option("friend", 7, "1"), {}),
        (option("card", 3, "card.pdf"), {}),
        (option("card", 11, "55"), {}),
        (option("club", 3, ["chess"]), {}),
        (option("club", 3, None), {}),
        ({"name": "club"}, {}),
    ],
)
def test_options_of_an_older_version_are_left_out_or_read_as_text(sent: Json, expected_args: Json) -> None:
    assert arrived(COMMAND, slash(sent)).target == Chosen("club join", expected_args)


def test_a_command_that_was_a_group_or_became_one_is_still_found() -> None:
    assert arrived(COMMAND, {"name": "club", "type": 1}).target == Chosen("club")
    shown = {"name": "club", "type": 1, "options": [{"name": "show", "type": 1}]}
    assert arrived(COMMAND, shown).target == Chosen("club")


def test_a_command_that_is_gone_arrives_by_its_name() -> None:
    gone = {"name": "leave", "type": 1, "options": [option("a", 3, "b")]}
    assert arrived(COMMAND, {"name": "club", "type": 1, "options": [gone]}).target == Chosen("club leave")


def test_nothing_is_completed_for_what_is_gone() -> None:
    focused = {**option("club", 3, "ch"), "focused": True}
    assert completing(slash(focused), SMALL) == Completing("club join", "club", "ch")
    assert completing(slash({**focused, "name": "size"}), SMALL) is None
    assert completing(slash(focused, name="clubs"), SMALL) is None
    assert completing(slash({**focused, "value": None}), SMALL) == Completing("club join", "club", "")


def menu(label: str, message: Json | None = None, kind: int = 3) -> Call:
    messages = {} if message is None else {"messages": {"88": message}}
    return arrived(COMMAND, {"name": label, "type": kind, "target_id": "88", "resolved": messages})


def text(words: str) -> Json:
    return {"type": 10, "content": words}


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ({"content": "How much math?", "embeds": [{"title": "No"}]}, "How much math?"),
        (
            {"content": " ", "embeds": [{"title": "A", "description": "B", "fields": [{"name": "C", "value": "D"}]}]},
            "A\nB\nC\nD",
        ),
        ({"content": "", "embeds": [{"url": "https://x"}, {"description": "B"}]}, "B"),
        ({"components": [{"type": 17, "components": [text("A"), {"type": 9, "components": [text("B")]}]}]}, "A\nB"),
        ({"content": "", "message_snapshots": [{"message": {"content": "Forwarded"}}]}, "Forwarded"),
        ({"content": ""}, ""),
        (None, ""),
    ],
)
def test_a_shortcut_on_a_message_takes_its_words(message: Json | None, words: str) -> None:
    call = menu("Join this", message)
    assert (call.source, call.target) == (Source.SHORTCUT, Chosen("club join", {"club": words}))


def test_a_shortcut_on_a_member_takes_the_member_and_what_is_given() -> None:
    call = menu("Join with them", kind=2)
    assert call.source is Source.SHORTCUT
    assert call.target == Chosen("club join", {"club": "chess", "friend": Member("88")})


def test_a_shortcut_that_is_gone_arrives_by_its_name() -> None:
    assert menu("Leave this").target == Chosen("Leave this")


def test_a_click_brings_its_token() -> None:
    call = arrived(COMPONENT, {"custom_id": "a1:close:3", "component_type": 2})
    assert (call.source, call.target) == (Source.BUTTON, Pressed("a1:close:3"))


@pytest.mark.parametrize("kind", [3, 5, 6, 7, 8])
def test_a_select_brings_what_was_picked(kind: int) -> None:
    call = arrived(COMPONENT, {"custom_id": "a1:pick:", "component_type": kind, "values": ["blue"]})
    assert (call.source, call.target) == (Source.SELECT, Pressed("a1:pick:", picked=("blue",)))


def label(component: Json) -> Json:
    return {"type": 18, "id": 3, "component": component}


async def test_a_form_brings_its_fields() -> None:
    fields = [
        label({"type": 4, "custom_id": "words", "value": "Two\nlines"}),
        label({"type": 3, "custom_id": "level", "values": ["hard"]}),
        label({"type": 3, "custom_id": "free", "values": []}),
        label({"type": 5, "custom_id": "who", "values": ["1"]}),
        label({"type": 6, "custom_id": "team", "values": ["2"]}),
        label({"type": 8, "custom_id": "room", "values": ["3"]}),
        label({"type": 19, "custom_id": "card", "values": ["55"]}),
        label({"type": 19, "custom_id": "lost", "values": ["56"]}),
        label({"type": 23, "custom_id": "agreed", "value": True}),
        {"type": 10, "id": 9},
        {"type": 1, "components": [{"type": 4, "custom_id": "old", "value": ""}]},
    ]
    data = {"custom_id": "a1:join:", "components": fields, "resolved": attachment("55")}
    call = arrived(SUBMITTED, data)
    assert isinstance(call.target, Pressed)
    found = dict(call.target.fields)
    card = found.pop("card")
    assert isinstance(card, Upload)
    assert await card.read() == b"https://cdn.example/55/card.pdf 10"
    assert (call.source, call.target.token) == (Source.FORM, "a1:join:")
    assert found == {
        "words": "Two\nlines",
        "level": "hard",
        "who": Member("1"),
        "team": Role("2"),
        "room": Channel("3"),
        "agreed": True,
        "old": "",
    }


FORWARDED = {"message_snapshots": [{"message": {"content": "", "embeds": [{"fields": [{"name": "A"}]}]}}]}
WHOLE: list[Json] = [
    slash(option("card", 11, "88"), option("friend", 6, "1"), resolved=attachment("88")),
    {"name": "Join this", "type": 3, "target_id": "88", "resolved": {"messages": {"88": FORWARDED}}},
    {"custom_id": "a1:x:", "component_type": 3, "values": ["blue"]},
    {"custom_id": "a1:x:", "components": [label({"type": 19, "custom_id": "card", "values": ["88"]})]},
]


def places(part: Any) -> Iterator[tuple[Any, Any]]:
    """List every place in nested data at which something stands."""
    for key, inner in part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ():
        yield part, key
        yield from places(inner)


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
# Every word that Discord's data is made of.
KEYS = sorted({key for _, key in places([*WHOLE, text("A")]) if isinstance(key, str)} | {"focused", "description"})
LIKELY = JUNK | st.sampled_from(["club", "join", "Join this", "card", "88", 1, 2, 3, 6, 11, 18])
SHAPED: st.SearchStrategy[Any] = st.recursive(
    LIKELY,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6),
    max_leaves=20,
)
KINDS = st.sampled_from([COMMAND, COMPONENT, AUTOCOMPLETE, SUBMITTED])


def survives(kind: int, data: Json) -> None:
    call = arrived(kind, data)
    assert isinstance(call.target, Chosen | Pressed)
    typed = completing(data, SMALL)
    assert typed is None or isinstance(typed.typed, str)


@given(KINDS, st.dictionaries(st.sampled_from(KEYS), SHAPED, max_size=8))
@settings(max_examples=150, deadline=None)
def test_no_junk_raises(kind: int, data: Json) -> None:
    survives(kind, data)


@given(KINDS, st.sampled_from(WHOLE), st.data())
@settings(max_examples=300, deadline=None)
def test_no_single_fault_raises(kind: int, whole: Json, data: st.DataObject) -> None:
    broken = copy.deepcopy(whole)
    part, key = data.draw(st.sampled_from(list(places(broken))))
    if data.draw(st.booleans()):
        part[key] = data.draw(LIKELY)
    else:
        del part[key]
    survives(kind, broken)
