"""A second way to every answer, by generator."""

from __future__ import annotations

from collections.abc import Callable

from tests.content.generators import (
    solving_maths,
    solving_methods,
    solving_models,
    solving_operations,
    solving_search,
    solving_tables,
)
from tests.content.generators.reading import Files, Found, Given

SOLVERS: dict[str, Callable[[Files, Given], Found]] = {
    "messy-table": solving_tables.messy_table,
    "two-tables": solving_tables.two_tables,
    "event-log": solving_tables.event_log,
    "time-series": solving_tables.time_series,
    "regression-table": solving_models.regression_table,
    "classification-table": solving_models.classification_table,
    "clusters": solving_models.clusters,
    "confusion-counts": solving_models.confusion_counts,
    "scores": solving_models.scores,
    "text-corpus": solving_search.text_corpus,
    "embeddings": solving_search.embeddings,
    "ranking-lists": solving_search.ranking_lists,
    "graph": solving_search.graph,
    "probability-puzzle": solving_maths.probability_puzzle,
    "ab-test": solving_maths.ab_test,
    "attention": solving_maths.attention,
    "convolution": solving_maths.convolution,
    "backprop": solving_maths.backprop,
    "gpu-arithmetic": solving_maths.gpu_arithmetic,
    "training-curves": solving_operations.training_curves,
    "serving-log": solving_operations.serving_log,
    "drift": solving_operations.drift,
    "feature-history": solving_methods.feature_history,
    "wide-table": solving_methods.wide_table,
    "boosted-stumps": solving_methods.boosted_stumps,
    "pair-merges": solving_methods.pair_merges,
    "downhill-steps": solving_methods.downhill_steps,
    "quantised-layer": solving_methods.quantised_layer,
    "scaling-runs": solving_methods.scaling_runs,
}
