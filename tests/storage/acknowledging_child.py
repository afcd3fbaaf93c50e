"""A program that writes for several members at once and says what was acknowledged, until it is killed.

Arguments: the database, then for each member the number to go on from.
"""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import UTC, datetime, timedelta
from itertools import count

from bot.clock import SystemClock
from bot.models import Activity, Handle, Place
from bot.ports import Store
from bot.services.days import member_day
from storage import open_store

LATER = datetime(2100, 1, 1, tzinfo=UTC)


async def member(store: Store, number: int, first: int) -> None:
    person = await store.people.enter(Handle("console", "", str(number)), f"Member {number}")
    community = await store.communities.enter(Place("console", "1"), "Console")
    await store.boards.join(community.id, person.id)
    for turn in count(first):
        key = f"{number}-{turn}"
        call = store.during(key)
        at = datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(hours=turn)
        await call.activities.record(Activity(person.id, None, "tip", key, at, "UTC", member_day(at), key, points=3))
        # Nothing but its step keeps this one from being written twice.
        await call.stash.put(key, until=LATER)
        os.write(1, f"{key}\n".encode())


async def main(path: str, *firsts: str) -> None:
    store = await open_store(f"sqlite:///{path}", SystemClock())
    os.write(1, b"ready\n")
    await asyncio.gather(*(member(store, number, int(first)) for number, first in enumerate(firsts)))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
