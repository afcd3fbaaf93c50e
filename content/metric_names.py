"""The metrics by which predictions are scored: their names, and which way is up."""

from __future__ import annotations

from enum import StrEnum


class Metric(StrEnum):
    """Name a metric as challenge files do."""

    ACCURACY = "accuracy"
    BALANCED_ACCURACY = "balanced-accuracy"
    F1 = "f1"
    F1_MACRO = "f1-macro"
    ROC_AUC = "roc-auc"
    AVERAGE_PRECISION = "average-precision"
    LOG_LOSS = "log-loss"
    RMSE = "rmse"
    MAE = "mae"
    R2 = "r2"
    MAP_AT_K = "map@k"
    NDCG_AT_K = "ndcg@k"

    @property
    def lower_is_better(self) -> bool:
        """Tell whether a smaller number is the better one."""
        return self in (Metric.LOG_LOSS, Metric.RMSE, Metric.MAE)

    @property
    def needs_k(self) -> bool:
        """Tell whether it looks at the first k only."""
        return self in (Metric.MAP_AT_K, Metric.NDCG_AT_K)

    @property
    def best(self) -> float:
        """Return the score of perfect predictions."""
        return 0.0 if self.lower_is_better else 1.0
