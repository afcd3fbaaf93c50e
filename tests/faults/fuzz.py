"""Send hostile calls through parsers, dispatcher and web page: `python -m tests.faults.fuzz 100000 [seed]`.

Each is answered; none ends in a mistake of the program; nobody's words and no secret reach the log.
"""

from __future__ import annotations

import asyncio
import io
import logging
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from bot.core.calls import Answer
from bot.operate.logs import CleanJson, Scrubber, secrets_of
from bot.settings import Settings
from bot.wiring import House, open_house
from tests.clock import ManualClock
from tests.conftest import SMALL_PACK
from tests.faults.browsers import BROWSERS, PASSWORD, browsers
from tests.faults.hostile import CANARY, Hostile

# Of each turn a sixth goes to the page, as much as to each of the other ways in.
AT_ONCE = 6 * BROWSERS
SECRET = "a-secret-that-nobody-may-read-1234"
SHOWN = 5
# How it may end on the page: with an answer, or with a word that it was wrong.
GOOD = ("answered", "refused")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went."""

    calls: int
    refused_by_parsers: int
    statuses: Counter[str]
    unanswered: int
    incidents: tuple[str, ...]
    pages: Counter[str]
    said_words: int
    said_secrets: int
    differences: int
    seconds: float

    @property
    def is_good(self) -> bool:
        """Say whether everything is as it should be."""
        bad = (
            self.statuses["failed"]
            + sum(count for outcome, count in self.pages.items() if outcome not in GOOD)
            + self.unanswered
            + len(self.incidents)
            + self.said_words
            + self.said_secrets
            + self.differences
        )
        return not bad


async def fuzz(calls: int, seed: int) -> Outcome:
    """Send so many calls and look at what happens."""
    stream = io.StringIO()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        settings = Settings(
            database_url=f"sqlite:///{path / 'fuzz.db'}",
            content=str(SMALL_PACK),
            files_dir=path,
            secret=SecretStr(SECRET),
        )
        handler = _listen(stream, settings)
        clock, began = ManualClock(), time.monotonic()
        try:
            async with open_house(settings, clock) as house:
                answers, silent, pages = await _send(house, clock, calls, seed)
                verdict = await house.store.verify()
        finally:
            logging.getLogger().removeHandler(handler)
    log = stream.getvalue()
    return Outcome(
        calls,
        silent,
        Counter(answer.status.value for answer in answers if isinstance(answer, Answer)),
        sum(not isinstance(answer, Answer) for answer in answers),
        tuple(line for line in log.splitlines() if '"level": "ERROR"' in line),
        pages,
        log.count(CANARY),
        log.count(SECRET) + log.count(PASSWORD),
        len(verdict.differences),
        time.monotonic() - began,
    )


async def _send(
    house: House, clock: ManualClock, calls: int, seed: int
) -> tuple[list[Answer | None], int, Counter[str]]:
    hostile, answers, silent, pages = Hostile(house.registry, seed), list[Answer | None](), 0, Counter[str]()
    async with browsers(house, hostile, seed, pages) as these:
        for start in range(0, calls, AT_ONCE):
            here = min(AT_ONCE, calls - start)
            made = [hostile.call() for _ in range(here - len(these[:here]))]
            silent += sum(one is None for one in made)
            acting = asyncio.gather(*(one.act() for one in these[:here]))
            answers += await asyncio.gather(*(house.dispatcher.handle(one) for one in made if one is not None))
            await acting
            clock.advance(seconds=37)
    return answers, silent, pages


def _listen(stream: io.StringIO, settings: Settings) -> logging.Handler:
    handler = logging.StreamHandler(stream)
    handler.setFormatter(CleanJson(Scrubber(secrets_of(settings)), wordy=False))
    logging.getLogger().addHandler(handler)
    return handler


def main() -> int:
    """Run it from the command line."""
    calls = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 20261121
    logging.getLogger("stepwise").setLevel(logging.INFO)
    done = asyncio.run(fuzz(calls, seed))
    print(f"{done.calls} calls in {done.seconds:.0f} s (seed {seed})")
    print(f"  refused by a parser, with a word   {done.refused_by_parsers}")
    print(f"  answered                           {dict(done.statuses)}")
    print(f"  of these by the page               {dict(done.pages)}")
    print(f"  unanswered                         {done.unanswered}")
    print(f"  mistakes of the program            {len(done.incidents)}")
    print(f"  members' words in the log          {done.said_words}")
    print(f"  secrets in the log                 {done.said_secrets}")
    print(f"  differences found by db verify     {done.differences}")
    for line in done.incidents[:SHOWN]:
        print(line)
    return 0 if done.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
