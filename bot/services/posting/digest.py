"""What organisers hear once a week, privately: how their community fares, and what waits for them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.markup import Markdown, bullets, join, md
from bot.core.reply import Field, Reply
from bot.models import AdditionState, Community, PostState
from bot.models.posting import Post, Why
from bot.ports import Store
from bot.services.answers import View
from bot.services.challenges.rounds import YEAR, next_challenge, pin, track_of
from bot.services.challenges.telling import counted
from bot.services.posting.names import NAMES, spoken_why

WEEK = timedelta(weeks=1)
# So long before the challenges run out an organiser hears of it.
WARNED_BEFORE = 4
# Whoever does not want the letter hears of it at these moments only.
SAID_IN_ANY_CASE = (WARNED_BEFORE, 1)
QUESTIONS, STUCK = 3, 5


@dataclass(frozen=True, slots=True)
class DigestPost:
    """Knows how a week looks to whoever answers for a community."""

    store: Store

    async def of(self, community: Community, view: View, now: datetime, *, whole: bool) -> Reply | None:
        """Return the letter; only what needs somebody when the whole of it is not wanted, and None without that."""
        weeks_left = await self._weeks_left(community, view, now)
        warning = _running_out(weeks_left)
        if not whole:
            return Reply(warning, title="The challenges run out") if weeks_left in SAID_IN_ANY_CASE else None
        return Reply(
            warning or md("This is how **{name}** did in the last seven days.", name=community.name),
            title="The week in your community",
            fields=tuple([one async for one in self._fields(community, now)]),
            footer=md("{how:code} turns this letter off, or anything else that I post.", how="/setup"),
        )

    async def _fields(self, community: Community, now: datetime) -> AsyncIterator[Field]:
        yield Field("Members", await self._members(community, now))
        for latest in await self.store.rounds.of(community.id, limit=1):
            efforts = await self.store.efforts.all(latest.id)
            tried, solved = sum(one.tried > 0 for one in efforts), sum(one.solved is not None for one in efforts)
            said = md(
                "“{title}”: {tried} took part, {solved} finished.",
                title=pin(latest).challenge.title,
                tried=tried,
                solved=solved,
            )
            yield Field("Challenge", said)
        for field in (await self._open_questions(community), await self._suggestions(community)):
            if field is not None:
                yield field
        stuck = list(_stuck(await self.store.posts.log(community.id, 50), now))
        if stuck:
            yield Field("What got stuck", bullets(stuck[:STUCK]))

    async def _members(self, community: Community, now: datetime) -> Markdown:
        this = await self.store.activities.members(community.id, now - WEEK, now)
        before = await self.store.activities.members(community.id, now - 2 * WEEK, now - WEEK)
        return md("{this} active, {before} in the week before.", this=counted(this, "member"), before=before)

    async def _open_questions(self, community: Community) -> Field | None:
        count = await self.store.gaps.count(community.id)
        if not count:
            return None
        asked = await self.store.gaps.open(community.id, limit=QUESTIONS)
        lines = [md("“{question}”, asked by {who}.", question=one.question[:120], who=one.asked) for one in asked]
        lines.append(md("{how:code} lists {all}.", how="/gaps", all="it" if count == 1 else f"all {count}"))
        return Field("Questions that I could not answer", bullets(lines))

    async def _suggestions(self, community: Community) -> Field | None:
        waiting = await self.store.additions.of(community.id, AdditionState.SUGGESTED)
        if not waiting:
            return None
        said = md("{count} waiting. {how:code} shows them.", count=len(waiting), how="/content suggestions")
        return Field("Suggestions by members", said)

    async def _weeks_left(self, community: Community, view: View, now: datetime) -> int:
        """Count the weeks for which a challenge is left, as far as that matters."""
        used = dict(await self.store.rounds.used(community.id, now - YEAR))
        track = await track_of(self.store, community)
        for left in range(WARNED_BEFORE + 1):
            found = next_challenge(view.catalog, used, track)
            if found is None:
                return left
            used[found.id] = now
        return WARNED_BEFORE + 1


def _running_out(left: int) -> Markdown:
    if left > WARNED_BEFORE:
        return Markdown("")
    said = md("**There is {left} left that you did not have within a year.**", left=counted(left, "challenge"))
    more = md("**There are {left} left that you did not have within a year.**", left=counted(left, "challenge"))
    none = md("**No challenge is left that you did not have within a year.**")
    cure = md(
        "Whoever runs the bot can add some to the packs; {how:code} shows the coming weeks.", how="/challenge schedule"
    )
    return join([{0: none, 1: said}.get(left, more), cure], " ")


def _stuck(posts: Sequence[Post], now: datetime) -> Iterator[Markdown]:
    for post in posts:
        is_wanted = post.why in (Why.PAUSED, Why.SKIPPED)
        if post.slot.due < now - WEEK or is_wanted or post.state not in (PostState.MISSED, PostState.UNKNOWN):
            continue
        if (why := spoken_why(post)) is not None:
            yield md("{what}: {why}", what=NAMES[post.slot.job].capitalize(), why=why)
