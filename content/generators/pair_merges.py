"""Words and how often they occur: byte-pair encoding by hand."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Annotated

from pydantic import Field

from content.generators.clear import highest, require
from content.generators.dice import Dice
from content.generators.generator import Generator, Params, listed, text, whole
from content.generators.made import Answer, Made, Table

_ONSETS, _VOWELS, _ENDS = "bdklmnrst", "aeiou", ("", "", "n", "r", "s", "t")
Pieces = list[str]
Pair = tuple[str, str]


class PairMerges(Params):
    """Say how many words there are and how often pieces are merged."""

    words: Annotated[int, Field(ge=6, le=60, description="How many different words there are.")] = 12
    merges: Annotated[int, Field(ge=2, le=20, description="How many merges are made.")] = 4


def _build(params: PairMerges, dice: Dice) -> Made:
    syllables = [_syllable(dice) for _ in range(8)]
    words = sorted({_word(syllables, dice) for _ in range(params.words * 8)})
    require(len(words) > params.words)
    *words, new = dice.sample(words, params.words + 1)
    counts = {word: dice.integer(2, 60) for word in words}
    require(set(new) <= set("".join(words)))
    files = {"words": Table.of("word count", list(counts.items())), "new": Table.of("word", [(new,)])}
    return Made(files, _answers(counts, new, params.merges))


def _syllable(dice: Dice) -> str:
    return dice.choice(_ONSETS) + dice.choice(_VOWELS) + dice.choice(_ENDS)


def _word(syllables: list[str], dice: Dice) -> str:
    return "".join(dice.choice(syllables) for _ in range(dice.integer(2, 3)))


def _answers(counts: dict[str, int], new: str, merges: int) -> dict[str, Answer]:
    split = {word: list(word) for word in counts}
    pieces, made = list(new), []
    for _ in range(merges):
        pair = _commonest(split, counts)
        split = {word: _merged(each, pair) for word, each in split.items()}
        pieces = _merged(pieces, pair)
        made.append("".join(pair))
    return {
        "letters": sum(len(word) * count for word, count in counts.items()),
        "first_merge": made[0],
        "merges": tuple(made),
        "pieces_left": sum(len(split[word]) * count for word, count in counts.items()),
        "new_pieces": tuple(pieces),
        "different_pieces": len({piece for each in split.values() for piece in each}),
    }


def _commonest(split: dict[str, Pieces], counts: dict[str, int]) -> Pair:
    pairs: Counter[Pair] = Counter()
    for word, pieces in split.items():
        # With three equal pieces in a row it would not be clear how many pairs there are.
        require(not any(one == two == three for (one, two), three in zip(pairwise(pieces), pieces[2:], strict=False)))
        for pair in pairwise(pieces):
            pairs[pair] += counts[word]
    return highest({**pairs, ("", ""): 0}, 0.5)


def _merged(pieces: Pieces, pair: Pair) -> Pieces:
    """Join each such pair, from left to right."""
    joined: Pieces = []
    for piece in pieces:
        if joined and (joined[-1], piece) == pair:
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


_RULE = (
    "Begin with letters. Again and again (4 times unless told) join the pair of neighbouring pieces that is commonest, "
    "each word counted as often as it occurs."
)
GENERATOR = Generator(
    "pair-merges",
    "Words with how often they occur, and a new word: byte-pair encoding.",
    PairMerges,
    _build,
    {
        "letters": whole("How many letters the text has, each word as often as it occurs."),
        "first_merge": text(f"{_RULE} The first new piece."),
        "merges": listed(f"{_RULE} The new pieces in the order in which they are made."),
        "pieces_left": whole(f"{_RULE} How many pieces the text has then, each word as often as it occurs."),
        "new_pieces": listed(
            f"{_RULE} The pieces of the new word, once the same merges were made in it in this order."
        ),
        "different_pieces": whole(f"{_RULE} How many different pieces the words then consist of."),
    },
)
