"""One interaction of Discord, waiting for its answer."""

from __future__ import annotations

from dataclasses import dataclass, replace

from adapters.discord.callbacks import ANSWER, EPHEMERAL, FORM, LATER, LATER_UPDATE, UPDATE, Callbacks
from adapters.discord.forms import modal
from adapters.discord.parse import COMPONENT, SUBMITTED
from adapters.discord.render import Message, message, note
from bot.core.calls import Answer
from bot.core.reply import FieldErrors, OpenForm, Reply, Update, Visibility


@dataclass(slots=True)
class InteractionSurface:
    """Knows what Discord allows for this interaction: one first response, and what may follow it.

    `on_message`: it came from a control of a message, or from a form that such a control opened.
    """

    callbacks: Callbacks
    kind: int
    on_message: bool
    deferred: bool = False
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
                await self.callbacks.say(UPDATE, _in_place(message(reply)))
            case Update(reply) | (Reply() as reply):
                await self.callbacks.say(ANSWER, message(reply, ephemeral=_is_private(answer)))
        await self._add_notes(answer)

    async def defer(self, visibility: Visibility) -> None:
        """Ask for more time. After a click nothing is promised yet; otherwise this fixes who sees the answer."""
        self.deferred = True
        if self.on_message and self.kind in (COMPONENT, SUBMITTED):
            await self.callbacks.respond(LATER_UPDATE)
        else:
            flags = EPHEMERAL if visibility is Visibility.PRIVATE else 0
            await self.callbacks.respond(LATER, {"flags": flags})

    async def withdraw(self) -> None:
        """Take a public deferral back."""
        if not self.on_message:
            await self.callbacks.delete()
        self.withdrawn = True

    async def follow_up(self, answer: Answer) -> None:
        """Give the answer after the deferral."""
        match answer.outcome:
            case Update(reply) if self.on_message:
                await self.callbacks.edit(message(reply))
            case Update(reply) | (Reply() as reply):
                said = message(reply, ephemeral=_is_private(answer))
                in_its_place = not self.on_message and not self.withdrawn
                await (self.callbacks.edit(said) if in_its_place else self.callbacks.follow(said))
            case _:
                raise TypeError("A form can only be the first answer.")
        await self._add_notes(answer)

    async def _add_notes(self, answer: Answer) -> None:
        for words in answer.notes:
            await self.callbacks.follow(note(words))


def _is_private(answer: Answer) -> bool:
    return answer.visibility is Visibility.PRIVATE


def _in_place(said: Message) -> Message:
    """Let files of the earlier message go; only the new ones stay."""
    return replace(said, body={"attachments": [], **said.body})
