"""The project of the week: what is asked for, handing it in, and what became of it."""

from __future__ import annotations

from typing import Annotated

from bot.commands.challenge_project_reviews import done_reviews, reviews_button
from bot.core.context import Ctx
from bot.core.declare import action, form
from bot.core.errors import BadField
from bot.core.guards import community_only
from bot.core.markup import Markdown, bullets, join, md, quote
from bot.core.paging import Page
from bot.core.params import Arg
from bot.core.reply import Button, Field, OpenForm, Reply, Style, Tone, Update
from bot.models.challenges import Handin
from bot.services.challenges import projects
from bot.services.challenges.finding import round_here
from bot.services.challenges.projects import LONGEST_LINK, LONGEST_WORDS, LinkProblem, my_handin, project_of, read_link
from bot.services.challenges.reviewing import REVIEWING, Pile, pile_of
from bot.services.challenges.rounds import Current
from bot.services.challenges.telling import about, counted, time_left
from bot.services.days import spoken_moment

HERE = (community_only,)
Link = Annotated[str, Arg("Its address: https://…", label="Link", max_length=LONGEST_LINK, placeholder="https://")]
Words = Annotated[
    str, Arg("What you did, and what you left out", label="A few lines", multiline=True, max_length=LONGEST_WORDS)
]


async def project_card(ctx: Ctx, current: Current) -> Reply:
    """Show the project: what is asked for, what somebody handed in, and what became of it."""
    mine = await my_handin(ctx, current)
    if not current.round.is_open(ctx.clock.now()):
        return await _closed(ctx, current, mine)
    project, here = project_of(current), current.round.id
    buttons: tuple[Button, ...] = (write.button("Hand it in", style=Style.PRIMARY, round_id=here),)
    if mine:
        buttons = (write.button("Change it", round_id=here), take_back.button("Take it back", round_id=here))
    return Reply(
        join([Markdown(project.task), *([md("You handed in {link:code}", link=mine.link)] if mine else [])], "\n\n"),
        title=project.title,
        fields=(
            Field("What to hand in", Markdown(project.asks_for)),
            Field("What your peers look at", bullets([md("{title}", title=one.title) for one in project.rubric])),
        ),
        rows=((*buttons, rubric.button("The levels", round_id=here)), *(((open_button(mine),),) if mine else ())),
        footer=join([about(project), time_left(ctx, current.round)], " "),
    )


@action("project.card", guards=HERE)
async def show(ctx: Ctx, round_id: int) -> Reply:
    """Show the project again."""
    return await project_card(ctx, await round_here(ctx, round_id))


def shown(handin: Handin) -> Markdown:
    """Show what somebody handed in: as they typed it, and nothing of it as a link."""
    return md("You handed in {link:code}\n\n{words}", link=handin.link, words=quote(handin.words))


def open_button(handin: Handin) -> Button:
    """Make the button that opens a project."""
    return Button("Open the project", url=handin.link)


@action("project.rubric", guards=HERE)
async def rubric(ctx: Ctx, round_id: int) -> Reply:
    """Begin to read the levels."""
    return _levels(await round_here(ctx, round_id), 0)


@action("project.levels", guards=HERE)
async def turn(ctx: Ctx, round_id: int, page: int) -> Update:
    """Read the levels of one thing that peers look at."""
    return Update(_levels(await round_here(ctx, round_id), page))


def _levels(current: Current, number: int) -> Reply:
    project = project_of(current)
    here = Page.of(len(project.rubric), number, 1)
    criterion = project.rubric[here.number]
    lines = [md("**{level}** {words}", level=at, words=words) for at, words in enumerate(criterion.levels, 1)]
    rows = here.turns(turn, round_id=current.round.id)
    return Reply(bullets(lines), title=criterion.title, rows=rows, footer=here.note)


@action("project.write", guards=HERE, opens_form=True)
async def write(ctx: Ctx, round_id: int) -> OpenForm:
    """Open the form for handing in, with what was handed in before."""
    mine = await my_handin(ctx, await round_here(ctx, round_id))
    return hand_in_form.open({"link": mine.link, "words": mine.words} if mine else {}, round_id=round_id)


@form("project.hand-in", title="Hand it in", submit="Hand it in", guards=HERE)
async def hand_in_form(ctx: Ctx, link: Link, words: Words, round_id: int = 0) -> Reply:
    """Keep a project."""
    current = await round_here(ctx, round_id)
    try:
        address = read_link(link)
    except LinkProblem as problem:
        raise BadField("link", problem.message) from problem
    kept = await projects.hand_in(ctx, current, address, words)
    given = [one.words for one in (kept.credited, kept.rewarded.credited) if one]
    return Reply(
        join(filter(None, [_thanks(ctx, current, kept.rewarded.points), *given, shown(kept.handin)]), "\n\n"),
        title=project_of(current).title,
        rows=(
            (write.button("Change it", round_id=round_id), take_back.button("Take it back", round_id=round_id)),
            (show.button("The project", round_id=round_id), open_button(kept.handin)),
        ),
        footer=time_left(ctx, current.round),
        tone=Tone.GOOD,
    )


def _thanks(ctx: Ctx, current: Current, points: int) -> Markdown:
    return md(
        "It is in, and gives you {points} so far. Two others look at it after the close, and you at theirs. "
        "The other half comes on {day}, your time. You can change it until the close.",
        points=counted(points, "point"),
        day=_end(ctx, current),
    )


def _end(ctx: Ctx, current: Current) -> str:
    return spoken_moment((current.round.closes + REVIEWING).astimezone(ctx.zone))


@action("project.take-back", guards=HERE)
async def take_back(ctx: Ctx, round_id: int) -> Update:
    """Take a project back."""
    gone = await projects.take_back(ctx, await round_here(ctx, round_id))
    said = "Taken back, with its points. Nobody sees it." if gone else "There is nothing to take back."
    return Update(Reply(md("{said}", said=said), rows=((write.button("Hand it in", round_id=round_id),),)))


async def _closed(ctx: Ctx, current: Current, mine: Handin | None) -> Reply:
    project = project_of(current)
    if mine is None:
        text = md("The week of this project is over, and you handed nothing in. That is fine: the next one comes.")
        return Reply(text, title=project.title)
    pile = await pile_of(ctx.store, current)
    done = done_reviews(pile, mine.person_id)
    buttons = (*([reviews_button(current.round.id)] if done else []), open_button(mine))
    text = join([_state(ctx, pile, mine, len(done)), shown(mine)], "\n\n")
    return Reply(text, title=project.title, rows=(buttons,))


def _state(ctx: Ctx, pile: Pile, mine: Handin, done: int) -> Markdown:
    so_far = md("{count} so far.", count=counted(done, "review").capitalize()) if done else md("No review yet.")
    if pile.current.round.wound_up is not None:
        nobody = md("Nobody got to it, so you have all the points.")
        return md("Reviewing is over. {so_far}", so_far=so_far) if done else nobody
    yours = md(" Yours to do: {how:code}.", how="/challenge review") if pile.by(mine.person_id) else Markdown("")
    day = _end(ctx, pile.current)
    return md("{so_far}{yours} Points follow on {day}, your time.", so_far=so_far, yours=yours, day=day)
