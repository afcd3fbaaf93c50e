"""How Discord says no: a status, a code, words, and which part of the body is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class Refused(Exception):
    """A request that Discord answers with an error."""

    def __init__(self, status: int, code: int, message: str, problems: Sequence[str] = ()) -> None:
        super().__init__(f"{status} {code} {message} {'; '.join(problems)}".strip())
        self.status, self.code, self.message, self.problems = status, code, message, tuple(problems)

    @property
    def body(self) -> dict[str, Any]:
        """Return what goes over the wire."""
        said: dict[str, Any] = {"message": self.message, "code": self.code}
        if self.problems:
            said["errors"] = {"body": {"_errors": [{"code": "INVALID", "message": one} for one in self.problems]}}
        return said


def invalid_form(*problems: str) -> Refused:
    """Say which parts of a body are wrong."""
    return Refused(400, 50035, "Invalid Form Body", problems)


def unauthorised() -> Refused:
    """Refuse a wrong token."""
    return Refused(401, 0, "401: Unauthorized")


def no_such_route() -> Refused:
    """Refuse an address that does not exist."""
    return Refused(404, 0, "404: Not Found")


def empty_message() -> Refused:
    """Refuse a message that says nothing."""
    return Refused(400, 50006, "Cannot send an empty message")


def too_large() -> Refused:
    """Refuse files over the limit."""
    return Refused(413, 40005, "Request entity too large")


def unknown(what: str) -> Refused:
    """Say that there is no such thing (any more)."""
    return Refused(404, UNKNOWN[what], f"Unknown {what}")


UNKNOWN = {
    "Channel": 10003,
    "Guild": 10004,
    "Member": 10007,
    "Message": 10008,
    "Role": 10011,
    "User": 10013,
    "Webhook": 10015,
    "interaction": 10062,
    "application command": 10063,
}


def missing_access() -> Refused:
    """Refuse a place that the bot cannot see."""
    return Refused(403, 50001, "Missing Access")


def missing_permissions() -> Refused:
    """Refuse what the bot may not do."""
    return Refused(403, 50013, "Missing Permissions")


def closed_for_messages() -> Refused:
    """Refuse a direct message to somebody who takes none."""
    return Refused(403, 50007, "Cannot send messages to this user")


def answered_already() -> Refused:
    """Refuse a second first response."""
    return Refused(400, 40060, "Interaction has already been acknowledged.")


def webhook_over() -> Refused:
    """Refuse an interaction's token after its fifteen minutes."""
    return Refused(401, 50027, "Invalid Webhook Token")
