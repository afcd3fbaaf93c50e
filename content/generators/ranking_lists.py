"""What two search systems put first, and how relevant it was."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field

from content.generators.arithmetic import mean
from content.generators.clear import away_from_zero, highest, lowest, require
from content.generators.dice import Dice
from content.generators.generator import Generator, Params, number, text, whole
from content.generators.made import Answer, Cell, Made, Table
from content.generators.words import ids


class RankingLists(Params):
    """Say how many lists there are, how long they are, and how far one looks."""

    queries: Annotated[int, Field(ge=4, le=60, description="How many queries there are.")] = 12
    documents: Annotated[int, Field(ge=8, le=30, description="How many documents each list has.")] = 10
    k: Annotated[int, Field(ge=3, le=8, description="How many places at the top count.")] = 5
    skill: Annotated[float, Field(ge=0, le=2, description="How well the systems rank.")] = 0.6


def _build(params: RankingLists, dice: Dice) -> Made:
    rows: list[list[Cell]] = []
    lists: dict[str, list[list[int]]] = {"red": [], "blue": []}
    better = dice.choice(tuple(lists))
    for query in ids("q", params.queries):
        worth = [dice.weighted((0, 1, 2, 3), (11, 5, 3, 1)) for _ in range(params.documents)]
        require(any(worth))
        for system, found in lists.items():
            order = _order(worth, params.skill * (1.5 if system == better else 1), dice)
            found.append([worth[place] for place in order])
            rows += [[system, query, rank, f"d{place + 1:02}", worth[place]] for rank, place in enumerate(order, 1)]
    return Made(
        {"results": Table.of("system query rank document relevance", rows)},
        _answers(lists["red"], lists["blue"], params.k),
    )


def _order(worth: list[int], skill: float, dice: Dice) -> list[int]:
    liked = [skill * each + dice.normal() for each in worth]
    return sorted(range(len(worth)), key=lambda place: -liked[place])


def _answers(red: list[list[int]], blue: list[list[int]], k: int) -> dict[str, Answer]:
    red_gain, blue_gain = ([_gain(found, k) for found in each] for each in (red, blue))
    more = [two - one for one, two in zip(red_gain, blue_gain, strict=True)]
    require(each == 0 or abs(each) > 1e-6 for each in more)
    away_from_zero(mean(more), least=1e-3)
    whole = dict(zip(ids("q", len(red)), [_gain(found, len(found)) for found in red], strict=True))
    return {
        "reciprocal_rank": mean([1 / _first(found) for found in red]),
        "precision": mean([sum(map(bool, found[:k])) / k for found in red]),
        "recall": mean([sum(map(bool, found[:k])) / sum(map(bool, found)) for found in red]),
        "average_precision": mean([_average_precision(found) for found in red]),
        "gain": mean(red_gain),
        "gain_difference": mean(more),
        "blue_wins": sum(each > 0 for each in more),
        "worst_query": lowest(whole),
        "best_improved": highest(dict(zip(whole, more, strict=True))),
    }


def _first(found: list[int]) -> int:
    return next(rank for rank, worth in enumerate(found, 1) if worth)


def _average_precision(found: list[int]) -> float:
    ranks = [rank for rank, worth in enumerate(found, 1) if worth]
    return mean([count / rank for count, rank in enumerate(ranks, 1)])


def _gain(found: list[int], k: int) -> float:
    return _discounted(found[:k]) / _discounted(sorted(found, reverse=True)[:k])


def _discounted(found: list[int]) -> float:
    return math.fsum((2**worth - 1) / math.log2(rank + 1) for rank, worth in enumerate(found, 1))


_GAIN = "NDCG with gain 2^relevance - 1 and discount log2(rank + 1)"
_RED = "Mean over the queries, for the red system:"
GENERATOR = Generator(
    "ranking-lists",
    "The results of two search systems, red and blue, with relevance from 0 to 3.",
    RankingLists,
    _build,
    {
        "reciprocal_rank": number(f"{_RED} 1 / rank of the first document with a relevance above 0."),
        "precision": number(f"{_RED} the share of the first k (5 unless told) with a relevance above 0."),
        "recall": number(f"{_RED} how many of the documents with a relevance above 0 are among the first k."),
        "average_precision": number(f"{_RED} average precision over the whole list, relevant meaning above 0."),
        "gain": number(f"{_RED} {_GAIN}, of the first k."),
        "gain_difference": number(f"The mean of {_GAIN}, of the first k: blue minus red."),
        "blue_wins": whole(f"For how many queries blue has the higher {_GAIN}, of the first k."),
        "worst_query": text(f"The query for which red has the lowest {_GAIN}, over the whole list."),
        "best_improved": text(f"The query where blue gains most over red: {_GAIN}, of the first k."),
    },
)
