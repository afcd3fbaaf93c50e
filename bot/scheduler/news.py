"""Tell organisers what they should hear about their posts."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.outgoing import Poster
from bot.models.posting import News, Post
from bot.models.weekly import JobName
from bot.ports import Store
from bot.services.posting.telling import news_of

log = logging.getLogger(__name__)

# Of anything else that was missed the log tells whoever asks.
WORTH_A_WORD = (JobName.CHALLENGE, JobName.NOW)


@dataclass(frozen=True, slots=True)
class Newsboy:
    """Knows whom to tell."""

    store: Store
    posters: Mapping[str, Poster]

    async def tell(self, post: Post) -> None:
        """Tell whoever looks after a community."""
        community, poster = await self.store.communities.named(post.slot.community_id), self.posters.get(post.platform)
        if community is None or poster is None or (post.news is News.MISSED and post.slot.job not in WORTH_A_WORD):
            return
        if not await poster.tell_organiser(community.place, news_of(post, community)):
            log.warning("Nobody could be told how the %s of community %s fared.", post.slot.job, community.id)
