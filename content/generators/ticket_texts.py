"""Notes to a help desk whose labels are to be told from their words."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from content.generators.dice import Dice
from content.generators.generator import Generator, Params
from content.generators.help_desk import LABELS, sentence, words_about
from content.generators.made import Made, Split, Table
from content.generators.words import ids
from content.metric_names import Metric


class TicketTexts(Params):
    """Say how many notes there are and how clearly they speak."""

    train: Annotated[int, Field(ge=100, le=3000, description="How many notes come with their label.")] = 400
    test: Annotated[int, Field(ge=60, le=3000, description="How many notes are to be labelled.")] = 300
    words: Annotated[int, Field(ge=6, le=24, description="How many words a note has on average.")] = 10
    clarity: Annotated[float, Field(ge=0.55, le=0.85, description="The larger, the more words fit the label.")] = 0.72


def _build(params: TicketTexts, dice: Dice) -> Made:
    names = ids("t", params.train + params.test)
    shares = (6, 3, 2)
    rows = []
    for name in names:
        label = dice.weighted(tuple(LABELS), shares)
        rows.append((name, sentence(words_about(label, params.words, params.clarity, dice), dice), label))
    known, asked = rows[: params.train], rows[params.train :]
    train = Table.of("ticket text label", known)
    test = Table.of("ticket text", [row[:2] for row in asked])
    truth = {name: label for name, _, label in asked}
    return Made({"train": train, "test": test}, split=Split(train, test, truth, "ticket", "label", tuple(LABELS)))


GENERATOR = Generator(
    "ticket-texts",
    "Short notes to a help desk; their label is to be predicted: billing, delivery or technical.",
    TicketTexts,
    _build,
    metrics=(Metric.ACCURACY, Metric.BALANCED_ACCURACY, Metric.F1_MACRO),
    id_column="ticket",
    target_column="label",
)
