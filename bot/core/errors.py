"""Mistakes that a member can mend. Their text says what happened and what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.core.markup import Markdown, join, md, plain

if TYPE_CHECKING:
    from bot.core.params import Param
    from bot.core.reply import Row


class UserError(Exception):
    """Something that the member can mend."""

    def __init__(self, message: Markdown, *, rows: tuple[Row, ...] = ()) -> None:
        super().__init__(message)
        self.message, self.rows = message, rows


class UnknownCommand(UserError):
    """Nobody answers to this name."""


class Unreadable(UserError):
    """A command line that cannot be taken apart."""


class BadFields(UserError):
    """One or more values that do not fit, all of them at once."""

    def __init__(self, errors: Sequence[tuple[Param, Markdown]], usage: Markdown = Markdown("")) -> None:
        lines = [md("**{name}**: {problem}", name=param.label, problem=problem) for param, problem in errors]
        super().__init__(join([*lines, usage] if usage else lines, "\n\n"))
        self.found = tuple(errors)

    @property
    def errors(self) -> dict[str, str]:
        """Return what is wrong by the name of the field, in plain words."""
        return {param.name: plain(problem) for param, problem in self.found}

    def with_usage(self, usage: Markdown) -> BadFields:
        """Say also how the whole command is written."""
        return BadFields(self.found, usage)


class BadField(UserError):
    """A handler's word on one field of its form that does not fit."""

    def __init__(self, name: str, problem: Markdown) -> None:
        super().__init__(problem)
        self.name = name


class Refused(UserError):
    """A guard said no."""


class TooFast(UserError):
    """More calls than one member needs."""


class Outdated(UserError):
    """A button or form that this version does not know any more."""

    def __init__(self) -> None:
        super().__init__(md("This button is from an older message and no longer works. Type `/help` to go on."))
