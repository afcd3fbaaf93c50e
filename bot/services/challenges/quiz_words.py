"""How a quiz is written: options under letters, answers in words, and what was right."""

from __future__ import annotations

import re

from bot.core.markup import Markdown, bullets, md
from bot.core.reply import Field, Progress
from bot.services.challenges.quizzes import Sheet, is_right, places_of
from bot.services.challenges.telling import counted
from bot.services.grading.faults import AnswerProblem
from content.quiz_model import Question

LETTERS = "ABCDEFGH"
# Of an answer on the page of all answers; the whole of it stands with its question.
WORDS_SHOWN = 90
_BETWEEN = re.compile(r"[\s,;.:/|>→-]+")


def lettered(question: Question, order: tuple[int, ...]) -> Markdown:
    """List the options, each under its letter."""
    return bullets(
        md("**{letter}** {option}", letter=LETTERS[at], option=question.options[place])
        for at, place in enumerate(order)
    )


def letters_of(question: Question, order: tuple[int, ...], answer: str) -> str:
    """Return the letters of an answer, in its order."""
    return "".join(LETTERS[order.index(place)] for place in places_of(question, answer))


def read_letters(question: Question, order: tuple[int, ...], typed: str) -> str:
    """Read letters in an order, like BDAC or b > d > a > c; AnswerProblem when one is missing or too many."""
    letters = _BETWEEN.sub("", typed).upper()
    wanted = LETTERS[: len(order)]
    if sorted(letters) != list(wanted):
        listed = ", ".join(wanted)
        raise AnswerProblem(md("Write each of these letters once, in your order: {listed}.", listed=listed))
    return "".join(str(order[LETTERS.index(letter)]) for letter in letters)


def answer_words(question: Question, answer: str) -> str:
    """Say an answer in words."""
    if question.kind == "number":
        return answer
    chosen = [question.options[place] for place in places_of(question, answer)]
    return (" → " if question.kind == "order" else ", ").join(chosen)


def right_words(question: Question) -> str:
    """Say the right answer."""
    if isinstance(question.right, float):
        return f"{question.right:.12g}"
    return (" → " if question.kind == "order" else ", ").join(question.right_options)


def verdict(question: Question, answer: str) -> Markdown:
    """Say whether an answer was right, and why."""
    first = "Right." if answer and is_right(question, answer) else "Not right this time."
    return md("**{first}** {why}", first=first if answer else "You left this one out.", why=Markdown(question.explain))


def both_answers(question: Question, answer: str) -> tuple[Field, ...]:
    """Put what was answered beside what is right."""
    right = Field("The right answer", md("{words}", words=right_words(question)))
    if not answer or is_right(question, answer):
        return (right,)
    return (Field("Your answer", md("{words}", words=answer_words(question, answer))), right)


def heading(number: int, size: int, question: Question) -> Markdown:
    """Say which question this is, and ask it."""
    return md("**Question {number} of {size}**\n\n{ask}", number=number + 1, size=size, ask=Markdown(question.ask))


def chosen(sheet: Sheet, number: int) -> list[Markdown]:
    """List the options where letters name them, and say what is chosen."""
    question, order, answer = sheet.question(number), sheet.order(number), sheet.answer(number)
    by_letter = question.kind in ("choices", "order")
    listed = [lettered(question, order)] if by_letter else []
    if not answer:
        return [*listed, *([md("Several may be right. Press the letters.")] if question.kind == "choices" else [])]
    return [*listed, md("Your answer: **{words}**", words=answer_words(question, answer))]


def line(sheet: Sheet, number: int) -> Markdown:
    """Say in a line what is answered to a question."""
    answer = sheet.answer(number)
    if not answer:
        return md("**{number}** not answered yet", number=number + 1)
    words = answer_words(sheet.question(number), answer)
    shown = words if len(words) <= WORDS_SHOWN else f"{words[: WORDS_SHOWN - 1]}…"
    state = " (not sent yet)" if sheet.waits(number) else ""
    return md("**{number}** {words}{state}", number=number + 1, words=shown, state=Markdown(state))


def rule(sheet: Sheet) -> Markdown:
    """Say whether answers can be changed."""
    if sheet.at_once:
        return md("Each answer is graded when you send it, and then stays as it is.")
    return md("Answers are kept at once, and you can change them until the close.")


def standing(sheet: Sheet) -> Markdown:
    """Say how far somebody is, and what happens next."""
    if not sheet.whole:
        left = counted(sheet.size - sheet.done, "question").capitalize()
        begun = md("{left} to go.", left=left) if sheet.took_part else md("{left}.", left=left)
        return md("{begun} {rule}", begun=begun, rule=rule(sheet))
    if sheet.at_once:
        return md("Everything is answered: **{right} of {size} right**.", right=sheet.right, size=sheet.size)
    return md("Everything is answered. Right answers show when the week is over.")


def result(sheet: Sheet, points: int) -> Markdown:
    """Say what came of a quiz that was graded answer by answer."""
    worth = counted(points, "point")
    return md("**{right} of {size} right**, which gives you {worth}.", right=sheet.right, size=sheet.size, worth=worth)


def progress(sheet: Sheet) -> tuple[Progress, ...]:
    """Show how many questions are answered."""
    return (Progress("Answered", sheet.done, sheet.size),)
