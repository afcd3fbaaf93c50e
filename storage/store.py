"""All that the bot remembers, in SQLite."""

from __future__ import annotations

from bot.clock import Clock
from bot.models import Handle, Verdict
from bot.models.pulse import Pulse
from storage.activities import SqliteActivities
from storage.additions import SqliteAdditions
from storage.audit import SqliteAudit
from storage.boards import SqliteBoards
from storage.calls import SqliteCalls
from storage.check_ins import SqliteCheckIns
from storage.communities import SqliteCommunities
from storage.copying import Progress, silent
from storage.efforts import SqliteEfforts
from storage.gaps import SqliteGaps
from storage.instants import to_text
from storage.joins import SqliteJoins
from storage.notices import SqliteNotices
from storage.people import SqlitePeople
from storage.posts import SqlitePosts
from storage.pulse import feel
from storage.reads import Reads
from storage.reminders import SqliteReminders
from storage.reports import SqliteReports
from storage.reviews import SqliteReviews
from storage.rounds import SqliteRounds
from storage.saves import SqliteSaves
from storage.secrets import SqliteSecrets
from storage.stash import SqliteStash
from storage.streaks import SqliteStreaks
from storage.tip_log import SqliteTipLog
from storage.told import SqliteTold
from storage.verifying import Verifier
from storage.votes import SqliteVotes
from storage.weekly import SqliteWeekly
from storage.whose import text_of
from storage.writer import Writer
from storage.writes import CallWrites, DirectWrites, Writes


class SqliteStore:
    """One view of the store: the whole of it, or what one call sees of it.

    A view is cheap and opens nothing; its repositories are made when they are asked for.
    """

    def __init__(self, writer: Writer, reads: Reads, clock: Clock, writes: Writes | None = None) -> None:
        self._writer, self._reads, self._clock = writer, reads, clock
        self._writes: Writes = writes or DirectWrites(writer)

    @property
    def audit(self) -> SqliteAudit:
        return SqliteAudit(self._reads, self._writes)

    @property
    def communities(self) -> SqliteCommunities:
        return SqliteCommunities(self._reads, self._writes)

    @property
    def people(self) -> SqlitePeople:
        return SqlitePeople(self._reads, self._writes, self._clock)

    @property
    def activities(self) -> SqliteActivities:
        return SqliteActivities(self._reads, self._writes, self._clock)

    @property
    def stash(self) -> SqliteStash:
        return SqliteStash(self._reads, self._writes, self._clock)

    @property
    def calls(self) -> SqliteCalls:
        return SqliteCalls(self._reads, self._writer, self._clock, self._writes)

    @property
    def posts(self) -> SqlitePosts:
        return SqlitePosts(self._reads, self._writes, self._clock)

    @property
    def weekly(self) -> SqliteWeekly:
        return SqliteWeekly(self._reads, self._writes, self._clock)

    @property
    def saves(self) -> SqliteSaves:
        return SqliteSaves(self._reads, self._writes, self._clock)

    @property
    def tips(self) -> SqliteTipLog:
        return SqliteTipLog(self._reads, self._writes)

    @property
    def votes(self) -> SqliteVotes:
        return SqliteVotes(self._reads, self._writes)

    @property
    def gaps(self) -> SqliteGaps:
        return SqliteGaps(self._reads, self._writes, self._clock)

    @property
    def additions(self) -> SqliteAdditions:
        return SqliteAdditions(self._reads, self._writes, self._clock)

    @property
    def notices(self) -> SqliteNotices:
        return SqliteNotices(self._reads, self._writes)

    @property
    def streaks(self) -> SqliteStreaks:
        return SqliteStreaks(self._reads, self._writes, self._clock)

    @property
    def check_ins(self) -> SqliteCheckIns:
        return SqliteCheckIns(self._reads, self._writes)

    @property
    def boards(self) -> SqliteBoards:
        return SqliteBoards(self._reads, self._writes)

    @property
    def reminders(self) -> SqliteReminders:
        return SqliteReminders(self._reads, self._writes, self._clock)

    @property
    def joins(self) -> SqliteJoins:
        return SqliteJoins(self._reads, self._writes, self._clock)

    @property
    def told(self) -> SqliteTold:
        return SqliteTold(self._reads, self._writes)

    @property
    def rounds(self) -> SqliteRounds:
        return SqliteRounds(self._reads, self._writes, self._clock)

    @property
    def efforts(self) -> SqliteEfforts:
        return SqliteEfforts(self._reads, self._writes, self._clock)

    @property
    def reviews(self) -> SqliteReviews:
        return SqliteReviews(self._reads, self._writes, self._clock)

    @property
    def reports(self) -> SqliteReports:
        return SqliteReports(self._reads)

    @property
    def secrets(self) -> SqliteSecrets:
        return SqliteSecrets(self._reads, self._writer, self._writes)

    def during(self, call_id: str, whose: Handle | None = None) -> SqliteStore:
        """Return this store for one call: each of its writes happens once, however often it is delivered."""
        member = text_of(whose) if whose else None
        writes = CallWrites(self._writer, call_id, self._clock, self._writes.forgotten, member)
        return SqliteStore(self._writer, self._reads, self._clock, writes)

    @property
    def wrote(self) -> bool:
        """Say whether a write was handed in through this view; remembering an answer does not count."""
        return self._writes.wrote

    async def verify(self, *, mend: bool = False, progress: Progress = silent) -> Verdict:
        """Compare all that is derived with what it is derived from, a little at a time."""
        return await Verifier(self._reads, self._writer, self._clock).run(mend=mend, progress=progress)

    async def pulse(self) -> Pulse:
        """Say in numbers how the store is doing."""
        now = to_text(self._clock.now())
        return await self._reads.run(lambda connection: feel(connection, now))

    async def close(self) -> None:
        """Finish the writes that wait, then close."""
        await self._writer.drain()
        await self._reads.close()
        await self._writer.close()  # last, so that it is the one that moves the log into the file
