"""Scores of predictions: on each half of the rows, and as much of the public one as is shown."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bot.services.grading.halves import Part, part_of
from bot.services.grading.metrics import Better, Metric
from bot.services.grading.uploads import read_predictions
from bot.services.grading.values import Predictions, Truth, Wanted


@dataclass(frozen=True, slots=True)
class Grade:
    """What an upload is worth on both halves; the private score is for the close."""

    public: float
    private: float


def grade_upload(data: bytes, wanted: Wanted, truth: Truth, metric: Metric) -> Grade:
    """Read and score a file. Pure and bounded in time and memory, but for a thread: not for the event loop.

    UploadProblem says what a member can mend; CannotCompute is the author's to mend.
    """
    predictions = read_predictions(data, wanted)
    return Grade(score(predictions, truth, metric, Part.PUBLIC), score(predictions, truth, metric, Part.PRIVATE))


def score(predictions: Predictions, truth: Truth, metric: Metric, part: Part) -> float:
    """Score the predictions for one part of the rows."""
    values = dict(zip(predictions.ids, predictions.values, strict=True))
    ids = part_of(part, predictions.ids, truth.key)
    return metric.compute([truth.answers[own] for own in ids], [values[own] for own in ids], truth.positive)


# Whoever sees an exact score after every upload can learn the public rows from it: try many changes, keep those that
# help, and the score climbs while the model gets no better. So a new score is shown only when it beats the best shown
# one by a whole step, and only to the step. Smaller changes, lucky ones among them, are silent, and each step forward
# costs a real improvement. This is the ladder of Blum and Hardt (2015); the private half has the last word anyway.
def next_shown(best_shown: float | None, new: float, step: float, metric: Metric) -> float | None:
    """Return the score to show in place of the best one so far, rounded to the step; None when nothing new is shown."""
    if not step > 0:
        raise ValueError(f"a step is more than 0, not {step}")
    # Decimals, as people read them: 0.84 is a whole step of 0.01 above 0.83.
    exact, width = Decimal(repr(new)), Decimal(repr(step))
    if best_shown is not None:
        gain = exact - Decimal(repr(best_shown))
        if (gain if metric.better is Better.HIGHER else -gain) < width:
            return None
    return float(round(exact / width) * width)
