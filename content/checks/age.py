"""Age: every month is real and past, and not older than eighteen months."""

from __future__ import annotations

import re
from collections.abc import Iterator

from content.checks.reading import Reading
from content.codes import problem
from content.entry import RawEntry
from content.model import MONTH_PATTERN
from content.problem import Problem

OLDEST_MONTHS = 18
_KINDS = ("tip", "faq", "resource", "path", "challenge")


def check_age(reading: Reading) -> Iterator[Problem]:
    """Find months in the future and entries that somebody should look at again."""
    if reading.today is None:
        return
    now = reading.today.year * 12 + reading.today.month
    for entry in reading.of(*_KINDS):
        yield from _look(entry, now)


def age_in_months(month: str, now: int) -> int:
    """Return how many months lie between a month and now (years * 12 + months)."""
    year, _, number = month.partition("-")
    return now - (int(year) * 12 + int(number))


def _look(entry: RawEntry, now: int) -> Iterator[Problem]:
    month = entry.text("as_of")
    if not re.match(MONTH_PATTERN, month):
        return
    age = age_in_months(month, now)
    if age < 0:
        message = f"as_of {month} lies in the future."
        yield problem("AGE001", entry.place("as_of"), message, "Write the month in which you checked the facts.")
    elif age > OLDEST_MONTHS:
        message = f"{entry.name!r} holds as of {month}, {age} months ago."
        yield problem("AGE002", entry.place("as_of"), message, "Check its facts again and write the new month.")
