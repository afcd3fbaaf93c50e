"""How much there is: entries by kind, by topic, by level and by age."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from content.checks.age import OLDEST_MONTHS, age_in_months
from content.loader import LoadedPack
from content.model import Faq, Level, Resource, Tip

_AGES = ((3, "up to 3 months"), (6, "up to 6 months"), (12, "up to a year"), (OLDEST_MONTHS, "up to 18 months"))
_OLD = "older"


@dataclass(frozen=True, slots=True)
class Stats:
    """Hold the counts; the tables map a row to a count for each kind."""

    kinds: dict[str, int]
    topics: dict[str, dict[str, int]]
    levels: dict[str, dict[str, int]]
    ages: dict[str, dict[str, int]]


def count(packs: Iterable[LoadedPack], today: date) -> Stats:
    """Count what the packs hold."""
    loaded = tuple(packs)
    entries: list[Tip | Faq | Resource] = []
    for pack in loaded:
        entries += [*pack.tips, *pack.faqs, *pack.resources]
    topics = [topic.id for pack in loaded for topic in pack.topics.topics]
    return Stats(
        kinds=_kinds(loaded),
        topics=_table(topics, ((topic, entry) for entry in entries for topic in entry.topics)),
        levels=_table([*Level, "none"], ((str(entry.level or "none"), entry) for entry in entries)),
        ages=_table([*(name for _, name in _AGES), _OLD], ((_age(entry.as_of, today), entry) for entry in entries)),
    )


def _kinds(packs: tuple[LoadedPack, ...]) -> dict[str, int]:
    def total(of: str) -> int:
        return sum(len(getattr(pack, of)) for pack in packs)

    counts = {kind: total(kind) for kind in ("tips", "faqs", "resources", "paths", "challenges")}
    steps = sum(len(path.steps) for pack in packs for path in pack.paths)
    topics = sum(len(pack.topics.topics) for pack in packs)
    return {**counts, "steps": steps, "topics": topics, "evaluation questions": total("questions")}


def _table(rows: Iterable[str], seen: Iterable[tuple[str, Tip | Faq | Resource]]) -> dict[str, dict[str, int]]:
    counts = Counter((row, type(entry)) for row, entry in seen)
    names = dict.fromkeys([*map(str, rows), *(row for row, _ in counts)])
    return {
        row: {"tips": counts[row, Tip], "faqs": counts[row, Faq], "resources": counts[row, Resource]} for row in names
    }


def _age(month: str, today: date) -> str:
    age = age_in_months(month, today.year * 12 + today.month)
    return next((name for most, name in _AGES if age <= most), _OLD)
