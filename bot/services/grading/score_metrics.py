"""Metrics of scores and probabilities for two classes."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from bot.services.grading.faults import CannotCompute


def roc_auc(truth: Sequence[bool], scores: Sequence[float]) -> float:
    """Return how often a row of the class outranks one that is not; equal scores count half."""
    positives = sum(truth)
    negatives = len(truth) - positives
    if not positives or not negatives:
        raise CannotCompute("ROC AUC needs rows of both classes, and here is only one.")
    # Counted in halves of a pair: whole numbers have no rounding errors.
    lost = above = 0
    for right, wrong in _ties(truth, scores):
        lost += right * (2 * above + wrong)
        above += wrong
    return 1 - lost / (2 * positives * negatives)


def average_precision(truth: Sequence[bool], scores: Sequence[float]) -> float:
    """Return the mean precision at each row of the class, from the top; 0 when there is no such row.

    Rows of equal score come together: the precision after all of them counts for each.
    """
    positives = sum(truth)
    found = seen = 0
    parts: list[float] = []
    for right, wrong in _ties(truth, scores):
        found += right
        seen += right + wrong
        parts.append(right * (found / seen))
    return math.fsum(parts) / positives if positives else 0.0


def log_loss(truth: Sequence[bool], probabilities: Sequence[float]) -> float:
    """Return the mean of -ln(p) of what came true.

    Each p is kept from 2.2e-16 below to 1 - 2.2e-16 above, so that one row that is sure and wrong costs 36, not the
    world. That is scikit-learn's rule for numbers of 64 bits, with both classes named as its labels.
    """
    told = (p if right else 1 - p for right, p in zip(truth, probabilities, strict=True))
    least, most = sys.float_info.epsilon, 1 - sys.float_info.epsilon
    return math.fsum(-math.log(min(max(p, least), most)) for p in told) / len(truth)


def _ties(truth: Sequence[bool], scores: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Count the rows of the class and the others for each score, from the highest."""
    ordered = sorted(zip(scores, truth, strict=True), key=itemgetter(0), reverse=True)
    for _, tied in groupby(ordered, key=itemgetter(0)):
        flags = [flag for _, flag in tied]
        right = sum(flags)
        yield right, len(flags) - right
