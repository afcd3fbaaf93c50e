"""One question to the network: is this page still there? Few false alarms matter more than many finds."""

from __future__ import annotations

import http.client
import socket
import ssl
import urllib.error
import urllib.request
from dataclasses import dataclass
from enum import StrEnum

from content.address import host_of

USER_AGENT = "Mozilla/5.0 (compatible; stepwise-content-check/1)"
_DEAD = frozenset((404, 410))
_GUARDED = frozenset((401, 402, 403, 405, 406, 407, 418, 429, 451, 999))
_NO_SUCH_HOST = frozenset((socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)))


class State(StrEnum):
    """Say how a link was found."""

    ALIVE = "alive"
    GUARDED = "guarded"
    MOVED = "moved"
    DEAD = "dead"
    NO_HOST = "no such host"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold what one look at a link gave."""

    state: State
    detail: str = ""


def probe(url: str, timeout: float = 15.0) -> Answer:
    """Ask for a page, first for its head only, then for the page."""
    first = _ask(url, "HEAD", timeout)
    return first if first.state in (State.ALIVE, State.MOVED, State.NO_HOST) else _ask(url, "GET", timeout)


def _ask(url: str, method: str, timeout: float) -> Answer:
    headers = {"User-Agent": USER_AGENT, "Accept": "text/html,*/*;q=0.8", "Accept-Language": "en"}
    request = urllib.request.Request(url, method=method, headers=headers)  # noqa: S310 - callers pass https only
    try:
        with urllib.request.urlopen(request, timeout=timeout) as response:  # noqa: S310
            return _arrived(url, response.geturl())
    except urllib.error.HTTPError as error:
        with error:
            return _by_status(error.code)
    except urllib.error.URLError as error:
        return _unreached(error.reason)
    except (OSError, http.client.HTTPException, ValueError) as error:
        return _unreached(error)


def _arrived(url: str, final: str) -> Answer:
    if host_of(final) != host_of(url):
        return Answer(State.MOVED, final)
    return Answer(State.ALIVE)


def _by_status(status: int) -> Answer:
    if status in _DEAD:
        return Answer(State.DEAD, str(status))
    return Answer(State.GUARDED if status in _GUARDED else State.UNSURE, f"status {status}")


def _unreached(reason: object) -> Answer:
    if isinstance(reason, socket.gaierror) and reason.errno in _NO_SUCH_HOST:
        return Answer(State.NO_HOST, "its host does not exist")
    if isinstance(reason, TimeoutError):
        return Answer(State.UNSURE, "no answer in time")
    if isinstance(reason, ssl.SSLError):
        return Answer(State.UNSURE, "its certificate does not hold")
    return Answer(State.UNSURE, str(reason)[:80] or type(reason).__name__)
