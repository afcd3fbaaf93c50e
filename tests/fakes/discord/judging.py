"""A second opinion on every body, where the judge of payloads lies beside the repository."""

from __future__ import annotations

import functools
import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

JUDGE = Path(__file__).resolve().parents[3].parent / "shared" / "judges" / "discord_judge.py"
# The judge knows bodies of these; what has none needs no opinion.
WITH_BODY = ("POST", "PUT", "PATCH")
Judge = Callable[[str, str, Any], list[str]]


@functools.lru_cache(maxsize=1)
def judge() -> Judge | None:
    """Return the judge, or None where there is none."""
    spec = importlib.util.spec_from_file_location("discord_judge", JUDGE) if JUDGE.is_file() else None
    if spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: Judge = module.judge
    return found


def second_opinion(method: str, path: str, body: Any) -> list[str]:
    """Return what the judge would refuse."""
    asked = judge()
    if asked is None or method not in WITH_BODY or body is None:
        return []
    try:
        return asked(method, path, body)
    except (KeyError, TypeError, AttributeError) as error:
        return [f"malformed: {error!r}"]
