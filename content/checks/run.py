"""All checks over some packs, or only those that can stop the bot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from content.checks.age import check_age
from content.checks.challenges import check_challenges
from content.checks.coverage import check_coverage
from content.checks.history import check_history
from content.checks.ids import check_ids
from content.checks.links import check_links
from content.checks.mutual import check_mutual
from content.checks.order import check_order
from content.checks.reading import Reading
from content.checks.references import check_references
from content.checks.releases import check_never_released, check_releases
from content.checks.similarity import check_similarity
from content.checks.text import check_text
from content.checks.years import check_years
from content.loader import LoadedPack
from content.problem import Problem, errors_among, in_order

Check = Callable[[Reading], Iterator[Problem]]
STOPPING: tuple[Check, ...] = (
    check_ids,
    check_history,
    check_releases,
    check_text,
    check_links,
    check_references,
    check_order,
    check_challenges,
    check_age,
)
ADVISING: tuple[Check, ...] = (check_never_released, check_coverage, check_mutual, check_similarity, check_years)


def find_problems(packs: Iterable[LoadedPack], today: date | None) -> tuple[Problem, ...]:
    """Return every problem of the packs, by file and line."""
    return _run(tuple(packs), today, (*STOPPING, *ADVISING))


def find_errors(packs: Iterable[LoadedPack], today: date | None) -> tuple[Problem, ...]:
    """Return only the problems that stop the bot."""
    return errors_among(_run(tuple(packs), today, STOPPING))


def _run(packs: tuple[LoadedPack, ...], today: date | None, checks: tuple[Check, ...]) -> tuple[Problem, ...]:
    reading = Reading(packs, today)
    found = [problem for pack in packs for problem in pack.problems]
    found += [problem for check in checks for problem in check(reading)]
    return in_order(found)
