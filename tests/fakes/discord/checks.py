"""Small checks that bodies have in common."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any, ParamSpec

P = ParamSpec("P")
BROKEN = (KeyError, TypeError, AttributeError, ValueError, IndexError)


def never_fails(check: Callable[P, Iterator[str]]) -> Callable[P, list[str]]:
    """Say that a body is malformed where a check cannot even read it."""

    @functools.wraps(check)
    def checked(*args: P.args, **kwargs: P.kwargs) -> list[str]:
        try:
            return list(check(*args, **kwargs))
        except BROKEN as error:
            return [f"malformed: {error!r}"]

    return checked


def length(what: str, value: Any, most: int, least: int = 0) -> Iterator[str]:
    """Say what is too short or too long."""
    if value is None and not least:
        return
    if not isinstance(value, str):
        yield f"{what} is no text"
    elif not least <= len(value) <= most:
        yield f"{what} has {len(value)} characters, not {least}-{most}"


def number(what: str, value: Any, least: float, most: float) -> Iterator[str]:
    """Say what is too small or too large."""
    if value is not None and not (isinstance(value, int | float) and least <= value <= most):
        yield f"{what} is {value!r}, not {least}-{most}"


def amount(what: str, items: Any, most: int, least: int = 0) -> Iterator[str]:
    """Say of what there is too little or too much."""
    count = len(items or ())
    if not least <= count <= most:
        yield f"{count} {what}, not {least}-{most}"


def unique(what: str, items: list[Any]) -> Iterator[str]:
    """Say what is there twice."""
    if len(set(items)) != len(items):
        yield f"{what} twice: {sorted({one for one in items if items.count(one) > 1})}"
