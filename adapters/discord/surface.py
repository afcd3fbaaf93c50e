"""One interaction of Discord, waiting for its answer."""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass, field, replace

from adapters.discord.callbacks import ANSWER, EPHEMERAL, FORM, LATER, LATER_UPDATE, UPDATE, Callbacks, Gone
from adapters.discord.forms import modal
from adapters.discord.mentions import Mentions
from adapters.discord.parse import COMPONENT, SUBMITTED
from adapters.discord.render import Message, note
from bot.core.calls import Answer
from bot.core.reply import FieldErrors, OpenForm, Reply, Update, Visibility

log = logging.getLogger(__name__)


@dataclass(slots=True)
class InteractionSurface:
    """Knows what Discord allows for this interaction: one first response, and what may follow it.

    `on_message`: it came from a control of a message, or from a form that such a control opened.
    """

    callbacks: Callbacks
    kind: int
    on_message: bool
    mentions: Mentions = field(default_factory=Mentions)
    deferred: bool = False
    promised: Visibility | None = None
    withdrawn: bool = False

    @property
    def takes_form(self) -> bool:
        """Say whether a form may be the first answer."""
        return self.kind != SUBMITTED

    @property
    def takes_field_errors(self) -> bool:
        """Say whether a form shows what to mend: Discord has no such thing, and no form after a form."""
        return False

    async def respond(self, answer: Answer) -> None:
        """Give the first answer."""
        match answer.outcome:
            case OpenForm() | FieldErrors() as outcome:
                form = outcome if isinstance(outcome, OpenForm) else outcome.form
                await self.callbacks.respond(FORM, modal(form))
            case Update(reply) if self.on_message:
                await self._update(reply)
            case Update(reply) | (Reply() as reply):
                await self.callbacks.say(ANSWER, self._drawn(reply, ephemeral=_is_private(answer)))
        await self._add_notes(answer)

    async def defer(self, visibility: Visibility) -> None:
        """Ask for more time. After a click nothing is promised yet; otherwise this fixes who sees the answer."""
        if self.on_message and self.kind in (COMPONENT, SUBMITTED):
            await self.callbacks.respond(LATER_UPDATE)
        else:
            flags = EPHEMERAL if visibility is Visibility.PRIVATE else 0
            await self.callbacks.respond(LATER, {"flags": flags})
            self.promised = visibility
        self.deferred = True

    async def withdraw(self) -> None:
        """Take a public deferral back."""
        if not self.on_message:
            with suppress(Gone):
                await self.callbacks.delete()
        self.withdrawn = True

    async def follow_up(self, answer: Answer) -> None:
        """Give the answer after the deferral."""
        match answer.outcome:
            case Update(reply) if self.on_message:
                await self._edit(reply)
            case Update(reply) | (Reply() as reply) if not self.on_message and not self.withdrawn:
                await self._edit(reply, ephemeral=_is_private(answer))
            case Update(reply) | (Reply() as reply):
                await self.callbacks.follow(self._drawn(reply, ephemeral=_is_private(answer)))
            case _:
                raise TypeError("A form can only be the first answer.")
        await self._add_notes(answer)

    async def apologise(self, apology: Answer) -> None:
        """Say sorry, whatever came before; nobody else has to read it."""
        if not self.deferred:
            await self.respond(apology)
            return
        if self.promised is Visibility.PUBLIC and not self.withdrawn:
            await self.withdraw()
        await self.follow_up(apology)

    async def _update(self, reply: Reply) -> None:
        """Change the message that was clicked; where it is gone, whoever clicked still gets to read the answer."""
        try:
            await self.callbacks.say(UPDATE, _in_place(self._drawn(reply)))
        except Gone:
            await self.callbacks.say(ANSWER, self._drawn(reply, ephemeral=True))

    async def _edit(self, reply: Reply, *, ephemeral: bool = False) -> None:
        """Put the answer where the promise or the clicked message stands, or say it privately where that is gone."""
        try:
            await self.callbacks.edit(self._drawn(reply, ephemeral=ephemeral))
        except Gone:
            await self.callbacks.follow(self._drawn(reply, ephemeral=True))

    def _drawn(self, reply: Reply, *, ephemeral: bool = False) -> Message:
        return self.mentions.drawn(reply, ephemeral=ephemeral)

    async def _add_notes(self, answer: Answer) -> None:
        """Say what waited for the member; whatever becomes of it, what was asked is answered."""
        try:
            for words in answer.notes:
                await self.callbacks.follow(self.mentions.put_into(note(words)))
        except Exception:
            log.exception("News could not be told.")


def _is_private(answer: Answer) -> bool:
    return answer.visibility is Visibility.PRIVATE


def _in_place(said: Message) -> Message:
    """Let files of the earlier message go; only the new ones stay."""
    return replace(said, body={"attachments": [], **said.body})
