"""What goes wrong: for the bot a refusal by the API, for the member silence or nonsense on the screen."""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """What the platform answers instead of doing what it was asked."""

    def __init__(self, code: str, *, status: int = 200, retry_after: int = 0, **extra: Any) -> None:
        super().__init__(code)
        self.code, self.status, self.retry_after, self.extra = code, status, retry_after, extra


class NoAck(AssertionError):
    """The bot did not acknowledge in time, or with an error: the member reads that the app did not respond."""


class NoAnswer(AssertionError):
    """The bot acknowledged and then said nothing."""


class Refused(AssertionError):
    """The bot's acknowledgement carried something that cannot be shown."""
