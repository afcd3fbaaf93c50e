"""The prompt: lines, numbers for buttons, forms field by field, and a change of seat."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from rich.console import Console

from adapters.console.lines import Lines
from adapters.console.person import Seat
from adapters.console.talk import Talk
from bot.core.dispatch import Dispatcher
from bot.core.markup import md
from bot.core.outgoing import PostFailed, Target, Trouble
from bot.core.reply import Button, Reply
from bot.models import Place
from tests.core.samples import Diary


@dataclass
class Script(Lines):
    """Types what a test has written down."""

    typed: list[str]
    asked: list[str] = field(default_factory=list)

    async def ask(self, prompt: str) -> str | None:
        self.asked.append(prompt)
        return self.typed.pop(0) if self.typed else None


async def sit(dispatcher: Dispatcher, folder: Path, *typed: str) -> tuple[str, list[str]]:
    """Sit down, type these lines, and return what the screen showed and what was asked."""
    out, script = io.StringIO(), Script(list(typed))
    console = Console(file=out, width=100, force_terminal=True, highlight=False)
    await Talk(dispatcher, Seat("ada"), folder, console, script).run()
    return re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue()), script.asked


async def test_numbers_press_buttons_and_lines(dispatcher: Dispatcher, tmp_path: Path, diary: Diary) -> None:
    shown, _ = await sit(dispatcher, tmp_path, "/tick", "1", "/menu", "2")
    assert diary.notes == ["tick", "tick"]
    assert "blue, 100% on page 2" in shown


@pytest.mark.parametrize("number", ["0", "2", "9" * 5000])
async def test_a_number_without_a_button_is_told(dispatcher: Dispatcher, tmp_path: Path, number: str) -> None:
    shown, _ = await sit(dispatcher, tmp_path, "/tick", number)
    assert f"There is no button {number[:9]} here." in shown


async def test_a_slip_does_not_take_the_buttons_away(dispatcher: Dispatcher, tmp_path: Path, diary: Diary) -> None:
    await sit(dispatcher, tmp_path, "/tick", "/tikc", "1")
    assert diary.notes == ["tick", "tick"]


async def test_a_form_is_asked_field_by_field_and_only_what_is_wrong_again(
    dispatcher: Dispatcher, tmp_path: Path, diary: Diary
) -> None:
    diary.gate.set()
    shown, asked = await sit(dispatcher, tmp_path, "/plan", "", "99", "4", "quit")
    assert asked == ["ada> ", "  What do you want?: ", "  Hours: ", "  Hours: ", "ada> "]
    assert "99 does not fit. It should be between 1 and 40." in shown
    assert "Week 3: Learn Docker, 4 h" in shown
    assert "Good-bye." in shown


@pytest.mark.parametrize("typed", [("/plan", ":cancel"), ("/plan",)])
async def test_a_form_can_be_left(dispatcher: Dispatcher, tmp_path: Path, diary: Diary, typed: tuple[str, ...]) -> None:
    diary.gate.set()
    shown, _ = await sit(dispatcher, tmp_path, *typed)
    assert "Left the form. Nothing was changed." in shown


async def test_one_suggestion_that_fits_is_taken(dispatcher: Dispatcher, tmp_path: Path, diary: Diary) -> None:
    await sit(dispatcher, tmp_path, "/find", "pan", "")
    assert diary.notes == ["pandas"]


async def test_a_file_that_is_not_there_is_asked_for_again(dispatcher: Dispatcher, tmp_path: Path) -> None:
    (tmp_path / "work.py").write_text("print()")
    shown, _ = await sit(dispatcher, tmp_path, "/send", "gone.py", str(tmp_path / "work.py"))
    assert "There is no file gone.py that I can open." in shown
    assert "work.py: 7" in shown


async def test_the_seat_can_be_changed(dispatcher: Dispatcher, tmp_path: Path) -> None:
    shown, asked = await sit(
        dispatcher, tmp_path, "/close x", ":organiser", "/close x", ":direct", "/close x", ":community [red]Lab",
        ":as \x1b[31mgrace", "/close y", ":organiser", ":nonsense",
    )  # fmt: skip
    assert "Only the organisers" in shown
    assert "You are ada, an organiser, in home." in shown
    assert "Closed: x" in shown
    assert "This works in a community only." in shown
    assert "You are ada, an organiser, in [red]Lab." in shown
    assert "You are [31mgrace, an organiser, in [red]Lab." in shown
    assert "Closed: y" in shown
    assert ":community NAME" in shown
    assert asked[-1] == "[31mgrace> "


async def test_posts_appear_at_the_prompt_of_whoever_sits_in_their_community(
    dispatcher: Dispatcher, tmp_path: Path
) -> None:
    out = io.StringIO()
    console = Console(file=out, width=100, highlight=False)
    sitting = Talk(dispatcher, Seat("ada", "Home", admin=True), tmp_path, console, Script([]))
    home, away = Place("console", "home"), Place("console", "away")
    post = Reply(md("Count the beans."), title="This week: Beans", rows=((Button("Submit", "a1:tick"),),))
    assert await sitting.post(Target(home, "weekly", role="learners"), post, "week 1") == "week 1"
    assert await sitting.post(Target(home, "weekly"), post, "week 1") == "week 1"
    with pytest.raises(PostFailed) as failed:
        await sitting.post(Target(away, "weekly"), post, "week 2")
    assert failed.value.trouble is Trouble.LATER
    assert out.getvalue().count("This week: Beans") == 1
    assert "In #weekly: (for @learners)" in out.getvalue()
    assert [one.label for one in sitting.pressable] == ["Submit"]


async def test_a_letter_to_organisers_reaches_the_organiser_alone(dispatcher: Dispatcher, tmp_path: Path) -> None:
    out, home = io.StringIO(), Place("console", "home")
    letter = Reply(md("All is well."), title="The week in your community")
    console = Console(file=out, width=100, highlight=False)
    member = Talk(dispatcher, Seat("ada", "Home"), tmp_path, console, Script([]))
    assert not await member.tell_organiser(home, letter)
    assert out.getvalue() == ""
    organiser = Talk(dispatcher, Seat("ada", "Home", admin=True), tmp_path, console, Script([]))
    assert not await organiser.tell_organiser(Place("console", "away"), letter)
    assert await organiser.tell_organiser(home, letter)
    assert "All is well." in out.getvalue()
