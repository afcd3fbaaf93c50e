"""How a round stands, how past rounds went, and what the solution was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.commands.challenge_project_reviews import reviews_button
from bot.commands.challenge_quiz_results import results_button
from bot.core.context import Ctx
from bot.core.declare import PRIVATE, action, command
from bot.core.errors import Outdated
from bot.core.guards import community_only
from bot.core.limits import OPTION_LABEL
from bot.core.markup import Markdown, bullets, join, lines, md
from bot.core.paging import Page
from bot.core.reply import Button, Field, Option, Reply, Style, Update
from bot.models.challenges import Effort, Round
from bot.services.challenges.finding import round_here_or_mine
from bot.services.challenges.predicting import metric_of
from bot.services.challenges.rounds import Current, must_be_on, pin
from bot.services.challenges.telling import about, counted, score, time_left
from bot.services.days import spoken_day
from content.challenge_model import AnyChallenge, PredictionsChallenge, ProjectChallenge, QuizChallenge

HERE = (community_only,)
PAGE, SHOWN = 5, 10


@command(
    "challenge board",
    summary="How this week's challenge stands",
    section="Together",
    visibility=PRIVATE,
    guards=HERE,
    examples=("challenge board",),
)
async def challenge_board(ctx: Ctx) -> Reply:
    """Show who has how many points in this round.

    Names only of those who are on the board; `/board` lets you join. Equal points share a rank.
    """
    return await _board(ctx, await must_be_on(ctx))


@action("challenge.board-of")
async def board_of(ctx: Ctx, round: int) -> Reply:
    """Show how one round stands."""
    return await _board(ctx, await round_here_or_mine(ctx, round))


async def _board(ctx: Ctx, current: Current) -> Reply:
    efforts = [one for one in await ctx.store.efforts.all(current.round.id) if one.tried or one.points]
    names = await _names(ctx, current.round, efforts)
    listed = [(rank, one) for rank, one in ranked(efforts) if one.person_id in names]
    # Whoever asks finds themselves, however long the board is.
    shown = [at for number, at in enumerate(listed) if number < SHOWN or _mine(ctx, at[1])]
    standings = [_line(ctx, current, one, rank, names[one.person_id]) for rank, one in shown]
    return Reply(
        _lead(efforts, len(efforts) - len(listed)),
        title=f"The board: {current.challenge.title}",
        fields=(Field("Points", lines(standings)),) if standings else (),
        footer=join([time_left(ctx, current.round), md("{how:code} lets you be listed.", how="/board")], " "),
    )


def ranked(efforts: Sequence[Effort]) -> list[tuple[int, Effort]]:
    """Give everybody their rank; equal points share one."""
    ranks: dict[int, int] = {}
    for rank, points in enumerate(sorted((one.points for one in efforts), reverse=True), 1):
        ranks.setdefault(points, rank)
    return [(ranks[one.points], one) for one in efforts]


async def _names(ctx: Ctx, found: Round, efforts: Sequence[Effort]) -> Mapping[int, str]:
    """Return the names of those who want to be seen, and of whoever asks."""
    listed = await ctx.store.boards.names(found.community_id, [one.person_id for one in efforts])
    own = {ctx.known.id: ctx.name} if ctx.known else {}
    return {**listed, **own}


def _mine(ctx: Ctx, one: Effort) -> bool:
    return ctx.known is not None and one.person_id == ctx.known.id


def _line(ctx: Ctx, current: Current, one: Effort, rank: int, name: str) -> Markdown:
    who = md("**{name} (you)**", name=name[:60]) if _mine(ctx, one) else md("{name}", name=name[:60])
    scored = _score(current, one, closed=not current.round.is_open(ctx.clock.now()))
    points = counted(one.points, "point")
    return md("{rank}\\. {who}, {points}{scored}", rank=rank, who=who, points=points, scored=scored)


def _score(current: Current, one: Effort, *, closed: bool) -> Markdown:
    """Show the public score while the round is open, and then the private one, which has the last word."""
    challenge = current.challenge
    value = one.private if closed else one.shown
    if not isinstance(challenge, PredictionsChallenge) or value is None:
        return Markdown("")
    # Who beat it has all of the points: the score that is shown is rounded, and would tell some otherwise.
    beats = ", beat the baseline" if one.solved else ""
    half = Markdown(" on the private half" if closed else "")
    return md(" ({score}{half}{beats})", score=score(challenge, value), half=half, beats=beats)


def _lead(efforts: Sequence[Effort], hidden: int) -> Markdown:
    if not efforts:
        return md("Nobody has sent anything yet. You could be the first.")
    solved = sum(one.solved is not None for one in efforts)
    rest = (
        md(" {count} not listed.", count=f"{hidden} of them are" if hidden > 1 else "One of them is")
        if hidden
        else Markdown("")
    )
    return md("{tried} took part, {solved} finished.{rest}", tried=len(efforts), solved=solved, rest=rest)


@command(
    "challenge history",
    summary="Your past challenges, with their solutions",
    section="Together",
    visibility=PRIVATE,
    examples=("challenge history",),
)
async def challenge_history(ctx: Ctx) -> Reply:
    """List the rounds that you took part in, the latest first."""
    return await _history(ctx, 0)


@action("challenge.history-page")
async def turn(ctx: Ctx, page: int) -> Update:
    """Turn the page."""
    return Update(await _history(ctx, page))


async def _history(ctx: Ctx, page: int) -> Reply:
    count = await ctx.store.efforts.count(ctx.known.id) if ctx.known else 0
    if ctx.known is None or not count:
        return Reply(
            md("You have opened no challenge yet. {how:code} shows this week's.", how="/challenge"), title="History"
        )
    here = Page.of(count, page, PAGE)
    mine = await ctx.store.efforts.mine(ctx.known.id, offset=here.start, limit=PAGE)
    past = [_past_line(ctx, pin(found), effort) for found, effort in mine]
    options = tuple(Option(_label(pin(found)), str(found.id)) for found, _ in mine)
    return Reply(
        bullets(past),
        title="Your challenges",
        rows=(show_round.select(options, placeholder="Open one"), *here.turns(turn)),
        footer=here.note,
    )


def _label(current: Current) -> str:
    return f"{current.round.opens:%Y-%m-%d}: {current.challenge.title}"[:OPTION_LABEL]


def _past_line(ctx: Ctx, current: Current, effort: Effort) -> Markdown:
    opened = spoken_day(current.round.opens.astimezone(ctx.zone).date())
    state = "finished" if effort.solved else "begun" if effort.tried else "opened"
    running = " It is still open." if current.round.is_open(ctx.clock.now()) else ""
    return md(
        "**{title}**, {day}: {state}, {points}.{running}",
        title=current.challenge.title,
        day=opened,
        state=state,
        points=counted(effort.points, "point"),
        running=Markdown(running),
    )


@action("challenge.past")
async def show_round(ctx: Ctx, round: str) -> Reply:
    """Open one round."""
    found = await ctx.store.rounds.find(int(round)) if round.isdecimal() else None
    if found is None or ctx.known is None:
        raise Outdated
    effort = await ctx.store.efforts.of(found.id, ctx.known.id)
    if effort is None:
        raise Outdated
    current = pin(found)
    closed = not found.is_open(ctx.clock.now())
    return Reply(
        Markdown(current.challenge.task),
        title=current.challenge.title,
        fields=tuple(_results(current.challenge, effort, await _best(ctx, current))) if closed else (),
        rows=((*(_more(current) if closed else ()), board_of.button("Board", round=found.id)),),
        footer=join([about(current.challenge), time_left(ctx, found)], " "),
    )


def _more(current: Current) -> tuple[Button, ...]:
    """Lead to what is to be read after the close."""
    read = solution.button("Solution", style=Style.PRIMARY, round=current.round.id)
    match current.challenge:
        case QuizChallenge():
            return results_button(current), read
        case ProjectChallenge():
            return reviews_button(current.round.id), read
        case _:
            return (read,)


async def _best(ctx: Ctx, current: Current) -> float | None:
    if not isinstance(current.challenge, PredictionsChallenge):
        return None
    metric = metric_of(current.challenge)
    scores = [one.private for one in await ctx.store.efforts.all(current.round.id) if one.private is not None]
    return (max if metric.improves(1, 0) else min)(scores, default=None)


def _results(challenge: AnyChallenge, effort: Effort, best: float | None) -> list[Field]:
    fields = [Field("Your points", md("{points}", points=counted(effort.points, "point")))]
    if isinstance(challenge, PredictionsChallenge) and effort.private is not None and effort.public is not None:
        text = md(
            "Public half {public}, private half {private}. The best of all on the private half is {best}, the baseline "
            "{base}.",
            public=score(challenge, effort.public),
            private=score(challenge, effort.private),
            best=score(challenge, best if best is not None else effort.private),
            base=score(challenge, challenge.baseline),
        )
        fields.append(Field("Your score", text))
    return fields


@action("challenge.solution")
async def solution(ctx: Ctx, round: int) -> Reply:
    """Show the solution of a round that is over."""
    current = await round_here_or_mine(ctx, round)
    if current.round.is_open(ctx.clock.now()):
        return Reply(md("The solution is shown after the close. {left}", left=time_left(ctx, current.round)))
    challenge = current.challenge
    return Reply(Markdown(challenge.solution), title=f"The solution: {challenge.title}")
