"""One command and what follows from it: pressing, filling, and what cannot be done."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from adapters.console.conversation import Conversation
from adapters.console.person import Seat
from adapters.console.plain import text_of
from adapters.console.say import Said, say
from bot.core.reply import FieldErrors, OpenForm
from tests.core.samples import Diary


async def run(
    friend: Conversation,
    line: str,
    folder: Path,
    *,
    as_json: bool = False,
    press: tuple[str, ...] = (),
    fill: tuple[str, ...] = (),
    files: tuple[str, ...] = (),
) -> Said:
    paths = tuple(map(Path, files))
    return await say(friend, line, folder=folder, as_json=as_json, press=press, fill=fill, files=paths)


async def test_a_chain_of_forms_and_buttons_ends_with_the_last_answer(
    friend: Conversation, tmp_path: Path, diary: Diary
) -> None:
    diary.gate.set()
    said = await run(friend, "/plan", tmp_path, fill=("goal=Docker", "hours=3"))
    assert (said.code, said.err) == (0, "")
    assert "Week 3: Docker, 3 h" in said.out
    assert "blue, 100% on page 2" in (await run(friend, "/menu", tmp_path, press=("dark, deep blue",))).out
    assert "red on page 2" in (await run(friend, "/menu", tmp_path, press=("RED",))).out
    assert "Ticked." in (await run(friend, "/tick", tmp_path, press=("again", "again"))).out


async def test_a_form_that_is_left_open_is_shown(friend: Conversation, tmp_path: Path) -> None:
    said = await run(friend, "/find level:hard", tmp_path)
    assert said.code == 0
    assert "/find (a form)" in said.out
    assert "topic: What to learn" in said.out
    assert "level = hard: How hard; one of easy, hard; optional" in said.out


@pytest.mark.parametrize(
    ("line", "more", "words"),
    [
        ("/menu", {"press": ("Green",)}, "There is no “Green” to press. There is “Red”, “Dark, deep blue”."),
        ("/today", {"press": ("Red",)}, "There is nothing."),
        ("/today", {"fill": ("topic=x",)}, "No form asks for topic."),
        ("/find", {"fill": ("topc=x",)}, "The form asks for level, topic, and --fill gives topc."),
        ("/find", {"press": ("Red",)}, "--fill gives nothing"),
        ("/find", {"fill": ("topic",)}, "Write --fill as key=value, not 'topic'."),
        ("/nothing", {"press": ("Red",)}, "I don't know /nothing."),
        ("/plan", {"fill": ("hours=99",)}, "99 does not fit. It should be between 1 and 40."),
        ("/send", {"files": ("gone.py",)}, "There is no file gone.py that I can open."),
        ("/send", {"fill": ("work=~nobody-here/x",)}, "There is no file"),
        ("/send", {"fill": ("work=" + "x" * 5000,)}, "There is no file"),
    ],
)
async def test_what_cannot_be_done_is_told_and_ends_with_one(
    friend: Conversation, tmp_path: Path, diary: Diary, line: str, more: dict[str, Any], words: str
) -> None:
    diary.gate.set()
    said = await run(friend, line, tmp_path, **more)
    assert (said.code, said.out) == (1, "")
    assert words in said.err


async def test_a_file_waits_for_the_form_that_asks_for_it(friend: Conversation, tmp_path: Path) -> None:
    work = tmp_path / "work.py"
    work.write_text("1 + 1")
    said = await run(friend, "/hand-in", tmp_path, fill=("title=Sum",), files=(str(work),))
    assert "Sum: 5 in 1 h" in said.out
    first = await friend.says("/hand-in Sum")
    assert isinstance(first.outcome, OpenForm)
    second = await friend.fills(first.outcome, {"work": str(work), "hours": "99"})
    assert isinstance(second.outcome, FieldErrors)
    third = await friend.fills(second.outcome.form, {"hours": "2"})
    assert "Sum: 5 in 2 h" in text_of(third, {})


@pytest.mark.parametrize("name", ["half \udcff a character", "a\nb", "x" * 5000])
async def test_anybody_may_speak_whatever_their_name(friend: Conversation, tmp_path: Path, name: str) -> None:
    strange = Conversation(friend.dispatcher, Seat(name, name))
    assert (await run(strange, "/today", tmp_path)).code == 0


async def test_our_own_mistake_ends_with_two(friend: Conversation, tmp_path: Path) -> None:
    said = await run(friend, "/break", tmp_path)
    assert (said.code, said.out) == (2, "")
    assert "on my side, not on yours" in said.err


async def test_json_is_printed_whatever_the_end(friend: Conversation, tmp_path: Path, diary: Diary) -> None:
    diary.gate.set()
    ends = {"/today": "reply", "/nothing": "reply", "/find": "form", "/break": "reply"}
    for line, kind in ends.items():
        said = await run(friend, line, tmp_path, as_json=True)
        assert json.loads(said.out)["kind"] == kind
    errors = await run(friend, "/plan", tmp_path, as_json=True, fill=("hours=x",))
    assert (errors.code, json.loads(errors.out)["kind"]) == (1, "field-errors")


async def test_a_file_is_sent_along_or_filled_in(friend: Conversation, tmp_path: Path) -> None:
    work = tmp_path / "my work.py"
    work.write_text("print()")
    assert "my work.py: 7" in (await run(friend, "/send", tmp_path, files=(str(work),))).out
    assert "my work.py: 7" in (await run(friend, "/send", tmp_path, fill=(f"work={work}",))).out
