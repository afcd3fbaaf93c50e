"""Keep posts going: plan, claim, deliver, and tell organisers what they should know."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from bot.models.posting import Post
from bot.scheduler.delivering import Delivering
from bot.scheduler.jobs import Tell
from bot.scheduler.planning import Planning
from bot.scheduler.rounds import Round

log = logging.getLogger(__name__)

PLAN_EVERY, POST_EVERY, RECOVER_EVERY = timedelta(seconds=5), timedelta(seconds=1), timedelta(seconds=30)
# While posts are under way, whoever became due since is taken at least so often.
LOOK_EVERY = 5.0
NEWS_AT_ONCE = 50
NEWS_LEASE = timedelta(minutes=5)


@dataclass(slots=True)
class Runner:
    """Does what is due, platform by platform."""

    planning: Planning
    delivering: Delivering
    tell: Tell
    # A name of its own for each process.
    worker: str
    _leaving: bool = field(default=False, init=False)

    def rounds(self) -> Sequence[Round]:
        """Return the work as rounds; no platform waits for another."""
        platforms = [
            Round(f"posts on {platform}", POST_EVERY, partial(self.drain, platform))
            for platform in self.delivering.posters
        ]
        planning = Round("planning of posts", PLAN_EVERY, self.planning.once)
        return (
            planning,
            *platforms,
            Round("recovery of posts", RECOVER_EVERY, self.recover),
            Round("news of posts", PLAN_EVERY, self.tell_news),
        )

    def leave(self) -> None:
        """Begin nothing more; what is under way is finished."""
        self._leaving = True

    async def once(self) -> int:
        """Do all that is due now; return how many posts were sent."""
        await self.recover()
        await self.planning.once()
        sent = await asyncio.gather(*(self.drain(platform) for platform in self.delivering.posters))
        await self.tell_news()
        return sum(sent)

    async def recover(self) -> int:
        """Take back what was left behind by whoever is gone; return how much that was."""
        posts, doubt = self.delivering.posts, self.delivering.pace.doubt
        return sum([await posts.recover(platform, doubt=doubt) for platform in self.delivering.posters])

    async def drain(self, platform: str) -> int:
        """Deliver the posts of a platform until none is due; return how many were sent."""
        running: set[asyncio.Task[bool]] = set()
        sent = 0
        try:
            while True:
                running |= await self._begin(platform, self.delivering.pace.in_flight - len(running))
                if not running:
                    return sent
                finished, running = await asyncio.wait(running, timeout=LOOK_EVERY, return_when=asyncio.FIRST_COMPLETED)
                sent += sum(task.result() for task in finished)
        except asyncio.CancelledError:
            for task in running:  # what they left in the middle is looked for at the next start
                task.cancel()
            raise
        finally:
            await asyncio.gather(*running)

    async def tell_news(self) -> int:
        """Tell organisers what they should hear; return how much that was."""
        posts = self.delivering.posts
        news = await posts.take_news(NEWS_AT_ONCE, lease=NEWS_LEASE)
        for post in news:
            try:
                await self.tell(post)
            except Exception:  # one who cannot be told must not keep the others waiting
                log.exception("An organiser of community %s could not be told.", post.slot.community_id)
            else:
                await posts.told(post)
        return len(news)

    async def _begin(self, platform: str, free: int) -> set[asyncio.Task[bool]]:
        if free <= 0 or self._leaving:
            return set()
        pace = self.delivering.pace
        claimed = await self.delivering.posts.claim(self.worker, platform, lease=pace.lease, limit=free)
        return {asyncio.ensure_future(self._deliver(post)) for post in claimed}

    async def _deliver(self, post: Post) -> bool:
        try:
            return await self.delivering.deliver(post)
        except Exception:  # its lease runs out, and then it is taken up again
            log.exception("Post %s of community %s was left in the middle.", post.id, post.slot.community_id)
            return False
