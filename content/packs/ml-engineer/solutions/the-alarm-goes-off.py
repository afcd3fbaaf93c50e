"""How "The alarm goes off" is solved: all the ways to an alarm, and the share of them that are faults."""

from __future__ import annotations

import csv
import io
import math


def solve(files: dict[str, str]) -> list[str]:
    """Add up the ways to an alarm, then ask how many of them begin with a faulty part."""
    faulty, hit, slip = _facts(files)
    alarm = faulty * hit + (1 - faulty) * slip
    return [f"{alarm:.5f}", f"{faulty * hit / alarm:.5f}"]


def naive(files: dict[str, str]) -> list[str]:
    """Take the quality of the alarm for the answer, and forget how rare faults are."""
    faulty, hit, _ = _facts(files)
    return [f"{faulty * hit:.5f}", f"{hit:.5f}"]


def _facts(files: dict[str, str]) -> tuple[float, float, float]:
    machines, alarm = (list(csv.DictReader(io.StringIO(files[name]))) for name in ("machines.csv", "alarm.csv"))
    faulty = math.fsum(float(row["share"]) * float(row["faulty_rate"]) for row in machines)
    return faulty, float(alarm[0]["alarm_if_faulty"]), float(alarm[0]["alarm_if_good"])
