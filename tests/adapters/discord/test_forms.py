"""Forms as modals: every kind of field, what was typed before, and what is to be mended."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.discord.forms import modal
from adapters.discord.limits import modal_problems
from bot.core import limits
from bot.core.markup import one_line
from bot.core.params import Arg, Choice, Kind, Param
from bot.core.reply import OpenForm
from tests.adapters.discord import judging
from tests.adapters.discord.reader import PINGS, kinds, read, words

LEVELS = (Choice("Easy", "easy"), Choice("Hard", "hard"))
TYPES = {
    Kind.TEXT: 4,
    Kind.INTEGER: 4,
    Kind.NUMBER: 4,
    Kind.FLAG: 3,
    Kind.CHOICE: 3,
    Kind.MEMBER: 5,
    Kind.CHANNEL: 8,
    Kind.ROLE: 6,
    Kind.DATE: 4,
    Kind.DURATION: 4,
    Kind.FILE: 19,
}


def asked(kind: Kind, required: bool = True, **more: Any) -> Param:
    arg = Arg(**{"description": "Say it", **more.pop("arg", {})})
    choices = LEVELS if kind is Kind.CHOICE else ()
    return Param("thing", kind, required, str, **{"arg": arg, "choices": choices, **more})


def checked(form: OpenForm, **more: Any) -> dict[str, Any]:
    """Draw a form and have both judges look at it."""
    data = modal(form, **more)
    assert modal_problems(data) == []
    assert judging.of_modal(data) == []
    return data


def field(param: Param, value: str = "") -> dict[str, Any]:
    """Draw a form with one field, and return what is in its label."""
    (label,) = checked(OpenForm("a1:f:", "Form", (param,), values={param.name: value} if value else {}))["components"]
    component: dict[str, Any] = label["component"]
    return component


@pytest.mark.parametrize("required", [True, False])
@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_its_field(kind: Kind, required: bool) -> None:
    drawn = field(asked(kind, required))
    assert (drawn["type"], drawn["custom_id"], drawn["required"]) == (TYPES[kind], "thing", required)
    assert drawn["min_length" if drawn["type"] == 4 else "min_values"] == int(required)


def test_a_form_has_its_token_its_title_and_its_labels() -> None:
    fields = (asked(Kind.TEXT), replace(asked(Kind.FLAG), name="loud", arg=Arg("Or not", label="Out loud")))
    data = checked(OpenForm("a1:f:1", "Tell me", fields))
    assert (data["custom_id"], data["title"]) == ("a1:f:1", "Tell me")
    assert [(one["label"], one["description"]) for one in data["components"]] == [
        ("Thing", "Say it"),
        ("Out loud", "Or not"),
    ]


def test_text_has_room_for_what_may_be_typed() -> None:
    assert (field(asked(Kind.TEXT))["style"], field(asked(Kind.TEXT))["max_length"]) == (1, limits.FORM_VALUE)
    assert field(asked(Kind.TEXT, arg={"multiline": True, "max_length": 500}))["style"] == 2
    assert field(asked(Kind.TEXT, arg={"max_length": 500}))["max_length"] == 500
    assert field(asked(Kind.DATE))["max_length"] == 100
    assert field(asked(Kind.TEXT, arg={"suggest": lambda asking, typed: ()}))["type"] == 4


def test_what_was_typed_comes_back_whole() -> None:
    assert field(asked(Kind.TEXT), "two\nlines")["style"] == 2
    too_long = field(asked(Kind.TEXT, arg={"max_length": 10}), "x" * 40)
    assert (too_long["value"], too_long["max_length"]) == ("x" * 40, 40)
    assert field(asked(Kind.INTEGER), "many")["value"] == "many"
    assert field(asked(Kind.MEMBER), "123456789012345678")["default_values"] == [
        {"id": "123456789012345678", "type": "user"}
    ]
    assert field(asked(Kind.ROLE), "123456789012345678")["default_values"][0]["type"] == "role"
    assert field(asked(Kind.CHANNEL), "123456789012345678")["default_values"][0]["type"] == "channel"
    assert "default_values" not in field(asked(Kind.MEMBER), "@ada")
    assert field(asked(Kind.CHANNEL))["channel_types"] == [0, 5]


@pytest.mark.parametrize(
    ("kind", "value", "chosen"),
    [
        (Kind.CHOICE, "hard", ["hard"]),
        (Kind.CHOICE, "EASY", ["easy"]),
        (Kind.CHOICE, "odd", []),
        (Kind.CHOICE, "", []),
        (Kind.FLAG, "yes", ["yes"]),
        (Kind.FLAG, "Off", ["no"]),
        (Kind.FLAG, "perhaps", []),
    ],
)
def test_a_choice_stands_as_it_was_made(kind: Kind, value: str, chosen: list[str]) -> None:
    assert [one["value"] for one in field(asked(kind), value)["options"] if one.get("default")] == chosen


def test_what_holds_when_nothing_is_said_is_shown() -> None:
    assert field(asked(Kind.DURATION, False, default=timedelta(minutes=25)))["placeholder"] == "25m if left out"
    assert field(asked(Kind.DATE, False, default=date(2026, 3, 1)))["placeholder"] == "2026-03-01 if left out"
    (chosen,) = [one for one in field(asked(Kind.FLAG, False, default=False))["options"] if one.get("default")]
    assert chosen["label"] == "No"


def test_a_field_hints_how_to_write() -> None:
    assert field(asked(Kind.TEXT, arg={"placeholder": "Like this"}))["placeholder"] == "Like this"
    assert "2026-11-21" in field(asked(Kind.DATE))["placeholder"]
    assert "45m" in field(asked(Kind.DURATION))["placeholder"]
    assert field(asked(Kind.INTEGER, arg={"minimum": 1, "maximum": 9}))["placeholder"] == "From 1 to 9"
    assert field(asked(Kind.NUMBER, arg={"minimum": 0.5}))["placeholder"] == "0.5 or more"
    assert field(asked(Kind.NUMBER, arg={"maximum": 2}))["placeholder"] == "2 or less"
    assert "placeholder" not in field(asked(Kind.TEXT))
    assert len(field(asked(Kind.TEXT, arg={"placeholder": "x" * 101}))["placeholder"]) == 100


def test_choices_may_be_given_other_words() -> None:
    form = OpenForm("a1:f:", "Form", (asked(Kind.CHOICE),))
    (label,) = checked(form, choices=lambda param: [Choice("Leicht", "easy")])["components"]
    assert label["component"]["options"] == [{"label": "Leicht", "value": "easy"}]


@pytest.mark.parametrize(
    "choices",
    [
        tuple(Choice(str(n), str(n)) for n in range(26)),
        (Choice("a", "a"), Choice("b", "a")),
        (Choice("a", "a" * 101),),
        (),
    ],
    ids=["too many", "twice", "too long", "none"],
)
def test_a_choice_that_no_select_can_hold_is_typed(choices: tuple[Choice, ...]) -> None:
    assert field(asked(Kind.CHOICE, choices=choices))["type"] == 4


def test_what_is_wrong_stands_first_at_its_field_and_above_all() -> None:
    long = "Hm, " + "very " * 40 + "*odd*"
    fields = (asked(Kind.TEXT), replace(asked(Kind.DATE), name="due"), replace(asked(Kind.TEXT), name="fine"))
    form = OpenForm("a1:f:", "Form", fields, errors={"thing": "Too long.", "due": long})
    lead, *labels = checked(form)["components"]
    assert words(read(lead["content"])) == f"Please mend this:\nThing: Too long.\nDue: {long}"
    assert [one["description"] for one in labels][::2] == ["Too long. Say it", "Say it"]
    assert labels[1]["description"].startswith("Hm, very")
    assert labels[1]["description"].endswith("…")


def test_five_fields_leave_no_room_above_them() -> None:
    fields = tuple(replace(asked(Kind.TEXT), name=f"f{n}") for n in range(5))
    labels = checked(OpenForm("a1:f:", "Form", fields, errors={"f1": "x " * 80, "f2": "Short."}))["components"]
    assert [one["type"] for one in labels] == [18] * 5
    assert len(labels[1]["description"]) <= 100
    assert labels[1]["description"].endswith("x…")
    assert labels[2]["description"] == "Short. Say it"


TEXTS = st.text(alphabet="ab *_\\|<@1>\n😀", max_size=12) | st.sampled_from(
    ["x" * 99, "y" * 3000, "@everyone", "z *" * 900]
)
PARAMS = st.builds(
    Param,
    name=st.just("thing"),
    kind=st.sampled_from(Kind),
    required=st.booleans(),
    python=st.just(str),
    arg=st.builds(
        Arg, TEXTS, label=TEXTS, placeholder=TEXTS, multiline=st.booleans(), max_length=st.none() | st.just(9)
    ),
    choices=st.sampled_from([LEVELS, ()]),
)


@given(
    st.lists(PARAMS, min_size=1, max_size=5),
    st.dictionaries(st.integers(0, 5), TEXTS),
    st.lists(TEXTS, max_size=5),
    TEXTS,
)
@settings(max_examples=80, deadline=None)
def test_every_form_that_the_core_allows_fits(
    params: list[Param], values: dict[int, str], errors: list[str], title: str
) -> None:
    named = tuple(replace(param, name=f"p{n}") for n, param in enumerate(params))
    form = OpenForm(
        "a1:f:",
        one_line(title)[: limits.FORM_TITLE] or "Form",
        named,
        values={f"p{n}": value for n, value in values.items()},
        errors={f"p{n}": error for n, error in enumerate(errors)},
    )
    assert limits.problems(form) == []
    data = checked(form)
    labels = [one for one in data["components"] if one["type"] == 18]
    assert [one["component"]["custom_id"] for one in labels] == [param.name for param in named]
    for number, label in enumerate(labels):
        component, value = label["component"], values.get(number, "")
        assert component["type"] != 4 or component.get("value", "") == value
        error = one_line(errors[number]) if number < len(errors) else ""
        assert label.get("description", "").startswith(error[:20].rstrip())
    for lead in data["components"][: len(data["components"]) - len(labels)]:
        assert kinds(read(lead["content"])) <= {"item", "bold"}
        assert not PINGS.search(lead["content"])
