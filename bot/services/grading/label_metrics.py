"""Metrics of labels: how many are right, all together or class by class."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import TypeVar

_Label = TypeVar("_Label", str, bool)


def accuracy(truth: Sequence[str], predicted: Sequence[str]) -> float:
    """Return the share of rows whose label is right."""
    return _hits(truth, predicted).total() / len(truth)


def balanced_accuracy(truth: Sequence[str], predicted: Sequence[str]) -> float:
    """Return the mean share of right labels over the classes of the truth, each counting the same."""
    hits, sizes = _hits(truth, predicted), Counter(truth)
    return math.fsum(hits[label] / size for label, size in sizes.items()) / len(sizes)


def f1(truth: Sequence[bool], predicted: Sequence[bool]) -> float:
    """Return the harmonic mean of precision and recall; 0 when nothing is there and nothing was found."""
    return _f1_of(True, _hits(truth, predicted), Counter(truth), Counter(predicted))


def f1_macro(truth: Sequence[str], predicted: Sequence[str]) -> float:
    """Return the mean F1 over all classes that were there or were predicted."""
    hits, sizes, named = _hits(truth, predicted), Counter(truth), Counter(predicted)
    classes = sizes.keys() | named.keys()
    return math.fsum(_f1_of(label, hits, sizes, named) for label in classes) / len(classes)


def _hits(truth: Sequence[_Label], predicted: Sequence[_Label]) -> Counter[_Label]:
    return Counter(right for right, named in zip(truth, predicted, strict=True) if right == named)


def _f1_of(label: _Label, hits: Counter[_Label], sizes: Counter[_Label], named: Counter[_Label]) -> float:
    both = sizes[label] + named[label]
    return 2 * hits[label] / both if both else 0.0
