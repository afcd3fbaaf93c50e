"""What a platform would refuse later is refused at the start, by function, parameter and cure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from enum import Enum
from typing import Annotated, Any, Literal, cast

import pytest

from bot.core.context import Ctx
from bot.core.declare import Action, Command, Form, Handler, On, Route, Shortcut, action, command, form, home
from bot.core.params import Arg, Asking, BadDeclaration, Choice, Upload
from bot.core.registry import BadDeclarations, Registry
from bot.core.reply import Button, Option, Reply, Select
from bot.core.rules import review
from bot.wiring import find_commands

TEXT = Annotated[str, Arg("Something")]
Many = Enum("Many", [(f"m{n}", f"m{n}") for n in range(26)])  # type: ignore[misc]


def suggest(asking: Asking, typed: str) -> Iterable[Choice]:
    return ()


async def plain(ctx: Ctx) -> Reply:
    return Reply()


async def undescribed(ctx: Ctx, topic: str) -> Reply:
    return Reply()


async def long_winded(ctx: Ctx, topic: Annotated[str, Arg("x" * 101)]) -> Reply:
    return Reply()


async def wordy_label(ctx: Ctx, topic: Annotated[str, Arg("A", label="x" * 46)]) -> Reply:
    return Reply()


async def capital(ctx: Ctx, Topic: TEXT) -> Reply:
    return Reply()


async def two_rests(ctx: Ctx, a: Annotated[str, Arg("A", rest=True)], b: Annotated[str, Arg("B", rest=True)]) -> Reply:
    return Reply()


async def too_many_choices(ctx: Ctx, one: Annotated[Many, Arg("One")]) -> Reply:
    return Reply()


async def both(ctx: Ctx, one: Annotated[Literal["a", "b"], Arg("One", suggest=suggest)]) -> Reply:
    return Reply()


async def long_number(ctx: Ctx, one: Annotated[int, Arg("One", max_length=5)]) -> Reply:
    return Reply()


async def ranged_text(ctx: Ctx, one: Annotated[str, Arg("One", minimum=1)]) -> Reply:
    return Reply()


async def upside_down(ctx: Ctx, one: Annotated[int, Arg("One", minimum=5, maximum=1)]) -> Reply:
    return Reply()


async def out_of_range(ctx: Ctx, one: Annotated[int, Arg("One", minimum=1, maximum=5)] = 9) -> Reply:
    return Reply()


async def file_in_token(ctx: Ctx, work: Upload) -> Reply:
    return Reply()


def not_async(ctx: Ctx) -> Reply:
    return Reply()


def with_params(count: int) -> Handler:
    names = [f"p{n}" for n in range(count)]
    space: dict[str, Any] = {"TEXT": TEXT, "Ctx": Ctx, "Reply": Reply}
    exec(f"async def many(ctx: Ctx, {', '.join(f'{n}: TEXT' for n in names)}) -> Reply: ...", space)
    return cast(Handler, space["many"])


def declared(handler: Callable[..., Any], words: str = "probe", **more: Any) -> Command:
    return command(words, **{"summary": "Try", "section": "Learn", **more})(handler)


@pytest.mark.parametrize(
    ("handler", "parameter", "cure"),
    [
        (undescribed, "parameter topic", "describe it"),
        (long_winded, "parameter topic", "1 to 100 characters"),
        (wordy_label, "parameter topic", "shorten it"),
        (capital, "parameter Topic", "use small letters"),
        (two_rests, "", "only one can"),
        (too_many_choices, "parameter one", "use suggestions instead"),
        (both, "parameter one", "drop them"),
        (long_number, "parameter one", "drop them"),
        (ranged_text, "parameter one", "drop them"),
        (upside_down, "parameter one", "swap them"),
        (out_of_range, "parameter one", "change one of them"),
        (not_async, "", "async def"),
        (with_params(26), "26 parameters", "a form or a second command"),
    ],
)
def test_a_parameter_that_a_platform_would_refuse(handler: Callable[..., Any], parameter: str, cure: str) -> None:
    (found,) = review([declared(handler)])
    assert handler.__qualname__ in found
    assert parameter in found
    assert cure in found


def test_a_required_parameter_stands_before_the_optional_ones() -> None:
    made = declared(with_params(2))
    first, second = made.params
    (found,) = review([replace(made, params=(replace(first, required=False, default="x"), second))])
    assert "parameter p1" in found
    assert "move it forward" in found


@pytest.mark.parametrize(
    ("words", "more", "cure"),
    [
        ("Probe", {}, "small letters"),
        ("probe me_too", {}, "small letters"),
        ("one two three four", {}, "one to three words"),
        ("x" * 33, {}, "one to three words"),
        ("probe", {"summary": ""}, "write 1 to 100"),
        ("probe", {"summary": "x" * 101}, "write 1 to 100"),
        ("probe", {"section": ""}, "under which heading"),
        ("probe", {"examples": ("prob",)}, "does not begin with"),
        ("probe", {"examples": ("probe me",)}, "does not work"),
    ],
)
def test_a_command_that_a_platform_would_refuse(words: str, more: dict[str, Any], cure: str) -> None:
    found = review([declared(plain, words, **more)])
    assert any("test_rules.plain" in one and cure in one for one in found), found


async def dated(ctx: Ctx, day: Annotated[date, Arg("Which day")]) -> Reply:
    return Reply()


def test_an_example_has_to_work() -> None:
    (found,) = review([declared(dated, examples=("probe friday", "probe someday"))])
    assert "'probe someday' does not work" in found


def test_a_form_that_a_platform_would_refuse() -> None:
    six = form("wide", title="x" * 25)(with_params(6))
    found = review([six, form("empty", title="Empty", submit="")(plain)])
    assert [one.partition(": ")[2] for one in found] == [
        "its title has 25 characters; write 1 to 24.",
        "6 fields, allowed are 1 to 5; mark them with Arg or split it.",
        "its submit has 0 characters; write 1 to 24.",
        "0 fields, allowed are 1 to 5; mark them with Arg or split it.",
    ]


def test_a_file_cannot_travel_in_a_button() -> None:
    (found,) = review([action("probe")(file_in_token)])
    assert "ask for it in a form" in found


def test_two_of_one_name_are_both_named() -> None:
    (found,) = review([declared(plain, "probe me"), action("probe.me")(plain_action)])
    assert "test_rules.plain and" in found
    assert "test_rules.plain_action" in found
    assert "rename one" in found


async def plain_action(ctx: Ctx) -> Reply:
    return Reply()


def test_groups_stay_within_what_platforms_allow() -> None:
    crowd = [declared(plain, f"group c{n}") for n in range(26)]
    assert any("26 commands in one group" in one for one in review(crowd))
    heavy = [declared(with_params(25), f"group c{n}", summary="x" * 100) for n in range(24)]
    assert any("characters together" in one for one in review(heavy))
    assert any("101 first words" in one for one in review([declared(plain, f"c{n}") for n in range(101)]))


def test_a_base_command_beside_its_group_leaves_show_free() -> None:
    (found,) = review([declared(plain, one) for one in ("path", "path next", "path show")])
    assert "rename '/path show'" in found
    assert review([declared(plain, one) for one in ("path", "path next")]) == []


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(BadDeclarations) as caught:
        Registry([declared(undescribed), declared(two_rests, "Other"), form("f", title="")(plain)])
    places = {one.partition(":")[0].rpartition(".")[2] for one in caught.value.found}
    assert places == {"undescribed", "two_rests", "plain"}
    assert len(caught.value.found) > len(places)
    assert all(f"- {one}" in str(caught.value) for one in caught.value.found)


async def untyped(ctx: Ctx, topic) -> Reply:  # type: ignore[no-untyped-def]
    return Reply()


async def odd(ctx: Ctx, topic: list[str]) -> Reply:
    return Reply()


async def numbers(ctx: Ctx, topic: Literal[1, 2]) -> Reply:
    return Reply()


async def maybe(ctx: Ctx, topic: str | None) -> Reply:
    return Reply()


async def nothing() -> Reply:
    return Reply()


async def unknown(ctx: Ctx, topic: Nowhere) -> Reply:  # type: ignore[name-defined]  # noqa: F821
    return Reply()


@pytest.mark.parametrize(
    ("handler", "cure"),
    [
        (untyped, r"parameter topic: it has no type; write"),
        (odd, r"parameter topic: .* use str, int"),
        (numbers, r"parameter topic: a Literal is read as text"),
        (maybe, r"parameter topic: .* add `= None`"),
        (nothing, r"add `ctx: Ctx`"),
        (unknown, r"import what they name"),
    ],
)
def test_a_signature_that_cannot_be_read(handler: Callable[..., Any], cure: str) -> None:
    with pytest.raises(BadDeclaration, match=cure) as caught:
        declared(handler)
    assert f"test_rules.{handler.__name__}" in str(caught.value)


async def choose(ctx: Ctx, page: int, colour: str, note: str = "") -> Reply:
    return Reply()


async def fill(ctx: Ctx, week: int, goal: TEXT) -> Reply:
    return Reply()


def test_a_button_carries_what_its_action_needs() -> None:
    one: Action = action("choose")(choose)
    assert one.button("Red", page=1, colour="red") == Button("Red", "a1:choose:1,red")
    with pytest.raises(TypeError, match="carry colour"):
        one.button("Red", page=1)
    asks: Form = form("fill", title="Fill")(fill)
    assert asks.button("Fill", week=3).token == "a1:fill:3"
    with pytest.raises(TypeError, match="carry week"):
        asks.button("Fill")
    open_command: Route = declared(undescribed)
    assert open_command.button("Go").token == "a1:probe:"


def test_a_select_leaves_exactly_one_value_open() -> None:
    one = action("choose")(choose)
    lines = (Option("Red", "red"),)
    assert one.select(lines, page=1) == Select("a1:choose:1", lines, "Choose one")
    with pytest.raises(TypeError, match=r"not \['page', 'colour'\]"):
        one.select(lines)
    with pytest.raises(TypeError, match=r"not \[\]"):
        one.select(lines, page=1, colour="red")


def test_a_home_part_takes_the_context_alone() -> None:
    with pytest.raises(BadDeclaration, match=r"test_rules\.undescribed: a home part takes the context alone"):
        home(order=1)(undescribed)


def test_a_shortcut_that_a_platform_would_refuse() -> None:
    async def asked(ctx: Ctx, question: TEXT) -> Reply:
        return Reply()

    def found(*shortcuts: Shortcut) -> str:
        declared = command("ask", summary="Ask", section="Learn", examples=("ask why",), shortcuts=shortcuts)(asked)
        return "\n".join(review([declared]))

    fine = Shortcut("Ask the mentors", On.MESSAGE, "question")
    assert found(fine) == ""
    assert "fills answer, which is no parameter" in found(replace(fine, param="answer"))
    assert "fills kind, which is no parameter" in found(replace(fine, given={"kind": "faq"}))
    assert "1 to 24 characters" in found(replace(fine, label="x" * 25))
    assert "2 shortcuts are called 'Ask the mentors'" in found(fine, fine)
    assert "6 shortcuts on a message" in found(*(replace(fine, label=f"Ask {n}") for n in range(6)))


def test_a_shortcut_is_found_by_its_words() -> None:
    registry = find_commands()
    command_behind = registry.behind("Ask the mentors")
    assert command_behind is not None
    assert command_behind[0].name == "faq"
    assert registry.behind("Nothing like that") is None
    assert {one.label for one in registry.shortcuts} >= {"Ask the mentors", "Show progress"}
