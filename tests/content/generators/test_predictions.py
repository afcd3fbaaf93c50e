"""Data to predict: the truth is hidden, complete, and can be learned."""

from __future__ import annotations

import csv
import io
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import partial
from statistics import fmean

import numpy as np
import pytest

from content.generators import GENERATORS, Split, make
from content.metric_names import Metric

NAMES = [name for name, generator in GENERATORS.items() if generator.makes == "predictions"]
Rows = list[dict[str, str]]


def split_of(name: str, seed: bytes = b"round 1") -> Split:
    split = make(name, {}, seed).split
    assert split is not None
    return split


def read(split: Split) -> tuple[Rows, Rows]:
    train, test = (list(csv.DictReader(io.StringIO(each.to_csv()))) for each in (split.train, split.test))
    return train, test


@pytest.mark.parametrize("name", NAMES)
def test_the_truth_is_complete_and_hidden(name: str) -> None:
    split, generator = split_of(name), GENERATORS[name]
    train, test = read(split)
    assert (split.id_column, split.target_column) == (generator.id_column, generator.target_column)
    assert [row[split.id_column] for row in test] == list(split.truth)
    assert split.target_column not in split.test.columns
    if name != "book-clicks":
        assert split.target_column in split.train.columns
        assert not {row[split.id_column] for row in train} & set(split.truth)
        assert set(split.test.columns) == set(split.train.columns) - {split.target_column}
    files = make(name, {}, b"round 1").files
    assert files["train"] is not files["test"]
    assert {"train", "test"} <= set(files)


def test_the_truth_fits_the_metrics() -> None:
    for name in NAMES:
        split, metrics = split_of(name), GENERATORS[name].metrics
        kinds = {type(each) for each in split.truth.values()}
        assert len(kinds) == 1
        if Metric.RMSE in metrics:
            assert kinds == {float}
        elif Metric.MAP_AT_K in metrics:
            assert all(
                isinstance(each, dict) and each and set(each) <= set(split.choices) for each in split.truth.values()
            )
        else:
            assert kinds == {str}
            assert set(split.truth.values()) == set(split.choices)


def test_hidden_books_are_none_that_the_reader_opened() -> None:
    split = split_of("book-clicks")
    for row in read(split)[0]:
        gains = split.truth[row["reader"]]
        assert isinstance(gains, dict)
        assert row["book"] not in gains


def churn(seed: bytes) -> tuple[float, float]:
    """Return the ROC AUC of few logins in a short membership, and that of guessing."""
    split = split_of("churn-table", seed)
    _, test = read(split)
    risks = [-float(row["logins"] or 8) - 6 * math.log(float(row["months"] or 14)) for row in test]
    return auc(risks, [split.truth[row["member"]] == "1" for row in test]), 0.5


def auc(scores: list[float], events: list[bool]) -> float:
    high = [score for score, event in zip(scores, events, strict=True) if event]
    low = [score for score, event in zip(scores, events, strict=True) if not event]
    return fmean((one > two) + 0.5 * (one == two) for one in high for two in low)


def price(seed: bytes) -> tuple[float, float]:
    """Return minus the errors of log-linear least squares on age and power, and of the mean."""
    split = split_of("price-table", seed)
    train, test = read(split)

    def columns(rows: Rows) -> list[list[float]]:
        return [[1.0, float(row["age"] or 9), float(row["power"] or 130)] for row in rows]

    prices = np.log([float(row["price"]) for row in train])
    weights = np.linalg.lstsq(np.array(columns(train)), prices, rcond=None)[0]
    truth = np.array([split.truth[row["car"]] for row in test], dtype=float)
    said = np.exp(np.array(columns(test)) @ weights)
    return -float(np.abs(truth - said).mean()), -float(np.abs(truth - np.exp(prices.mean())).mean())


def tickets(seed: bytes) -> tuple[float, float]:
    """Return the accuracy of naive Bayes and that of the commonest label."""
    split = split_of("ticket-texts", seed)
    train, test = read(split)
    words: dict[str, Counter[str]] = defaultdict(Counter)
    labels = Counter(row["label"] for row in train)
    for row in train:
        words[row["label"]].update(re.findall("[a-z]+", row["text"].lower()))

    def score(text: str, label: str) -> float:
        seen = words[label]
        each = [math.log((seen[word] + 1) / (seen.total() + 200)) for word in re.findall("[a-z]+", text.lower())]
        return math.log(labels[label]) + math.fsum(each)

    said = [max(labels, key=partial(score, row["text"])) for row in test]
    truth = list(split.truth.values())
    usual = labels.most_common(1)[0][0]
    return fmean(map(str.__eq__, said, map(str, truth))), fmean(each == usual for each in truth)


def demand(seed: bytes) -> tuple[float, float]:
    """Return minus the errors of the same weekday in the last weeks and of the last day."""
    split = split_of("demand-series", seed)
    train, test = read(split)
    recent, last = defaultdict[tuple[str, int, str], list[float]](list), dict[str, float]()
    for row in train:
        last[row["shop"]] = float(row["sold"])
        recent[row["shop"], _weekday(row["day"]), row["offer"]].append(float(row["sold"]))
    usual = [fmean(recent[row["shop"], _weekday(row["day"]), row["offer"]][-6:]) for row in test]
    truth = [float(str(each)) for each in split.truth.values()]
    naive = [last[row["shop"]] for row in test]
    return -fmean(map(_off, truth, usual)), -fmean(map(_off, truth, naive))


def _weekday(day: str) -> int:
    return int(np.datetime64(day, "D").astype(int)) % 7


def _off(one: float, two: float) -> float:
    return abs(one - two)


def books(seed: bytes) -> tuple[float, float]:
    """Return the share of hits among five famous books of the reader's usual subject, and among five famous ones."""
    made = make("book-clicks", {}, seed)
    assert made.split is not None
    train, _ = read(made.split)
    subject = {row["book"]: row["subject"] for row in csv.DictReader(io.StringIO(made.files["books"].to_csv()))}
    fame = Counter(row["book"] for row in train)
    opened: dict[str, set[str]] = defaultdict(set)
    for row in train:
        opened[row["reader"]].add(row["book"])

    def hits(liked: Callable[[str, str], float]) -> float:
        found = []
        for reader, gains in made.split.truth.items() if made.split else ():
            assert isinstance(gains, dict)
            rest = sorted(set(subject) - opened[reader], key=partial(liked, reader), reverse=True)
            found += [book in gains for book in rest[:5]]
        return fmean(found)

    tastes = {reader: Counter(subject[book] for book in each) for reader, each in opened.items()}
    return hits(lambda reader, book: fame[book] * tastes[reader][subject[book]]), hits(lambda _, book: fame[book])


LEARNERS = {
    "churn-table": (churn, 0.05),
    "price-table": (price, 500.0),
    "ticket-texts": (tickets, 0.15),
    "demand-series": (demand, 5.0),
    "book-clicks": (books, 0.04),
}


def test_there_is_a_learner_for_each() -> None:
    assert set(LEARNERS) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_learning_beats_guessing(name: str) -> None:
    learner, gain = LEARNERS[name]
    for seed in (b"one", b"two", b"three"):
        learned, guessed = learner(seed)
        assert learned > guessed + gain, (seed, learned, guessed)
