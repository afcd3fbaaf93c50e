"""What is kept of a member's past, so that their streak can go on without the ledger."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zlib import crc32

from bot.services.days import monday_of
from bot.services.streaks.daily import Chain, Gap
from bot.services.streaks.weekly import Done, Loss, Tally

# To be raised whenever the rules or the fields change: older states are then recomputed.
_VERSION = 1
_compact = json.JSONEncoder(separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Last:
    """The last fact in time."""

    at: datetime
    id: int
    zone: str
    day: date


@dataclass(frozen=True, slots=True)
class State:
    """All that the past still says; small, however long the past."""

    last: Last
    # The latest week with a fact. It can still grow, so the tally does not count it yet.
    latest: Done
    # The week from which the story is to be told anew, and the numbers before it. This is the latest week,
    # or a missed one that the latest may yet repair; the weeks between the two are forgiven.
    since: date
    tally: Tally
    # The weeks after the latest in which a travel day lies already.
    travels: tuple[date, ...]
    chain: Chain
    active_days: int

    @property
    def week(self) -> date:
        """Return the Monday of the latest week with a fact."""
        return monday_of(self.latest.days[0])

    @staticmethod
    def is_of_other_rules(text: str) -> bool:
        """Say whether a text was written by another version, and not merely broken."""
        version = text.partition(" ")[0]
        return version.isdecimal() and version != str(_VERSION)

    @staticmethod
    def can_be_read(text: str) -> bool:
        """Say whether a text is whole and of this version."""
        version, _, rest = text.partition(" ")
        return version == str(_VERSION) and rest.partition(" ")[0] == _checksum(_body(text))

    def to_text(self) -> str:
        """Write the state down."""
        body = _compact(_written(self))
        return f"{_VERSION} {_checksum(body)} {body}"

    @classmethod
    def from_text(cls, text: str) -> State | None:
        """Read a state; None when it was written by another version or is broken."""
        return _read(json.loads(_body(text))) if State.can_be_read(text) else None


def _body(text: str) -> str:
    return text.split(" ", 2)[-1]


def _checksum(body: str) -> str:
    return f"{crc32(body.encode(errors='replace')):08x}"


def _written(state: State) -> list[Any]:
    last, tally, chain = state.last, state.tally, state.chain
    loss = tally.loss
    return [
        [last.at.isoformat(), last.id, last.zone, f"{last.day}"],
        [state.latest.activities, *map(str, state.latest.days)],
        f"{state.since}",
        [tally.count, tally.held, tally.best, tally.active_weeks, tally.gold_weeks, tally.comebacks],
        [f"{loss.week}", loss.count, loss.repairable] if loss else None,
        f"{tally.last_frozen}" if tally.last_frozen else None,
        [*map(str, state.travels)],
        [chain.run, chain.best, f"{chain.largest}"],
        [[f"{gap.after}", f"{gap.before}", gap.zone, gap.run] for gap in chain.gaps],
        state.active_days,
    ]


def _read(written: list[Any]) -> State:
    (at, number, zone, day), (activities, *days), since, numbers, loss, frozen, travels, chain, gaps, active = written
    run, best, largest = chain
    return State(
        last=Last(datetime.fromisoformat(at), number, zone, _day(day)),
        latest=Done(activities, tuple(map(_day, days))),
        since=_day(since),
        tally=_tally(numbers, loss, frozen),
        travels=tuple(map(_day, travels)),
        chain=Chain(run, best, _day(largest), tuple(Gap(_day(a), _day(b), z, n) for a, b, z, n in gaps)),
        active_days=active,
    )


def _tally(numbers: list[int], loss: list[Any] | None, frozen: str | None) -> Tally:
    count, held, best, active_weeks, gold_weeks, comebacks = numbers
    lost = Loss(_day(loss[0]), loss[1], loss[2]) if loss else None
    return Tally(count, held, best, active_weeks, gold_weeks, comebacks, lost, _day(frozen) if frozen else None)


def _day(text: str) -> date:
    return date.fromisoformat(text)
