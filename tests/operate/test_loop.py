"""The event loop is the quickest that there is, and asyncio's own where no other is."""

from __future__ import annotations

import asyncio
import importlib
import sys
from collections.abc import Iterator
from importlib.util import find_spec

import pytest

from bot.operate import loop


async def _where_am_i() -> str:
    return type(asyncio.get_running_loop()).__module__.split(".")[0]


@pytest.fixture
def _no_other(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as gone:
        gone.setitem(sys.modules, "uvloop", None)
        importlib.reload(loop)
        yield
    importlib.reload(loop)


def test_the_quickest_loop_is_taken() -> None:
    assert loop.run(_where_am_i()) == ("uvloop" if find_spec("uvloop") else "asyncio")


@pytest.mark.usefixtures("_no_other")
def test_where_there_is_no_other_it_is_that_of_python() -> None:
    assert loop.run(_where_am_i()) == "asyncio"
