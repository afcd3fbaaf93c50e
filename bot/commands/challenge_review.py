"""Review the projects of peers: one thing at a time, then a few kind words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from bot.commands.challenge_project import open_button
from bot.commands.challenge_project_reviews import done_reviews, level_fields, reviews_button
from bot.commands.challenge_reviewers import reviewers_button
from bot.commands.saved import shortened
from bot.core.context import Ctx
from bot.core.declare import PRIVATE, action, command, form
from bot.core.errors import BadField, Outdated, UserError
from bot.core.guards import community_only
from bot.core.markup import Markdown, bullets, join, md, one_line, quote
from bot.core.params import Arg
from bot.core.reply import Button, Field, OpenForm, Option, Reply, Row, Style, Tone, Update
from bot.models.challenges import Handin, Review
from bot.services.challenges.reviewing import Pile, ends, finish_review, open_piles, pile_of
from bot.services.challenges.rounds import pin
from bot.services.challenges.telling import counted
from bot.services.days import spoken_moment

HERE = (community_only,)
SHORTEST, LONGEST = 10, 600
BLANK = "-"
KindWords = Annotated[
    str,
    Arg("What is good about it, and one thing to try next", label="Kind words", multiline=True, max_length=LONGEST),
]


@dataclass(frozen=True, slots=True)
class Task:
    """One review that somebody was asked for."""

    pile: Pile
    review: Review
    handin: Handin

    @property
    def blank(self) -> str:
        """Return the levels to begin with: one character for each thing to look at."""
        scores = self.review.scores or ()
        return "".join(map(str, scores)) or BLANK * len(self.pile.project.rubric)


@command(
    "challenge review",
    summary="Look at your peers' projects, and read what they say of yours",
    section="Together",
    visibility=PRIVATE,
    guards=HERE,
    examples=("challenge review",),
)
async def challenge_review(ctx: Ctx) -> Reply:
    """List what you were asked to review.

    Two projects, some minutes each. Reviews can be changed for a week, and authors do not see who wrote them.
    """
    piles = await open_piles(ctx)
    mine = [task for pile in piles for task in _tasks(ctx, pile)]
    reply = _list(ctx, mine) if mine else _nothing()
    return Reply(
        reply.text,
        title="Reviews",
        rows=(*reply.rows, *_more(ctx, piles)),
        footer=reply.footer,
    )


def _tasks(ctx: Ctx, pile: Pile) -> list[Task]:
    mine = pile.by(ctx.known.id) if ctx.known else []
    in_time = [review for review in mine if ctx.clock.now() < ends(pile.current.round, review)]
    return [Task(pile, review, handin) for review in in_time if (handin := pile.handin(review))]


def _nothing() -> Reply:
    return Reply(
        md("There is nothing for you to review. After a week with a project, everybody who handed in looks at two.")
    )


def _list(ctx: Ctx, tasks: list[Task]) -> Reply:
    left = sum(task.review.done is None for task in tasks)
    lead = f"{counted(left, 'project').capitalize()} to look at." if left else "All done. Thank you."
    begun = [(at, _begun(task), "done" if task.review.done else "to do") for at, task in enumerate(tasks, 1)]
    lines = [md("**{at}** {words} ({state})", at=at, words=words, state=state) for at, words, state in begun]
    options = tuple(
        Option(shortened(f"{at}. {words}"), str(task.review.id))
        for (at, words, _), task in zip(begun, tasks, strict=True)
    )
    until = spoken_moment(min(ends(task.pile.current.round, task.review) for task in tasks).astimezone(ctx.zone))
    return Reply(
        join([md("{lead}", lead=lead), bullets(lines)], "\n\n"),
        rows=(open_task.select(options, placeholder="Open one"),),
        footer=md("Reviews can be written and changed until {until}, your time.", until=until),
    )


def _begun(task: Task) -> str:
    words = one_line(task.handin.words)
    return words if len(words) <= 60 else f"{words[:59]}…"


def _more(ctx: Ctx, piles: list[Pile]) -> tuple[Row, ...]:
    """Lead to what peers say of one's own project, and organisers to what nobody does."""
    own = ctx.known.id if ctx.known else 0
    read = next((reviews_button(pile.current.round.id) for pile in piles if done_reviews(pile, own)), None)
    step_in = reviewers_button(ctx, piles)
    buttons = tuple(button for button in (read, step_in) if button is not None)
    return (buttons,) if buttons else ()


@action("review.open")
async def open_task(ctx: Ctx, review: int) -> Reply:
    """Show a project that is to be reviewed."""
    return _project(ctx, await _mine(ctx, review))


def _project(ctx: Ctx, task: Task) -> Reply:
    until = spoken_moment(ends(task.pile.current.round, task.review).astimezone(ctx.zone))
    label = "Change my review" if task.review.done else "Begin"
    begin = step.button(label, style=Style.PRIMARY, review=task.review.id, at=0, levels=task.blank)
    return Reply(
        md("{link:code}\n\n{words}", link=task.handin.link, words=quote(task.handin.words)),
        title=task.pile.project.title,
        fields=(Field("What was asked for", Markdown(task.pile.project.asks_for)),),
        rows=((open_button(task.handin),), (begin,)),
        footer=md("Only the author reads your review, without your name. Until {until}, your time.", until=until),
    )


@action("review.step")
async def step(ctx: Ctx, review: int, at: int, levels: str) -> Update:
    """Look at one thing, or at all levels when there is none left."""
    return Update(_step(await _mine(ctx, review), at, levels))


@action("review.rate")
async def rate(ctx: Ctx, review: int, at: int, levels: str, level: int) -> Update:
    """Choose a level, and go on."""
    task = await _mine(ctx, review)
    _refuse_forged(task, levels)
    if not 0 <= at < len(levels) or not 0 <= level < len(task.pile.project.rubric[at].levels):
        raise Outdated
    return Update(_step(task, at + 1, f"{levels[:at]}{level}{levels[at + 1 :]}"))


def _step(task: Task, at: int, levels: str) -> Reply:
    _refuse_forged(task, levels)
    rubric, here = task.pile.project.rubric, task.review.id
    if at >= len(rubric) and BLANK in levels:
        at = levels.index(BLANK)
    if at >= len(rubric):
        return _summary(task, levels)
    criterion = rubric[max(at, 0)]
    lines = [md("**{level}** {words}", level=number, words=words) for number, words in enumerate(criterion.levels, 1)]
    options = tuple(
        Option(shortened(f"{number + 1}. {words}"), str(number), chosen=levels[at] == str(number))
        for number, words in enumerate(criterion.levels)
    )
    chooser = rate.select(options, placeholder="Choose a level", review=here, at=at, levels=levels)
    ways = _ways(task, at, levels)
    return Reply(
        bullets(lines),
        title=criterion.title,
        rows=(chooser, ways) if ways else (chooser,),
        footer=md("{at} of {size}", at=at + 1, size=len(rubric)),
    )


def _ways(task: Task, at: int, levels: str) -> tuple[Button, ...]:
    here = task.review.id
    back = (step.button("Back", review=here, at=at - 1, levels=levels),) if at else ()
    following = step.button("Next", style=Style.PRIMARY, review=here, at=at + 1, levels=levels)
    return (*back, *(() if levels[at] == BLANK else (following,)))


def _summary(task: Task, levels: str) -> Reply:
    back = step.button("Back", review=task.review.id, at=len(levels) - 1, levels=levels)
    words = write.button("Write a few words", style=Style.PRIMARY, review=task.review.id, levels=levels)
    return Reply(
        md("Almost done. A few kind words help more than any level."),
        title="Your review",
        fields=level_fields(task.pile.project, tuple(map(int, levels))),
        rows=((back, words),),
    )


@action("review.write", opens_form=True)
async def write(ctx: Ctx, review: int, levels: str) -> OpenForm:
    """Open the form for the words, with those that were written before."""
    task = await _mine(ctx, review)
    return words_form.open({"words": task.review.words or None}, review=review, levels=levels)


@form("review.words", title="A few kind words", submit="Send the review")
async def words_form(ctx: Ctx, words: KindWords, review: int = 0, levels: str = "") -> Reply:
    """Keep a review."""
    task = await _mine(ctx, review)
    _refuse_forged(task, levels)
    if BLANK in levels:
        raise Outdated
    if len(words.strip()) < SHORTEST:
        raise BadField("words", md("Write at least {least} characters: what did you like?", least=SHORTEST))
    credited = await finish_review(ctx, task.pile, task.review, tuple(map(int, levels)), words.strip())
    first = "Thank you. The author reads it without your name." if credited.new else "Changed. Thank you."
    more = challenge_review.button("My reviews", style=Style.PRIMARY)
    said = join(filter(None, [md("{first}", first=first), credited.words]), " ")
    return Reply(said, title="Your review", rows=((more,),), tone=Tone.GOOD)


def _refuse_forged(task: Task, levels: str) -> None:
    rubric = task.pile.project.rubric
    fits = len(levels) == len(rubric) and all(
        one == BLANK or (one in "0123" and int(one) < len(criterion.levels))
        for one, criterion in zip(levels, rubric, strict=True)
    )
    if not fits:
        raise Outdated


async def _mine(ctx: Ctx, review_id: int) -> Task:
    found = await ctx.store.reviews.find(review_id)
    handin = await ctx.store.reviews.find_handin(found.handin_id) if found else None
    if found is None or handin is None or ctx.known is None or ctx.known.id == handin.person_id:
        raise _gone()
    held = await ctx.store.rounds.find(handin.round_id)
    if found.reviewer_id != ctx.known.id or held is None or not handin.link:
        raise _gone()
    if ctx.clock.now() >= ends(held, found):
        raise UserError(md("The time for this review is over. Thank you for having looked at it."))
    return Task(await pile_of(ctx.store, pin(held)), found, handin)


def _gone() -> UserError:
    return UserError(md("This review is not on your list. {all:code} shows what is.", all="/challenge review"))
