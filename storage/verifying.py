"""Compares all that is derived with what it is derived from, and puts it right where that is asked for."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
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


class Verifier:
    """Verifies the store while it is in use: each look is short and sees one moment."""

    def __init__(self, reads: Reads, writer: Writer, clock: Clock) -> None:
        self._reads, self._writer, self._clock = reads, writer, clock

    async def run(self, *, mend: bool, progress: Progress = silent) -> Verdict:
        """Look at everything, and put right what can be where that is asked for."""
        checked: Counter[str] = Counter()
        findings: list[Finding] = []
        for number, check in enumerate(CHECKS):
            progress("Comparing", number, len(CHECKS))
            after: After = None
            while True:
                part = await self._look(check, after)
                checked.update(part.looked_at)
                findings += part.findings
                if mend:
                    await self._mend(part.findings)
                after = part.last
                progress("Comparing", number, len(CHECKS))
                if after is None:
                    break
        progress("Comparing", len(CHECKS), len(CHECKS))
        mended = mend and bool(findings) and all(finding.cure for finding in findings)
        return Verdict(dict(checked), tuple(finding.sentence for finding in findings), mended)

    async def _look(self, check: Check, after: After) -> Slice:
        now = self._clock.now()
        return await self._reads.run(lambda connection: check(connection, after, now))

    async def _mend(self, findings: Sequence[Finding]) -> None:
        if any(finding.cure for finding in findings):
            await self._writer.run(lambda connection: mend(connection, findings))


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
