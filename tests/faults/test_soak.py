"""Two days of a small community: what `python -m tests.faults.soak` does with a thousand members for a week."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.soak import soak

pytestmark = pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="looks at itself through /proc")


@pytest.mark.slow
async def test_nobody_stays_without_an_answer_and_nothing_is_left_behind(tmp_path: Path) -> None:
    week, vitals, differences = await soak(tmp_path, members=60, days=2)
    assert differences == 0
    assert week.statuses["failed"] == 0
    assert sum(week.statuses.values()) == week.calls
    assert week.statuses["done"] > week.calls / 2
    first, last = vitals
    assert last.tasks <= first.tasks
    assert last.files <= first.files
