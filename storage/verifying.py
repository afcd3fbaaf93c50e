"""Compares all that is derived with what it is derived from, and puts it right where that is asked for."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from bot.clock import Clock
from bot.models import Verdict
from storage.checking import After, Check, Finding, Slice
from storage.checking_counts import check_board, check_gaps
from storage.checking_efforts import check_efforts
from storage.checking_people import check_people
from storage.checking_worth import check_best, check_members, check_points
from storage.copying import Progress, silent
from storage.reads import Reads
from storage.writer import Writer


def check_file(connection: sqlite3.Connection, after: After, now: datetime) -> Slice:
    """Let SQLite look for damage."""
    said = [row[0] for row in connection.execute("PRAGMA integrity_check").fetchall()]
    return Slice({"files": 1}, tuple(Finding(f"The file is damaged: {each}") for each in said if each != "ok"))


def check_references(connection: sqlite3.Connection, after: After, now: datetime) -> Slice:
    """Look for rows that point at nothing."""
    rows = connection.execute("PRAGMA foreign_key_check").fetchall()
    return Slice(
        {}, tuple(Finding(f"Row {row[1]} of {row[0]} points at a row of {row[2]} that is gone.") for row in rows)
    )


# A board's counts follow its lines, so they are looked at when the lines are right.
CHECKS: tuple[Check, ...] = (
    check_file,
    check_references,
    check_members,
    check_people,
    check_board,
    check_gaps,
    check_efforts,
    check_points,
    check_best,
)


# The last of what each check goes through, by the number that leads its slices.
_LAST: Mapping[Check, str] = {
    check_members: "SELECT max(id) FROM communities",
    check_people: "SELECT max(id) FROM people",
    check_board: "SELECT max(community_id) FROM board_scores",
    check_gaps: "SELECT max(id) FROM gaps",
    check_efforts: "SELECT max(round_id) FROM efforts",
    check_points: "SELECT max(round_id) FROM efforts",
    check_best: "SELECT max(round_id) FROM efforts",
}
_PARTS = 1000  # of each check, as progress is counted


class Verifier:
    """Verifies the store while it is in use: each look is short and sees one moment."""

    def __init__(self, reads: Reads, writer: Writer, clock: Clock) -> None:
        self._reads, self._writer, self._clock = reads, writer, clock

    async def run(self, *, mend: bool, progress: Progress = silent) -> Verdict:
        """Look at everything, and put right what can be where that is asked for."""
        checked: Counter[str] = Counter()
        findings: list[Finding] = []
        for number, check in enumerate(CHECKS):
            _show(progress, check, number * _PARTS)
            last, after = await self._last(check), None
            while True:
                part = await self._look(check, after)
                checked.update(part.looked_at)
                findings += part.findings
                if mend:
                    await self._mend(part.findings)
                after = part.last
                if after is None:
                    break
                _show(progress, check, number * _PARTS + _parts(after, last))
        _show(progress, CHECKS[-1], len(CHECKS) * _PARTS)
        mended = mend and bool(findings) and all(finding.cure for finding in findings)
        return Verdict(dict(checked), tuple(finding.sentence for finding in findings), mended)

    async def _last(self, check: Check) -> int:
        row = await self._reads.row(_LAST[check]) if check in _LAST else None
        return (row[0] or 0) if row else 0

    async def _look(self, check: Check, after: After) -> Slice:
        now = self._clock.now()
        return await self._reads.run(lambda connection: check(connection, after, now))

    async def _mend(self, findings: Sequence[Finding]) -> None:
        if any(finding.cure for finding in findings):
            await self._writer.run(lambda connection: mend(connection, findings))


def _show(progress: Progress, check: Check, done: int) -> None:
    """Say how far it is; SQLite does not say how far it has come with a whole file, so its looks have no number."""
    if check in _LAST:
        progress("Comparing", done, len(CHECKS) * _PARTS)
    else:
        progress("Looking for damage", 0, 0)


def _parts(after: After, last: int) -> int:
    reached: int = after[0] if isinstance(after, tuple) else after
    return min(reached * _PARTS // max(last, 1), _PARTS)


def differences(connection: sqlite3.Connection, now: datetime) -> Iterator[Finding]:
    """Find everything at one go, for whoever has the file for themselves."""
    for check in CHECKS:
        part = check(connection, None, now)
        yield from part.findings
        while part.last is not None:
            part = check(connection, part.last, now)
            yield from part.findings


def mend(connection: sqlite3.Connection, findings: Sequence[Finding]) -> None:
    """Make anew what was found to be wrong, each thing once."""
    for cure in dict.fromkeys(finding.cure for finding in findings):
        if cure is not None:
            cure.rebuild(connection, *cure.of)
