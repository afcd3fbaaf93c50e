"""Forms as modals of Slack."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from adapters.slack.forms import errors, loading, modal, shown
from bot.core.markup import Markdown
from bot.core.params import Arg, Choice, Kind, Param
from bot.core.reply import Button, File, OpenForm, Reply
from tests.adapters.slack.judging import verdicts
from tests.adapters.slack.replies import forms, replies, suggest

LEVELS = tuple(Choice(word.capitalize(), word) for word in ("easy", "fair", "hard"))
MANY = tuple(Choice(f"Choice {n}", str(n)) for n in range(20))


def param(kind: Kind, *, required: bool = True, **more: Any) -> Param:
    arg = more.pop("arg", Arg("What for"))
    return Param("it", kind, required, str, arg, more.pop("default", None), more.pop("choices", ()))


def drawn(one: Param, value: str = "", error: str = "") -> dict[str, Any]:
    form = OpenForm(
        "a1:f:", "Title", (one,), values={"it": value} if value else {}, errors={"it": error} if error else {}
    )
    view = modal(form)
    assert verdicts("modal", view) == []
    block: dict[str, Any] = view["blocks"][-1]
    return block


def element(one: Param, value: str = "") -> dict[str, Any]:
    made: dict[str, Any] = drawn(one, value)["element"]
    return made


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(forms())
def test_every_form_that_the_core_allows_is_taken(form: OpenForm) -> None:
    view = modal(form, url="https://hooks.slack.com/" + "x" * 200, born=1763712000.5, extra={"ts": "1.2"})
    assert verdicts("modal", view) == []
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    assert [block["block_id"] for block in inputs] == [f"f:{one.name}" for one in form.fields]
    assert [block["element"]["action_id"] for block in inputs] == [one.name for one in form.fields]
    assert [block["optional"] for block in inputs] == [not one.required for one in form.fields]
    assert len([block for block in view["blocks"] if block["type"] == "section"]) >= len(form.errors)
    assert errors(form).keys() <= {block["block_id"] for block in inputs}


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(replies)
def test_every_reply_fits_into_a_modal(reply: Reply) -> None:
    assert verdicts("modal", shown(reply, picture="F1")) == []


def test_the_metadata_carries_the_token_and_where_to_answer() -> None:
    view = modal(OpenForm("a1:f:x", "Title", (param(Kind.TEXT),)), url="https://h", born=12, extra={"ts": "1.5"})
    assert view["callback_id"] == "form"
    assert json.loads(view["private_metadata"]) == {"token": "a1:f:x", "url": "https://h", "born": 12, "ts": "1.5"}


def test_metadata_that_does_not_fit_is_our_mistake() -> None:
    with pytest.raises(ValueError, match="3000 at most"):
        modal(OpenForm("a1:f:", "Title", (param(Kind.TEXT),)), extra={"more": "x" * 3000})


def test_a_text_is_a_text_input_with_its_length() -> None:
    arg = Arg("Say it", multiline=True, max_length=500, placeholder="Like this")
    made = element(param(Kind.TEXT, arg=arg), "as typed")
    assert made == {
        "type": "plain_text_input",
        "action_id": "it",
        "multiline": True,
        "max_length": 500,
        "placeholder": {"type": "plain_text", "text": "Like this", "emoji": False},
        "initial_value": "as typed",
    }


def test_a_text_that_is_too_long_comes_back_whole() -> None:
    made = element(param(Kind.TEXT, arg=Arg("Say it", max_length=5)), "far too long")
    assert (made["initial_value"], made["max_length"]) == ("far too long", 3000)


def test_suggestions_come_from_outside_and_keep_what_was_typed() -> None:
    made = element(param(Kind.TEXT, arg=Arg("Topic", suggest=suggest)), "docker")
    assert (made["type"], made["min_query_length"], made["initial_option"]["value"]) == ("external_select", 0, "docker")
    assert "initial_option" not in element(param(Kind.TEXT, arg=Arg("Topic", suggest=suggest)))
    for arg in (Arg("T", suggest=suggest, rest=True), Arg("T", suggest=suggest, multiline=True)):
        assert element(param(Kind.TEXT, arg=arg))["type"] == "plain_text_input"
    assert element(param(Kind.TEXT, arg=Arg("T", suggest=suggest)), "x" * 76)["initial_value"] == "x" * 76


def test_numbers_know_their_bounds() -> None:
    arg = Arg("How many", minimum=0, maximum=10)
    made = element(param(Kind.INTEGER, arg=arg), "7")
    assert made["is_decimal_allowed"] is False
    assert (made["min_value"], made["max_value"], made["initial_value"]) == ("0", "10", "7")
    share = element(param(Kind.NUMBER, arg=Arg("Share", minimum=0.00001, maximum=1)), "0.5")
    assert (share["is_decimal_allowed"], share["min_value"], share["initial_value"]) == (True, "0.00001", "0.5")


@pytest.mark.parametrize(
    ("one", "typed"),
    [
        (param(Kind.INTEGER), "many"),
        (param(Kind.INTEGER), "1.5"),
        (param(Kind.INTEGER, arg=Arg("Few", maximum=3)), "4"),
        (param(Kind.NUMBER), "1e999999999"),
        (param(Kind.NUMBER), "1e-999999999"),
        (param(Kind.CHOICE, choices=LEVELS), "hrd"),
        (param(Kind.MEMBER), "ada"),
        (param(Kind.CHANNEL), "#weekly"),
    ],
)
def test_what_a_field_cannot_hold_is_said_beside_it(one: Param, typed: str) -> None:
    assert f"You wrote “{typed}”." in drawn(one, typed)["hint"]["text"]


def test_a_flag_is_yes_or_no() -> None:
    made = element(param(Kind.FLAG), "on")
    assert made["type"] == "radio_buttons"
    assert [one["value"] for one in made["options"]] == ["yes", "no"]
    assert made["initial_option"]["value"] == "yes"
    assert "initial_option" not in element(param(Kind.FLAG))
    assert element(param(Kind.FLAG, required=False, default=False))["initial_option"]["value"] == "no"


def test_a_few_choices_are_radio_buttons_and_many_a_select() -> None:
    assert element(param(Kind.CHOICE, choices=LEVELS), "HARD")["initial_option"]["value"] == "hard"
    assert element(param(Kind.CHOICE, choices=LEVELS))["type"] == "radio_buttons"
    assert element(param(Kind.CHOICE, choices=LEVELS, required=False))["type"] == "static_select"
    assert element(param(Kind.CHOICE, choices=MANY))["type"] == "static_select"


def test_members_channels_and_files_are_picked() -> None:
    assert element(param(Kind.MEMBER), "@W12AB") == {"type": "users_select", "initial_user": "W12AB", "action_id": "it"}
    channel = element(param(Kind.CHANNEL), "C12AB")
    assert channel["initial_conversation"] == "C12AB"
    assert channel["filter"] == {
        "include": ["public", "private"],
        "exclude_bot_users": True,
        "exclude_external_shared_channels": True,
    }
    assert element(param(Kind.FILE)) == {"type": "file_input", "max_files": 1, "action_id": "it"}


@pytest.mark.parametrize("kind", [Kind.DATE, Kind.DURATION, Kind.ROLE])
def test_words_like_friday_are_typed(kind: Kind) -> None:
    made = element(param(kind), "friday")
    assert made["type"] == "plain_text_input"
    assert made["initial_value"] == "friday"
    assert made["placeholder"]["text"]


def test_hints_say_what_for_and_what_counts_otherwise() -> None:
    assert drawn(param(Kind.TEXT))["hint"]["text"] == "What for"
    left_out = param(Kind.DURATION, required=False, default=timedelta(minutes=25))
    assert drawn(left_out)["hint"]["text"] == "What for. 25m if left out."
    assert drawn(left_out)["optional"] is True


def test_mistakes_stand_above_their_fields_and_in_the_answer() -> None:
    one, two = param(Kind.TEXT), Param("two", Kind.TEXT, True, str, Arg("More"))
    form = OpenForm("a1:f:", "T", (one, two), errors={"two": "Too <long>.", "gone": "Start again.", "it": "Shorter."})
    view = modal(form)
    assert verdicts("modal", view) == []
    said = [block["text"]["text"] if block["type"] == "section" else block["block_id"] for block in view["blocks"]]
    assert said == ["⚠️ Start again.", "⚠️ Shorter.", "f:it", "⚠️ Too &lt;long&gt;.", "f:two"]
    assert errors(form) == {"f:two": "Too <long>.", "f:it": "Start again. Shorter."}


def test_loading_holds_the_place() -> None:
    view = loading("A title that is longer than a title may be")
    assert verdicts("modal", view) == []
    assert view["title"]["text"] == "A title that is longer …"


def test_a_reply_in_a_modal_keeps_its_buttons_and_says_what_does_not_fit() -> None:
    reply = Reply(Markdown("Done."), files=(File("a.csv", b""),), rows=((Button("Undo", "a1:undo:x"),),))
    view = shown(reply)
    assert [block["type"] for block in view["blocks"]] == ["section", "actions", "section"]
    assert view["blocks"][-1]["text"]["text"] == "Files do not fit here. File: a.csv"
