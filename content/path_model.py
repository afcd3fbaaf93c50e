"""Paths: stages with steps, each step something to do and a way to know that it is done."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from content.model import Entry, Id, Level, OldIds, Sources, Value


class Draw(StrEnum):
    """Say what somebody enjoys, so that a path can be suggested."""

    MODELS = "models"
    LANGUAGE = "language"
    IMAGES = "images"
    SYSTEMS = "systems"
    DATA = "data"
    DECISIONS = "decisions"


class Step(Value):
    """Ask for one thing that moves somebody forward."""

    id: Id
    was: OldIds = ()
    title: Annotated[str, Field(min_length=1, max_length=100, description="What is done in this step.")]
    why: Annotated[str, Field(min_length=1, max_length=400, description="Why it pays.")]
    do: Annotated[str, Field(min_length=1, max_length=1000, description="What to do.")]
    done: Annotated[str, Field(min_length=1, max_length=400, description="How one knows that it is done.")]
    hours: Annotated[float, Field(strict=True, gt=0, le=1000, allow_inf_nan=False, description="How long it takes.")]
    topics: Annotated[tuple[str, ...], Field(min_length=1, description="Topic ids.")]
    resources: Annotated[tuple[str, ...], Field(description="Resource ids, at least one.")] = ()
    challenges: Annotated[tuple[str, ...], Field(description="Challenge ids that train it.")] = ()
    needs: Annotated[
        tuple[str, ...], Field(description="Ids of steps that come before; those of other paths too.")
    ] = ()


class Stage(Value):
    """Gather the steps between two points of a career."""

    id: Id
    title: Annotated[str, Field(min_length=1, max_length=80, description="The name that members read.")]
    expects: Annotated[str | None, Field(min_length=1, max_length=900, description="What employers expect here.")] = (
        None
    )
    sources: Sources = ()
    steps: Annotated[tuple[Step, ...], Field(min_length=1, description="The steps, in order.")]


class Path(Entry):
    """Lead from a beginning to a goal in stages."""

    title: Annotated[str, Field(min_length=1, max_length=80, description="The name that members read.")]
    summary: Annotated[str, Field(min_length=1, max_length=500, description="Whom it leads where.")]
    suits: Annotated[
        str, Field(min_length=1, max_length=200, description="One sentence: for whom it is. Said when it is suggested.")
    ]
    starts: Annotated[Level, Field(description="The level at which it begins.")] = Level.BEGINNER
    branch_of: Annotated[str | None, Field(description="The id of the path from which this one branches.")] = None
    draws: Annotated[
        tuple[Draw, ...], Field(description="What somebody enjoys for whom it is, the strongest first.")
    ] = ()
    year: Annotated[
        tuple[str, ...], Field(description="Challenge ids, one a week, for communities on this path; the rest follow.")
    ] = ()
    sources: Sources = ()
    stages: Annotated[tuple[Stage, ...], Field(min_length=1, description="The stages, in order.")]

    @property
    def steps(self) -> tuple[Step, ...]:
        """Return the steps of all stages in order."""
        return tuple(step for stage in self.stages for step in stage.steps)
