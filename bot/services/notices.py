"""Words that wait for a member: they come with the next private answer."""

from __future__ import annotations

from bot.core.markup import Markdown
from bot.models import Person
from bot.ports import Store


class Notices:
    """Knows for whom something waits, so that nobody else pays for a look."""

    def __init__(self) -> None:
        self._waiting: set[int] = set()

    async def learn(self, store: Store) -> None:
        """Read for whom something waits."""
        self._waiting = set(await store.notices.waiting())

    async def leave(self, store: Store, person_id: int, text: Markdown) -> None:
        """Leave a word for a member."""
        await store.notices.leave(person_id, text)
        self._waiting.add(person_id)

    async def news(self, store: Store, person: Person | None) -> tuple[Markdown, ...]:
        """Return what waits for this member, once."""
        if person is None or person.id not in self._waiting:
            return ()
        taken = await store.notices.take(person.id)
        self._waiting.discard(person.id)
        return tuple(Markdown(notice.text) for notice in taken)
