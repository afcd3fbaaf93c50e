"""The two halves of the test rows: one is scored at once, the other at the close."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from enum import StrEnum


class Part(StrEnum):
    """Which rows a score is about."""

    PUBLIC = "public"
    PRIVATE = "private"
    ALL = "all"


def part_of(part: Part, ids: Iterable[str], key: bytes) -> tuple[str, ...]:
    """Return the ids of a part, in an order that only the key decides.

    The halves are of equal size; of an odd number the public half has one more. Nobody without the key can tell which
    row is in which, and neither the order of the ids nor the day changes it.
    """
    shuffled = sorted(ids, key=lambda own: hmac.digest(key, own.encode(), "sha256"))
    half = (len(shuffled) + 1) // 2
    match part:
        case Part.PUBLIC:
            return tuple(shuffled[:half])
        case Part.PRIVATE:
            return tuple(shuffled[half:])
        case Part.ALL:
            return tuple(shuffled)
