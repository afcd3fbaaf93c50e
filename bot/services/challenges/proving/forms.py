"""Quizzes and rubrics proved: right answers are right, wrong ones wrong, and nothing is said twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.services.challenges.proving.proof import Fault, Found
from bot.services.challenges.quizzes import is_right
from content.challenge_model import ProjectChallenge, QuizChallenge
from content.quiz_model import Question


def prove_quiz(quiz: QuizChallenge) -> Found:
    """Answer each question rightly, then wrongly in each simple way."""
    faults = [fault for number, one in enumerate(quiz.questions, 1) for fault in _questioned(number, one)]
    size = len(quiz.questions)
    return Found(f"right answers count and wrong ones do not in {size} question{'s'[: size != 1]}", faults)


def prove_rubric(project: ProjectChallenge) -> Found:
    """See that criteria and their levels differ: reviewers choose between them."""
    titles = [criterion.title for criterion in project.rubric]
    faults = [Fault(f"Two criteria are called {name!r}.", "Name each by what it looks at.") for name in _twice(titles)]
    for criterion in project.rubric:
        same = _twice(criterion.levels)
        faults += [Fault(f"Two levels of {criterion.title!r} read {text!r}.", "Say how they differ.") for text in same]
    return Found(f"{len(titles)} criteria, each with {_levels(project)} levels that differ", faults)


def right_answer(question: Question) -> str:
    """Write the right answer as it is kept: the places of options, or a number."""
    if isinstance(question.right, float):
        return repr(question.right)
    return "".join(str(question.options.index(option)) for option in question.right_options)


def wrong_answers(question: Question) -> Iterator[str]:
    """Yield answers next to the right one: another option, one too many or too few, two in the wrong order."""
    right = right_answer(question)
    places = "".join(map(str, range(len(question.options))))
    match question.kind:
        case "number":
            number = float(right)
            yield from (repr(number * 2 + 1), repr(-number - 1))
        case "choice":
            yield from (place for place in places if place != right)
        case "choices":
            yield from ("".join(sorted({*right} ^ {place})) for place in places)
        case "order":
            yield from (right[:at] + right[at + 1] + right[at] + right[at + 2 :] for at in range(len(right) - 1))


def _questioned(number: int, question: Question) -> Iterator[Fault]:
    if not is_right(question, right_answer(question)):
        yield Fault(f"Question {number} refuses its own right answer.", "Write under right what stands under options.")
    for wrong in wrong_answers(question):
        if is_right(question, wrong):
            yield Fault(f"Question {number} accepts {_words(question, wrong)}.", _cure(question))


def _words(question: Question, answer: str) -> str:
    if question.kind == "number":
        return answer
    return " + ".join(repr(question.options[int(place)]) for place in answer) or "no option"


def _cure(question: Question) -> str:
    return "Narrow the tolerance." if question.kind == "number" else "Keep options that differ."


def _levels(project: ProjectChallenge) -> str:
    counts = sorted({len(criterion.levels) for criterion in project.rubric})
    return " or ".join(map(str, counts))


def _twice(texts: Sequence[str]) -> list[str]:
    seen = [text.casefold().strip() for text in texts]
    return [text for at, text in enumerate(texts) if text.casefold().strip() in seen[:at]]
