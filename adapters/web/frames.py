"""Read what a browser sends. It may be anything, so each piece is looked at before it is used."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from adapters.web.limits import FIELDS, FILES, LINE, VALUE

Json = dict[str, Any]


class BadFrame(Exception):
    """Something that no page of ours sends."""


def read(text: str) -> Json:
    """Read one frame."""
    try:
        frame = json.loads(text)
    except ValueError as error:
        raise BadFrame("no JSON") from error
    except RecursionError as error:
        raise BadFrame("too deep") from error
    if not isinstance(frame, dict):
        raise BadFrame("no object")
    return frame


def written(frame: Mapping[str, Any]) -> str:
    """Write one frame."""
    return _whole(json.dumps(frame, ensure_ascii=False, separators=(",", ":")))


def string(frame: Mapping[str, Any], key: str, most: int = LINE) -> str:
    """Return a text, empty when there is none."""
    value = frame.get(key, "")
    if not isinstance(value, str) or len(value) > most:
        raise BadFrame(f"{key} is no text, or too long")
    return _whole(value)


def number(frame: Mapping[str, Any], key: str) -> int:
    """Return a whole number that fits into a browser's."""
    value = frame.get(key, 0)
    if type(value) is not int or not 0 <= value < 2**53:
        raise BadFrame(f"{key} is no number")
    return value


def flag(frame: Mapping[str, Any], key: str) -> bool:
    """Return yes or no."""
    value = frame.get(key, False)
    if not isinstance(value, bool):
        raise BadFrame(f"{key} is neither yes nor no")
    return value


def day(frame: Mapping[str, Any], key: str) -> date:
    """Return a day."""
    try:
        return date.fromisoformat(string(frame, key, 10))
    except ValueError as error:
        raise BadFrame(f"{key} is no day") from error


def strings(frame: Mapping[str, Any], key: str, most: int = FILES) -> tuple[str, ...]:
    """Return a list of texts."""
    value = frame.get(key, [])
    if not isinstance(value, list) or len(value) > most:
        raise BadFrame(f"{key} is no list, or too long")
    return tuple(string({key: one}, key) for one in value)


def texts_by_name(frame: Mapping[str, Any], key: str) -> dict[str, str]:
    """Return texts under names."""
    value = frame.get(key, {})
    if not isinstance(value, dict) or len(value) > FIELDS:
        raise BadFrame(f"{key} is no set of fields, or too large")
    return {_whole(name): string({key: one}, key, VALUE) for name, one in value.items()}


def _whole(text: str) -> str:
    """Return a text that can be sent: half a letter, which JSON can hold, becomes a question mark."""
    return text if text.isascii() else text.encode(errors="replace").decode()
