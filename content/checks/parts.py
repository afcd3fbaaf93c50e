"""Parts: each asks for an answer that the data has, in the form in which it is compared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from content.challenge_model import AnswerChallenge, Part
from content.codes import problem
from content.entry import RawEntry
from content.generators import AnswerKind, AnswerName, Generator
from content.nearest import did_you_mean
from content.problem import Problem

SMALLEST_RELATIVE, LARGEST_RELATIVE = 1e-6, 0.2


def check_parts(entry: RawEntry, challenge: AnswerChallenge, generator: Generator[Any]) -> Iterator[Problem]:
    """Find parts that cannot be graded as they stand."""
    asked: set[str] = set()
    for number, part in enumerate(challenge.parts):
        answer = generator.answers.get(part.answer)
        place = entry.place("parts", number, "answer")
        if answer is None:
            hint = did_you_mean(part.answer, generator.answers, f"There are {', '.join(generator.answers)}.")
            yield problem("CHL003", place, f"{generator.name!r} has no answer {part.answer!r}.", hint)
            continue
        if part.answer in asked:
            yield problem("CHL014", place, f"Both parts ask for {part.answer!r}.", "Ask for something else.")
        asked.add(part.answer)
        yield from _form(entry, number, part, challenge.kind_of(part), answer)


def _form(entry: RawEntry, number: int, part: Part, kind: str, answer: AnswerName) -> Iterator[Problem]:
    if answer.is_number != (kind == "number"):
        right = "number" if answer.is_number else "text"
        message = f"The answer {part.answer!r} is a {right}, and a {kind} is asked for."
        yield problem("CHL005", entry.place("parts", number), message, f"Write kind: {right} in this part.")
    elif answer.is_number:
        yield from _number(entry, number, part, answer)
    else:
        yield from _text(entry, number, part, answer)


def _number(entry: RawEntry, number: int, part: Part, answer: AnswerName) -> Iterator[Problem]:
    if part.accept is not None:
        yield problem("CHL006", entry.place("parts", number, "accept"), "A number takes no accept.", "Remove it.")
    place = entry.place("parts", number, "tolerance")
    if part.tolerance is None:
        if answer.kind is AnswerKind.NUMBER:
            hint = "Write tolerance: {relative: 0.01} or how far off is right enough."
            yield problem("CHL006", place, f"{part.answer!r} is not a whole number and has no tolerance.", hint)
        return
    relative, absolute = part.tolerance.relative, part.tolerance.absolute
    if relative > LARGEST_RELATIVE:
        message = f"A relative tolerance of {relative:g} lets guesses pass."
        yield problem("CHL006", place, message, f"Write {LARGEST_RELATIVE:g} or less.")
    if absolute == 0 and relative < SMALLEST_RELATIVE:
        message = f"A tolerance of {relative:g} refuses answers that are right but rounded."
        yield problem("CHL006", place, message, f"Write {SMALLEST_RELATIVE:g} or more, or leave out the tolerance.")


def _text(entry: RawEntry, number: int, part: Part, answer: AnswerName) -> Iterator[Problem]:
    if part.tolerance is not None:
        yield problem("CHL006", entry.place("parts", number, "tolerance"), "A text has no tolerance.", "Remove it.")
    if part.accept is not None and part.accept.order == "any" and answer.kind is not AnswerKind.LIST:
        message = f"{part.answer!r} is a single text, so there is no order."
        yield problem("CHL006", entry.place("parts", number, "accept"), message, "Remove order.")
