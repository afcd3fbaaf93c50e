"""A program in which members send answers and uploads, and which says what was acknowledged, until it is killed.

Arguments: the database, then for each member the number to go on from. Each answer and upload is sent by several calls
at once, of which the limits let through one answer to a part, and so many uploads a day.
"""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import date, timedelta
from itertools import count

from bot.clock import SystemClock
from bot.models import Handle, Place
from bot.ports import Store
from storage import open_store
from tests.storage.weeks import open_week

A_DAY, AT_ONCE = 2, 4
WAIT = (timedelta(days=1),)


async def member(store: Store, number: int, first: int) -> None:
    person = await store.people.enter(Handle("console", "", str(number)), f"Member {number}")
    week = await open_week(store, await store.communities.enter(Place("console", "1"), "Console"))
    for turn in count(first):
        day = date(2026, 1, 1) + timedelta(days=turn)
        # What an earlier life of this program sent is sent again by the same calls.
        calls = [store.during(f"{number}-{turn}-{call}") for call in range(AT_ONCE)]
        sent = await asyncio.gather(
            *(
                call.efforts.attempt(
                    week.id, person.id, turn, correct=turn % 2 == 0, mark=f"{number}-{turn}", waits=WAIT
                )
                for call in calls
            )
        )
        uploaded = await asyncio.gather(
            *(
                call.efforts.upload(
                    week.id, person.id, day, public=turn, private=turn, shown=turn, better=True, a_day=A_DAY
                )
                for call in calls
            )
        )
        taken = sum(one.accepted for one in sent), sum(one.accepted for one in uploaded)
        os.write(1, f"{number}-{turn} {taken[0]} {taken[1]}\n".encode())


async def main(path: str, *firsts: str) -> None:
    store = await open_store(f"sqlite:///{path}", SystemClock())
    os.write(1, b"ready\n")
    await asyncio.gather(*(member(store, number, int(first)) for number, first in enumerate(firsts)))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
