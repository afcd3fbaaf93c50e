"""One head of attention with numbers small enough for paper."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field

from content.generators.arithmetic import dot, softmax
from content.generators.clear import away_from_zero, highest
from content.generators.dice import Dice
from content.generators.generator import Generator, Params, number, text
from content.generators.made import Answer, Made, Table
from content.generators.words import several

_WORDS = several("some cats sleep late near warm stoves today")
Matrix = list[list[float]]


class Attention(Params):
    """Say how many words there are, how wide their vectors are, and whether they see what follows."""

    words: Annotated[int, Field(ge=3, le=8, description="How many words there are.")] = 4
    width: Annotated[int, Field(ge=2, le=8, description="How many numbers a vector has.")] = 3
    masked: Annotated[bool, Field(description="Whether a word sees only itself and the words before it.")] = False


def _build(params: Attention, dice: Dice) -> Made:
    words = _WORDS[: params.words]
    queries, keys, values = ([[dice.integer(-6, 6) / 2 for _ in range(params.width)] for _ in words] for _ in range(3))
    header = " ".join(["word", *(f"x{axis}" for axis in range(1, params.width + 1))])
    files = {
        name: Table.of(header, [(word, *row) for word, row in zip(words, matrix, strict=True)])
        for name, matrix in (("queries", queries), ("keys", keys), ("values", values))
    }
    return Made(files, _answers(words, queries, keys, values, params.masked))


def _answers(words: tuple[str, ...], queries: Matrix, keys: Matrix, values: Matrix, masked: bool) -> dict[str, Answer]:
    root = math.sqrt(len(queries[0]))
    scores = [[dot(query, key) / root for key in keys] for query in queries]
    seen = [row[: place + 1] if masked else row for place, row in enumerate(scores)]
    weights = [[*softmax(row), *[0.0] * (len(words) - len(row))] for row in seen]
    outputs = [[dot(row, column) for column in zip(*values, strict=True)] for row in weights]
    last = weights[-1]
    received = {word: math.fsum(row[place] for row in weights) for place, word in enumerate(words)}
    total = math.fsum(x for row in outputs for x in row)
    away_from_zero(scores[-1][0], outputs[-1][0], total, least=0.01)
    busiest = highest(received)
    return {
        "score": scores[-1][0],
        "weight": last[0],
        "largest_weight": max(last),
        "watched_word": highest(dict(zip(words, last, strict=True))),
        "entropy": -math.fsum(weight * math.log(weight) for weight in last if weight > 0),
        "output": outputs[-1][0],
        "output_sum": total,
        "busiest_word": busiest,
        "busiest_total": received[busiest],
    }


GENERATOR = Generator(
    "attention",
    "Queries, keys and values of a few words: one head of scaled dot-product attention.",
    Attention,
    _build,
    {
        "score": number("The scaled score of the last word's query with the first word's key."),
        "weight": number("The weight that the last word gives to the first one, after the softmax."),
        "largest_weight": number("The largest weight that the last word gives."),
        "watched_word": text("The word to which the last word gives the largest weight."),
        "entropy": number("The entropy of the last word's weights, with natural logarithms."),
        "output": number("The first number of the last word's output."),
        "output_sum": number("The sum of all numbers of all outputs."),
        "busiest_word": text("The word that receives the most weight from all words together."),
        "busiest_total": number("The weight that this word receives from all words together."),
    },
)
