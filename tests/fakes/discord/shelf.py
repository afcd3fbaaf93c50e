"""The content network: files that members and the bot sent, each under an address of its own."""

from __future__ import annotations

from urllib.parse import quote

from tests.fakes.discord.messages import Attachment
from tests.fakes.discord.snowflakes import Snowflakes


class Shelf:
    """Keeps files by id."""

    def __init__(self, ids: Snowflakes) -> None:
        self._ids, self._files = ids, dict[str, Attachment]()
        self.base = ""
        # With which status files are given out; 0: never.
        self.answers = 200

    def put(self, channel: str, name: str, data: bytes, description: str | None = None) -> Attachment:
        """Keep a file and give it an address."""
        number = self._ids.new()
        url = f"{self.base}/attachments/{channel}/{number}/{quote(name)}"
        self._files[number] = Attachment(number, name, data, url, description)
        return self._files[number]

    def find(self, number: str) -> Attachment | None:
        """Return a file."""
        return self._files.get(number)

    def lose(self, number: str) -> None:
        """Forget a file, as Discord does when its message is gone."""
        self._files.pop(number, None)
