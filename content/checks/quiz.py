"""Quizzes: each question has the options that its kind needs, and the right answer is among them."""

from __future__ import annotations

from collections.abc import Iterator

from content.challenge_model import QuizChallenge
from content.codes import problem
from content.entry import RawEntry
from content.nearest import did_you_mean
from content.problem import Problem
from content.quiz_model import Question

_FORMS = {
    "choice": "the text of one option",
    "choices": "a list of the right options",
    "order": "the list of all options in the right order",
    "number": "a number",
}


def check_questions(entry: RawEntry, quiz: QuizChallenge) -> Iterator[Problem]:
    """Find questions that nobody can answer rightly."""
    for number, question in enumerate(quiz.questions):
        yield from _options(entry, number, question)
        yield from _right(entry, number, question)


def _options(entry: RawEntry, number: int, question: Question) -> Iterator[Problem]:
    place = entry.place("questions", number, "options")
    if question.kind == "number":
        if question.options:
            yield problem("CHL011", place, "A question for a number has no options.", "Remove them.")
        return
    if question.tolerance is not None:
        place = entry.place("questions", number, "tolerance")
        yield problem("CHL011", place, "Only a question for a number has a tolerance.", "Remove it.")
    if len(question.options) < 2:
        yield problem("CHL011", place, f"A {question.kind} question needs two options or more.", "Write them.")
    if len({option.casefold().strip() for option in question.options}) < len(question.options):
        yield problem("CHL011", place, "Two options read the same.", "Keep one of them.")


def _right(entry: RawEntry, number: int, question: Question) -> Iterator[Problem]:
    place = entry.place("questions", number, "right")
    if not _has_its_form(question):
        message = f"A {question.kind} question wants {_FORMS[question.kind]} under right."
        yield problem("CHL012", place, message, "Write it so.")
        return
    for right in question.right_options:
        if right not in question.options:
            hint = did_you_mean(right, question.options, "Write it exactly as it stands under options.")
            yield problem("CHL012", place, f"{right!r} is not among the options.", hint)
            return
    if question.kind == "order" and sorted(question.right_options) != sorted(question.options):
        yield problem("CHL012", place, "The right order does not hold each option once.", "List all of them.")
    if question.kind == "choices" and len(set(question.right_options)) < len(question.right_options):
        yield problem("CHL012", place, "An option stands twice under right.", "Keep it once.")


def _has_its_form(question: Question) -> bool:
    wanted = {"choice": str, "number": float}.get(question.kind, tuple)
    return isinstance(question.right, wanted)
