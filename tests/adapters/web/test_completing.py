"""Completing a line, word by word."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.web.completing import Completion, complete
from adapters.web.people import Seat
from bot.core.dispatch import Dispatcher

NAMES = ("Ada", "Grace")


@pytest.fixture
def completed(dispatcher: Dispatcher) -> Any:
    def found(line: str, *, organiser: bool = False, room: str = "general") -> Completion:
        return complete(dispatcher, Seat("Ada", organiser).speaker(room, "Lab"), NAMES, line)

    return found


def _line(line: str, found: Completion, label: str) -> str:
    choice = next(one for one in found.choices if one["label"] == label)
    return line[: found.start] + choice["insert"]


def test_a_slash_lists_what_this_member_may_use(completed: Any) -> None:
    labels = [one["label"] for one in completed("/").choices]
    assert "/today" in labels
    assert not any(label.startswith("/close") for label in labels)
    assert any(one["label"].startswith("/close") for one in completed("/", organiser=True).choices)
    assert not any(one["label"].startswith("/close") for one in completed("/", organiser=True, room="direct").choices)


def test_commands_are_found_by_their_beginning_and_by_what_they_do(completed: Any) -> None:
    assert [one["insert"] for one in completed("/rem").choices] == ["/remind "]
    assert "/menu" in [one["insert"] for one in completed("/colour").choices]
    assert completed("hello").choices == ()


def test_the_last_argument_is_suggested_live(completed: Any) -> None:
    found = completed("/find do")
    assert _line("/find do", found, "docker") == "/find docker "
    assert found.command == "find"
    assert [(one["name"], one["now"]) for one in found.slots] == [("topic", True), ("level", False)]


def test_arguments_with_names_are_offered_and_completed(completed: Any) -> None:
    assert _line("/remind friday ", completed("/remind friday "), "times:") == "/remind friday times:"
    found = completed("/find docker level:h")
    assert _line("/find docker level:h", found, "hard") == "/find docker level:hard "
    found = completed("/remind who:gr")
    assert _line("/remind who:gr", found, "@Grace") == "/remind who:@Grace "


@pytest.mark.parametrize(
    ("line", "whole"), [("/find zz yy le", "/find zz yy level:"), ("/find zz ", "/find zz level:")]
)
def test_arguments_with_names_are_offered_behind_a_sentence_that_is_no_suggestion(
    completed: Any, line: str, whole: str
) -> None:
    assert _line(line, completed(line), "level:") == whole


def test_arguments_in_their_order(completed: Any) -> None:
    found = completed("/remind to")
    assert _line("/remind to", found, "today") == "/remind today "
    assert [one["name"] for one in completed("/remind today ").slots if one["now"]] == ["length"]


def test_suggestions_that_fail_are_no_error(completed: Any) -> None:
    assert [one for one in completed("/find boom").choices if one["group"] == "Topic"] == []


@pytest.mark.parametrize("line", ['/find "', "/find level:", "/" + "x" * 5000, "/find " + "y " * 2000, "/ ", "/find\n"])
def test_odd_lines_are_completed_too(completed: Any, line: str) -> None:
    assert completed(line).start <= len(line)
