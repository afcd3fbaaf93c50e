"""Coverage: no topic without a tip, a question and a resource; no step without a resource."""

from __future__ import annotations

from collections.abc import Iterator

from content.checks.reading import Reading
from content.codes import problem
from content.entry import RawEntry
from content.kinds import NAMES
from content.problem import Problem

FEWEST_WORDINGS, MOST_WORDINGS = 3, 16
_NEEDED = (("COV001", "tip", "tips"), ("COV002", "faq", "faqs"), ("COV003", "resource", "resources"))


def check_coverage(reading: Reading) -> Iterator[Problem]:
    """Find what a reader would look for in vain."""
    for code, kind, folder in _NEEDED:
        covered = {topic for entry in reading.of(kind) for _, topic in entry.texts("topics")}
        for topic in reading.of("topic"):
            if topic.id and not covered & {topic.id, *(old for _, old in topic.texts("was"))}:
                message = f"The topic {topic.id!r} has no {NAMES[kind]}."
                yield problem(code, topic.place("id"), message, f"Write one in {folder}/, or remove the topic.")
    for step in reading.of("step"):
        if not step.texts("resources"):
            hint = "Add the id of one under resources:."
            yield problem("COV004", step.place("resources"), f"The step {step.name!r} has no resource.", hint)
    for faq in reading.of("faq"):
        yield from _wordings(faq)


def _wordings(faq: RawEntry) -> Iterator[Problem]:
    count = len(faq.texts("also"))
    if not FEWEST_WORDINGS <= count <= MOST_WORDINGS:
        message = f"{faq.name!r} needs three to sixteen other wordings to be found, and has {count}."
        hint = "Write under also: what people would type." if count < FEWEST_WORDINGS else "Keep the best sixteen."
        yield problem("COV005", faq.place("also"), message, hint)
