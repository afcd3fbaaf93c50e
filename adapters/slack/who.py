"""Who speaks, and where: read from any payload, in the order in which slack-bolt looks for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from adapters.slack.payloads import first_text, mapping_at, read_json, text_at


@dataclass(frozen=True, slots=True)
class Who:
    """Who speaks, where, and the ways to answer; empty where the payload does not say."""

    user: str = ""
    name: str = ""
    team: str = ""
    enterprise: str = ""
    channel: str = ""
    thread: str = ""
    response_url: str = ""
    trigger_id: str = ""

    @property
    def realm(self) -> str:
        """Return where this user's id is valid: the whole organisation, or the one workspace."""
        return self.enterprise or self.team


def who(payload: object) -> Who:
    """Read who speaks from a payload of any kind."""
    is_slash = not text_at(payload, "type") and bool(text_at(payload, "command"))
    return _typing(payload) if is_slash else _anybody(payload)


def _typing(payload: object) -> Who:
    """Read who typed a slash command: all of it stands side by side."""
    return Who(
        user=text_at(payload, "user_id"),
        name=text_at(payload, "user_name"),
        team=text_at(payload, "team_id"),
        enterprise=text_at(payload, "enterprise_id"),
        channel=text_at(payload, "channel_id"),
        response_url=text_at(payload, "response_url"),
        trigger_id=text_at(payload, "trigger_id"),
    )


def _anybody(payload: object) -> Who:
    event = mapping_at(payload, "event")
    return Who(
        user=_id(payload, "user", "user_id") or _id(event, "user", "user_id"),
        name=first_text(
            text_at(payload, "user", "username"), text_at(payload, "user", "name"), text_at(payload, "user_name")
        ),
        team=_team(payload),
        enterprise=_enterprise(payload),
        channel=_channel(payload),
        thread=first_text(
            text_at(event, "thread_ts"),
            text_at(payload, "message", "thread_ts"),
            text_at(payload, "container", "thread_ts"),
        ),
        response_url=_response_url(payload),
        trigger_id=text_at(payload, "trigger_id"),
    )


def bot_of(payload: object) -> str:
    """Return the user that the bot is where an event came from."""
    return text_at(payload, "authorizations", 0, "user_id")


def form_data(payload: object) -> dict[str, Any]:
    """Return what a view of ours carries: its token, and where its answer goes."""
    return dict(read_json(text_at(payload, "view", "private_metadata")))


def _id(payload: object, key: str, flat: str) -> str:
    """Return an id that stands under a key as a text or in an object, or under a key of its own."""
    return first_text(text_at(payload, key), text_at(payload, key, "id"), text_at(payload, flat))


def _team(payload: object) -> str:
    return first_text(
        text_at(payload, "view", "app_installed_team_id"),  # a form that was opened in somebody else's channel
        text_at(payload, "team"),
        text_at(payload, "team", "id"),
        text_at(payload, "authorizations", 0, "team_id"),
        text_at(payload, "team_id"),
        text_at(payload, "event", "team"),
        text_at(payload, "event", "team_id"),
        text_at(payload, "user", "team_id"),
        text_at(payload, "view", "team_id"),
    )


def _enterprise(payload: object) -> str:
    return first_text(
        text_at(payload, "enterprise"),
        text_at(payload, "enterprise", "id"),
        text_at(payload, "authorizations", 0, "enterprise_id"),
        text_at(payload, "enterprise_id"),
        text_at(payload, "team", "enterprise_id"),
        text_at(payload, "event", "enterprise"),
        text_at(payload, "event", "enterprise_id"),
    )


def _channel(payload: object) -> str:
    return first_text(
        _id(payload, "channel", "channel_id"),
        _id(mapping_at(payload, "event"), "channel", "channel_id"),
        text_at(payload, "container", "channel_id"),
    )


def _response_url(payload: object) -> str:
    url = form_data(payload).get("url")
    return first_text(
        text_at(payload, "response_url"),
        text_at(payload, "response_urls", 0, "response_url"),
        url if isinstance(url, str) else "",
    )
