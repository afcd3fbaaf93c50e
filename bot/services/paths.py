"""A member on a path: what is done, what is next. All of it follows from the ledger and the packs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.models import Activity
from bot.services.credits import STEP_DONE
from content.catalog import Catalog
from content.model import Level
from content.path_model import Draw, Path, Step

PATH_CHOSEN, STEP_SKIPPED, STEP_LATER = "path-chosen", "step-skipped", "step-later"
PATH_KINDS = (PATH_CHOSEN, STEP_DONE.kind, STEP_SKIPPED, STEP_LATER)


class Mark(StrEnum):
    """Where a step stands."""

    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Part:
    """One stage as a member walks it."""

    title: str
    steps: tuple[Step, ...]
    done: int
    # Done or skipped: nothing of it waits any more.
    settled: int
    expects: str | None = None


@dataclass(frozen=True, slots=True)
class Walk:
    """A member's way along one path."""

    path: Path
    parts: tuple[Part, ...]
    marks: dict[str, Mark]
    next: Step | None
    # Steps of this member that are in no path any more, by the titles that they had.
    gone: tuple[str, ...] = ()

    @property
    def steps(self) -> tuple[Step, ...]:
        """List the steps in order."""
        return tuple(step for part in self.parts for step in part.steps)

    @property
    def done(self) -> int:
        """Count the steps that are done."""
        return sum(part.done for part in self.parts)

    @property
    def finished(self) -> bool:
        """Say whether nothing is left to do, and something was done."""
        return self.next is None and self.done > 0

    def part_of(self, step: Step) -> Part | None:
        """Return the stage of a step."""
        return next((part for part in self.parts if step in part.steps), None)


def chosen_path(catalog: Catalog, facts: Iterable[Activity]) -> Path | None:
    """Return the path that a member is on: the one that they chose last."""
    names = [fact.subject for fact in facts if fact.kind == PATH_CHOSEN]
    return next((path for name in reversed(names) if (path := catalog.path(name))), None)


def walk(catalog: Catalog, path: Path, facts: Sequence[Activity], today: date) -> Walk:
    """Lay out a member's way along a path."""
    marks = marks_of(catalog, facts)
    parts = tuple(_parts(catalog, path, marks))
    later = {_now(catalog, fact.subject) for fact in facts if fact.kind == STEP_LATER and fact.day == today}
    steps = [step for part in parts for step in part.steps]
    return Walk(path, parts, marks, _next(catalog, steps, marks, later), tuple(_gone(catalog, facts)))


def marks_of(catalog: Catalog, facts: Iterable[Activity]) -> dict[str, Mark]:
    """Return where each step stands, under the name that it has today. What is done stays done."""
    marks: dict[str, Mark] = {}
    for fact in facts:
        name = _now(catalog, fact.subject)
        if fact.kind == STEP_DONE.kind:
            marks[name] = Mark.DONE
        elif fact.kind == STEP_SKIPPED:
            marks.setdefault(name, Mark.SKIPPED)
    return marks


def missing_needs(catalog: Catalog, step: Step, marks: dict[str, Mark]) -> list[Step]:
    """Return the steps that this one builds on and that still wait."""
    needed = [found for name in step.needs if (found := catalog.step(name))]
    return [one for one in needed if one.id not in marks]


def _parts(catalog: Catalog, path: Path, marks: dict[str, Mark]) -> Iterator[Part]:
    first = _built_on(catalog, path)
    if first:
        yield _part("First, from other paths", first, marks)
    for stage in path.stages:
        yield _part(stage.title, stage.steps, marks, stage.expects)


def _part(title: str, steps: Sequence[Step], marks: dict[str, Mark], expects: str | None = None) -> Part:
    done = sum(marks.get(step.id) is Mark.DONE for step in steps)
    return Part(title, tuple(steps), done, sum(step.id in marks for step in steps), expects)


def _built_on(catalog: Catalog, path: Path) -> list[Step]:
    """Return the steps of other paths that this one needs, those that they need first."""
    own, found = {step.id for step in path.steps}, dict[str, Step]()

    def visit(step: Step) -> None:
        for need in filter(None, map(catalog.step, step.needs)):
            if need.id not in own and need.id not in found:
                visit(need)
                found[need.id] = need

    for step in path.steps:
        visit(step)
    return list(found.values())


def _next(catalog: Catalog, steps: Sequence[Step], marks: dict[str, Mark], later: set[str]) -> Step | None:
    """Return the first open step whose needs are met, those that were put off today last."""
    waiting = [step for step in steps if step.id not in marks]
    ready = [step for step in waiting if not missing_needs(catalog, step, marks)] or waiting
    return next((step for step in ready if step.id not in later), ready[0] if ready else None)


def _gone(catalog: Catalog, facts: Iterable[Activity]) -> Iterator[str]:
    for fact in facts:
        if fact.kind == STEP_DONE.kind and catalog.step(fact.subject) is None:
            yield catalog.released_title(fact.subject) or fact.subject.replace("-", " ").capitalize()


def _now(catalog: Catalog, step_id: str) -> str:
    step = catalog.step(step_id)
    return step.id if step else step_id


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A path for somebody, and why this one."""

    path: Path
    reason: str


def suggest_path(catalog: Catalog, level: Level, draw: Draw, hours: int) -> Suggestion | None:
    """Suggest a path from three answers: how far along, what one enjoys, how many hours a week."""
    common = next((path for path in catalog.paths if path.branch_of is None), None)
    drawn = [path for path in catalog.paths if path.branch_of is not None and draw in path.draws]
    track = min(drawn, key=lambda path: path.draws.index(draw), default=None)
    if level is Level.BEGINNER or track is None:
        return None if common is None else Suggestion(common, _reason(common, hours, f"{common.suits} {_then(track)}"))
    return Suggestion(track, _reason(track, hours, track.suits))


def _then(track: Path | None) -> str:
    return f"Later “{track.title}” would be a good turn for you." if track else ""


def _reason(path: Path, hours: int, why: str) -> str:
    total = sum(step.hours for step in path.steps)
    months = max(1, round(total / hours / 4.3))
    time = "a month" if months == 1 else f"{months} months" if months < 18 else f"{round(months / 6) / 2:g} years"
    return f"{why.strip()} With {hours} hours a week its {len(path.steps)} steps take about {time}."
