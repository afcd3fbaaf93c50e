"""What it takes to speak with Slack: one session, one outbox, clients that make no call twice of themselves."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.outbox import Outbox


@dataclass(frozen=True, slots=True)
class Means:
    """What everything that speaks with Slack shares."""

    session: aiohttp.ClientSession
    outbox: Outbox
    api_url: str = AsyncWebClient.BASE_URL
    signing_secret: str = field(default="", repr=False)

    def client(self, token: str | None = None) -> AsyncWebClient:
        """Make a client that uses the one session; the SDK's own repetitions post twice."""
        return AsyncWebClient(
            token=token, base_url=self.api_url, session=self.session, logger=quiet(), retry_handlers=[]
        )


def quiet(level: int = logging.ERROR) -> logging.Logger:
    """Return a logger for the SDK, which below this level writes what it sends and gets, keys and all."""
    logger = logging.getLogger(f"{__name__}.{logging.getLevelName(level).lower()}")
    logger.setLevel(level)
    return logger
