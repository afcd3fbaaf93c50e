"""Answer within a platform's deadline: for real when there is time, otherwise defer with the declared privacy."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Protocol

from bot.core.calls import Answer, Call, Source
from bot.core.dispatch import Dispatcher
from bot.core.forms import as_message
from bot.core.reply import FieldErrors, OpenForm, Visibility

PATIENCE = 1.5
# A form can only be the first answer, so what may open one is given the rest of the window.
FORM_PATIENCE = 2.5


class Surface(Protocol):
    """One interaction of a platform, waiting for its answer."""

    @property
    def takes_form(self) -> bool:
        """Say whether a form may be the first answer here (not on every platform after a form)."""

    @property
    def takes_field_errors(self) -> bool:
        """Say whether a form can show what to mend in place."""

    async def respond(self, answer: Answer) -> None:
        """Give the first answer."""

    async def defer(self, visibility: Visibility) -> None:
        """Ask for more time; this fixes who will see the answer."""

    async def withdraw(self) -> None:
        """Take a public deferral back, because what follows is private after all."""

    async def follow_up(self, answer: Answer) -> None:
        """Give the answer after a deferral."""


async def answer_in_time(dispatcher: Dispatcher, call: Call, surface: Surface, patience: float | None = None) -> Answer:
    """Run a call and answer it through its surface, always."""
    deadline = _Deadline(dispatcher, call, surface, patience)
    try:
        answer = await dispatcher.handle(call)
    finally:
        promised = await deadline.is_over()
    if promised is None:
        answer = await _fitting(dispatcher, call, surface, answer)
        await surface.respond(answer)
        return answer
    answer = await as_message(answer, dispatcher.store, dispatcher.clock)
    if answer.visibility is Visibility.PRIVATE and promised is Visibility.PUBLIC:
        await surface.withdraw()
    elif answer.visibility is not promised:
        answer = replace(answer, visibility=promised)
    await surface.follow_up(answer)
    return answer


class _Deadline:
    """Asks for more time when an answer is late. Most are not, so a timer is all that it costs them."""

    def __init__(self, dispatcher: Dispatcher, call: Call, surface: Surface, patience: float | None) -> None:
        self._dispatcher, self._call, self._surface = dispatcher, call, surface
        self._loop = asyncio.get_running_loop()
        self._asked: asyncio.Task[Visibility] | None = None
        if patience is None:
            self._timer = self._loop.call_later(PATIENCE, self._look)
        else:
            self._timer = self._loop.call_later(patience, self._ask)

    async def is_over(self) -> Visibility | None:
        """Stop; return which privacy was promised, if more time was asked for."""
        self._timer.cancel()
        return await self._asked if self._asked is not None else None

    def _look(self) -> None:
        if self._dispatcher.opens_form(self._call):
            self._timer = self._loop.call_later(FORM_PATIENCE - PATIENCE, self._ask)
        else:
            self._ask()

    def _ask(self) -> None:
        self._asked = self._loop.create_task(self._defer())

    async def _defer(self) -> Visibility:
        promised = self._dispatcher.visibility(self._call)
        await self._surface.defer(promised)
        return promised


async def _fitting(dispatcher: Dispatcher, call: Call, surface: Surface, answer: Answer) -> Answer:
    """Replace a form by a button where the platform refuses a form."""
    match answer.outcome:
        case FieldErrors() if not surface.takes_field_errors:
            return await as_message(answer, dispatcher.store, dispatcher.clock)
        case OpenForm() if call.source is Source.FORM and not surface.takes_form:
            return await as_message(answer, dispatcher.store, dispatcher.clock)
        case _:
            return answer
