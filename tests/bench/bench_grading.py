"""Measure reading and scoring uploads beside scikit-learn: python -m tests.bench.bench_grading."""

from __future__ import annotations

import contextlib
import csv
import importlib
import io
import random
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.services.grading.faults import UploadProblem
from bot.services.grading.metrics import METRICS, Metric, find_metric
from bot.services.grading.scoring import grade_upload
from bot.services.grading.uploads import LARGEST_FILE, read_predictions
from bot.services.grading.values import MOST_ROWS, Answer, Needs, Prediction, Truth, Wanted
from tests.services.grading.asked import NUMBERS
from tests.services.grading.hostile import hostile_uploads

np: Any = None
sk: Any = None
with contextlib.suppress(ImportError):
    np, sk = importlib.import_module("numpy"), importlib.import_module("sklearn.metrics")

ROWS = 10_000
ROUNDS = 7
SEED = 11
NAMES = (*METRICS, "map@10", "ndcg@10")
ITEMS = tuple(f"{number}" for number in range(1_000, 1_060))
NOTE = "scikit-learn has no such metric"

# The truth and the cells as a notebook has them; scikit-learn's metric of these.
Baseline = Callable[[Any, Any], object]


@dataclass(frozen=True, slots=True)
class Case:
    """One upload, and what it is held against."""

    metric: Metric
    wanted: Wanted
    truth: Truth
    data: bytes

    @property
    def answers(self) -> list[Answer]:
        """Return the truth in the order of the rows."""
        return [self.truth.answers[own] for own in self.wanted.ids]


def made_up(name: str, rows: int, width: int = 6) -> Case:
    """Make up an upload for a metric; `width` is the number of digits or items in a cell."""
    metric = find_metric(name)
    if metric is None:
        raise SystemExit(f"There is no metric {name}.")
    chance = random.Random(SEED)
    ids = tuple(f"{number:06d}" for number in range(rows))
    choices = {Needs.LABEL: ("0", "1"), Needs.RANKING: ITEMS}.get(metric.needs, ())
    answers = {own: _answer(metric, chance) for own in ids}
    lines = ["id,prediction", *(f"{own},{_cell(metric.needs, chance, width)}" for own in ids)]
    wanted = Wanted("id", "prediction", ids, metric.needs, choices)
    return Case(metric, wanted, Truth(answers, b"key"), "\n".join(lines).encode())


def _answer(metric: Metric, chance: random.Random) -> Answer:
    if metric.needs is Needs.RANKING:
        return {item: chance.choice((1.0, 2.0)) for item in chance.sample(ITEMS, 5)}
    return chance.choice("01") if metric.two_labels or metric.needs is Needs.LABEL else chance.random()


def _cell(needs: Needs, chance: random.Random, width: int) -> str:
    if needs is Needs.RANKING:
        return " ".join(chance.sample(ITEMS, min(width + 4, 16)))
    return chance.choice("01") if needs is Needs.LABEL else f"{chance.random():.{width}f}"


def milliseconds(work: Callable[[], object]) -> float:
    """Time the middle one of some rounds."""
    times: list[float] = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1_000)
    return statistics.median(times)


def baselines() -> dict[str, Baseline]:
    """Return scikit-learn's metrics by our names."""
    return {
        "accuracy": sk.accuracy_score,
        "balanced-accuracy": sk.balanced_accuracy_score,
        "f1": sk.f1_score,
        "f1-macro": lambda truth, told: sk.f1_score(truth, told, average="macro"),
        "roc-auc": sk.roc_auc_score,
        "average-precision": sk.average_precision_score,
        "log-loss": sk.log_loss,
        "rmse": sk.root_mean_squared_error,
        "mae": sk.mean_absolute_error,
        "r2": sk.r2_score,
        "ndcg@10": lambda truth, told: sk.ndcg_score(truth, told, k=10),
    }


def as_array(cells: Sequence[str], needs: Needs) -> Any:
    """Turn cells into what scikit-learn wants, as a notebook does."""
    if needs is Needs.LABEL:
        return np.array(cells, dtype=int)
    if needs is not Needs.RANKING:
        return np.array(cells, dtype=float)
    places = {item: at for at, item in enumerate(ITEMS)}
    scores = np.zeros((len(cells), len(ITEMS)))
    for row, cell in enumerate(cells):
        for rank, item in enumerate(cell.split()):
            scores[row, places[item]] = len(ITEMS) - rank
    return scores


def truth_array(case: Case) -> Any:
    """Turn the truth into what scikit-learn wants."""
    if case.metric.needs is Needs.RANKING:
        return np.array([[gains.get(item, 0.0) for item in ITEMS] for gains in case.answers])  # type: ignore[union-attr]
    kind = int if case.metric.two_labels or case.metric.needs is Needs.LABEL else float
    return np.array(case.answers, dtype=kind)


def usual_reading(case: Case) -> Any:
    """Read a right file with the csv module, checking nothing."""
    rows = csv.DictReader(io.StringIO(case.data.decode()))
    return as_array([row["prediction"] for row in rows], case.metric.needs)


def measure_metric(name: str, theirs: Baseline | None) -> str:
    """Return one line of the table: our times, and how many times theirs that is."""
    case = made_up(name, ROWS)
    values: tuple[Prediction, ...] = read_predictions(case.data, case.wanted).values
    answers = case.answers
    whole = milliseconds(lambda: case.metric.compute(answers, read_predictions(case.data, case.wanted).values))
    alone = milliseconds(lambda: case.metric.compute(answers, values))
    line = f"{name:<18} {whole:>9.1f} {alone:>9.1f}"
    if theirs is None:
        return f"{line}   {NOTE}"
    truth, told = truth_array(case), usual_reading(case)
    their_whole = milliseconds(lambda: theirs(truth, usual_reading(case)))
    their_alone = milliseconds(lambda: theirs(truth, told))
    return f"{line} {their_whole:>9.1f} {their_alone:>9.1f} {whole / their_whole:>8.2f} {alone / their_alone:>8.2f}"


def measure_metrics() -> None:
    """Print reading and scoring beside scikit-learn, or alone where it is missing."""
    known = baselines() if sk is not None else {}
    print(f"{ROWS:,} rows, ms: `whole` reads the CSV (ours checks every cell) and scores, `alone` only scores")
    print(f"{'metric':<18} {'whole':>9} {'alone':>9} {'sk whole':>9} {'sk alone':>9} {'ratio':>8} {'ratio':>8}")
    for name in NAMES:
        print(measure_metric(name, known.get(name)))


def measure_largest() -> None:
    """Print time and memory of the largest uploads that are accepted, both halves scored."""
    print(f"\nThe largest uploads: {MOST_ROWS:,} rows in at most {LARGEST_FILE / 1e6:.0f} MB, both halves")
    print(f"{'metric':<18} {'MB':>6} {'seconds':>8} {'peak MB':>8}")
    for name in NAMES:
        case = made_up(name, MOST_ROWS, width=80)
        began = time.perf_counter()
        grade_upload(case.data, case.wanted, case.truth, case.metric)
        seconds = time.perf_counter() - began
        print(f"{name:<18} {len(case.data) / 1e6:>6.2f} {seconds:>8.2f} {_peak(case):>8.1f}")


def _peak(case: Case) -> float:
    tracemalloc.start()
    grade_upload(case.data, case.wanted, case.truth, case.metric)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def measure_hostile() -> None:
    """Print how long the worst of the hostile uploads takes to be refused."""
    times: list[tuple[float, str]] = []
    for name, data in hostile_uploads().items():
        began = time.perf_counter()
        try:
            read_predictions(data, NUMBERS)
        except UploadProblem:
            times.append((time.perf_counter() - began, name))
    slowest, name = max(times)
    print(f"\n{len(times)} hostile uploads refused; the slowest took {slowest * 1_000:.0f} ms: {name}")


def main() -> int:
    """Print all figures; without scikit-learn there is nothing to compare with, and that is an error."""
    measure_metrics()
    measure_largest()
    measure_hostile()
    if sk is None:
        print("\nscikit-learn is not installed here, so nothing stands beside these figures: pip install scikit-learn")
    return int(sk is None)


if __name__ == "__main__":
    sys.exit(main())
