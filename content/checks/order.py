"""Order: within a path, a step comes after those that it needs."""

from __future__ import annotations

from collections.abc import Iterator

from content.checks.reading import Reading
from content.checks.references import arrows_of
from content.codes import problem
from content.entry import RawEntry
from content.problem import Problem


def check_order(reading: Reading) -> Iterator[Problem]:
    """Find steps that stand before one they need. Steps of other paths may stand anywhere."""
    arrows = arrows_of(reading, "step", "needs")
    now = {old: entry.id for old, entry in reading.old_ids("step").items()}
    for path in reading.of("path"):
        steps = [step for stage in path.inner("stages", "stage") for step in stage.inner("steps", "step")]
        places = {step.id: number for number, step in enumerate(steps)}
        for number, step in enumerate(steps):
            for position, written in step.texts("needs"):
                need = now.get(written, written)
                if places.get(need, -1) > number and not _leads_to(need, step.id, arrows):
                    yield _too_early(step, position, need)


def _leads_to(start: str, goal: str, arrows: dict[str, list[str]]) -> bool:
    """Tell whether one step needs the other in the end: a circle is told elsewhere."""
    seen, waiting = set[str](), [start]
    while waiting:
        name = waiting.pop()
        if name == goal:
            return True
        if name not in seen:
            seen.add(name)
            waiting += arrows.get(name, ())
    return False


def _too_early(step: RawEntry, position: int, need: str) -> Problem:
    message = f"{step.name!r} needs {need!r}, which comes later in the same path."
    return problem("REF014", step.place("needs", position), message, "Move one of the two, or take the need out.")
