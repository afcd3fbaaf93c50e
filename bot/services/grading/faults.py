"""What can go wrong: a file or an answer that cannot be read, and a metric that has no value."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.errors import UserError
from bot.core.markup import Markdown, join, md


class CannotCompute(Exception):
    """A metric that has no value here; the text says why."""


class AnswerProblem(UserError):
    """A typed answer that cannot be read."""


class UploadProblem(UserError):
    """What is wrong with a file of predictions: the first few problems, and how many more there are."""

    def __init__(self, problems: Sequence[Markdown], more: int = 0) -> None:
        self.problems, self.more = tuple(problems), more
        rest = [md("There are {more} more like these. Mend them too, and send the file again.", more=more)]
        super().__init__(join([*problems, *(rest if more else [])], "\n\n"))
