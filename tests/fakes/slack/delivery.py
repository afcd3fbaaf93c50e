"""What is brought to the bot, and how it acknowledged."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

DeliveryKind = Literal["slash_commands", "interactive", "events_api"]


@dataclass(frozen=True, slots=True)
class Ack:
    """How the bot acknowledged: with what, and after how long."""

    body: Any
    seconds: float


@dataclass(eq=False, slots=True)
class Delivery:
    """One payload, which may be brought several times."""

    kind: DeliveryKind
    payload: dict[str, Any]
    acks: list[Ack] = field(default_factory=list)
    attempts: int = 0

    @property
    def name(self) -> str:
        """Say what this is, for messages about failures."""
        event = self.payload.get("event", {})
        return str(self.payload.get("command") or event.get("type") or self.payload.get("type"))


class Courier(Protocol):
    """Brings deliveries to the bot."""

    async def carry(self, delivery: Delivery, retry: int, reason: str) -> Ack:
        """Bring one delivery and return the acknowledgement, or raise NoAck."""
