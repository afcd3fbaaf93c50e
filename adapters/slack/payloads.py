"""Reads what came over the wire: whatever is missing or of another shape reads as empty, and never raises."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

Step = str | int


def at(payload: object, *path: Step) -> Any:
    """Return what stands at the end of this path, or None."""
    for step in path:
        if isinstance(step, str) and isinstance(payload, dict):
            payload = payload.get(step)
        elif isinstance(step, int) and isinstance(payload, list) and -len(payload) <= step < len(payload):
            payload = payload[step]
        else:
            return None
    return payload


def text_at(payload: object, *path: Step) -> str:
    """Return the text at the end of this path; empty where there is none."""
    found = at(payload, *path)
    return found if isinstance(found, str) else ""


def number_at(payload: object, *path: Step) -> int:
    """Return the whole number at the end of this path; 0 where there is none."""
    found = at(payload, *path)
    return found if isinstance(found, int) and not isinstance(found, bool) else 0


def mapping_at(payload: object, *path: Step) -> Mapping[str, Any]:
    """Return the object at the end of this path; empty where there is none."""
    found = at(payload, *path)
    return found if isinstance(found, dict) else {}


def items_at(payload: object, *path: Step) -> Sequence[Any]:
    """Return the list at the end of this path; empty where there is none."""
    found = at(payload, *path)
    return found if isinstance(found, list) else ()


def first_text(*texts: str) -> str:
    """Return the first text that is not empty."""
    return next(filter(None, texts), "")


def read_json(text: str) -> Mapping[str, Any]:
    """Read an object that was written as JSON; empty where it is something else."""
    try:
        return mapping_at(json.loads(text))
    except (ValueError, RecursionError):
        return {}


def digest(payload: object) -> str:
    """Return a short text that is the same for the same payload."""
    text = json.dumps(payload, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]
