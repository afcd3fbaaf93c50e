"""Settle the rounds of challenges that are over."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from bot.clock import Clock
from bot.models.challenges import Round as ChallengeRound
from bot.ports import Store
from bot.scheduler.rounds import Round
from bot.services.challenges.answering import wind_up_answers
from bot.services.challenges.predicting import wind_up_predictions
from bot.services.challenges.quizzes import wind_up_quiz
from bot.services.challenges.reviewing import wind_up_project
from bot.services.challenges.rounds import read_pinned
from bot.services.notices import Notices
from content.challenge_model import AnyChallenge, ChallengeKind

log = logging.getLogger(__name__)

EVERY = timedelta(minutes=1)
AT_ONCE = 100
# Computes what is left to compute; False when it is too early for that.
WindUp = Callable[[Store, ChallengeRound, AnyChallenge, datetime], Awaitable[bool]]


def ways_of(notices: Notices) -> Mapping[str, WindUp]:
    """Say how rounds are settled."""
    return {
        ChallengeKind.NUMBER: wind_up_answers,
        ChallengeKind.TEXT: wind_up_answers,
        ChallengeKind.PREDICTIONS: wind_up_predictions,
        ChallengeKind.QUIZ: partial(wind_up_quiz, notices=notices),
        ChallengeKind.PROJECT: partial(wind_up_project, notices=notices),
    }


@dataclass(frozen=True, slots=True)
class EndOfRounds:
    """Knows how a round ends. Killed in the middle it begins anew, and nothing is given twice."""

    store: Store
    clock: Clock
    ways: Mapping[str, WindUp]

    def round(self) -> Round:
        """Return the work as a round."""
        return Round("end of rounds", EVERY, self.once)

    async def once(self) -> int:
        """Settle everything that is over; return how many rounds were settled."""
        settled, waiting = 0, set[int]()
        while due := await self._due(waiting):
            for one in due:
                if await self.settle(one):
                    settled += 1
                else:
                    waiting.add(one.id)
        return settled

    async def _due(self, waiting: set[int]) -> list[ChallengeRound]:
        """Return rounds that were not looked at in this turn; those that have to wait hold up no others."""
        found = await self.store.rounds.to_wind_up(self.clock.now(), AT_ONCE + len(waiting))
        return [one for one in found if one.id not in waiting]

    async def settle(self, one: ChallengeRound) -> bool:
        """Settle one round; False when that has to wait."""
        try:
            return await self._settle(one)
        except Exception:  # one that cannot be settled must not hold up the others
            log.exception("Round %s of %s could not be settled.", one.id, one.challenge)
            return False

    async def _settle(self, one: ChallengeRound) -> bool:
        challenge = read_pinned(one.content)
        way = self.ways.get(challenge.kind)
        if way is not None and not await way(self.store, one, challenge, self.clock.now()):
            return False
        return await self.store.rounds.wind_up(one.id)
