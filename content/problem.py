"""What is wrong with a pack: one value per problem, with its place and its cure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Severity(StrEnum):
    """Tell whether a problem stops the bot."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Point at a line and column of a file, both counted from one."""

    file: Path
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Problem:
    """Say what is wrong, where, and what to do about it."""

    place: Place
    code: str
    severity: Severity
    message: str
    hint: str

    def __str__(self) -> str:
        return f"{self.place} {self.code} {self.message.rstrip('.')} - {self.hint}"

    @property
    def is_error(self) -> bool:
        """Tell whether the bot refuses to start with it."""
        return self.severity is Severity.ERROR

    def as_json(self) -> dict[str, str | int]:
        """Return the problem as a plain mapping."""
        return {
            "file": str(self.place.file),
            "line": self.place.line,
            "column": self.place.column,
            "code": self.code,
            "severity": str(self.severity),
            "message": self.message,
            "hint": self.hint,
        }


class ContentProblems(Exception):
    """Refuse content, and tell every reason at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems by file and line, each said once."""
    return tuple(sorted(set(problems), key=lambda found: (found.place, found.code, found.message)))


def errors_among(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return only the problems that stop the bot."""
    return tuple(problem for problem in problems if problem.is_error)
