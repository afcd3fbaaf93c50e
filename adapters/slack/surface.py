"""One thing that somebody did on Slack, waiting for its answer: where the answer goes, and in which shape."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from adapters.slack import forms
from adapters.slack.naming import Naming
from adapters.slack.pace import PACE, Pace
from adapters.slack.reach import NotTaken, Reach, reason
from adapters.slack.render import Message, message, note
from adapters.slack.who import Who
from bot.clock import Clock
from bot.core.calls import Answer, Status
from bot.core.forms import as_message
from bot.core.markup import join, md
from bot.core.outgoing import PostFailed, Trouble
from bot.core.reply import FieldErrors, OpenForm, Outcome, Reply, Update, Visibility
from bot.ports import Store

log = logging.getLogger(__name__)

# An address for answers works for half an hour; a little less is trusted.
URL_LASTS = 29 * 60.0
FAILED = (SlackClientError, PostFailed, NotTaken, aiohttp.ClientError, OSError, TimeoutError)
# With these Slack refuses a picture that it has not looked through yet.
NOT_YET = frozenset({"invalid_blocks", "invalid_arguments", "invalid_block"})
# With these an address for answers is used up.
_USED_UP = frozenset({"used_url", "expired_url", "404", "410"})
_ELSEWHERE = Reply(md("Done. You find the answer in the conversation."))


class Origin(StrEnum):
    """Where somebody did something."""

    # A slash command, a control of a message, a shortcut: an address for answers came along.
    MESSAGE = "message"
    HOME = "home"
    # A control in a modal, or a form that stays open.
    MODAL = "modal"
    # A mention, or a message to the bot.
    SPOKEN = "spoken"


@dataclass(slots=True)
class Surface:
    """Knows how to answer one thing."""

    reach: Reach
    naming: Naming
    asked: Who
    origin: Origin
    store: Store
    clock: Clock
    pace: Pace = PACE
    # The modal in which it happened, or the one that was opened while it is being thought about.
    view: str = ""
    # When the address for answers came, where that was not just now.
    url_born: float = 0.0
    # Whether it began with a control of a message, so that an update takes that message's place.
    clicked: bool = False
    # The message under which an answer for all begins a thread.
    root: str = ""

    async def hold(self) -> None:
        """Open a modal at once: the right to open one lasts three seconds, and the answer may take longer."""
        if not self.asked.trigger_id or self.origin is Origin.MODAL:
            return
        try:
            opened = await self.reach.open_view(self.asked.trigger_id, forms.loading("One moment"))
        except FAILED as error:
            log.info("A modal could not be opened: %s", reason(error))
            return
        self.stay_in(opened)

    def stay_in(self, view: str) -> None:
        """Answer in this modal."""
        self.view, self.origin = view, Origin.MODAL

    async def show(self, answer: Answer) -> None:
        """Give the answer, wherever it fits best."""
        match self.named(answer):
            case OpenForm() as form:
                await self._open(answer, form)
            case FieldErrors(form) if self._in_modal:
                await self._open(answer, form)
            case FieldErrors():
                await self._say(await self._as_message(answer))
            case outcome:
                await self._say(replace(answer, outcome=outcome))

    def named(self, answer: Answer) -> Outcome:
        """Say commands as they are typed here."""
        return self.naming.outcome(answer.outcome, refused=answer.status is Status.REFUSED)

    def form(self, form: OpenForm) -> dict[str, Any]:
        """Draw a form that knows where its answer goes."""
        url = self.asked.response_url if self.has_url else ""
        where = {"channel": self.asked.channel, "thread": self.asked.thread, "clicked": "1" if self.clicked else ""}
        born = self.url_born or self.clock.now().timestamp()
        return forms.modal(form, url=url, born=born, extra=where)

    @property
    def has_url(self) -> bool:
        """Say whether an address for answers came along and still works."""
        if not self.asked.response_url:
            return False
        return not self.url_born or self.clock.now().timestamp() - self.url_born < URL_LASTS

    async def add_notes(self, answer: Answer) -> None:
        """Say the words that waited for the member, each as a message of its own."""
        for words in answer.notes:
            await self._deliver(note(self.naming.words(words)), public=False, instead=False)

    @property
    def _in_modal(self) -> bool:
        return self.origin is Origin.MODAL and bool(self.view)

    async def _open(self, answer: Answer, form: OpenForm) -> None:
        try:
            if self._in_modal:
                return await self.reach.update_view(self.view, self.form(form))
            if self.asked.trigger_id:
                await self.reach.open_view(self.asked.trigger_id, self.form(form))
                return None
        except SlackApiError as error:
            # Too late, or the modal is gone: a button opens it with everything that was typed.
            log.info("A form could not be opened: %s", reason(error))
            self._leave_modal()
        return await self._say(await self._as_message(answer))

    async def _as_message(self, answer: Answer) -> Answer:
        turned = await as_message(answer, self.store, self.clock)
        return replace(turned, outcome=self.named(turned))

    async def _say(self, answer: Answer) -> None:
        outcome = answer.outcome
        reply = outcome.reply if isinstance(outcome, Update) else outcome
        if not isinstance(reply, Reply):
            raise TypeError("Only messages can be said.")
        public, instead = answer.visibility is Visibility.PUBLIC, isinstance(outcome, Update)
        if self.origin is Origin.HOME and (reply.image or reply.files):
            await self.hold()  # bringing them to Slack takes longer than the right to open a modal lasts
        reply = await self._send_files(reply, public=public)
        picture = await self._upload_picture(reply)
        for pause in self.pace.picture_pauses if picture else ():
            try:
                await self._place(reply, picture, public=public, instead=instead)
                return await self.add_notes(answer)
            except (SlackApiError, NotTaken, PostFailed) as error:
                if not _may_be_the_picture(error):
                    raise
            await asyncio.sleep(pause)
        await self._place(reply, "", public=public, instead=instead)
        return await self.add_notes(answer)

    async def _place(self, reply: Reply, picture: str, *, public: bool, instead: bool) -> None:
        said = message(reply, picture=picture)
        try:
            if self._in_modal and public and self.has_url:
                await self._deliver(said, public=True, instead=instead)
                return await self.reach.update_view(self.view, forms.shown(_ELSEWHERE))
            if self._in_modal:
                return await self.reach.update_view(self.view, forms.shown(reply, picture=picture))
            if self.origin is Origin.HOME and self.asked.trigger_id:
                await self.reach.open_view(self.asked.trigger_id, forms.shown(reply, picture=picture))
                return None
        except SlackApiError as error:
            if picture and _may_be_the_picture(error):
                raise
            log.info("A modal could not be shown: %s", reason(error))
            self._leave_modal()
        return await self._deliver(said, public=public, instead=instead)

    def _leave_modal(self) -> None:
        """Answer in a message from here on, because nobody sees the modal any more."""
        self.view, self.origin = "", Origin.MESSAGE

    async def _deliver(self, said: Message, *, public: bool, instead: bool) -> None:
        if self.has_url:
            instead, asked = instead and self.clicked, self.asked
            try:
                return await self.reach.respond(
                    asked.response_url, said, public=public, replace=instead, thread=asked.thread
                )
            except NotTaken as error:
                if str(error) not in _USED_UP:
                    raise
                log.info("An address for answers is used up: %s", error)
        try:
            await self._say_in_channel(said, public=public)
        except PostFailed as error:
            if error.trouble not in (Trouble.GONE, Trouble.FORBIDDEN) or not self.asked.channel:
                raise  # what may have gone out is not said again
            log.info("An answer goes to the direct messages: %s", error.detail)
            await self._say_directly(said)

    async def _say_in_channel(self, said: Message, *, public: bool) -> None:
        channel, asked = self.asked.channel, self.asked
        if self.origin is Origin.SPOKEN and channel.startswith("D"):
            await self.reach.post(channel, said, asked.thread)
        elif channel and public:
            await self.reach.post(channel, said, asked.thread or self.root)
        elif channel and self.origin is Origin.SPOKEN:
            await self.reach.whisper(channel, asked.user, said, asked.thread)
        else:
            await self._say_directly(said)

    async def _say_directly(self, said: Message) -> None:
        await self.reach.post(await self.reach.direct(self.asked.user), said)

    async def _upload_picture(self, reply: Reply) -> str:
        """Bring the picture to Slack; without it, the words say the same."""
        if reply.image is None:
            return ""
        try:
            return await self.reach.upload(reply.image.name, reply.image.data, alt=reply.image.alt)
        except FAILED as error:
            log.info("A picture could not be uploaded: %s", reason(error))
            return ""

    async def _send_files(self, reply: Reply, *, public: bool) -> Reply:
        """Send files where the member finds them, and say where; an answer only they see cannot carry any."""
        if not reply.files:
            return reply
        try:
            channel = await self._upload_files(reply, public=public)
        except FAILED as error:
            log.warning("A file could not be sent: %s", reason(error))
            lost = md(
                "I could not send the file: Slack said {why:code}. Please tell an organiser, then try again.",
                why=reason(error),
            )
            return replace(reply, text=join(filter(None, [reply.text, lost]), "\n\n"), files=())
        if channel == self.asked.channel:
            return replace(reply, files=()) if self._in_modal else reply
        where = md("{names} waits for you in our direct messages.", names=", ".join(one.name for one in reply.files))
        return replace(reply, text=join(filter(None, [reply.text, where]), "\n\n"), files=())

    async def _upload_files(self, reply: Reply, *, public: bool) -> str:
        """Bring files into the channel where all may see them, otherwise to the member alone; return where."""
        direct = await self.reach.direct(self.asked.user)
        wanted = self.asked.channel if public and self.asked.channel else direct
        for channel in dict.fromkeys((wanted, direct)):
            try:
                thread = (self.asked.thread or self.root) if channel == self.asked.channel else ""
                for file in reply.files:
                    await self.reach.upload(file.name, file.data, channel=channel, thread=thread)
            except SlackApiError as error:
                if channel == direct:
                    raise
                log.info("A file goes to the direct messages: %s", reason(error))
            else:
                return channel
        return direct


def _may_be_the_picture(error: Exception) -> bool:
    return reason(error).partition(":")[0] in NOT_YET
