"""Files of predictions: scored off the event loop, the public half at once and the private one for the close."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime

from bot.core.context import Ctx
from bot.core.errors import UserError
from bot.core.markup import md
from bot.core.params import Upload
from bot.models.challenges import Round
from bot.ports import Store
from bot.services.challenges.data import common_seed, make_data, seed_of
from bot.services.challenges.rewards import Rewarded, reward, tried
from bot.services.challenges.rounds import Current
from bot.services.challenges.settling import settle
from bot.services.crediting import Credited
from bot.services.days import member_day
from bot.services.grading.metrics import Metric, find_metric
from bot.services.grading.scoring import Grade, grade_upload, next_shown
from bot.services.grading.uploads import LARGEST_FILE
from bot.services.grading.values import Needs, Truth, Wanted
from content.challenge_model import AnyChallenge, PredictionsChallenge
from content.generators import Split

A_DAY = 5
# So many files are scored at once; further ones wait, and everybody else goes on talking.
AT_ONCE = asyncio.Semaphore(2)


@dataclass(frozen=True, slots=True)
class Scored:
    """What came of an upload."""

    accepted: bool
    left: int
    # The public score as it is shown now, and whether this upload moved it.
    shown: float | None = None
    moved: bool = False
    beats_baseline: bool = False
    rewarded: Rewarded | None = None
    credited: Credited | None = None


def metric_of(challenge: PredictionsChallenge) -> Metric:
    """Return how predictions are scored."""
    found = find_metric(challenge.metric_name)
    if found is None:
        raise LookupError(f"{challenge.id} names the metric {challenge.metric_name}, which there is not.")
    return found


def wanted_of(challenge: PredictionsChallenge, split: Split) -> Wanted:
    """Say what an upload has to look like."""
    metric = metric_of(challenge)
    choices = split.choices if metric.needs in (Needs.LABEL, Needs.RANKING) else ()
    return Wanted(challenge.id_column, challenge.prediction_column, tuple(split.truth), metric.needs, choices)


def truth_of(split: Split, key: bytes) -> Truth:
    """Return what uploads are held against."""
    return Truth(split.truth, key)


def grade(challenge: PredictionsChallenge, seed: bytes, data: bytes) -> Grade:
    """Score a file against the data of this seed. For a thread."""
    split = make_data(challenge.data, seed).split
    if split is None:
        raise LookupError(f"{challenge.id} asks for predictions, but its generator makes none.")
    return grade_upload(
        data, wanted_of(challenge, split), truth_of(split, seed_of(seed, "halves")), metric_of(challenge)
    )


async def read_and_grade(challenge: PredictionsChallenge, seed: bytes, file: Upload) -> Grade:
    """Read a member's file, if it is not too large, and score it off the event loop."""
    if file.size > LARGEST_FILE:
        raise UserError(
            md(
                "{name} is too large: at most {most} MB. Send only the id and the prediction of each row, as CSV.",
                name=file.name[:60],
                most=LARGEST_FILE // 1_000_000,
            )
        )
    data = await file.read()
    async with AT_ONCE:
        return await asyncio.to_thread(grade, challenge, seed, data)


async def the_seed(ctx: Ctx, current: Current) -> bytes:
    """Return the seed of the data that everybody in the round predicts."""
    return common_seed(await ctx.store.rounds.secret(), current.round.community_id, current.challenge.id)


async def submit(ctx: Ctx, current: Current, challenge: PredictionsChallenge, file: Upload) -> Scored:
    """Score an upload, count it, and reward it."""
    me = await ctx.me()
    found = await read_and_grade(challenge, await the_seed(ctx, current), file)
    async with ctx.callers.alone(me.id):  # of two files at once, the better one stays the best
        return await _count(ctx, current, challenge, found)


async def _count(ctx: Ctx, current: Current, challenge: PredictionsChallenge, found: Grade) -> Scored:
    me, metric = await ctx.me(), metric_of(challenge)
    effort = await ctx.store.efforts.enter(current.round.id, me.id)
    better = effort.public is None or metric.improves(found.public, effort.public)
    shown = next_shown(effort.shown, found.public, challenge.step, metric) if better else None
    counted = await ctx.store.efforts.upload(
        current.round.id,
        me.id,
        member_day(ctx.now),
        public=found.public,
        private=found.private,
        shown=shown,
        better=better,
        a_day=A_DAY,
    )
    if not counted.accepted:
        return Scored(accepted=False, left=0, shown=effort.shown)
    credited = await tried(ctx, current)
    beats = metric.improves(found.public, challenge.baseline)
    rewarded = await reward(ctx, current, effort, *worth(challenge, found.public))
    now_shown = shown if shown is not None else effort.shown
    return Scored(True, counted.left, now_shown, shown is not None, beats, rewarded, credited)


def worth(challenge: PredictionsChallenge, public: float) -> tuple[float, str]:
    """Return which share of the points a public score gives, and what it is given for."""
    beats = metric_of(challenge).improves(public, challenge.baseline)
    return (1.0, "baseline") if beats else (0.5, "scored")


async def wind_up_predictions(store: Store, found: Round, challenge: AnyChallenge, now: datetime) -> bool:
    """Give what a call that was cut short left behind; True, because nothing is left to do afterwards."""
    if isinstance(challenge, PredictionsChallenge):
        for effort in await store.efforts.all(found.id):
            if effort.public is not None:
                share, milestone = worth(challenge, effort.public)
                await settle(store, Current(found, challenge), effort, share, milestone, now, solved=share >= 1)
    return True
