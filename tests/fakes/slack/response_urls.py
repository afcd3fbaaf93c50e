"""response_urls: five uses within half an hour, by whoever knows the address."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.fakes.slack.channels import Channel, Message
from tests.fakes.slack.interaction import Interaction
from tests.fakes.slack.posting import change, content, put, remove
from tests.fakes.slack.trouble import ApiError

if TYPE_CHECKING:
    from tests.fakes.slack.world import FakeSlack

MOST_USES, MINUTES = 5, 30


@dataclass(slots=True)
class ResponseUrl:
    """An address at which an interaction can be answered."""

    interaction: Interaction
    born: float
    uses: int = 0


class ResponseUrls:
    """All addresses that were given out."""

    def __init__(self, world: FakeSlack) -> None:
        self._world = world
        self.all: dict[str, ResponseUrl] = {}

    def new(self, interaction: Interaction) -> str:
        """Give an interaction its address."""
        key = self._world.mint.secret("r")
        self.all[key] = ResponseUrl(interaction, self._world.clock.monotonic())
        return f"{self._world.url}/actions/{interaction.team.id}/{key}"

    async def post(self, request: web.Request) -> web.Response:
        """Take what the bot says at an address."""
        args: dict[str, Any] = {}
        try:
            args = json.loads(await request.text())
            fault = await self._world.door.trouble(request, "response_url")
            self._use(request.match_info["key"], args)
            error = ""
            if fault:
                await self._world.door.aftermath(request, fault)
        except ApiError as refusal:
            error = refusal.code
            self._world.door.record("response_url", args, error)
            status = 404 if error in ("used_url", "expired_url") else max(refusal.status, 400)
            return web.json_response({"ok": False, "error": error, **refusal.extra}, status=status)
        self._world.door.record("response_url", args, "")
        return web.Response(text="ok")

    def _use(self, key: str, args: dict[str, Any]) -> None:
        url = self.all.get(key)
        if url is None:
            raise ApiError("invalid_url", status=404)
        if self._world.clock.monotonic() - url.born > MINUTES * 60:
            raise ApiError("expired_url")
        if url.uses >= MOST_USES:
            raise ApiError("used_url")
        url.uses += 1
        self.say(url.interaction, args)

    def say(self, interaction: Interaction, args: dict[str, Any]) -> Message | None:
        """Let an interaction be answered: a new message, or another one in the place of the old."""
        old = interaction.message or (interaction.said[0] if interaction.said else None)
        if args.get("delete_original"):
            if old is None or old.deleted:
                raise ApiError("message_not_found", status=404)
            remove(self._world, old, interaction.id)
            return None
        text, blocks = content(self._world, args)
        if args.get("replace_original") and old is not None and not old.deleted:
            if old.seen_by and args.get("response_type") == "in_channel":
                raise ApiError("cannot_change_visibility", status=400)
            return change(self._world, old, text, blocks, interaction.id)
        return self._new(interaction, args, text, blocks)

    def _new(self, interaction: Interaction, args: dict[str, Any], text: str, blocks: list[dict[str, Any]]) -> Message:
        world, public = self._world, args.get("response_type") == "in_channel"
        channel: Channel = world.channels[interaction.channel or interaction.direct]
        team = interaction.team
        message = Message(world.mint.ts(), channel.id, team.bot, text, blocks, team=team.id, bot_id=team.bot_id)
        message.app_id, message.asked, message.cause = world.app.id, args, interaction.id
        message.thread_ts = args.get("thread_ts") or ""
        message.seen_by = "" if public else interaction.member.id
        interaction.said.append(message)
        return put(world, channel, message)
