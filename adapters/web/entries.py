"""What stands in a room: somebody's words, an answer, something that the bot says unasked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from adapters.web.people import Seat
from bot.core.reply import Button, Reply, Select
from bot.models import Handle


@dataclass(frozen=True, slots=True)
class Entry:
    """One message of a room, and who sees it."""

    id: str
    room: str
    at: datetime
    reply: Reply | None
    # Who asked, and what they typed or pressed; nobody when the bot speaks of its own accord.
    by: str = ""
    asked: str = ""
    # Who alone sees it.
    only: Handle | None = None
    for_organisers: bool = False
    # A word beside an answer.
    is_note: bool = False
    version: int = 0

    @property
    def is_private(self) -> bool:
        """Say whether not everybody sees it."""
        return self.only is not None or self.for_organisers

    @property
    def weight(self) -> int:
        """Count the bytes of its files."""
        return sum(len(data) for _, data, _ in self.files())

    def seen_by(self, seat: Seat) -> bool:
        """Say whether somebody sees it."""
        if self.for_organisers and not seat.organiser:
            return False
        return self.only is None or self.only == seat.handle

    def files(self) -> list[tuple[str, bytes, str]]:
        """List name, contents and kind of all that can be fetched: the picture first."""
        if self.reply is None:
            return []
        image = self.reply.image
        picture = [(image.name, image.data, "image/png")] if image else []
        return [*picture, *((one.name, one.data, one.media_type) for one in self.reply.files)]


def label_of(reply: Reply | None, token: str, picked: tuple[str, ...]) -> str:
    """Say in words what was pressed on a message."""
    for row in reply.rows if reply else ():
        if isinstance(row, Select) and row.token == token:
            return next((one.label for one in row.options if one.value in picked), "")
        if isinstance(row, tuple):
            found = next((one.label for one in row if isinstance(one, Button) and one.token == token), "")
            if found:
                return found
    return ""
