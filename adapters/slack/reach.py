"""The ways to speak in one workspace: answers to what somebody did, views, messages, files."""

from __future__ import annotations

import json
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.outbox import Outbox
from adapters.slack.payloads import first_text, read_json, text_at
from adapters.slack.render import Message
from bot.core.errors import UserError
from bot.core.markup import md
from bot.core.outgoing import PostFailed

ANSWER_WITHIN = aiohttp.ClientTimeout(total=20.0)
UPLOAD_WITHIN = aiohttp.ClientTimeout(total=60.0)
KEPT_CHANNELS = 20_000
_CHUNK = 64 * 1024
# Files of members are kept here. A file from elsewhere may name any address, and must not see the bot's key.
_FILES = ("slack.com", "slack-files.com", "slack-gov.com")


class NotTaken(Exception):
    """Slack did not take what was said; the text is its own code for why."""


class Directs:
    """Remembers in which channel the bot and a member are alone."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[str, str], str] = OrderedDict()

    def get(self, where: str, user: str) -> str:
        """Return the channel; empty where it is not known yet."""
        return self._known.get((where, user), "")

    def put(self, where: str, user: str, channel: str) -> str:
        """Keep a channel."""
        self._known[where, user] = channel
        if len(self._known) > KEPT_CHANNELS:
            self._known.popitem(last=False)
        return channel


@dataclass(frozen=True, slots=True)
class Reach:
    """One workspace, through its own token and the one session that all share."""

    web: AsyncWebClient
    session: aiohttp.ClientSession
    outbox: Outbox
    directs: Directs
    # Names the workspace, or the organisation.
    where: str

    async def respond(
        self, url: str, message: Message, *, public: bool = False, replace: bool = False, thread: str = ""
    ) -> None:
        """Answer through the address that came with what somebody did."""
        body: dict[str, Any] = {"text": message.text, "blocks": message.blocks, "replace_original": replace}
        if not replace:
            body["response_type"] = "in_channel" if public else "ephemeral"
        if thread and not replace:
            body["thread_ts"] = thread
        headers = {"Content-Type": "application/json; charset=utf-8"}
        data = json.dumps(body, ensure_ascii=False).encode()
        async with self.session.post(url, data=data, headers=headers, timeout=ANSWER_WITHIN) as answer:
            said = await answer.text()
        refused = read_json(said) if said.startswith("{") else {}
        if answer.status != 200 or refused.get("ok") is False:
            raise NotTaken(first_text(text_at(refused, "error"), str(answer.status)))

    async def open_view(self, trigger_id: str, view: dict[str, Any]) -> str:
        """Open a modal and return its id."""
        return text_at((await self.web.views_open(trigger_id=trigger_id, view=view)).data, "view", "id")

    async def update_view(self, view_id: str, view: dict[str, Any]) -> None:
        """Put something else in an open modal."""
        await self.web.views_update(view_id=view_id, view=view)

    async def publish_home(self, user: str, view: dict[str, Any], version: str = "") -> str:
        """Show a member's home page, if it still is this version; return the new one."""
        known = {"hash": version} if version else {}
        return text_at((await self.web.views_publish(user_id=user, view=view, **known)).data, "view", "hash")

    async def post(self, channel: str, message: Message, thread: str = "") -> str:
        """Post in a channel, when it is its turn, and return the message's id; every failure is a `PostFailed`."""
        said = {**_words(message, thread), "unfurl_links": False, "unfurl_media": False}

        async def attempt() -> str:
            return text_at((await self.web.chat_postMessage(channel=channel, **said)).data, "ts")

        return await self.outbox.send(self.where, "chat.postMessage", attempt, channel=channel)

    async def channel(self, channel: str) -> dict[str, Any]:
        """Look at a channel; every failure is a `PostFailed`."""

        async def attempt() -> dict[str, Any]:
            return dict((await self.web.conversations_info(channel=channel)).data["channel"])  # type: ignore[call-overload]

        return await self.outbox.send(self.where, "conversations.info", attempt, harmless=True)

    async def whisper(self, channel: str, user: str, message: Message, thread: str = "") -> None:
        """Say something in a channel that one member sees."""

        async def attempt() -> None:
            await self.web.chat_postEphemeral(channel=channel, user=user, **_words(message, thread))

        await self.outbox.send(self.where, "chat.postEphemeral", attempt)

    async def direct(self, user: str) -> str:
        """Return the channel in which the bot and a member are alone."""
        known = self.directs.get(self.where, user)
        if known:
            return known

        async def attempt() -> str:
            return text_at((await self.web.conversations_open(users=user)).data, "channel", "id")

        opened = await self.outbox.send(self.where, "conversations.open", attempt, harmless=True)
        return self.directs.put(self.where, user, opened)

    async def upload(self, name: str, data: bytes, *, alt: str = "", channel: str = "", thread: str = "") -> str:
        """Bring a file to Slack in three steps; into a channel, or for a message that will show it. Return its id."""
        more = {"alt_txt": alt[:1000]} if alt else {}
        place = await self.web.files_getUploadURLExternal(filename=name, length=len(data), **more)
        url, file = text_at(place.data, "upload_url"), text_at(place.data, "file_id")
        async with self.session.post(url, data=data, timeout=UPLOAD_WITHIN) as answer:
            if answer.status != 200:
                raise NotTaken(f"upload: {answer.status}")
        where: dict[str, Any] = {"channel_id": channel} if channel else {}
        if channel and thread:
            where["thread_ts"] = thread
        await self.web.files_completeUploadExternal(files=[{"id": file, "title": name}], **where)
        return file

    async def read(self, url: str, most: int) -> bytes:
        """Read a file that a member sent, up to so many bytes."""
        if not _is_slacks(url, self.web.base_url):
            raise UserError(md("That file is kept outside of Slack, where I cannot read it. Please upload it here."))
        headers = {"Authorization": f"Bearer {self.web.token}"}
        async with self.session.get(url, headers=headers, timeout=UPLOAD_WITHIN, allow_redirects=False) as answer:
            if answer.status != 200:
                raise UserError(md("Slack does not let me read that file. Please upload it again, here."))
            read = bytearray()
            async for chunk in answer.content.iter_chunked(_CHUNK):
                read += chunk
                if len(read) > most:
                    raise UserError(md("That file is too large for me. Please send a smaller one."))
        return bytes(read)


def reason(error: BaseException) -> str:
    """Say in one word why Slack refused; never with what was sent."""
    if isinstance(error, SlackApiError):
        return first_text(text_at(getattr(error.response, "data", None), "error"), "refused")
    if isinstance(error, PostFailed):
        return error.detail or str(error.trouble)
    return str(error) if isinstance(error, NotTaken) else type(error).__name__


def _words(message: Message, thread: str) -> dict[str, Any]:
    return {"text": message.text, "blocks": message.blocks, **({"thread_ts": thread} if thread else {})}


def _is_slacks(url: str, api: str) -> bool:
    asked, own = urlsplit(url), urlsplit(api)
    if (asked.scheme, asked.netloc) == (own.scheme, own.netloc):
        return True
    host = asked.hostname or ""
    return asked.scheme == "https" and any(host == one or host.endswith(f".{one}") for one in _FILES)
