"""What an operator is told when somebody looks whether all is well."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Health(StrEnum):
    """How something is."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: how it is, and what to do where it is not well."""

    what: str
    health: Health
    said: str
    cure: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a platform answered when it was asked about the bot, and the time on its clock."""

    findings: tuple[Finding, ...]
    their_time: datetime | None = None


def well(what: str, said: str) -> Finding:
    """Say that something is well."""
    return Finding(what, Health.OK, said)


def doubtful(what: str, said: str, cure: str) -> Finding:
    """Say that something works and should be looked at."""
    return Finding(what, Health.WARNING, said, cure)


def broken(what: str, said: str, cure: str) -> Finding:
    """Say that something does not work."""
    return Finding(what, Health.PROBLEM, said, cure)
