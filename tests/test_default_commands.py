"""What every command has to bear: help, an empty line, its own examples, every button, every drawing of an answer."""

from __future__ import annotations

import io
import json
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from rich.console import Console

from adapters.console.draw import draw
from adapters.console.plain import text_of
from bot.core.calls import Answer, Pressed, Source, Status
from bot.core.codec import keep, restore, show
from bot.core.declare import Command
from bot.core.limits import problems
from bot.core.markup import plain
from bot.core.reply import FieldErrors, OpenForm, Reply, Update, Visibility
from bot.settings import Settings
from bot.wiring import House, find_commands, open_house
from tests.clock import ManualClock
from tests.fakes.platform import STRICT, Customs, Heard, Member, Platform

REGISTRY = find_commands()
COMMANDS = REGISTRY.commands
EXAMPLES = [(command, example) for command in COMMANDS for example in command.examples]
PLATFORM_WORDS = re.compile(
    r"\b(discord|slack|telegram|matrix|mattermost|teams|zulip|mrkdwn|modal|embed)\b", re.IGNORECASE
)
COMMAND_FILES = sorted((Path(__file__).parent.parent / "bot" / "commands").glob("*.py"))

each_command = pytest.mark.parametrize("command", COMMANDS, ids=lambda one: one.name)


def texts(answer: Answer) -> Iterator[str]:
    """Name what has to be found in every drawing of an answer."""
    match answer.outcome:
        case Update(reply) | (Reply() as reply):
            yield from [reply.title, plain(reply.text), plain(reply.footer)]
            yield from (text for field in reply.fields for text in (field.name, plain(field.value)))
        case FieldErrors(form) | (OpenForm() as form):
            yield from [form.title, *(param.arg.description for param in form.fields), *form.errors.values()]


def letters(text: str) -> str:
    """Leave only what a drawing cannot break, frame or indent."""
    return "".join(one for one in text if one.isalnum())


def drawn(answer: Answer, width: int) -> str:
    """Draw an answer as the terminal shows it."""
    console = Console(file=io.StringIO(), width=width, force_terminal=True, color_system="truecolor", highlight=False)
    draw(console, answer, {})
    out = console.file
    assert isinstance(out, io.StringIO)
    return out.getvalue()


def bare(drawing: str) -> str:
    """Take the colours and the frame away."""
    return re.sub(r"\x1b\[[0-9;]*m", "", drawing)


def check_every_drawing(heard: Heard) -> None:
    """Look at an answer with every eye that there is."""
    answer = heard.answer
    assert answer.status is not Status.FAILED, answer
    assert problems(answer.outcome) == []
    said = json.loads(json.dumps(show(answer)))
    assert said["visibility"] in set(Visibility)
    words = text_of(answer, {})
    assert words.isprintable() or set(words) - {"\n"} == {one for one in words if one.isprintable()}
    for width in (40, 100):
        drawing = bare(drawn(answer, width))
        assert max(map(len, drawing.splitlines())) <= width
        for text in texts(answer):
            assert letters(text) in letters(drawing), (width, text)
    for text in texts(answer):
        assert letters(text) in letters(words), text
    if isinstance(answer.outcome, Reply | Update):
        kept = keep(answer)
        assert kept is not None
        assert restore(kept) == answer


@each_command
async def test_help_explains_it(command: Command, ada: Member) -> None:
    heard = await ada.says(f"/help {command.words}")
    assert heard.answer.status is Status.DONE
    assert heard.reply.title == f"/{command.words}"
    for param in command.fields:
        assert f"`{param.name}`" in heard.reply.text
        assert param.arg.description in plain(heard.reply.text)
    for example in command.examples:
        assert f"/{example}" in plain(heard.reply.text)
    assert "you see" in heard.reply.text or "sees the answer" in heard.reply.text
    check_every_drawing(heard)


@each_command
async def test_nothing_behind_it_is_answered(command: Command, ada: Member, grace: Member, clock: ManualClock) -> None:
    for member in (ada, grace, ada.platform.member("solo", community=None)):
        heard = await member.says(f"/{command.words}")
        check_every_drawing(heard)
        if any(param.required for param in command.params) and heard.answer.status is Status.DONE:
            assert isinstance(heard.answer.outcome, OpenForm)


@each_command
async def test_nonsense_behind_it_is_answered(command: Command, grace: Member) -> None:
    for nonsense in ("¿?", '"', "x:y", "`*_<@everyone> [a](b)", "level:", "😀 " * 30, "a" * 3000):
        heard = await grace.says(f"/{command.words} {nonsense}")
        assert heard.answer.status is not Status.FAILED, heard.answer
        if isinstance(heard.answer.outcome, Reply):
            check_every_drawing(heard)


@each_command
def test_it_has_an_example_and_a_place_in_help(command: Command) -> None:
    assert command.examples
    assert not command.summary.endswith(".")
    assert command.summary[0].isupper()


@pytest.fixture
async def full_house(tmp_path: Path, clock: ManualClock) -> AsyncIterator[House]:
    """Open a house with everything that is shipped; examples speak about that."""
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'full.db'}", files_dir=tmp_path)
    async with open_house(settings, clock, strict=True) as opened:
        yield opened


async def test_every_example_works_and_every_button_below_it(
    full_house: House, clock: ManualClock, customs: Customs
) -> None:
    grace = Platform(full_house.dispatcher, clock, customs).member("grace", admin=True)
    for command, example in EXAMPLES:
        clock.advance(minutes=1)
        heard = await grace.says(f"/{example}")
        assert heard.answer.status is Status.DONE, (example, heard.answer)
        assert heard.answer.visibility is command.visibility or isinstance(heard.answer.outcome, OpenForm)
        check_every_drawing(heard)
        for label in heard.labels() if isinstance(heard.answer.outcome, Reply | Update) else ():
            clock.advance(minutes=1)
            check_every_drawing(await heard.press(label))


@pytest.mark.parametrize("source", [Source.BUTTON, Source.SELECT, Source.FORM])
@pytest.mark.parametrize("args", ["", "1", "-1", "999999999999", "x,y,z", "%_,%_"])
async def test_no_forged_token_breaks_anything(source: Source, args: str, house: House, clock: ManualClock) -> None:
    grace = Platform(house.dispatcher, clock, STRICT).member("grace", admin=True)
    picked = ("1",) if source is Source.SELECT else ()
    for name in REGISTRY.routes:
        clock.advance(seconds=30)
        heard = await grace.sends(source, Pressed(f"a1:{name}:{args}", picked))
        assert heard.answer.status is not Status.FAILED, (name, heard.answer)


@pytest.mark.parametrize("file", COMMAND_FILES, ids=lambda file: file.name)
def test_no_command_knows_a_platform(file: Path) -> None:
    assert PLATFORM_WORDS.findall(file.read_text("utf-8")) == []
