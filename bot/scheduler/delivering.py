"""One try of one post: look whether it is there, write that it is sent, send it, write how that ended."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from bot.clock import Clock
from bot.core.outgoing import CanLook, CanThread, Poster, PostFailed, Trouble
from bot.models import PostState
from bot.models.posting import Ending, News, Post, Why
from bot.ports import StoreError
from bot.ports.work import Posts
from bot.scheduler.jobs import PACE, Job, Letter, Pace, key_of

log = logging.getLogger(__name__)

T = TypeVar("T")

# What only an organiser can change is tried again rarely; once soon, because one failure proves nothing.
NEEDS_SOMEBODY = (Trouble.GONE, Trouble.FORBIDDEN, Trouble.EXPELLED)
PROBES = (timedelta(minutes=5), *(timedelta(hours=hours) for hours in (1, 3, 6, 12)))
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 4, 8, 15, 30, 60))
# Our clock and the platform's never agree quite.
MARGIN = timedelta(hours=1)
# A store that cannot be written to now may be in some seconds.
CONFIRM_AGAIN = (1.0, 5.0, 20.0)


@dataclass(frozen=True, slots=True)
class Delivering:
    """Knows how a post gets into its channel once."""

    posts: Posts
    posters: Mapping[str, Poster]
    jobs: Mapping[str, Job]
    clock: Clock
    pace: Pace = PACE

    async def deliver(self, post: Post) -> bool:
        """Try a claimed post once and write down how that ended; return whether it was sent now."""
        doubtful = post.state is PostState.SENDING
        if not doubtful and not await self._is_time(post):
            return False
        letter = await self._compose(post)
        if letter is None:
            return False
        if doubtful and not (await self._is_missing(post, letter) and await self._is_time(post)):
            return False
        return await self._send(post, letter)

    async def _is_time(self, post: Post) -> bool:
        """Say whether a post that surely was not sent may be sent now."""
        if self._is_too_late(post):
            await self._miss(post, Why.LATE)
            return False
        if self.clock.now() < post.slot.due:  # the clock was set back since it was planned
            await self.posts.end(post, Ending(PostState.PENDING, turn=post.slot.due))
            return False
        return True

    async def _compose(self, post: Post) -> Letter | None:
        late = self.clock.now() - post.slot.due > self.pace.late
        try:
            letter = await self.jobs[post.slot.job].compose(post.slot, late=late)
        except Exception:  # a mistake of ours may be mended while there is time
            log.exception("The %s of community %s cannot be composed.", post.slot.job, post.slot.community_id)
            await self._stay(post, WAITS)
            return None
        if letter is None and post.state is PostState.PENDING:
            await self._miss(post, Why.NOTHING)
        elif letter is None:
            await self._unsure(post)
        return letter

    async def _is_missing(self, post: Post, letter: Letter) -> bool:
        """Look for a post that may have been sent; True when it surely was not."""
        poster = self.posters[post.platform]
        if not isinstance(poster, CanLook):
            await self._unsure(post)
            return False
        since = min(post.began or post.slot.due, self.clock.now()) - MARGIN
        try:
            found = await self._patiently(poster.find(letter.target, key_of(post.slot), letter.reply, since))
        except PostFailed as failure:
            await self._cannot_look(post, failure)
            return False
        if found is not None:
            await self._confirm(post, found)
            await self._open_thread(post, letter, found)
        return found is None

    async def _send(self, post: Post, letter: Letter) -> bool:
        asked = self.clock.monotonic()
        if not await self.posts.begin(post, lease=self.pace.lease):
            return False  # somebody else has it by now
        if self.clock.monotonic() - asked > (self.pace.lease - self.pace.patience).total_seconds():
            # We slept so long that the lease may end while we send.
            await self.posts.end(post, Ending(PostState.PENDING, turn=self.clock.now()))
            return False
        poster, key = self.posters[post.platform], key_of(post.slot)
        try:
            message = await self._patiently(poster.post(letter.target, letter.reply, key))
        except PostFailed as failure:
            await self._failed(post, failure)
            return False
        await self._confirm(post, message)
        await self._open_thread(post, letter, message)
        return True

    async def _patiently(self, work: Awaitable[T]) -> T:
        """Wait for a poster, but not for ever; whatever else goes wrong there leaves us unsure."""
        try:
            async with asyncio.timeout(self.pace.patience.total_seconds()):
                return await work
        except PostFailed:
            raise
        except TimeoutError as error:
            raise PostFailed(Trouble.UNKNOWN, "no answer in time") from error
        except Exception as error:
            log.exception("Incident %s: a poster failed.", incident := secrets.token_hex(4))
            raise PostFailed(Trouble.UNKNOWN, f"incident {incident}") from error

    async def _failed(self, post: Post, failure: PostFailed) -> None:
        log.info("%s did not go out: %s", key_of(post.slot), failure)
        if failure.trouble is Trouble.UNKNOWN:
            await self._lost_sight(post)
        elif failure.trouble is Trouble.REFUSED:
            log.error("Incident %s: %s was refused: %s", secrets.token_hex(4), key_of(post.slot), failure.detail)
            await self._miss(post, Why.REFUSED)
        elif failure.trouble in NEEDS_SOMEBODY:
            await self._put_off(post, PostState.PENDING, PROBES, trouble=_proven(post, failure))
        else:
            await self._put_off(post, PostState.PENDING, WAITS, least=timedelta(seconds=failure.wait))

    async def _lost_sight(self, post: Post) -> None:
        """Go on after a try of unknown outcome: look when it must have arrived, where we can, and never just repeat."""
        if isinstance(self.posters[post.platform], CanLook):
            turn = self.clock.now() + self.pace.settling
            await self.posts.end(post, Ending(PostState.SENDING, turn=turn))
        else:
            await self._unsure(post)

    async def _cannot_look(self, post: Post, failure: PostFailed) -> None:
        log.info("%s cannot be looked up: %s", key_of(post.slot), failure)
        stuck = failure.trouble in NEEDS_SOMEBODY
        if self._is_too_late(post):
            await self._unsure(post)
        else:
            waits, trouble = (PROBES, _proven(post, failure)) if stuck else (WAITS, "")
            await self._put_off(post, PostState.SENDING, waits, trouble=trouble)

    async def _stay(self, post: Post, waits: Sequence[timedelta]) -> None:
        """Put a post off as what it is; one that may be there cannot wait for ever to be composed again."""
        if post.state is PostState.SENDING and self._is_too_late(post):
            await self._unsure(post)
        else:
            await self._put_off(post, post.state, waits)

    async def _put_off(
        self,
        post: Post,
        state: PostState,
        waits: Sequence[timedelta],
        *,
        least: timedelta = timedelta(0),
        trouble: str = "",
    ) -> None:
        turn = self.clock.now() + max(waits[min(post.tries, len(waits) - 1)], least)
        await self.posts.end(post, Ending(state, turn=min(turn, max(post.until, self.clock.now())), trouble=trouble))

    async def _miss(self, post: Post, why: Why) -> None:
        news = None if why is Why.NOTHING else News.MISSED
        await self.posts.end(post, Ending(PostState.MISSED, why=why, news=news))

    async def _unsure(self, post: Post) -> None:
        await self.posts.end(post, Ending(PostState.UNKNOWN, news=News.UNSURE))

    async def _confirm(self, post: Post, message: str) -> None:
        for wait in CONFIRM_AGAIN:
            try:
                await self.posts.confirm(post, message)
            except StoreError:
                await asyncio.sleep(wait)
            else:
                return
        await self.posts.confirm(post, message)

    async def _open_thread(self, post: Post, letter: Letter, message: str) -> None:
        """Open the thread that belongs to a post. It is known by now that the post is there, so nothing can double."""
        poster = self.posters[post.platform]
        if not letter.target.thread or not isinstance(poster, CanThread):
            return
        try:
            await self._patiently(poster.open_thread(letter.target, message))
        except PostFailed as failure:
            log.info("No thread was opened under %s: %s", key_of(post.slot), failure)

    def _is_too_late(self, post: Post) -> bool:
        return self.clock.now() >= post.until


def _proven(post: Post, failure: PostFailed) -> str:
    """Return what keeps a post from going out, when it has failed before."""
    return failure.trouble if post.tries else ""
