"""What the rest of the house has sent to Discord: private messages, posts in channels, words to organisers."""

from __future__ import annotations

import logging
import secrets
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime

import discord

from adapters.discord.looking import look, mark_of, marked
from adapters.discord.mentions import Mentions
from adapters.discord.people import PLATFORM
from adapters.discord.render import message
from adapters.discord.told import may_post, told_of
from adapters.discord.wire import Wire, nonce_of
from bot.core.outgoing import PostFailed, Target, Trouble
from bot.core.reply import Reply
from bot.models import Handle, Place

log = logging.getLogger(__name__)

KEPT_CHANNELS = 10_000
ADDED_BOT = 28
# As Discord counts: characters, and minutes until a quiet thread is folded away.
THREAD_NAME, A_WEEK = 100, 10_080

FindGuild = Callable[[int], discord.Guild | None]


class DiscordPoster:
    """Writes where nobody has just asked. All of it goes through the pacer."""

    platform = PLATFORM

    def __init__(self, wire: Wire, find_guild: FindGuild, mentions: Mentions) -> None:
        self._wire, self._find_guild, self._mentions = wire, find_guild, mentions
        self._direct: OrderedDict[str, str] = OrderedDict()

    async def tell(self, handle: Handle, reply: Reply) -> bool:
        """Send a private message; False when this member cannot be reached."""
        try:
            await self._tell(handle.user, reply)
        except PostFailed as error:
            log.info("A private message did not go out: %s", error)
            return False
        return True

    async def post(self, target: Target, reply: Reply, key: str) -> str:
        """Post in a channel and return the message's id. The same key posts once within Discord's memory."""
        if self.is_away(target.place):
            raise PostFailed(Trouble.LATER, "Discord says that this server is not available right now")
        name = (target.place.key, target.channel, key)
        mark, roles = mark_of(*name), (target.role,) if target.role else ()
        return await self._send(target.place.key, target.channel, reply, nonce_of(*name), mark, roles)

    async def find(self, target: Target, key: str, reply: Reply, since: datetime) -> str | None:
        """Return the id of the message that was posted with this key; raise `PostFailed` if nobody can say."""
        if self.is_away(target.place):
            raise PostFailed(Trouble.LATER, "Discord says that this server is not available right now")
        guild = self._find_guild(int(target.place.key))
        own_id = str(guild.me.id) if guild is not None and guild.me else None
        return await look(self._wire, target, mark_of(target.place.key, target.channel, key), since, own_id)

    async def trouble_at(self, target: Target) -> Trouble | None:
        """Say what would keep a post from this channel."""
        guild = self._find_guild(int(target.place.key))
        if guild is None or not target.channel.isdecimal():
            return Trouble.GONE
        if (told := told_of(target.channel)) is not None:
            return told.trouble
        channel = guild.get_channel_or_thread(int(target.channel))
        if not isinstance(channel, discord.abc.Messageable):  # a forum or a category takes no messages
            return Trouble.GONE
        if not guild.me:  # nobody told what the bot may do here
            return None
        rights = channel.permissions_for(guild.me)
        return None if may_post(rights, in_thread=isinstance(channel, discord.Thread)) else Trouble.FORBIDDEN

    def knows_role(self, role: str) -> bool:
        """Say whether this is the id of a role."""
        return role.isdecimal()

    async def tell_organiser(self, place: Place, reply: Reply) -> bool:
        """Tell whoever added the bot, or owns the server; where neither takes messages, the server's own channel."""
        guild = self._find_guild(int(place.key))
        if guild is None:
            return False
        for user in dict.fromkeys([await self._who_added_us(guild), guild.owner_id]):
            if user and await self._may_have_told(str(user), reply):
                return True
        return await self._in_system_channel(guild, reply)

    def is_away(self, place: Place) -> bool:
        """Say whether Discord itself cannot reach a server now; nothing that fails then means anything."""
        guild = self._find_guild(int(place.key))
        return guild is not None and guild.unavailable

    async def _may_have_told(self, user: str, reply: Reply) -> bool:
        """Say whether a word is there, or may be: one that is lost is a pity, one that comes twice is a nuisance."""
        try:
            await self._tell(user, reply)
        except PostFailed as error:
            log.info("A word to an organiser did not go out: %s", error)
            return error.trouble is Trouble.UNKNOWN
        return True

    async def _tell(self, user: str, reply: Reply) -> None:
        channel = self._direct.get(user) or await self._open(user)
        await self._send(f"user:{user}", channel, reply, nonce_of(user, secrets.token_hex(8)))

    async def _open(self, user: str) -> str:
        opened = await self._wire.send(f"user:{user}", "POST", "/users/@me/channels", body={"recipient_id": user})
        self._direct[user] = str(opened["id"])
        if len(self._direct) > KEPT_CHANNELS:
            self._direct.popitem(last=False)
        return self._direct[user]

    async def open_thread(self, target: Target, message: str) -> None:
        """Open a thread under a post."""
        path = f"/channels/{target.channel}/messages/{message}/threads"
        body = {"name": target.thread[:THREAD_NAME], "auto_archive_duration": A_WEEK}
        try:
            await self._wire.send(target.place.key, "POST", path, body=body)
        except PostFailed as error:  # it may be there already, or threads may not be allowed
            log.info("No thread was opened under a post: %s", error)

    async def _send(
        self,
        key: str,
        channel: str,
        reply: Reply,
        nonce: str,
        mark: int | None = None,
        roles: tuple[str, ...] = (),
    ) -> str:
        said = self._mentions.put_into(message(reply, roles=roles))
        body = said.body if mark is None else marked(said.body, mark)
        path = f"/channels/{channel}/messages"
        sent = await self._wire.send(key, "POST", path, body=body, files=said.files, nonce=nonce)
        return str(sent["id"])

    async def _who_added_us(self, guild: discord.Guild) -> int | None:
        """Look who added the bot, where we may see that; nobody has to allow it."""
        if not guild.me or not guild.me.guild_permissions.view_audit_log:
            return None
        path = f"/guilds/{guild.id}/audit-logs?action_type={ADDED_BOT}&limit=20"
        try:
            entries = (await self._wire.send(str(guild.id), "GET", path))["audit_log_entries"]
        except (PostFailed, KeyError, TypeError):
            return None
        ours = (int(one["user_id"]) for one in entries if str(one.get("target_id")) == str(guild.me.id))
        return next(ours, None)

    async def _in_system_channel(self, guild: discord.Guild, reply: Reply) -> bool:
        channel = guild.system_channel
        if channel is None or not guild.me or not channel.permissions_for(guild.me).send_messages:
            return False
        try:
            await self._send(str(guild.id), str(channel.id), reply, nonce_of(str(guild.id), secrets.token_hex(8)))
        except PostFailed as error:
            log.info("A word to organisers did not go out: %s", error)
            return False
        return True
