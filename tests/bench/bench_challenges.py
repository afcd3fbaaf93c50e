"""Measure making members' data and judging their answers: python -m tests.bench.bench_challenges."""

from __future__ import annotations

import csv
import io
import math
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from bot.services.challenges.answering import is_right
from bot.services.challenges.data import common_seed, files_of, make_data, members_seed
from bot.services.challenges.proving.predictions import MEMBERS_A_COMMUNITY
from content.challenge_model import AnswerChallenge, Part, PredictionsChallenge
from content.generators import Answer, Made, Table
from content.loader import load_pack

PACK = Path(__file__).parents[2] / "content" / "packs" / "ml-engineer"
MEMBERS = 1_000
SECRET = b"the secret of a bench"
AGAIN = 10
WithData = AnswerChallenge | PredictionsChallenge


def seeds_of(challenge: WithData) -> list[bytes]:
    """Return a seed for each member, or one for ten of them, a community, where all predict the same."""
    if isinstance(challenge, PredictionsChallenge):
        return [common_seed(SECRET, number, challenge.id) for number in range(MEMBERS // MEMBERS_A_COMMUNITY)]
    return [members_seed(SECRET, 1, challenge.id, number) for number in range(MEMBERS)]


def timed(pieces: Iterable[Callable[[], object]]) -> list[float]:
    """Return the milliseconds of each piece of work."""
    times: list[float] = []
    for work in pieces:
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1_000)
    return times


def rows_of(made: Made) -> list[list[Sequence[object]]]:
    """Return the same rows again, as plain lists: one for each file."""
    files = made.files.values()
    return [
        [each.columns, *each.rows] if isinstance(each, Table) else [[line] for line in each.lines] for each in files
    ]


def write_plainly(tables: Sequence[Sequence[Sequence[object]]]) -> None:
    """Write rows that are there already, as CSV."""
    for rows in tables:
        csv.writer(io.StringIO()).writerows(rows)


def measure_making(challenges: Sequence[WithData]) -> None:
    """Print how long files take to be made and written, beside writing as many cells alone."""
    print(f"Data for {MEMBERS:,} members (predictions: for their communities of {MEMBERS_A_COMMUNITY}), ms each;")
    print("`csv` only writes a table of the same size with the csv module")
    print(f"{'generator':<20} {'made':>5} {'cells':>7} {'median':>7} {'p99':>7} {'csv':>7} {'ratio':>7}")
    for challenge in challenges:
        seeds = seeds_of(challenge)
        times = timed(partial(files_of, challenge, seed) for seed in seeds)
        tables = rows_of(make_data(challenge.data, seeds[0]))
        plain = statistics.median(timed([partial(write_plainly, tables)] * len(seeds)))
        cells = sum(len(row) for rows in tables for row in rows)
        usual, p99 = statistics.median(times), sorted(times)[int(len(times) * 0.99)]
        name = challenge.data.generator
        print(f"{name:<20} {len(seeds):>5} {cells:>7,} {usual:>7.2f} {p99:>7.2f} {plain:>7.3f} {usual / plain:>7.1f}")


def typed(truth: Answer) -> str:
    """Write an answer as a member does."""
    return ", ".join(truth) if isinstance(truth, tuple) else str(truth)


def compare_plainly(text: str, truth: Answer) -> bool:
    """Judge as the shortest program does, forgiving nothing."""
    return math.isclose(float(text), truth, rel_tol=0.01) if isinstance(truth, int | float) else text == typed(truth)


def measure_judging(challenges: Sequence[AnswerChallenge]) -> None:
    """Print how long a typed answer takes: the first one, whose data are made anew, and those that follow."""
    print("\nJudging a typed answer, ms each; `plain` compares with float() or == and forgives nothing")
    print(f"{'challenge':<26} {'part':>4} {'first':>8} {'further':>8} {'plain':>8} {'ratio':>7}")
    for challenge in challenges:
        for number, part in enumerate(challenge.parts, 1):
            first, further, plain = judged(challenge, part, number)
            print(f"{challenge.id:<26} {number:>4} {first:>8.3f} {further:>8.4f} {plain:>8.4f} {further / plain:>7.1f}")


def judged(challenge: AnswerChallenge, part: Part, number: int) -> tuple[float, float, float]:
    """Return the usual milliseconds of a member's first answer, of a further one, and of a plain comparison."""
    first, further, plain = list[float](), list[float](), list[float]()
    for member in range(MEMBERS // 10):
        seed = members_seed(SECRET, 2, challenge.id, member, str(number))
        first += timed([partial(is_right, challenge, part, seed, "12.5")])
        truth = make_data(challenge.data, seed).answers[part.answer]
        if not is_right(challenge, part, seed, typed(truth)):
            raise SystemExit(f"{challenge.id} refuses {typed(truth)}, which is right in part {number}.")
        further += timed([partial(is_right, challenge, part, seed, typed(truth))] * AGAIN)
        plain += timed([partial(compare_plainly, typed(truth), truth)] * AGAIN)
    return statistics.median(first), statistics.median(further), statistics.median(plain)


def main() -> int:
    """Print all figures for the challenges that come along."""
    challenges = [one for one in load_pack(PACK).challenges if isinstance(one, AnswerChallenge | PredictionsChallenge)]
    if not challenges:
        print("There are no challenges with data to measure.")
        return 1
    measure_making(challenges)
    measure_judging([one for one in challenges if isinstance(one, AnswerChallenge)])
    return 0


if __name__ == "__main__":
    sys.exit(main())
