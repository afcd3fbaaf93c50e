"""Everybody who has a say about a payload: our own limits, the SDK's models, and the judge of the platform's types."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, cast

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from adapters.slack import limits
from adapters.slack.limits import Surface

Judge = Callable[[str, Any], list[str]]
_JUDGE = Path(__file__).parents[4] / "shared" / "judges" / "slack_judge.py"


@cache
def judge() -> Judge | None:
    """Load the judge, where it is at hand."""
    spec = importlib.util.spec_from_file_location("slack_judge", _JUDGE) if _JUDGE.exists() else None
    if spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return cast(Judge, module.judge)


def verdicts(surface: Surface, payload: dict[str, Any]) -> list[str]:
    """List what anybody has against a payload."""
    found = [f"limits: {problem}" for problem in limits.problems(surface, payload)]
    found += [f"models: {problem}" for problem in model_problems(surface, payload)]
    other = judge()
    return found + ([f"judge: {problem}" for problem in other(surface, payload)] if other else [])


def model_problems(surface: Surface, payload: dict[str, Any]) -> list[str]:
    """Ask the SDK's models; what they do not know they drop, so that what comes back has to be the same."""
    try:
        if surface != "message":
            View(**payload).validate_json()
        parsed = [block.to_dict() for block in Block.parse_all(payload["blocks"])]
    except (SlackObjectFormationError, TypeError, ValueError) as error:
        return [str(error)]
    return [] if parsed == payload["blocks"] else [f"{parsed} came back from {payload['blocks']}"]
