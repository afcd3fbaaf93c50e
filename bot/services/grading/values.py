"""What is graded: predictions that a member sent, and the truth that they are held against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

# So that the largest upload anybody may send is read and scored in well under a second on a small machine.
MOST_ROWS = 20_000
POSITIVE = "1"

Ranking = tuple[str, ...]
# How much each item is worth to one row; what is not named is worth nothing.
Gains = Mapping[str, float]
Prediction = str | float | Ranking
Answer = str | float | Gains


class Needs(StrEnum):
    """What one cell of predictions holds."""

    LABEL = "label"
    NUMBER = "number"
    PROBABILITY = "probability"
    RANKING = "ranking"


@dataclass(frozen=True, slots=True)
class Wanted:
    """The table of predictions that a challenge asks for."""

    id_column: str
    column: str
    ids: tuple[str, ...]
    needs: Needs
    # The labels that may stand in a cell, or the items that may be ranked; any item when there are none.
    choices: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= len(self.ids) <= MOST_ROWS:
            raise ValueError(f"a challenge has 1 to {MOST_ROWS} rows to predict, not {len(self.ids)}")
        if len(set(self.ids)) < len(self.ids):
            raise ValueError("two rows to predict have the same id")
        if self.needs is Needs.LABEL and not self.choices:
            raise ValueError("a challenge that asks for labels says which ones there are")


@dataclass(frozen=True, slots=True)
class Predictions:
    """What a member predicts, in the order of the wanted ids."""

    ids: tuple[str, ...]
    values: tuple[Prediction, ...]


@dataclass(frozen=True, slots=True)
class Truth:
    """The right answer to each row by its id, and the secret that halves the rows."""

    answers: Mapping[str, Answer]
    key: bytes
    # Which of two labels is the one to find: for F1, ROC AUC, average precision and log loss.
    positive: str = POSITIVE
