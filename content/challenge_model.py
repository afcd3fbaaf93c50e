"""Challenges: one thing to do each week, in four kinds of file; `kind` decides which fields there are."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, TypeAdapter

from content.metric_names import Metric
from content.model import Entry, Level, Sources, TopicIds, Value
from content.quiz_model import Question, Tolerance

POINTS: Mapping[Level, int] = {
    Level.BEGINNER: 10,
    Level.INTERMEDIATE: 20,
    Level.ADVANCED: 30,
    Level.EXPERT: 40,
}


class ChallengeKind(StrEnum):
    """Say what members hand in."""

    NUMBER = "number"
    TEXT = "text"
    PREDICTIONS = "predictions"
    QUIZ = "quiz"
    PROJECT = "project"


class Hint(Value):
    """Help on purpose, at a price."""

    text: Annotated[str, Field(min_length=1, max_length=400, description="Markdown: what helps to go on.")]
    cost: Annotated[int, Field(strict=True, ge=0, le=39, description="Points that it costs to open.")]


class Data(Value):
    """Say which generator makes the data, and with what parameters."""

    generator: Annotated[str, Field(min_length=1, max_length=60, description="The name of a generator.")]
    params: Annotated[
        dict[str, Any],
        Field(
            alias="with",
            default_factory=dict,
            description="Parameters of the generator; its defaults hold for the rest.",
        ),
    ]
    format: Annotated[Literal["csv", "json"], Field(description="How members get the data.")] = "csv"


class Accept(Value):
    """Say which ways to write a text are right. Capitals and spaces around it never count."""

    order: Annotated[Literal["exact", "any"], Field(description="Whether the order of a list counts.")] = "exact"
    accents: Annotated[Literal["any", "exact"], Field(description="Whether accents on letters count.")] = "any"


class Part(Value):
    """Ask for one of the answers that the generator knows."""

    ask: Annotated[str, Field(min_length=1, max_length=500, description="Markdown: what to find out, exactly.")]
    answer: Annotated[str, Field(min_length=1, max_length=60, description="The name of a generator's answer.")]
    kind: Annotated[
        Literal["number", "text"] | None, Field(description="What is sent; the kind of the challenge unless told.")
    ] = None
    tolerance: Annotated[Tolerance | None, Field(description="How far a number may lie from the answer.")] = None
    accept: Annotated[Accept | None, Field(description="Which ways to write a text count.")] = None


class Criterion(Value):
    """Say what reviewers look at, and how good looks like from none to great."""

    title: Annotated[str, Field(min_length=1, max_length=45, description="What is looked at, in a few words.")]
    levels: Annotated[
        tuple[Annotated[str, Field(min_length=1, max_length=200)], ...],
        Field(min_length=3, max_length=4, description="Three or four descriptions, from none to great."),
    ]


class Challenge(Entry):
    """Hold what all kinds of challenges have in common."""

    title: Annotated[str, Field(min_length=1, max_length=80, description="The name that members read.")]
    kind: Annotated[ChallengeKind, Field(description="number, text, predictions, quiz or project.")]
    level: Annotated[Level, Field(description="How hard it is; this gives the points: 10, 20, 30 or 40.")]
    minutes: Annotated[int, Field(strict=True, ge=5, le=1200, description="How long it takes, in minutes.")]
    topics: TopicIds
    steps: Annotated[tuple[str, ...], Field(max_length=6, description="Ids of steps on paths that it trains.")] = ()
    task: Annotated[str, Field(min_length=1, max_length=1500, description="Markdown: what members read first.")]
    hints: Annotated[tuple[Hint, ...], Field(max_length=3, description="Up to three hints, each with its cost.")] = ()
    solution: Annotated[
        str, Field(min_length=1, max_length=2400, description="Markdown: the way to the answer, shown after the close.")
    ]
    sources: Sources = ()

    @property
    def points(self) -> int:
        """Return what it is worth to solve all of it without hints."""
        return POINTS[self.level]


class AnswerChallenge(Challenge):
    """Ask for one or two answers on data that each member has alone."""

    kind: Annotated[
        Literal[ChallengeKind.NUMBER, ChallengeKind.TEXT], Field(description="What most of its parts ask for.")
    ]
    data: Annotated[Data, Field(description="The data of each member.")]
    parts: Annotated[
        tuple[Part, ...],
        Field(min_length=1, max_length=2, description="One or two; the second opens when the first is right."),
    ]

    def kind_of(self, part: Part) -> Literal["number", "text"]:
        """Return what is sent for a part."""
        return part.kind or ("number" if self.kind is ChallengeKind.NUMBER else "text")


class PredictionsChallenge(Challenge):
    """Ask for a file of predictions."""

    kind: Annotated[Literal[ChallengeKind.PREDICTIONS], Field(description="A file of predictions is sent.")]
    data: Annotated[Data, Field(description="The data to learn from and to predict.")]
    metric: Annotated[Metric, Field(description="How predictions are scored.")]
    k: Annotated[int | None, Field(strict=True, ge=1, le=100, description="How many places map@k and ndcg@k see.")] = (
        None
    )
    id_column: Annotated[str, Field(min_length=1, max_length=60, description="The column that names each row.")]
    prediction_column: Annotated[str, Field(min_length=1, max_length=60, description="The column of predictions.")]
    step: Annotated[
        float,
        Field(gt=0, le=1e6, allow_inf_nan=False, description="The smallest gain that shows a new public score."),
    ]
    baseline: Annotated[float, Field(allow_inf_nan=False, description="The score to beat, of a strong simple model.")]

    @property
    def metric_name(self) -> str:
        """Return the metric with its number of places, such as map@5."""
        return self.metric.replace("@k", f"@{self.k}")


class QuizChallenge(Challenge):
    """Ask questions with right answers."""

    kind: Annotated[Literal[ChallengeKind.QUIZ], Field(description="Questions are answered.")]
    grading: Annotated[
        Literal["at-close", "at-once"], Field(description="When right answers show; until then one may change them.")
    ] = "at-close"
    questions: Annotated[tuple[Question, ...], Field(min_length=1, max_length=12, description="One to twelve.")]


class ProjectChallenge(Challenge):
    """Ask for a piece of work that peers review."""

    kind: Annotated[Literal[ChallengeKind.PROJECT], Field(description="A link and a few lines are sent.")]
    asks_for: Annotated[str, Field(min_length=1, max_length=500, description="Markdown: what exactly to hand in.")]
    rubric: Annotated[
        tuple[Criterion, ...], Field(min_length=3, max_length=6, description="Three to six things to look at.")
    ]


class UnknownChallenge(Challenge):
    """Stand for a challenge without a kind: what else it holds can only be judged once that is known."""

    model_config = ConfigDict(extra="ignore")


AnyChallenge = AnswerChallenge | PredictionsChallenge | QuizChallenge | ProjectChallenge
CHALLENGE_MODELS: Mapping[str, type[AnyChallenge]] = {
    ChallengeKind.NUMBER: AnswerChallenge,
    ChallengeKind.TEXT: AnswerChallenge,
    ChallengeKind.PREDICTIONS: PredictionsChallenge,
    ChallengeKind.QUIZ: QuizChallenge,
    ChallengeKind.PROJECT: ProjectChallenge,
}
_ANY: TypeAdapter[AnyChallenge] = TypeAdapter(Annotated[AnyChallenge, Field(discriminator="kind")])


def challenge_to_json(challenge: AnyChallenge) -> str:
    """Write a challenge down, to be kept with a round."""
    return challenge.model_dump_json(by_alias=True)


def challenge_from_json(text: str) -> AnyChallenge:
    """Read a challenge that was kept with a round."""
    return _ANY.validate_json(text)
