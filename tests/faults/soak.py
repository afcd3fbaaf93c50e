"""A week of a busy community on two platforms at once, in compressed time.

`python -m tests.faults.soak [members] [days]`: calls come as the platforms send them, go through both parsers, the
dispatcher, the real store and both renderers, while the bot does what it does by itself. Memory, tasks and open files
are looked at after each day.
"""

from __future__ import annotations

import asyncio
import gc
import os
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from adapters.discord import render as discord_render
from adapters.discord.parse import Incoming
from adapters.discord.parse import call_of as from_discord
from adapters.slack import render as slack_render
from adapters.slack.parse import Envelope
from adapters.slack.parse import call_of as from_slack
from bot.core.calls import Answer, Call, Pressed, Source, Speaker
from bot.core.errors import UserError
from bot.core.reply import Reply, Update
from bot.models import Handle, Place
from bot.settings import Settings
from bot.wiring import House, open_house, rounds_of
from tests.clock import ManualClock

# How busy the hours of a day are, and the days of a week, Monday first.
HOURS = (1, 1, 0, 0, 0, 0, 1, 3, 6, 8, 7, 6, 8, 7, 6, 5, 6, 8, 10, 12, 11, 9, 5, 2)
DAYS = (12, 10, 10, 9, 7, 4, 6)
A_MEMBER_A_WEEK = 30
AT_ONCE = 40
WARM = 2
A_WEEK = 7
LINES: tuple[str, ...] = (
    *("tip", "faq how much math", "resource find docker", "checkin a little", "streak", "progress", "board", "help"),
    *("challenge", "path list", "settings", "start", "about", "nonsense", "faq what is overfitting"),
)
PLACES = {"discord": Place("discord", "900"), "slack": Place("slack", "T1")}


@dataclass(frozen=True, slots=True)
class Vital:
    """How the process was at the end of a day."""

    day: int
    calls: int
    megabytes: float
    tasks: int
    files: int


class Week:
    """Lets members talk, by the hour."""

    def __init__(self, house: House, clock: ManualClock, members: int, seed: int = 7) -> None:
        self.house, self.clock, self.members, self.chance = house, clock, members, random.Random(seed)
        self.statuses: Counter[str] = Counter()
        self.calls, self.slowest = 0, 0.0
        self._pressable: list[tuple[str, Speaker]] = []

    async def day(self, number: int) -> Vital:
        """Live through a day."""
        calls = self.members * A_MEMBER_A_WEEK * DAYS[number % 7] // sum(DAYS)
        for weight in HOURS:
            # The heart would beat every half minute; here an hour is over at once, which is no outage.
            for one in rounds_of(self.house):
                if one.name != "heartbeat":
                    await one.work()
            wanted = calls * weight // sum(HOURS)
            batches = range(0, wanted, AT_ONCE)
            for start in batches:
                await asyncio.gather(*(self._talk() for _ in range(min(AT_ONCE, wanted - start))))
                self.clock.advance(seconds=3600 / len(batches))
            if not batches:
                self.clock.advance(seconds=3600)
        gc.collect()
        return Vital(number, self.calls, _megabytes(), len(asyncio.all_tasks()), _files())

    async def _talk(self) -> None:
        self.calls += 1
        call = self._press() if self._pressable and self.chance.random() < 0.3 else self._say()
        if call is None:
            self.statuses["refused by a parser"] += 1
            return
        began = time.perf_counter()
        answer = await self.house.dispatcher.handle(call)
        self.slowest = max(self.slowest, time.perf_counter() - began)
        self.statuses[answer.status.value] += 1
        self._draw(call, answer)

    def _say(self) -> Call | None:
        platform, line, number = self.chance.choice(("discord", "slack")), self.chance.choice(LINES), str(self.calls)
        who = str(self.chance.randrange(self.members))
        speaker = Speaker(
            Handle(platform, "T1" if platform == "slack" else "", who), f"member {who}", PLACES[platform], "Lab"
        )
        try:
            if platform == "slack":
                payload = {"text": line, "trigger_id": number, "command": "/mentor", "user_id": who, "team_id": "T1"}
                return from_slack(Envelope("slash", payload, speaker, _fetch), self.house.registry)
            return from_discord(Incoming(number, 2, self._data(line), speaker, _fetch), self.house.registry)
        except UserError:
            return None

    def _data(self, line: str) -> dict[str, object]:
        """Write a line as Discord would send it: groups as options, the rest in the first parameter."""
        registry = self.house.registry
        command = max(
            (one for one in registry.commands if f"{line} ".startswith(f"{one.words} ")),
            key=lambda one: len(one.words),
            default=None,
        )
        if command is None:
            return {"name": line, "type": 1}
        rest = line[len(command.words) :].strip()
        options: list[dict[str, object]] = (
            [{"name": command.params[0].name, "type": 3, "value": rest}] if rest and command.params else []
        )
        *outer, _ = words = command.words.split(" ")
        for word in reversed(words[1:]):
            options = [{"name": word, "type": 1, "options": options}]
        return {"name": words[0], "type": 1, "options": options, "outer": len(outer)}

    def _press(self) -> Call:
        token, speaker = self.chance.choice(self._pressable)
        return Call(f"press-{self.calls}", Source.BUTTON, speaker, Pressed(token))

    def _draw(self, call: Call, answer: Answer) -> None:
        reply = answer.outcome.reply if isinstance(answer.outcome, Update) else answer.outcome
        if not isinstance(reply, Reply):
            return
        if call.speaker.handle.platform == "slack":
            slack_render.message(reply, picture="picture" if reply.image else "")
        else:
            discord_render.message(reply, ephemeral=True)
        buttons = [one for row in reply.rows if isinstance(row, tuple) for one in row if one.token]
        self._pressable += [(one.token, call.speaker) for one in buttons[:2]]
        del self._pressable[:-500]


async def soak(folder: Path, members: int, days: int) -> tuple[Week, list[Vital], int]:
    """Live through some days and return how each ended, and what db verify found."""
    clock = ManualClock()
    settings = Settings(database_url=f"sqlite:///{folder / 'soak.db'}", files_dir=folder)
    async with open_house(settings, clock) as house:
        week = Week(house, clock, members)
        vitals = [await week.day(number) for number in range(days)]
        verdict = await house.store.verify()
    return week, vitals, len(verdict.differences)


def growth(vitals: list[Vital], warm: int = WARM) -> float:
    """Return by how much memory grew after so many days; the first two warm everything up."""
    before = vitals[min(warm, len(vitals)) - 1].megabytes
    return (vitals[-1].megabytes - before) / before


def _megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


async def _fetch(url: str, size: int) -> bytes:
    return b""


def main() -> int:
    """Run it from the command line."""
    members = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    days = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        week, vitals, differences = asyncio.run(soak(Path(folder), members, days))
    print(
        f"{members} members, {days} days, {week.calls} calls in {time.monotonic() - began:.0f} s: {dict(week.statuses)}"
    )
    for one in vitals:
        how = f"{one.calls:>7} calls  {one.megabytes:6.1f} MB  {one.tasks} tasks  {one.files} files"
        print(f"  day {one.day + 1}: {how}")
    print(f"memory after the first {WARM} days: {growth(vitals):+.1%}; slowest answer {week.slowest:.2f} s")
    if days > A_WEEK:
        print(f"memory after the first week: {growth(vitals, A_WEEK):+.1%}")
    print(f"without an answer: {week.calls - week.statuses.total()}; db verify: {differences} differences")
    return 0


if __name__ == "__main__":
    sys.exit(main())
