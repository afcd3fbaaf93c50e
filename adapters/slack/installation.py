"""One installation: a workspace, or a whole organisation, that let the bot in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from adapters.slack.payloads import at, first_text, read_json, text_at


class NoToken(Exception):
    """An answer of Slack that should hold a token and does not."""


@dataclass(frozen=True, slots=True)
class Installation:
    """Where the bot was let in, and its keys there. A token shows in no text that is made of it."""

    team: str
    enterprise: str
    app_id: str
    bot_user: str
    bot_token: str = field(repr=False)
    refresh_token: str = field(default="", repr=False)
    # Seconds since 1970; 0 for a token that stays.
    expires: float = 0.0
    scopes: tuple[str, ...] = ()
    installer: str = ""
    name: str = ""
    # When it was installed, in seconds since 1970.
    since: float = 0.0

    @property
    def key(self) -> str:
        """Return the workspace, or the organisation where it was installed for all of its workspaces."""
        return self.team or self.enterprise

    @property
    def org_wide(self) -> bool:
        """Say whether it holds for every workspace of an organisation."""
        return not self.team

    def renewed(self, answer: Mapping[str, Any], now: float) -> Installation:
        """Return this installation with the keys from an answer to a refresh."""
        return replace(
            self,
            bot_token=_token(answer),
            refresh_token=text_at(answer, "refresh_token") or self.refresh_token,
            expires=_expires(answer, now),
        )


def installation_of(answer: Mapping[str, Any], now: float) -> Installation:
    """Read what Slack answers when somebody has installed the app."""
    org_wide = at(answer, "is_enterprise_install") is True
    scopes = text_at(answer, "scope").split(",")
    found = Installation(
        team="" if org_wide else text_at(answer, "team", "id"),
        enterprise=text_at(answer, "enterprise", "id"),
        app_id=text_at(answer, "app_id"),
        bot_user=text_at(answer, "bot_user_id"),
        bot_token=_token(answer),
        refresh_token=text_at(answer, "refresh_token"),
        expires=_expires(answer, now),
        scopes=tuple(filter(None, scopes)),
        installer=text_at(answer, "authed_user", "id"),
        since=now,
        name=first_text("" if org_wide else text_at(answer, "team", "name"), text_at(answer, "enterprise", "name")),
    )
    if not found.key:
        raise NoToken("Slack named no workspace in its answer.")
    return found


def write(one: Installation) -> str:
    """Write an installation down; sealing it is somebody else's job."""
    return json.dumps(asdict(one))


def read(text: str) -> Installation:
    """Read an installation that was written down."""
    kept = dict(read_json(text))
    return Installation(**{**kept, "scopes": tuple(kept.get("scopes", ()))})


def _token(answer: Mapping[str, Any]) -> str:
    token = text_at(answer, "access_token")
    if not token or text_at(answer, "token_type") not in ("", "bot"):
        raise NoToken("Slack sent no key for the bot in its answer.")
    return token


def _expires(answer: Mapping[str, Any], now: float) -> float:
    lasts = at(answer, "expires_in")
    return now + lasts if isinstance(lasts, int | float) and lasts > 0 else 0.0
