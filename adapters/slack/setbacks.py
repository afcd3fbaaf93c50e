"""Why a call to Slack failed, and whether it may be tried again: only where surely nothing happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

import aiohttp
from slack_sdk.errors import SlackApiError

from adapters.slack.payloads import items_at, text_at
from adapters.slack.rotation import NotRenewed
from bot.core.outgoing import PostFailed, Trouble

# Where Slack asks to wait and does not say how long; and what is too long to believe.
WAIT_SECONDS, LONGEST_WAIT = 5.0, 3600.0

_LIMITED = frozenset({"ratelimited", "rate_limited"})
_CODES: Mapping[Trouble, tuple[str, ...]] = {
    Trouble.GONE: (
        *("channel_not_found", "is_archived", "is_inactive", "channel_is_archived", "thread_not_found"),
        *("user_not_found", "users_not_found", "user_disabled", "cannot_dm_bot"),
    ),
    # A scope that is missing is a permission: whoever installed the app can give it.
    Trouble.FORBIDDEN: (
        *("not_in_channel", "restricted_action", "missing_scope", "no_permission", "access_denied", "accesslimited"),
        *("ekm_access_denied", "enterprise_is_restricted", "messages_tab_disabled", "not_allowed_token_type"),
        *("cannot_reply_to_message", "message_limit_exceeded", "two_factor_setup_required"),
    ),
    Trouble.EXPELLED: (
        *("account_inactive", "token_revoked", "invalid_auth", "not_authed", "app_uninstalled"),
        *("team_access_not_granted", "team_not_found"),
    ),
    # `token_expired`: the next call comes with a new one.
    Trouble.LATER: (
        *("service_unavailable", "request_timeout", "team_added_to_org", "org_login_required", "token_expired"),
        *_LIMITED,
    ),
    # Slack says of these itself that some of it may have been done.
    Trouble.UNKNOWN: ("internal_error", "fatal_error"),
}
_BY_CODE = {code: trouble for trouble, codes in _CODES.items() for code in codes}


class Again(Enum):
    """Whether the same call may be made once more."""

    NO = auto()
    # Slack counts, and took nothing: when it says so.
    WHEN_ALLOWED = auto()
    # Slack was not reached at all: soon.
    SOON = auto()
    # Nobody knows what happened: soon, but only what does no harm twice.
    IF_HARMLESS = auto()


@dataclass(frozen=True, slots=True)
class Setback:
    """What a failed call means."""

    trouble: Trouble
    detail: str
    again: Again = Again.NO
    wait: float = 0.0

    def as_error(self) -> PostFailed:
        """Make the error that callers get."""
        return PostFailed(self.trouble, self.detail, self.wait)


def setback_of(error: Exception) -> Setback:
    """Say what an error of the client means. What is not known is said to be unknown, never guessed."""
    match error:
        case PostFailed():
            return Setback(error.trouble, error.detail, wait=error.wait)
        case NotRenewed():
            return Setback(Trouble.EXPELLED if error.final else Trouble.LATER, error.code)
        case SlackApiError():
            return _refusal(error)
        # All of these fail before the request is sent.
        case aiohttp.ClientConnectorError() | aiohttp.ConnectionTimeoutError() | aiohttp.ClientHttpProxyError():
            return Setback(Trouble.LATER, type(error).__name__, Again.SOON)
        case _:
            return Setback(Trouble.UNKNOWN, type(error).__name__, Again.IF_HARMLESS)


def _refusal(error: SlackApiError) -> Setback:
    answer = error.response
    data, code = getattr(answer, "data", None), text_at(getattr(answer, "data", None), "error")
    # The SDK hands out aiohttp's own response where it could not read the body.
    status = int(getattr(answer, "status_code", 0) or getattr(answer, "status", 0) or 0)
    if status == 429 or code in _LIMITED:
        return Setback(Trouble.LATER, code or "ratelimited", Again.WHEN_ALLOWED, _wait(answer))
    trouble = _trouble(code, status)
    again = Again.IF_HARMLESS if trouble is Trouble.UNKNOWN else Again.NO
    return Setback(trouble, _detail(code, data) if code else f"HTTP {status}", again)


def _trouble(code: str, status: int) -> Trouble:
    if code in _BY_CODE:
        return _BY_CODE[code]
    if code.startswith("restricted_action"):
        return Trouble.FORBIDDEN
    # A code that is new to us still says no; a page of a proxy or half an answer says nothing.
    certain = (bool(code) and status < 500) or 400 <= status < 500
    return Trouble.REFUSED if certain else Trouble.UNKNOWN


def _detail(code: str, data: object) -> str:
    """Return the code, with what Slack says beside it for whoever reads the log."""
    said = [str(one) for one in items_at(data, "response_metadata", "messages")]
    beside = text_at(data, "needed") or "; ".join(said)[:300]
    return f"{code}: {beside}" if beside else code


def _wait(answer: object) -> float:
    headers = getattr(answer, "headers", None)
    stated = headers.get("Retry-After", "") if isinstance(headers, Mapping) else ""
    try:
        seconds = float(stated)
    except ValueError:
        return WAIT_SECONDS
    return min(max(seconds, 1.0), LONGEST_WAIT) if seconds == seconds else WAIT_SECONDS  # noqa: PLR0124 - NaN
