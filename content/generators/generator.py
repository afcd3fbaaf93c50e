"""A generator: a small world with parameters, told by name in the challenge file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from content.generators.dice import Dice
from content.generators.made import Made
from content.metric_names import Metric

_MOST_ATTEMPTS = 500


class Params(BaseModel):
    """Hold the parameters of a generator, each with bounds and a default."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)


class AnswerKind(StrEnum):
    """Say what an answer is: a number, a whole number, a text, or a list of texts."""

    NUMBER = "number"
    WHOLE = "whole"
    TEXT = "text"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class AnswerName:
    """Say what an answer means, so exactly that everybody computes the same."""

    meaning: str
    kind: AnswerKind

    @property
    def is_number(self) -> bool:
        """Tell whether it is compared as a number."""
        return self.kind in (AnswerKind.NUMBER, AnswerKind.WHOLE)


class Unclear(Exception):
    """Say that these dice gave a world whose answers are not clear; the next throw will do better."""


class CannotMake(Exception):
    """Say that no clear world came up, however often the dice were thrown."""


P = TypeVar("P", bound=Params)


@dataclass(frozen=True, slots=True)
class Generator(Generic[P]):
    """Make personal data and its answers from a seed, or data to predict with its hidden truth."""

    name: str
    summary: str
    params: type[P]
    build: Callable[[P, Dice], Made]
    answers: Mapping[str, AnswerName] = field(default_factory=dict)
    metrics: tuple[Metric, ...] = ()
    id_column: str = ""
    target_column: str = ""

    @property
    def makes(self) -> str:
        """Return what it makes: data with answers, or predictions."""
        return "predictions" if self.metrics else "data"

    def make(self, params: Mapping[str, object], seed: bytes) -> Made:
        """Make the same files and answers for the same parameters and seed, for ever."""
        chosen = self.params.model_validate(dict(params))
        dice = Dice(seed)
        for _ in range(_MOST_ATTEMPTS):
            try:
                return self.build(chosen, dice)
            except Unclear:
                continue
        raise CannotMake(f"{self.name} made no clear data with {chosen!r}.")


def number(meaning: str) -> AnswerName:
    """Name an answer that is a number."""
    return AnswerName(meaning, AnswerKind.NUMBER)


def whole(meaning: str) -> AnswerName:
    """Name an answer that is a whole number."""
    return AnswerName(meaning, AnswerKind.WHOLE)


def text(meaning: str) -> AnswerName:
    """Name an answer that is one word or id."""
    return AnswerName(meaning, AnswerKind.TEXT)


def listed(meaning: str) -> AnswerName:
    """Name an answer that is a list of words or ids."""
    return AnswerName(meaning, AnswerKind.LIST)
