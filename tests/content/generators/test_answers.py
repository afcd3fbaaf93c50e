"""Each answer of each generator, found a second time from the files alone, by other code."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from content.generators import GENERATORS, AnswerKind, make
from tests.content.generators.solutions import SOLVERS

DATA = [name for name, generator in GENERATORS.items() if generator.makes == "data"]
OTHERWISE: dict[str, Mapping[str, object]] = {
    "messy-table": {"orders": 90, "repeated": 0.3, "missing": 0.2, "cities": 3},
    "two-tables": {"customers": 25, "orders": 60, "lost": 0.2, "moved": 0.5},
    "event-log": {"requests": 150, "users": 8, "failing": 0.3},
    "time-series": {"days": 75, "gaps": 8, "noise": 20.0},
    "regression-table": {"homes": 60, "features": 5, "noise": 60.0, "penalty": 200.0},
    "classification-table": {"machines": 80, "features": 2, "apart": 2.5, "neighbours": 1},
    "clusters": {"points": 50, "groups": 5, "spread": 0.5},
    "probability-puzzle": {"machines": 5, "faulty": 0.15},
    "ab-test": {"visits": 400, "rate": 0.3, "lift": -0.3},
    "confusion-counts": {"classes": 6, "pictures": 900, "skew": 0.2},
    "scores": {"cases": 90, "happens": 0.45, "boldness": 0.7, "miss_cost": 2},
    "ranking-lists": {"queries": 6, "documents": 25, "k": 3, "skill": 1.5},
    "text-corpus": {"notes": 150, "words": 10},
    "embeddings": {"passages": 40, "queries": 12, "dimensions": 20, "k": 5, "noise": 1.5},
    "graph": {"towns": 60, "roads": 1.1},
    "attention": {"words": 6, "width": 5, "masked": True},
    "convolution": {"size": 9, "kernel": 2, "stride": 2, "padding": 1},
    "backprop": {"inputs": 4, "hidden": 3, "activation": "tanh", "rate": 0.1},
    "training-curves": {"runs": 8, "epochs": 60, "patience": 5},
    "gpu-arithmetic": {"widest": 2048, "gpu_memory": 24},
    "serving-log": {"calls": 120, "teams": 12},
    "drift": {"rows": 150, "features": 6, "moved": 1.2},
    "feature-history": {"customers": 8, "cases": 100, "late": 25.0},
    "wide-table": {"rows": 40, "columns": 8, "causes": 3, "noise": 0.8},
    "boosted-stumps": {"rows": 24, "features": 4, "rounds": 5, "rate": 0.3},
    "pair-merges": {"words": 20, "merges": 8},
    "downhill-steps": {"steps": 10, "momentum": 0.5},
    "quantised-layer": {"rows": 10, "columns": 16, "bits": 4, "loud": 5.0},
    "scaling-runs": {"runs": 10, "noise": 0.01},
}


def test_there_is_a_second_way_to_everything() -> None:
    assert set(SOLVERS) == set(OTHERWISE) == set(DATA)


@pytest.mark.parametrize("name", DATA)
@pytest.mark.parametrize("otherwise", [False, True], ids=["defaults", "otherwise"])
def test_every_answer_is_found_again(name: str, otherwise: bool) -> None:
    generator, params = GENERATORS[name], OTHERWISE[name] if otherwise else {}
    for count in range(8):
        made = make(name, params, f"member {count}".encode())
        found = SOLVERS[name](made.written("csv"), generator.params.model_validate(params).model_dump())
        assert set(found) == set(made.answers) == set(generator.answers)
        for answer, right in made.answers.items():
            if generator.answers[answer].kind is AnswerKind.NUMBER:
                assert found[answer] == pytest.approx(right, rel=1e-7, abs=0), (answer, count)
            else:
                assert found[answer] == right, (answer, count)
