"""Years: the challenges of a path begin gently, and leave room to breathe after a project."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from content.challenge_model import ChallengeKind
from content.checks.reading import Reading
from content.codes import problem
from content.entry import RawEntry
from content.model import Level
from content.problem import Problem

GENTLE_WEEKS = 4


def check_years(reading: Reading) -> Iterator[Problem]:
    """Find years that begin too hard, and projects in two weeks that follow each other."""
    known = {**reading.old_ids("challenge"), **reading.ids("challenge")}
    for path in reading.of("path"):
        weeks = [(number, known[name]) for number, name in path.texts("year") if name in known]
        yield from _too_hard(path, weeks)
        yield from _projects_in_a_row(path, weeks)


def _too_hard(path: RawEntry, weeks: list[tuple[int, RawEntry]]) -> Iterator[Problem]:
    later = [one.name for _, one in weeks[GENTLE_WEEKS:] if one.text("level") == Level.BEGINNER]
    hard = [week for week in weeks[:GENTLE_WEEKS] if week[1].text("level") != Level.BEGINNER]
    for (number, one), easier in zip(hard, later, strict=False):
        message = f"{one.name!r} is not for beginners, and stands in the first {GENTLE_WEEKS} weeks."
        hint = f"Let it change places with something easier, such as {easier!r}."
        yield problem("CHL015", path.place("year", number), message, hint)


def _projects_in_a_row(path: RawEntry, weeks: list[tuple[int, RawEntry]]) -> Iterator[Problem]:
    for (_, before), (number, one) in pairwise(weeks):
        if before.text("kind") == one.text("kind") == ChallengeKind.PROJECT:
            message = f"{before.name!r} and {one.name!r} are projects, one right after the other."
            hint = "Put something else between them: a project takes an evening, and its reviews another one."
            yield problem("CHL016", path.place("year", number), message, hint)
