"""Facts name rounds and projects by number; elsewhere these have other numbers."""

from __future__ import annotations

from collections.abc import Mapping

from bot.services.credits import CHALLENGE_DONE, REVIEW_DONE

Ids = Mapping[int, int]


def subject_here(kind: str, subject: str, rounds: Ids, handins: Ids) -> str:
    """Return what a fact is about, in the numbers that hold here; what did not come along keeps its own."""
    parts = subject.split(":", 2)
    if kind == CHALLENGE_DONE.kind and len(parts) == 3:
        return ":".join((parts[0], _here(parts[1], rounds), parts[2]))
    if kind == REVIEW_DONE.kind and len(parts) == 2:
        return ":".join((_here(parts[0], rounds), _here(parts[1], handins)))
    return subject


def _here(number: str, ids: Ids) -> str:
    return str(ids.get(int(number), number)) if number.isdecimal() else number
