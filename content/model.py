"""What a pack holds, as frozen values. Nothing here knows what a pack is about."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
MONTH_PATTERN = r"^20[0-9]{2}-(0[1-9]|1[0-2])$"
DAY_PATTERN = r"^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
LONGEST_ID = 60


class Level(StrEnum):
    """Say how much somebody knows already."""

    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"
    EXPERT = "expert"


class ResourceKind(StrEnum):
    """Say what sort of thing a resource is."""

    COURSE = "course"
    BOOK = "book"
    ARTICLE = "article"
    TOOL = "tool"
    COMMUNITY = "community"
    COMPETITION = "competition"
    CERTIFICATE = "certificate"
    CONFERENCE = "conference"
    NEWSLETTER = "newsletter"
    DATASET = "dataset"
    REPOSITORY = "repository"


class Cost(StrEnum):
    """Say what a resource costs."""

    FREE = "free"
    FREEMIUM = "freemium"
    PAID = "paid"


Id = Annotated[
    str,
    Field(
        pattern=ID_PATTERN,
        max_length=LONGEST_ID,
        description="Small letters, digits and hyphens; never changed once people have used it.",
    ),
]
OldIds = Annotated[
    tuple[Id, ...], Field(description="Ids that this entry had before, so that saved progress finds it.")
]
Month = Annotated[
    str, Field(pattern=MONTH_PATTERN, description='The month for which this holds, in quotes: "2026-11".')
]
Day = Annotated[str, Field(pattern=DAY_PATTERN, description="Written only by `stepwise content check --online`.")]
Url = Annotated[str, Field(min_length=1, max_length=500, description="An https address without trackers.")]
TopicIds = Annotated[
    tuple[str, ...], Field(min_length=1, max_length=4, description="One to four topic ids from topics.yaml.")
]
Words = Annotated[str, Field(min_length=1, max_length=150)]


class Value(BaseModel):
    """Be frozen, and refuse fields that nobody knows."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Source(Value):
    """Name a public page that supports a fact."""

    title: Annotated[str, Field(min_length=1, max_length=200, description="What the page is called.")]
    url: Url
    checked: Day | None = None


Sources = Annotated[tuple[Source, ...], Field(description="Public https pages that support the facts: title and url.")]


class Pack(Value):
    """Introduce a pack: pack.yaml."""

    id: Id
    title: Annotated[str, Field(min_length=1, max_length=80, description="The name that members read.")]
    language: Annotated[
        str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$", description="The language, such as en or pt-BR.")
    ]
    version: Annotated[str, Field(min_length=1, max_length=40, description='The version, in quotes: "2026.11".')]
    maintainers: Annotated[
        tuple[Words, ...], Field(min_length=1, description="Who answers for the pack: a list of names.")
    ]
    summary: Annotated[str, Field(min_length=1, max_length=500, description="One or two sentences on what it is for.")]
    retired: Annotated[
        tuple[Id, ...], Field(description="Released ids that were removed on purpose and never come back.")
    ] = ()


class Topic(Value):
    """Name a subject, its place in the tree and the words people use for it."""

    id: Id
    was: OldIds = ()
    title: Annotated[str, Field(min_length=1, max_length=80, description="The name that members read.")]
    parent: Annotated[str | None, Field(description="The id of the wider topic.")] = None
    synonyms: Annotated[tuple[Words, ...], Field(description="Other words for the same, misspellings too.")] = ()
    abbreviations: Annotated[tuple[Words, ...], Field(description="Short forms that people type.")] = ()


WordGroup = Annotated[tuple[Words, ...], Field(min_length=2, description="Words that mean the same.")]


class Topics(Value):
    """Hold the topic tree and the words that mean the same: topics.yaml."""

    topics: Annotated[tuple[Topic, ...], Field(min_length=1, description="The topic tree.")]
    words: Annotated[tuple[WordGroup, ...], Field(description="Groups of words that mean the same in a search.")] = ()


class Entry(Value):
    """Hold what tips, questions, resources and paths have in common."""

    id: Id
    was: OldIds = ()
    as_of: Month


class Tip(Entry):
    """Give one piece of advice, one thing to do now and a way to know that it is done."""

    title: Annotated[str, Field(min_length=1, max_length=80, description="What to do, as an order.")]
    text: Annotated[
        str, Field(min_length=1, max_length=700, description="Markdown, 20 to 110 words: advice and reason.")
    ]
    try_it: Annotated[str, Field(alias="try", min_length=1, max_length=200, description="One thing to do at once.")]
    done: Annotated[str, Field(min_length=1, max_length=200, description="How one knows that it is done.")]
    minutes: Annotated[int, Field(strict=True, ge=5, le=30, description="How long it takes: 5 to 30.")]
    level: Annotated[Level, Field(description="For whom it is.")]
    topics: TopicIds
    sources: Sources = ()


class Faq(Entry):
    """Answer one question that people really ask."""

    question: Annotated[str, Field(min_length=1, max_length=120, description="The question, with its mark.")]
    also: Annotated[
        tuple[Words, ...],
        Field(description="Three to five other wordings, as people type in a chat; no near copies."),
    ] = ()
    answer: Annotated[
        str,
        Field(min_length=1, max_length=1600, description="Markdown, 40 to 180 words; decides something."),
    ]
    topics: TopicIds
    level: Annotated[Level | None, Field(description="For whom it is.")] = None
    related: Annotated[tuple[str, ...], Field(description="Ids of questions to read next.")] = ()
    sources: Annotated[Sources, Field(min_length=1)]


class Resource(Entry):
    """Recommend one thing to learn from, and say why this one."""

    title: Annotated[str, Field(min_length=1, max_length=100, description="Its own name.")]
    url: Url
    checked: Day | None = None
    kind: Annotated[ResourceKind, Field(description="What sort of thing it is.")]
    level: Annotated[Level, Field(description="For whom it is.")]
    cost: Annotated[Cost, Field(description="free, freemium (a free part) or paid.")]
    hours: Annotated[
        float | None,
        Field(strict=True, gt=0, le=5000, allow_inf_nan=False, description="How long it takes, in hours."),
    ] = None
    topics: TopicIds
    why: Annotated[str, Field(min_length=1, max_length=200, description="One line: why this one, and for whom.")]
    sources: Annotated[Sources, Field(min_length=1)]


class EvalQuestion(Value):
    """Pair a question that somebody would type with the entry that answers it, or with nothing."""

    q: Annotated[str, Field(min_length=1, max_length=400, description="What somebody would type.")]
    id: Annotated[
        str | tuple[str, ...] | None,
        Field(description="The id that answers it; a list where several do; null when nothing does."),
    ]
