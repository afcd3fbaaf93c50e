"""The one workspace whose key stands in the settings."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from adapters.slack.installation import Installation
from adapters.slack.means import Means
from adapters.slack.organisers import Organisers
from adapters.slack.payloads import at, items_at, text_at
from adapters.slack.people import PLATFORM
from adapters.slack.posting import SlackPoster
from adapters.slack.reach import reason
from adapters.slack.scopes import SCOPES
from bot.core.calls import Speaker
from bot.core.outgoing import CannotStart, Doorkeeper
from bot.core.reply import Reply
from bot.models import Place

log = logging.getLogger(__name__)

FIRST_WAIT, LONGEST_WAIT = 2.0, 120.0
REFUSED = (
    "Slack does not accept SLACK_BOT_TOKEN. Open your app at api.slack.com, go to OAuth & Permissions, press "
    "Reinstall, and set SLACK_BOT_TOKEN to the Bot User OAuth Token, which begins with xoxb-."
)
_FOR_NOW = frozenset({"ratelimited", "internal_error", "fatal_error", "service_unavailable", "request_timeout"})


async def introduce(means: Means, token: str, tell: Callable[[str], None]) -> Installation:
    """Ask Slack whose key this is; wait for Slack as long as it takes, but not for a key that is wrong."""
    wait = FIRST_WAIT
    while True:
        try:
            answer = await means.client(token).auth_test()
        except SlackApiError as error:
            status = int(getattr(error.response, "status_code", 0) or getattr(error.response, "status", 0) or 0)
            if reason(error) not in _FOR_NOW and status < 500:
                raise CannotStart(f"{REFUSED} Slack said {reason(error)}.") from None
            log.warning("Slack cannot take us now (%s); trying again in %.0f s.", reason(error), wait)
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            log.warning("Slack cannot be reached (%s); trying again in %.0f s.", type(error).__name__, wait)
        else:
            _warn_of_missing(answer.headers, tell)
            return _installation(answer.data, token)
        await asyncio.sleep(wait)
        wait = min(wait * 2, LONGEST_WAIT)


@dataclass(frozen=True, slots=True)
class OwnWorkspace:
    """Welcomes whoever looks after the workspace, once, and notices when the bot is sent away."""

    one: Installation
    door: Doorkeeper
    poster: SlackPoster
    organisers: Organisers
    welcomes: dict[Place, Reply] = field(default_factory=dict)

    @property
    def place(self) -> Place:
        """Name the workspace."""
        return Place(PLATFORM, self.one.key)

    async def arrive(self) -> None:
        """Take note that the bot is here. Slack does not say who let it in, so a welcome waits for an organiser."""
        new: Sequence[Place] = await self.door.seen(PLATFORM, [self.place], lambda place: place == self.place)
        welcome = await self.door.arrived(self.place, self.one.name) if new else None
        if welcome is not None:
            self.welcomes[self.place] = welcome

    async def noticed(self, speaker: Speaker) -> None:
        """Remember an organiser, and give them the welcome that waits."""
        await self.organisers.note(speaker.place, speaker.handle.user)
        welcome = self.welcomes.pop(speaker.place, None) if speaker.place else None
        if welcome is not None:
            await self.poster.tell(speaker.handle, welcome)

    async def left(self, body: Mapping[str, Any]) -> None:
        """Take note that the workspace sent the bot away."""
        event = text_at(body, "event", "type")
        if event == "tokens_revoked" and not items_at(body, "event", "tokens", "bot"):
            return
        log.error("%s sent the bot away. Install the app there again and set SLACK_BOT_TOKEN anew.", self.one.name)
        await self.organisers.forget(self.place)
        await self.door.left(self.place)


def _installation(answer: object, token: str) -> Installation:
    org_wide = at(answer, "is_enterprise_install") is True
    return Installation(
        team="" if org_wide else text_at(answer, "team_id"),
        enterprise=text_at(answer, "enterprise_id"),
        app_id=text_at(answer, "app_id"),
        bot_user=text_at(answer, "user_id"),
        bot_token=token,
        name=text_at(answer, "team"),
    )


def _warn_of_missing(headers: Mapping[str, Any], tell: Callable[[str], None]) -> None:
    """Say which permissions are missing; most things work without the one or the other."""
    given = {one.strip() for one in str(headers.get("x-oauth-scopes", "")).split(",")} - {""}
    missing = [scope for scope in SCOPES if scope.name not in given]
    if given and missing:
        names = ", ".join(scope.name for scope in missing)
        tell(f"Slack gives the bot no {names}. Add it under OAuth & Permissions, and press Reinstall.")
