"""A tiny pack with a challenge on orders, and reference solutions that are right, wrong and worse."""

from __future__ import annotations

import shutil
from pathlib import Path

import yaml

from content.challenge_model import AnswerChallenge, PredictionsChallenge
from tests.content.fixture_packs import GOOD_PACK

ID = "orders-twice"
ORDERS = {
    "id": ID,
    "title": "Orders that came twice",
    "kind": "number",
    "level": "beginner",
    "minutes": 20,
    "topics": ["soil"],
    "task": "Find out what people really spend.",
    "data": {"generator": "messy-table", "with": {"orders": 60}},
    "parts": [
        {"ask": "How many rows repeat an order?", "answer": "repeated_rows"},
        {"ask": "What is the mean?", "answer": "mean_amount", "tolerance": {"relative": 0.0001}},
    ],
    "solution": "Keep the first row of each order.",
    "as_of": "2026-11",
}
LEAVING = {
    **{name: ORDERS[name] for name in ("level", "minutes", "topics", "solution", "as_of")},
    "task": "Learn from those of whom it is known who will leave next year.",
    "id": "who-leaves",
    "title": "Who leaves?",
    "kind": "predictions",
    "data": {"generator": "churn-table", "with": {"train": 100, "test": 200}},
    "metric": "log-loss",
    "id_column": "member",
    "prediction_column": "left",
    "step": 0.01,
    "baseline": 2.0,
}
READ = """
import csv, io


def _means(files):
    rows = list(csv.DictReader(io.StringIO(files["orders.csv"])))
    first = list({row["order"]: row for row in reversed(rows)}.values())
    return len(rows) - len(first), [_mean(first), _mean(rows)]


def _mean(rows):
    known = [float(row["amount"]) for row in rows if row["amount"] not in ("", "NA", "n/a", "-")]
    return sum(known) / len(known)
"""
SOLVE = """
def solve(files):
    repeated, means = _means(files)
    return [str(repeated), f"{means[0]:.6f}"]
"""
NAIVE = """
def naive(files):
    return ["0", f"{_means(files)[1][1]:.6f}"]
"""
RIGHT = f"{READ}\n{SOLVE}\n{NAIVE}"
# The same chance for everybody is not far off; being sure of the wrong thing is.
CHANCES = """
def _told(files, chance):
    ids = [line.split(",")[0] for line in files["test.csv"].splitlines()[1:]]
    return "\\n".join(["member,left", *(f"{member},{chance}" for member in ids)])


def solve(files):
    return _told(files, 0.2)


def naive(files):
    return _told(files, 1)
"""


def orders(**changes: object) -> AnswerChallenge:
    """Return the challenge on orders, changed."""
    return AnswerChallenge.model_validate({**ORDERS, **changes})


def leaving(**changes: object) -> PredictionsChallenge:
    """Return the challenge on members who leave, changed."""
    return PredictionsChallenge.model_validate({**LEAVING, **changes})


def solutions(folder: Path, source: str, name: str = ID) -> Path:
    """Write a solution, and return the folder in which it lies."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.py").write_text(source, "utf-8")
    return folder


def tiny_pack(folder: Path, *challenges: dict[str, object]) -> Path:
    """Write a pack of challenges without solutions, and return its folder."""
    (folder / "challenges").mkdir(parents=True)
    for name in ("pack.yaml", "topics.yaml"):
        shutil.copy(GOOD_PACK / name, folder)
    for one in challenges:
        (folder / "challenges" / f"{one['id']}.yaml").write_text(yaml.safe_dump(one, sort_keys=False), "utf-8")
    return folder
