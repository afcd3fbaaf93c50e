"""What does not fit into a form's token is refused in words, and is no mistake of the program."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Annotated

import pytest

from bot.core.calls import Call, Source, Speaker, Status, Typed
from bot.core.calls import Pressed as Press
from bot.core.context import Ctx
from bot.core.declare import command, form
from bot.core.markup import md
from bot.core.params import Arg
from bot.core.reply import Reply
from bot.models import Handle
from tests.clock import ManualClock
from tests.house import small_house

SPEAKER = Speaker(Handle("console", "", "ada"), "Ada")
Word = Annotated[str, Arg("A word")]


@form("note.write", title="A note")
async def write(ctx: Ctx, text: Annotated[str, Arg("What")], about: str = "") -> Reply:
    return Reply(md("Written."))


@command("plan", summary="Plan a week", section="Test")
async def plan(ctx: Ctx, a: Word, b: Word, c: Word, d: Word, e: Word, f: Word = "") -> Reply:
    return Reply(md("Planned."))


async def _status(folder: Path, call: Call, caplog: pytest.LogCaptureFixture) -> Status:
    with caplog.at_level(logging.ERROR):
        async with small_house(folder, [write, plan], ManualClock()) as dispatcher:
            answer = await dispatcher.handle(call)
    assert caplog.records == []
    return answer.status


async def test_a_forged_button(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    call = Call("1", Source.BUTTON, SPEAKER, Press(f"a1:note.write:,{'x' * 300}"))
    assert await _status(tmp_path, call, caplog) is Status.REFUSED


async def test_a_line_that_says_much_in_the_wrong_place(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    call = Call("1", Source.SLASH, SPEAKER, Typed(f"plan f:{'x' * 300}"))
    assert await _status(tmp_path, call, caplog) is Status.REFUSED
