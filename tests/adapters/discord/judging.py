"""The second judge of bodies, where it is at hand."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

_JUDGE = Path(__file__).parents[4] / "shared" / "judges" / "discord_judge.py"
_Judge = Callable[[str, str, Any], list[str]]

HERE = _JUDGE.exists()


@lru_cache(maxsize=1)
def _judge() -> _Judge:
    spec = importlib.util.spec_from_file_location("discord_judge", _JUDGE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return cast(_Judge, module.judge)


def of_message(body: Mapping[str, Any]) -> list[str]:
    """Judge a message as a post: nothing, where the judge is not at hand."""
    return _judge()("POST", "/channels/1/messages", body) if HERE else []


def of_answer(body: Mapping[str, Any], kind: int) -> list[str]:
    """Judge a message as the first answer to an interaction: nothing, where the judge is not at hand."""
    return _judge()("POST", "/interactions/1/token/callback", {"type": kind, "data": body}) if HERE else []


def of_modal(data: Mapping[str, Any]) -> list[str]:
    """Judge a modal: nothing, where the judge is not at hand."""
    return _judge()("POST", "/interactions/1/token/callback", {"type": 9, "data": data}) if HERE else []


def of_commands(payload: list[dict[str, Any]]) -> list[str]:
    """Judge what is to become the bot's commands: nothing, where the judge is not at hand."""
    return _judge()("PUT", "/applications/1/commands", payload) if HERE else []
