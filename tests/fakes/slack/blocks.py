"""Says what would be refused in blocks and views, and completes them as the platform does."""

from __future__ import annotations

import importlib.util
import logging
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from tests.fakes.slack.ids import Mint

JUDGE = Path(__file__).parents[4] / "shared" / "judges" / "slack_judge.py"
MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}
MOST_BYTES_OF_A_VIEW = 250_000
Blocks = list[dict[str, Any]]
logging.getLogger("slack_sdk.models.basic_objects").setLevel(logging.ERROR)


@cache
def _judge() -> Any:
    if not JUDGE.exists():
        return None
    spec = importlib.util.spec_from_file_location("slack_judge", JUDGE)
    if spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.judge


def message_problems(blocks: Any) -> list[str]:
    """Return what is wrong with the blocks of a message."""
    if not isinstance(blocks, list) or not all(isinstance(one, dict) for one in blocks):
        return ["blocks is not a list of objects"]
    return _own("message", blocks) + _judged("message", blocks) + _modelled(blocks)


def view_problems(view: Any, kind: str) -> list[str]:
    """Return what is wrong with a modal or a home."""
    if not isinstance(view, dict) or not isinstance(view.get("blocks"), list):
        return ["view is not an object with blocks"]
    if view.get("type") != kind:
        return [f"a view of type {view.get('type')!r} where {kind!r} belongs"]
    found = _own(kind, view["blocks"]) + _judged(kind, view)
    if kind == "modal" and not view.get("title"):
        found.append("a modal needs a title")
    try:
        View(**{key: value for key, value in view.items() if key != "type"}, type=kind).to_dict()
    except (SlackObjectFormationError, TypeError, ValueError) as error:
        found.append(f"models: {error}")
    return found


def elements(blocks: Blocks) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Go through everything that can be used, with the block that it is in."""
    for block in blocks:
        inside = [*block.get("elements", [])] if block.get("type") in ("actions", "context_actions") else []
        inside += [block[key] for key in ("accessory", "element") if isinstance(block.get(key), dict)]
        for element in inside:
            if element.get("type") != "image":
                yield block, element


def completed(blocks: Blocks, mint: Mint) -> Blocks:
    """Give blocks and elements the ids that they lack."""
    done = deepcopy(blocks)
    for block in done:
        block.setdefault("block_id", mint.id("b"))
    for _, element in elements(done):
        element.setdefault("action_id", mint.id("a"))
    return done


def _own(kind: str, blocks: Blocks) -> list[str]:
    found = [f"{len(blocks)} blocks"] if len(blocks) > MOST_BLOCKS[kind] else []
    names = [block["block_id"] for block in blocks if block.get("block_id")]
    found += [f"block_id {name!r} twice" for name in {*names} if names.count(name) > 1]
    uses = [(id(block), element["action_id"]) for block, element in elements(blocks) if element.get("action_id")]
    return found + [f"action_id {one[1]!r} twice in a block" for one in {*uses} if uses.count(one) > 1]


def _judged(kind: str, payload: Any) -> list[str]:
    judge = _judge()
    return [f"judge: {one}" for one in judge(kind, payload)] if judge else []


def _modelled(blocks: Blocks) -> list[str]:
    try:
        for block in Block.parse_all(blocks):
            block.to_dict()
    except (SlackObjectFormationError, TypeError, ValueError, AttributeError) as error:
        return [f"models: {error}"]
    return []
