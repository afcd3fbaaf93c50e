"""Files: the upload in three steps, and the download that wants a token."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.fakes.slack.asked import Answered, Asked, Method
from tests.fakes.slack.channels import Message
from tests.fakes.slack.posting import put
from tests.fakes.slack.trouble import ApiError

if TYPE_CHECKING:
    from tests.fakes.slack.world import FakeSlack

LARGEST = 1_000_000_000


@dataclass(eq=False, slots=True)
class File:
    """A file, from the moment when its upload was announced."""

    id: str
    name: str
    team: str
    user: str
    address: str
    length: int
    title: str = ""
    alt: str = ""
    content: bytes | None = None
    complete: bool = False
    channels: list[str] = field(default_factory=list)

    def payload(self) -> dict[str, Any]:
        """Describe the file as the platform does."""
        kind = mimetypes.guess_type(self.name)[0] or "application/octet-stream"
        shown = {"id": self.id, "name": self.name, "title": self.title or self.name, "mimetype": kind}
        shown |= {"filetype": PurePosixPath(self.name).suffix.lstrip(".") or "text", "user": self.user}
        links = dict.fromkeys(("url_private", "url_private_download"), self.address)
        return {**shown, **links, "size": len(self.content or b""), "mode": "hosted", "channels": self.channels}


class Files:
    """All files; `slow` lets that many uses of a fresh upload fail, as when it is not yet looked through."""

    def __init__(self, world: FakeSlack) -> None:
        self._world = world
        self.all: dict[str, File] = {}
        self.slow = 0

    def announced(self, name: str, length: int, team: str, user: str) -> File:
        """Make room for a file."""
        number = self._world.mint.id("F")
        address = f"{self._world.url}/files-pri/{team}-{number}/download/{name}"
        self.all[number] = file = File(number, name, team, user, address, length)
        return file

    def of_member(self, name: str, content: bytes, team: str, user: str) -> File:
        """Take a file that a member sends along."""
        file = self.announced(name, len(content), team, user)
        file.content, file.complete = content, True
        return file

    def can_be_shown(self, number: str) -> bool:
        """Say whether a picture may stand in a block."""
        file = self.all.get(number)
        if file is None or not file.complete:
            return False
        if self.slow > 0:
            self.slow -= 1
            return False
        return True

    async def upload(self, request: web.Request) -> web.Response:
        """Take the bytes at the address of an upload."""
        await self._world.door.trouble(request, "upload")
        file = self.all.get(request.match_info["number"])
        if file is None or file.complete or file.content is not None:
            return web.Response(status=404, text="unknown upload")
        content = await _bytes(request)
        if len(content) != file.length:
            return web.Response(status=400, text=f"announced {file.length} bytes, got {len(content)}")
        file.content = content
        return web.Response(text=f"OK - {len(content)}")

    async def download(self, request: web.Request) -> web.Response:
        """Give the bytes to whoever holds a token for them; anybody else sees the page to sign in."""
        await self._world.door.trouble(request, "download")
        file = self.all.get(request.match_info["place"].rpartition("-")[2])
        if file is None or not file.complete:
            return web.Response(status=404)
        try:
            token = self._world.vault.check(request.headers.get("Authorization", "").removeprefix("Bearer "))
        except ApiError:
            raise web.HTTPFound(f"{self._world.url}/signin") from None
        reached = {one.id for one in self._world.reached(token.team, token.enterprise)}
        if "files:read" not in token.scopes or file.team not in reached:
            raise web.HTTPFound(f"{self._world.url}/signin")
        return web.Response(body=file.content, content_type="application/octet-stream")


async def sign_in(request: web.Request) -> web.Response:
    """Show what a browser would see."""
    return web.Response(text="<!DOCTYPE html><title>Sign in</title>", content_type="text/html")


async def _bytes(request: web.Request) -> bytes:
    if not request.content_type.startswith("multipart/"):
        return await request.read()
    async for part in await request.multipart():
        return bytes(await part.read())  # type: ignore[union-attr]
    return b""


def announce(asked: Asked) -> Answered:
    """Return an address to upload to."""
    length = int(asked.need("length"))
    if not 0 < length <= LARGEST:
        raise ApiError("invalid_arguments")
    file = asked.world.files.announced(asked.need("filename"), length, asked.teams()[0].id, asked.bot())
    file.alt = asked.text("alt_txt")
    return {"upload_url": f"{asked.world.url}/upload/v1/{file.id}", "file_id": file.id}


def complete(asked: Asked) -> Answered:
    """Finish uploads, and share them where a channel is named."""
    named = asked.args.get("files") or []
    files = [_uploaded(asked, one) for one in named if isinstance(one, dict)]
    if not files:
        raise ApiError("invalid_arguments")
    if asked.text("channel_id"):
        _share(asked, files)
    for file in files:
        file.complete = True
    return {"files": [one.payload() for one in files]}


def info(asked: Asked) -> Answered:
    """Describe a file."""
    file = asked.world.files.all.get(asked.need("file"))
    if file is None or not file.complete or file.team not in {one.id for one in asked.teams()}:
        raise ApiError("file_not_found")
    return {"file": file.payload()}


def _uploaded(asked: Asked, named: dict[str, Any]) -> File:
    file = asked.world.files.all.get(str(named.get("id")))
    if file is None or file.content is None or file.complete:
        raise ApiError("file_not_found")
    file.title = str(named.get("title") or file.name)
    return file


def _share(asked: Asked, files: list[File]) -> None:
    channel = asked.world.channels.get(asked.text("channel_id"))
    if channel is None or channel.gone:
        raise ApiError("channel_not_found")
    if channel.archived:
        raise ApiError("is_archived")
    if asked.bot() not in channel.members:
        raise ApiError("not_in_channel")
    for file in files:
        file.channels.append(channel.id)
    words, thread = asked.text("initial_comment"), asked.text("thread_ts")
    message = Message(asked.world.mint.ts(), channel.id, asked.bot(), words, thread_ts=thread, files=files)
    put(asked.world, channel, message)


METHODS = {
    "files.getUploadURLExternal": Method(announce, ("files:write",)),
    "files.completeUploadExternal": Method(complete, ("files:write",)),
    "files.info": Method(info, ("files:read",)),
}
