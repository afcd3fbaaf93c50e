"""Every generator by its name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from content.generators import (
    ab_test,
    attention,
    backprop,
    book_clicks,
    boosted_stumps,
    churn_table,
    classification_table,
    clusters,
    confusion_counts,
    convolution,
    demand_series,
    downhill_steps,
    drift,
    embeddings,
    event_log,
    feature_history,
    gpu_arithmetic,
    graph,
    messy_table,
    pair_merges,
    price_table,
    probability_puzzle,
    quantised_layer,
    ranking_lists,
    regression_table,
    scaling_runs,
    scores,
    serving_log,
    text_corpus,
    ticket_texts,
    time_series,
    training_curves,
    two_tables,
    wide_table,
)
from content.generators.generator import Generator
from content.generators.made import Made

_ALL: tuple[Generator[Any], ...] = (
    messy_table.GENERATOR,
    two_tables.GENERATOR,
    event_log.GENERATOR,
    time_series.GENERATOR,
    regression_table.GENERATOR,
    classification_table.GENERATOR,
    clusters.GENERATOR,
    probability_puzzle.GENERATOR,
    ab_test.GENERATOR,
    confusion_counts.GENERATOR,
    scores.GENERATOR,
    ranking_lists.GENERATOR,
    text_corpus.GENERATOR,
    embeddings.GENERATOR,
    graph.GENERATOR,
    attention.GENERATOR,
    convolution.GENERATOR,
    backprop.GENERATOR,
    training_curves.GENERATOR,
    gpu_arithmetic.GENERATOR,
    serving_log.GENERATOR,
    drift.GENERATOR,
    feature_history.GENERATOR,
    wide_table.GENERATOR,
    boosted_stumps.GENERATOR,
    pair_merges.GENERATOR,
    downhill_steps.GENERATOR,
    quantised_layer.GENERATOR,
    scaling_runs.GENERATOR,
    churn_table.GENERATOR,
    price_table.GENERATOR,
    ticket_texts.GENERATOR,
    demand_series.GENERATOR,
    book_clicks.GENERATOR,
)
GENERATORS: Mapping[str, Generator[Any]] = MappingProxyType({each.name: each for each in _ALL})


def make(name: str, params: Mapping[str, object], seed: bytes) -> Made:
    """Make the data of one member; the same name, parameters and seed give the same for ever."""
    return GENERATORS[name].make(params, seed)
