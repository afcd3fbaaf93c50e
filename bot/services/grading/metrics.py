"""The metrics that a challenge may name. Each equals scikit-learn's of the same name, which only the tests import."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from types import MappingProxyType
from typing import Any

from bot.services.grading import label_metrics, number_metrics, ranking_metrics, score_metrics
from bot.services.grading.faults import CannotCompute
from bot.services.grading.values import POSITIVE, Answer, Needs, Prediction

MOST_K = 100
_WITH_K = re.compile(r"(?P<family>map|ndcg)@(?P<k>[1-9]\d{0,2})")

Formula = Callable[[Sequence[Any], Sequence[Any]], float]


class Better(StrEnum):
    """Which way a metric improves."""

    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class Metric:
    """One way to say how good predictions are."""

    name: str
    title: str
    better: Better
    needs: Needs
    formula: Formula
    # Whether the truth has two labels, one of which is the one to find.
    two_labels: bool = False

    def compute(self, truth: Sequence[Answer], predicted: Sequence[Prediction], positive: str = POSITIVE) -> float:
        """Score predictions; CannotCompute says why there is no such number."""
        if len(truth) != len(predicted):
            raise CannotCompute(f"There are {len(predicted)} predictions for {len(truth)} answers.")
        if not truth:
            raise CannotCompute("There are no rows to score.")
        value = self.formula(*self._as_needed(truth, predicted, positive))
        if not math.isfinite(value):
            raise CannotCompute(f"The numbers are too large for {self.title}.")
        return value

    def improves(self, new: float, old: float) -> bool:
        """Say whether a score is better than another."""
        return new > old if self.better is Better.HIGHER else new < old

    def _as_needed(
        self, truth: Sequence[Answer], predicted: Sequence[Prediction], positive: str
    ) -> tuple[Sequence[Any], Sequence[Any]]:
        if not self.two_labels:
            return truth, predicted
        labels = set(truth) | (set(predicted) if self.needs is Needs.LABEL else set()) | {positive}
        if len(labels) > 2:
            raise CannotCompute(f"{self.title} is for two labels, “{positive}” among them, and here are {len(labels)}.")
        found = [answer == positive for answer in truth]
        return found, [each == positive for each in predicted] if self.needs is Needs.LABEL else predicted


_LISTED = (
    Metric("accuracy", "Accuracy", Better.HIGHER, Needs.LABEL, label_metrics.accuracy),
    Metric("balanced-accuracy", "Balanced accuracy", Better.HIGHER, Needs.LABEL, label_metrics.balanced_accuracy),
    Metric("f1", "F1", Better.HIGHER, Needs.LABEL, label_metrics.f1, two_labels=True),
    Metric("f1-macro", "Macro F1", Better.HIGHER, Needs.LABEL, label_metrics.f1_macro),
    # The order of the rows is all that counts for these two, so any number will do.
    Metric("roc-auc", "ROC AUC", Better.HIGHER, Needs.NUMBER, score_metrics.roc_auc, two_labels=True),
    Metric(
        "average-precision",
        "Average precision",
        Better.HIGHER,
        Needs.NUMBER,
        score_metrics.average_precision,
        two_labels=True,
    ),
    Metric("log-loss", "Log loss", Better.LOWER, Needs.PROBABILITY, score_metrics.log_loss, two_labels=True),
    Metric("rmse", "RMSE", Better.LOWER, Needs.NUMBER, number_metrics.rmse),
    Metric("mae", "MAE", Better.LOWER, Needs.NUMBER, number_metrics.mae),
    Metric("r2", "R²", Better.HIGHER, Needs.NUMBER, number_metrics.r2),
)
METRICS: Mapping[str, Metric] = MappingProxyType({metric.name: metric for metric in _LISTED})
_FAMILIES: Mapping[str, tuple[str, Callable[..., float]]] = MappingProxyType(
    {"map": ("MAP", ranking_metrics.map_at), "ndcg": ("NDCG", ranking_metrics.ndcg_at)}
)
NAMES = (*METRICS, *(f"{family}@k" for family in _FAMILIES))


def find_metric(name: str) -> Metric | None:
    """Return the metric of this name, `map@10` and `ndcg@5` among them; None when there is no such metric."""
    found = _WITH_K.fullmatch(name)
    if not found or int(found["k"]) > MOST_K:
        return METRICS.get(name)
    k, (title, formula) = int(found["k"]), _FAMILIES[found["family"]]
    return Metric(name, f"{title}@{k}", Better.HIGHER, Needs.RANKING, partial(formula, k=k))
