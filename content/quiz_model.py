"""Questions of a quiz: one choice, several choices, an order, or a number."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, PlainSerializer, PlainValidator
from pydantic_core import PydanticCustomError

from content.model import Value

Right = float | str | tuple[str, ...]


class Tolerance(Value):
    """Say how far a number may lie from the right one; it is enough to be within one of the two."""

    relative: Annotated[
        float, Field(ge=0, le=1, allow_inf_nan=False, description="As a share of the right number: 0.01 is 1 %.")
    ] = 0.0
    absolute: Annotated[float, Field(ge=0, allow_inf_nan=False, description="In the unit of the number.")] = 0.0


def _read_right(value: Any) -> Right:
    """Take a number, a text or a list of texts, whichever the kind of the question wants."""
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < float("inf"):
        return float(value)
    if isinstance(value, str) and value:
        return value
    if isinstance(value, list | tuple) and value and all(isinstance(item, str) for item in value):
        return tuple(value)
    raise PydanticCustomError(
        "right", "Write the text of the right option in quotes, a list of such texts, or a number"
    )


def _write_right(value: Right) -> Any:
    return list(value) if isinstance(value, tuple) else value


_Option = Annotated[str, Field(min_length=1, max_length=75)]


class Question(Value):
    """Ask one thing."""

    ask: Annotated[str, Field(min_length=1, max_length=600, description="Markdown: the question.")]
    kind: Annotated[
        Literal["choice", "choices", "order", "number"],
        Field(description="One right option, several, all options in the right order, or a number."),
    ]
    options: Annotated[
        tuple[_Option, ...], Field(max_length=8, description="Two to eight short texts; none for a number.")
    ] = ()
    right: Annotated[
        Right,
        PlainValidator(_read_right, json_schema_input_type=float | str | list[str]),
        PlainSerializer(_write_right),
        Field(description="The right option, the list of right ones, all in order, or the number."),
    ]
    tolerance: Annotated[Tolerance | None, Field(description="How far a number may lie from the right one.")] = None
    explain: Annotated[str, Field(min_length=1, max_length=500, description="Markdown: why this is right.")]

    @property
    def right_options(self) -> tuple[str, ...]:
        """Return the right options; none for a number."""
        if isinstance(self.right, str):
            return (self.right,)
        return self.right if isinstance(self.right, tuple) else ()
