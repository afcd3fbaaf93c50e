"""All that the bot remembers, as one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from bot.models import Handle, Verdict
from bot.models.pulse import Pulse
from bot.ports.audit import Audit
from bot.ports.challenges import Efforts, Reviews, Rounds
from bot.ports.learning import Additions, Gaps, Notices, Saves, TipLog, Votes
from bot.ports.people import Communities, Joins, People
from bot.ports.progress import Activities, Boards, CheckIns, Streaks, Told
from bot.ports.reports import Reports
from bot.ports.secrets import Secrets
from bot.ports.weekly import Weeklies
from bot.ports.work import Calls, Posts, Reminders, Stash


class Store(Protocol):
    """All that the bot remembers."""

    @property
    def audit(self) -> Audit: ...
    @property
    def communities(self) -> Communities: ...
    @property
    def people(self) -> People: ...
    @property
    def activities(self) -> Activities: ...
    @property
    def stash(self) -> Stash: ...
    @property
    def calls(self) -> Calls: ...
    @property
    def posts(self) -> Posts: ...
    @property
    def weekly(self) -> Weeklies: ...
    @property
    def saves(self) -> Saves: ...
    @property
    def tips(self) -> TipLog: ...
    @property
    def votes(self) -> Votes: ...
    @property
    def gaps(self) -> Gaps: ...
    @property
    def additions(self) -> Additions: ...
    @property
    def notices(self) -> Notices: ...
    @property
    def streaks(self) -> Streaks: ...
    @property
    def check_ins(self) -> CheckIns: ...
    @property
    def boards(self) -> Boards: ...
    @property
    def reminders(self) -> Reminders: ...
    @property
    def joins(self) -> Joins: ...
    @property
    def told(self) -> Told: ...
    @property
    def rounds(self) -> Rounds: ...
    @property
    def efforts(self) -> Efforts: ...
    @property
    def reviews(self) -> Reviews: ...
    @property
    def reports(self) -> Reports: ...
    @property
    def secrets(self) -> Secrets: ...

    def during(self, call_id: str, whose: Handle | None = None) -> Store:
        """Return this store for one call: each of its writes happens once, however often the call is delivered."""

    @property
    def wrote(self) -> bool:
        """Say whether anything was written through this view of the store."""

    async def verify(self, *, mend: bool = False, progress: Callable[[str, int, int], None] = ...) -> Verdict:
        """Compare all that is derived with what it is derived from; put it right where that is asked for.

        Progress hears what is being done, and how much of how much is done.
        """

    async def pulse(self) -> Pulse:
        """Say in numbers how the store is doing."""

    async def close(self) -> None:
        """Finish the writes that wait, then close."""
