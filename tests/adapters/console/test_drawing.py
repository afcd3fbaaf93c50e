"""What the terminal shows: all of an answer, and nothing that the terminal would obey."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from adapters.console.conversation import Conversation
from adapters.console.draw import draw
from adapters.console.files import save
from adapters.console.person import Seat
from adapters.console.plain import controls, text_of
from adapters.console.say import say
from bot.core.calls import Answer
from bot.core.dispatch import Dispatcher
from bot.core.markup import Markdown, md
from bot.core.params import Arg, Choice, Kind, Param
from bot.core.reply import (
    Button,
    Field,
    FieldErrors,
    File,
    Image,
    OpenForm,
    Option,
    Progress,
    Reply,
    Select,
    Update,
    Visibility,
)

HOSTILE = "\x1b[31mred\x1b[0m\x9b2J \x1b]0;title\x07 [red]tag[/red] @everyone\r\n<!channel> \u202eevil :smile: \ud83d\\"
HARMLESS = ("red", "[red]tag[/red]", "@everyone", "<!channel>", "evil", ":smile:")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
FIELDS = (
    Param("note", Kind.TEXT, True, str, Arg(HOSTILE, label=HOSTILE)),
    Param("pick", Kind.CHOICE, False, str, Arg("Pick"), choices=(Choice("a", "a"), Choice("b", "b"))),
)


def everywhere(text: str) -> Reply:
    """Put a text into every place of a reply that holds one."""
    return Reply(
        text=md("{text}", text=text),
        title=text,
        fields=(Field(text, md("{text:code}", text=text)),),
        progress=(Progress(text, 1, 2),),
        image=Image(text, b"png", text),
        files=(File(text, b"data"),),
        rows=(
            (Button(text, "a1:x:"), Button("Go", url="https://example.org/a")),
            Select("a1:y:", (Option(text, "1"),), text),
        ),
        footer=Markdown(f"```\n{text}\n```"),
    )


def screen(answer: Answer, width: int = 88) -> str:
    out = io.StringIO()
    draw(Console(file=out, width=width, force_terminal=True, color_system="standard", highlight=False), answer, {})
    return out.getvalue()


@pytest.mark.parametrize(
    "outcome",
    [
        everywhere(HOSTILE),
        Update(everywhere(HOSTILE)),
        OpenForm("a1:f:", HOSTILE, FIELDS, values={"note": HOSTILE}),
        FieldErrors(OpenForm("a1:f:", "F", FIELDS, values={"note": HOSTILE}, errors={"note": HOSTILE})),
    ],
    ids=["reply", "update", "form", "errors"],
)
def test_what_a_member_types_is_shown_and_never_obeyed(outcome: Reply | Update | OpenForm | FieldErrors) -> None:
    answer = Answer(outcome, Visibility.PUBLIC, notes=(md("{text}", text=HOSTILE),))
    for shown in (COLOUR.sub("", screen(answer)), COLOUR.sub("", screen(answer, 40)), text_of(answer, {})):
        assert not CONTROL.search(shown.replace("\n", ""))
        for words in HARMLESS:
            assert words in re.sub(r"[\n│ ]+", "", shown), words
    assert "\x1b[31mred" not in screen(answer)


@given(st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_no_text_reaches_the_terminal_as_a_command(text: str) -> None:
    answer = Answer(everywhere(text or "x"), Visibility.PRIVATE)
    assert not CONTROL.search(text_of(answer, {}).replace("\n", ""))
    assert not CONTROL.search(COLOUR.sub("", screen(answer, 40)).replace("\n", ""))


async def test_a_hostile_name_is_harmless_in_every_print(dispatcher: Dispatcher, tmp_path: Path) -> None:
    talk = Conversation(dispatcher, Seat(HOSTILE, HOSTILE))
    for line in ("/tick", "/find " + HOSTILE, "/" + HOSTILE, HOSTILE):
        for as_json in (True, False):
            said = await say(talk, line, folder=tmp_path, as_json=as_json)
            assert not CONTROL.search((said.out + said.err).replace("\n", "")), line
            if as_json:
                json.loads(said.out)


def test_every_part_of_an_answer_is_drawn() -> None:
    answer = Answer(everywhere("words"), Visibility.PUBLIC)
    for shown in (COLOUR.sub("", screen(answer)), text_of(answer, {})):
        assert shown.count("words") >= 10
        for part in ("1 of 2", "[1] words", "[2] Go: https://example.org/a", "3  words", "everybody here sees this"):
            assert part in shown
    assert "only you see this" in text_of(Answer(Reply(Markdown("x")), Visibility.PRIVATE), {})


@pytest.mark.parametrize("width", [40, 88, 200])
def test_a_long_title_is_not_cut(width: int) -> None:
    title = " ".join(f"word{n}" for n in range(20))
    shown = screen(Answer(Reply(Markdown("x"), title=title), Visibility.PRIVATE), width)
    assert all(f"word{n}" in shown for n in range(20))
    assert max(map(len, COLOUR.sub("", shown).splitlines())) <= width


def test_markdown_is_drawn_with_its_marks() -> None:
    text = (
        "1. one\n2. two\n   - deep\n\n> said\n\n```\ncode\n```\n\n[here](https://example.org/a) and **bold**\\\nnext\n"
    )
    field = Field("List", Markdown("- a_b\n- c\\*d"))
    shown = COLOUR.sub("", screen(Answer(Reply(Markdown(text), fields=(field,)), Visibility.PRIVATE)))
    for part in ("1. one", "2. two", "• deep", "said", "code", "here (https://example.org/a) and bold", "- c*d"):
        assert part in shown
    numbered = COLOUR.sub("", screen(Answer(Reply(Markdown("1. ```\n   x = 1\n   ```")), Visibility.PRIVATE)))
    assert "1." in numbered


def test_controls_are_numbered_over_all_rows() -> None:
    reply = everywhere("x")
    assert [one.label for one in controls(reply.rows)] == ["x", "Go", "x"]
    assert [one.picked for one in controls(reply.rows)] == [(), (), ("1",)]


def test_files_are_saved_under_names_that_are_free_and_stay_in_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    names = ("../../evil.txt", "..\\..\\evil.txt", "/etc/passwd", "..", "a.txt", "a.txt")
    for name in names:
        save(Reply(Markdown("x"), files=(File(name, b"data"),)), folder)
    saved = sorted(one.name for one in folder.iterdir())
    assert saved == ["a-2.txt", "a.txt", "evil-2.txt", "evil.txt", "file", "passwd"]
    assert sorted(one.name for one in tmp_path.iterdir()) == ["files"]
