"""What a check is: it looks at a slice, says what is not as it should be, and how that is put right."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

SLICE = 500  # rows, so that nobody waits for long while all of them are looked at

# Where a slice begins: after this row. None stands for the very beginning, and at a slice's end for the last one.
After = Any


class Cure(NamedTuple):
    """How something derived is made anew, and for what."""

    rebuild: Callable[..., None]
    of: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be. Without a cure, nothing here can put it right."""

    sentence: str
    cure: Cure | None = None


@dataclass(frozen=True, slots=True)
class Slice:
    """What one look found, how much it looked at, and where the next look begins."""

    looked_at: Mapping[str, int]
    findings: tuple[Finding, ...] = ()
    last: After = None


# Takes where to begin, and the time.
Check = Callable[[sqlite3.Connection, After, datetime], Slice]
