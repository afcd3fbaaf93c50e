"""Interactions: what somebody did, and how the bot answers within Discord's windows."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from tests.fakes.discord.bell import Bell
from tests.fakes.discord.channels import Channel
from tests.fakes.discord.messages import Message
from tests.fakes.discord.users import User

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL = 2, 3, 4, 5
ANSWER, LATER, LATER_UPDATE, UPDATE, COMPLETE, FORM = 4, 5, 6, 7, 8, 9
FIRST_SECONDS, LAST_SECONDS = 3.0, 15 * 60.0


class Shown(Enum):
    """What a person got to see."""

    MESSAGE = auto()
    UPDATE = auto()
    EDIT = auto()
    MODAL = auto()
    CHOICES = auto()


@dataclass(frozen=True, slots=True)
class Outcome:
    """One thing that a person got to see, as it was then."""

    shown: Shown
    message: Message | None = None
    modal: dict[str, Any] = field(default_factory=dict)
    choices: tuple[dict[str, Any], ...] = ()


@dataclass(slots=True, eq=False)
class Interaction:
    """One interaction. `source`: the message whose control was used, also by way of a modal."""

    id: str
    token: str
    kind: int
    user: User
    channel: Channel
    born: float
    payload: dict[str, Any]
    source: Message | None = None
    first: int = 0
    answered_at: float = 0.0
    original: Message | None = None
    outcomes: list[Outcome] = field(default_factory=list)
    follow_ups: list[Message] = field(default_factory=list)
    bell: Bell = field(default_factory=Bell)

    @property
    def answered(self) -> bool:
        """Say whether there was a first response."""
        return bool(self.first)

    def show(self, shown: Shown, message: Message | None = None, **rest: Any) -> None:
        """Let the person see something."""
        self.outcomes.append(Outcome(shown, message.snapshot() if message else None, **rest))
        self.bell.ring()
