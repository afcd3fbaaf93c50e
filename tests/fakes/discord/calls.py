"""One request by REST: what the bot asked, as the rest of the fake sees it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a request, `files[index]`."""

    index: str
    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Call:
    """A request that passed the door. `ids` are the parts of the path that vary."""

    method: str
    path: str
    ids: tuple[str, ...]
    query: dict[str, str]
    body: Any = None
    uploads: tuple[Upload, ...] = ()
    reason: str = ""

    @property
    def fields(self) -> dict[str, Any]:
        """Return a body that has to be an object."""
        return self.body if isinstance(self.body, dict) else {}


@dataclass(slots=True)
class Request:
    """What is remembered of a request. A status of 0 means that no answer arrived."""

    method: str
    path: str
    body: Any = None
    status: int = 0
    answer: Any = None
    files: dict[str, bytes] = field(default_factory=dict)
    reason: str = ""
    at: float = 0.0
