"""A dispatcher that keeps which organiser changed what."""

from __future__ import annotations

import logging

from bot.core.calls import Answer, Call, Status
from bot.core.declare import Route
from bot.core.dispatch import Dispatcher
from bot.core.errors import UserError
from bot.core.guards import AdminOnly
from bot.core.resolve import resolve
from bot.models.audit import Deed
from bot.ports import Store, StoreError

log = logging.getLogger(__name__)


class AuditedDispatcher(Dispatcher):
    """Answers calls as the dispatcher does."""

    async def _answer(self, call: Call, store: Store) -> Answer:
        answer = await super()._answer(call, store)
        # Seldom is anything written by those who look after a community, so the way is asked for only then.
        if call.speaker.is_admin and call.speaker.place and store.wrote and answer.status is Status.DONE:
            await self._note(call, store)
        return answer

    async def _note(self, call: Call, store: Store) -> None:
        route = self._route(call)
        if route is None or not any(isinstance(guard, AdminOnly) for guard in route.guards) or not call.speaker.place:
            return
        try:
            community = await store.communities.find(call.speaker.place)
            if community is not None:
                # Whoever sets a community up may have done nothing before by which they would be remembered.
                person = await self._callers.person(call.speaker.handle)
                person = person or await self._callers.enter(store, call.speaker)
                await store.audit.note(Deed(community.id, self.clock.now(), route.name, call.id, person.id))
        except StoreError as error:  # what was asked is done
            log.error("An organiser's change could not be noted: %s", error)

    def _route(self, call: Call) -> Route | None:
        try:
            return resolve(call, self.registry)[0]
        except UserError:
            return None
