"""A report as CSV, one table at a time."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence

from bot.models.reports import Report

Cell = str | int
# Without it some spreadsheets take the letters for those of another alphabet.
MARK = "\ufeff"
Table = Sequence[Sequence[Cell]]
# A spreadsheet would compute what begins like this.
COMPUTED = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def table_of(report: Report, name: str) -> str | None:
    """Write one table of a report; None when there is no such table."""
    made = TABLES.get(name)
    if made is None:
        return None
    out = io.StringIO()
    out.write(MARK)
    csv.writer(out, lineterminator="\r\n").writerows([_safe(cell) for cell in row] for row in made(report))
    return out.getvalue()


def _safe(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(COMPUTED) else cell


def _weeks(report: Report) -> Table:
    kinds = sorted({kind for week in report.weeks for kind in week.kinds})
    rows: list[list[Cell]] = [
        [str(one.monday), one.members, *(one.kinds.get(kind, 0) for kind in kinds)] for one in report.weeks
    ]
    return [["week", "active_members", *kinds], *rows]


def _paths(report: Report) -> Table:
    return [["path", "title", "members", "steps_done"]] + [
        [one.path, one.title, one.members, one.steps] for one in report.paths
    ]


def _challenges(report: Report) -> Table:
    rows: list[list[Cell]] = [
        [one.opens.isoformat(), one.title, one.opened, one.tried, one.solved] for one in report.rounds
    ]
    return [["opens", "challenge", "opened", "tried", "solved"], *rows]


def _members(report: Report) -> Table:
    return [["member", "points_this_week", "points"]] + [
        [one.name, one.this_week, one.points] for one in report.members
    ]


def _gaps(report: Report) -> Table:
    return [["question", "asked_by", "last"]] + [[one.question, one.asked, one.last.isoformat()] for one in report.gaps]


def _posts(report: Report) -> Table:
    planned = [[one.job, one.next.isoformat(), "planned", one.trouble] for one in report.jobs]
    done = [[one.job, one.due.isoformat(), one.state, one.why] for one in report.posts]
    return [["post", "due", "state", "why"], *planned, *done]


TABLES: Mapping[str, Callable[[Report], Table]] = {
    "weeks": _weeks,
    "paths": _paths,
    "challenges": _challenges,
    "members": _members,
    "gaps": _gaps,
    "posts": _posts,
}
