"""For organisers: how a round went, and where members got stuck."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

from bot.core.context import Ctx
from bot.core.declare import PRIVATE, action, command
from bot.core.errors import BadField
from bot.core.guards import admin_only, community_only
from bot.core.markup import Markdown, bullets, join, md
from bot.core.params import Arg
from bot.core.reply import Button, Field, Reply, Row, Update
from bot.models.challenges import Round, SameAnswer
from bot.services.challenges.choosing import challenge_choices
from bot.services.challenges.rounds import Current, pin
from bot.services.challenges.stats import Asked, RoundStats, stats_of
from bot.services.challenges.telling import counted, spoken_list, time_left
from bot.services.days import spoken_day

ORGANISERS = (admin_only, community_only)
AT_ONCE = 26
# So much fits into one field, however names are written.
PAIRS, NAMES, LONGEST_NAME = 4, 4, 20


@command(
    "challenge stats",
    summary="How a round went, and where members got stuck",
    section="For organisers",
    visibility=PRIVATE,
    guards=ORGANISERS,
    examples=("challenge stats",),
)
async def challenge_stats(
    ctx: Ctx,
    round: Annotated[
        str,
        Arg(
            "The challenge, or a day of its week like 2026-11-16; the latest round when left out",
            suggest=challenge_choices,
            rest=True,
            max_length=80,
        ),
    ] = "",
) -> Reply:
    """Count who opened, tried and solved the challenge of a week, and say where they got stuck."""
    return await _page(ctx, await _place_of(ctx, round) if round else 0)


@action("stats.page", guards=ORGANISERS)
async def turn(ctx: Ctx, page: int) -> Update:
    """Look at another round."""
    return Update(await _page(ctx, page))


async def _place_of(ctx: Ctx, typed: str) -> int:
    """Return how many rounds are later than the one that is meant."""
    community, wanted, place = await ctx.our_community(), typed.casefold().strip(), 0
    while rounds := await ctx.store.rounds.of(community.id, offset=place, limit=AT_ONCE):
        for number, found in enumerate(rounds):
            if _is_meant(ctx, found, wanted):
                return place + number
        place += len(rounds)
    raise BadField(
        "round",
        md(
            "There was no round like “{typed}” here. {how:code} shows the latest one and leads to those before it.",
            typed=typed[:60],
            how="/challenge stats",
        ),
    )


def _is_meant(ctx: Ctx, found: Round, wanted: str) -> bool:
    first, last = (moment.astimezone(ctx.zone).date().isoformat() for moment in (found.opens, found.closes))
    return found.challenge == wanted or first <= wanted < last or wanted in pin(found).challenge.title.casefold()


async def _page(ctx: Ctx, page: int) -> Reply:
    community, page = await ctx.our_community(), max(page, 0)
    rounds = await ctx.store.rounds.of(community.id, offset=page, limit=2)
    if not rounds:
        return Reply(md("No round has begun here. {how:code} shows what comes.", how="/challenge schedule"))
    current = pin(rounds[0])
    stats = await stats_of(ctx.store, current)
    return Reply(
        join([_lead(stats), stats.stuck], "\n\n"),
        title=f"How it went: {current.challenge.title}",
        fields=(*_fields(stats), *await _alike(ctx, stats.same)),
        rows=_turns(page, more=len(rounds) > 1),
        footer=_when(ctx, current),
    )


def _turns(page: int, *, more: bool) -> tuple[Row, ...]:
    later: list[Button] = [turn.button("The round after", page=page - 1)] if page else []
    earlier = [turn.button("The round before", page=page + 1)] if more else []
    return ((*earlier, *later),) if later or earlier else ()


def _when(ctx: Ctx, current: Current) -> Markdown:
    day = spoken_day(current.round.opens.astimezone(ctx.zone).date())
    return md("The week of {day}. {left}", day=day, left=time_left(ctx, current.round))


def _lead(stats: RoundStats) -> Markdown:
    numbers = stats.numbers
    return md(
        "**{opened} opened it, {tried} tried, {solved} solved all of it.** {hints} opened.",
        opened=numbers.opened,
        tried=numbers.tried,
        solved=numbers.solved,
        hints=counted(numbers.hints, "hint").capitalize(),
    )


def _fields(stats: RoundStats) -> Iterator[Field]:
    if stats.asked:
        yield Field("Answers", bullets(map(_asked, stats.asked)))
    if stats.reviews is not None:
        done, asked = stats.reviews.done, stats.reviews.asked
        yield Field("Reviews", md("{done} of {asked} done.", done=done, asked=asked))


def _asked(one: Asked) -> Markdown:
    return md("{name}: {sent}, {right} right", name=one.name, sent=counted(one.sent, "answer"), right=one.right)


async def _alike(ctx: Ctx, same: Sequence[SameAnswer]) -> tuple[Field, ...]:
    """Name the members whose answers are equal, without a judgement."""
    if not same:
        return ()
    listed = [await _pair(ctx, one) for one in same[:PAIRS]]
    more = len(same) - PAIRS
    rest = [md("and {more}", more=counted(more, "more case"))] if more > 0 else []
    kindly = md("It may well be chance, or two friends at one table. Ask kindly before you think anything of it.")
    return (Field("The same answer to different data", join([bullets([*listed, *rest]), kindly], "\n\n")),)


async def _pair(ctx: Ctx, one: SameAnswer) -> Markdown:
    people = [await ctx.store.people.named(person_id) for person_id in one.person_ids[:NAMES]]
    names = [person.name[:LONGEST_NAME] if person else "somebody" for person in people]
    more = len(one.person_ids) - NAMES
    everybody = [*names, f"{more} more"] if more > 0 else names
    return md("Part {part}: {names}", part=one.part + 1, names=spoken_list(everybody))
