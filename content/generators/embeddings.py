"""Vectors of passages and queries: what is near by cosine, by dot product and by distance."""

from __future__ import annotations

import math
from itertools import combinations
from operator import mul
from typing import Annotated

from pydantic import Field

from content.generators.arithmetic import cosine, dot, length, mean, rounded
from content.generators.clear import away_from_zero, highest, ranked
from content.generators.dice import Dice
from content.generators.generator import Generator, Params, listed, number, text
from content.generators.made import Answer, Made, Table
from content.generators.words import ids

Vector = tuple[float, ...]


class Embeddings(Params):
    """Say how many vectors there are and how hard the right ones are to find."""

    passages: Annotated[int, Field(ge=20, le=400, description="How many passages there are.")] = 80
    queries: Annotated[int, Field(ge=3, le=20, description="How many queries there are.")] = 8
    dimensions: Annotated[int, Field(ge=4, le=32, description="How many numbers a vector has.")] = 8
    k: Annotated[int, Field(ge=1, le=10, description="How many passages are looked at for a query.")] = 3
    noise: Annotated[float, Field(ge=0.1, le=2, description="How far a query lies from its passage.")] = 0.7


def _build(params: Embeddings, dice: Dice) -> Made:
    passages = {name: _vector(params.dimensions, dice.between(0.5, 2.0), dice) for name in ids("p", params.passages)}
    wanted = dice.sample(list(passages), params.queries)
    queries = [
        tuple(rounded(x + dice.normal(0, params.noise * length(passages[name]) / 2), 4) for x in passages[name])
        for name in wanted
    ]
    axes = " ".join(f"v{axis}" for axis in range(1, params.dimensions + 1))
    files = {
        "passages": Table.of(f"passage {axes}", [(name, *vector) for name, vector in passages.items()]),
        "queries": Table.of(
            f"query {axes} relevant",
            [
                (name, *vector, right)
                for name, vector, right in zip(ids("q", len(wanted)), queries, wanted, strict=True)
            ],
        ),
    }
    return Made(files, _answers(passages, queries, wanted, params.k))


def _vector(dimensions: int, size: float, dice: Dice) -> Vector:
    return tuple(rounded(dice.normal(0, size), 4) for _ in range(dimensions))


def _answers(passages: dict[str, Vector], queries: list[Vector], wanted: list[str], k: int) -> dict[str, Answer]:
    scores = [{name: cosine(query, vector) for name, vector in passages.items()} for query in queries]
    first = ranked(scores[0], k)
    ranks = [
        1 + sum(each > score[right] for each in score.values()) for score, right in zip(scores, wanted, strict=True)
    ]
    sharp = {name: tuple(x / length(vector) for x in vector) for name, vector in passages.items()}
    pairs = {(one, two): sum(map(mul, sharp[one], sharp[two])) for one, two in combinations(passages, 2)}
    pair = highest(pairs)
    centre = tuple(mean(column) for column in zip(*passages.values(), strict=True))
    away_from_zero(scores[0][first[0]])
    return {
        "nearest_cosine": first[0],
        "nearest_cosine_score": scores[0][first[0]],
        "nearest_dot": highest({name: dot(queries[0], vector) for name, vector in passages.items()}),
        "nearest_distance": highest({name: -_squared(queries[0], vector) for name, vector in passages.items()}),
        "top_k": tuple(first),
        "recall_at_k": mean([rank <= k for rank in ranks]),
        "mean_reciprocal_rank": mean([1 / rank for rank in ranks]),
        "closest_pair": pair,
        "closest_pair_score": cosine(passages[pair[0]], passages[pair[1]]),
        "longest_passage": highest({name: length(vector) for name, vector in passages.items()}),
        "centre_length": length(centre),
    }


def _squared(one: Vector, two: Vector) -> float:
    return math.fsum((a - b) ** 2 for a, b in zip(one, two, strict=True))


GENERATOR = Generator(
    "embeddings",
    "Vectors of passages, and queries with the passage that answers each.",
    Embeddings,
    _build,
    {
        "nearest_cosine": text("The passage with the highest cosine to query q01."),
        "nearest_cosine_score": number("The highest cosine of a passage to query q01."),
        "nearest_dot": text("The passage with the highest dot product with query q01."),
        "nearest_distance": text("The passage at the smallest Euclidean distance from query q01."),
        "top_k": listed("The k passages (3 unless told) with the highest cosine to query q01, best first."),
        "recall_at_k": number("The share of queries whose relevant passage is among the k best by cosine."),
        "mean_reciprocal_rank": number("The mean of 1 / rank of the relevant passage by cosine, over all queries."),
        "closest_pair": listed("The two passages with the highest cosine to each other, in any order."),
        "closest_pair_score": number("The cosine between these two."),
        "longest_passage": text("The passage whose vector is longest."),
        "centre_length": number("The length of the mean of all passage vectors."),
    },
)
