"""What the rest of the house has sent to Slack: private messages, posts in channels, words to organisers."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, replace

from slack_sdk.errors import SlackApiError

from adapters.slack.keys import Keys
from adapters.slack.means import Means
from adapters.slack.naming import Naming
from adapters.slack.organisers import Organisers
from adapters.slack.pace import PACE, Pace
from adapters.slack.people import PLATFORM
from adapters.slack.reach import Directs, NotTaken, Reach, reason
from adapters.slack.render import GROUP, calling
from adapters.slack.render import message as drawn
from adapters.slack.setbacks import setback_of
from adapters.slack.surface import FAILED, NOT_YET
from bot.core.markup import join, md
from bot.core.outgoing import PostFailed, Target, Trouble
from bot.core.reply import Reply
from bot.models import Handle, Place

log = logging.getLogger(__name__)

THREAD_BEGINS = md("Talk about it here. Please keep solutions to yourself until the week is over.")
# A workspace that installed the bot before it asked for this scope.
NOT_ASKED_FOR = "missing_scope"


@dataclass(frozen=True, slots=True)
class SlackPoster:
    """Writes where nobody has just asked. All of it goes through the outbox."""

    keys: Keys
    means: Means
    naming: Naming
    directs: Directs
    organisers: Organisers
    pace: Pace = PACE

    @property
    def platform(self) -> str:
        """Name the platform, as handles do."""
        return PLATFORM

    async def tell(self, handle: Handle, reply: Reply) -> bool:
        """Send a private message; False when this member cannot be reached."""
        try:
            reach = await self._reach_of(handle.realm)
            await self._send(reach, await reach.direct(handle.user), reply)
        except PostFailed as error:
            log.info("A private message did not go out: %s", error)
            return False
        return True

    async def post(self, target: Target, reply: Reply, key: str) -> str:
        """Post in a channel and return the message's id, or raise `PostFailed`. Nothing is sent a second time here."""
        reach = await self._reach_of(target.place.key)
        return await self._send(reach, target.channel, reply, target.role)

    async def trouble_at(self, target: Target) -> Trouble | None:
        """Say what would keep a post from this channel, as far as Slack tells."""
        try:
            reach = await self._reach_of(target.place.key)
            found = await reach.channel(target.channel)
        except PostFailed as error:
            lasting = (Trouble.GONE, Trouble.FORBIDDEN, Trouble.EXPELLED)
            return error.trouble if error.trouble in lasting and not error.detail.startswith(NOT_ASKED_FOR) else None
        if found.get("is_archived"):
            return Trouble.GONE
        return None if found.get("is_member", True) else Trouble.FORBIDDEN

    async def open_thread(self, target: Target, message: str) -> None:
        """Begin the thread under a post."""
        try:
            reach = await self._reach_of(target.place.key)
            await reach.post(target.channel, drawn(Reply(THREAD_BEGINS)), thread=message)
        except PostFailed as error:
            log.info("No thread was begun under a post: %s", error)

    def knows_role(self, role: str) -> bool:
        """Say whether this is the id of a user group."""
        return GROUP.fullmatch(role) is not None

    async def tell_organiser(self, place: Place, reply: Reply) -> bool:
        """Tell whoever installed the bot, or the organiser who spoke last; False when nobody can be reached."""
        try:
            reach = await self._reach_of(place.key)
            for user in await self._organisers(reach, place):
                await self._send(reach, await reach.direct(user), reply)
                return True
        except PostFailed as error:
            log.info("A word to organisers did not go out: %s", error)
            # It may be there: a word that is lost is a pity, one that comes twice is a nuisance.
            return error.trouble is Trouble.UNKNOWN
        return False

    async def _organisers(self, reach: Reach, place: Place) -> list[str]:
        where = await self.keys.place_of(place.key) or ("", place.key)
        one = await self.keys.known(*where)
        seen = await self.organisers.of(place)
        return [user for user in ((one.installer if one else ""), seen) if user][:1]

    async def _reach_of(self, realm: str) -> Reach:
        """Reach a workspace or an organisation, or raise `PostFailed`."""
        try:
            where = await self.keys.place_of(realm)
            one = await self.keys.current(*where) if where else None
        except Exception as error:
            raise setback_of(error).as_error() from None
        if one is None:
            raise PostFailed(Trouble.EXPELLED, "there is no key for this workspace")
        return Reach(self.means.client(one.bot_token), self.means.session, self.means.outbox, self.directs, realm)

    async def _send(self, reach: Reach, channel: str, reply: Reply, role: str = "") -> str:
        """Post a reply with its picture and its files; without its picture where Slack does not take that."""
        reply = await self._with_files(reach, channel, self.naming.reply(reply))
        picture = await self._picture(reach, reply)
        for pause in self.pace.picture_pauses if picture else ():
            try:
                return await reach.post(channel, calling(role, drawn(reply, picture=picture)))
            except PostFailed as error:
                if error.detail.partition(":")[0] not in NOT_YET:
                    raise
            await asyncio.sleep(pause)
        return await reach.post(channel, calling(role, drawn(reply)))

    async def _picture(self, reach: Reach, reply: Reply) -> str:
        if reply.image is None:
            return ""
        try:
            return await reach.upload(reply.image.name, reply.image.data, alt=reply.image.alt)
        except FAILED as error:
            log.info("A picture could not be uploaded: %s", reason(error))
            return ""

    async def _with_files(self, reach: Reach, channel: str, reply: Reply) -> Reply:
        try:
            for file in reply.files:
                await reach.upload(file.name, file.data, channel=channel)
        except (SlackApiError, NotTaken) as error:
            log.warning("A file could not be sent: %s", reason(error))
            lost = md("A file could not be sent: Slack said {why:code}.", why=reason(error))
            return replace(reply, text=join(filter(None, [reply.text, lost]), "\n\n"), files=())
        except FAILED as error:
            raise setback_of(error).as_error() from None
        return reply
