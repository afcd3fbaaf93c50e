"""Practice: past challenges on fresh data, as often as one likes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from bot.commands.challenge_quiz_practice import practice_card
from bot.commands.saved import shortened
from bot.core.context import Ctx
from bot.core.declare import PRIVATE, action, command, form
from bot.core.errors import Outdated, UserError
from bot.core.guards import community_only
from bot.core.markup import Markdown, bullets, md
from bot.core.params import Arg, Asking, Choice, Upload
from bot.core.reply import Button, Field, Option, Reply, Style, Tone, Update
from bot.services.answers import Answers, view_for
from bot.services.challenges.answering import is_right
from bot.services.challenges.data import common_seed, files_of, members_seed
from bot.services.challenges.predicting import read_and_grade
from bot.services.challenges.rounds import pin
from bot.services.challenges.telling import about, score
from content.challenge_model import AnswerChallenge, AnyChallenge, PredictionsChallenge, QuizChallenge

HERE = (community_only,)
ROUNDS_LOOKED_AT = 110


def challenge_names(asking: Asking, typed: str) -> Iterator[Choice]:
    """Complete a challenge."""
    wanted = typed.casefold().strip()
    for one in asking.get(Answers).at_hand(asking.place).catalog.challenges:
        if wanted in one.title.casefold() or wanted in one.id:
            yield Choice(one.title, one.id)


@command(
    "challenge practice",
    summary="Past challenges on fresh data, as often as you like",
    section="Together",
    visibility=PRIVATE,
    guards=HERE,
    examples=("challenge practice",),
)
async def challenge_practice(
    ctx: Ctx, name: Annotated[str, Arg("Which challenge", suggest=challenge_names, rest=True, max_length=80)] = ""
) -> Reply:
    """Practise on a challenge that is over.

    It gives no points, and nobody counts how often you try.
    """
    past = await _past(ctx)
    if not past:
        return Reply(
            md(
                "Practice begins when the first round here is over. {now:code} shows the one that is on.",
                now="/challenge",
            ),
            title="Practice",
        )
    if name:
        return await _begin(ctx, _named(past, name), 1)
    options = tuple(Option(shortened(one.title), one.id) for one in past[:25])
    lines = [md("**{title}**: {about}", title=one.title, about=about(one)) for one in past[:25]]
    return Reply(bullets(lines), title="Practice", rows=(choose.select(options, placeholder="Choose one"),))


@action("practice.choose", guards=HERE)
async def choose(ctx: Ctx, name: str) -> Reply:
    """Begin with one."""
    return await _begin(ctx, await _known(ctx, name), 1)


@action("practice.again", guards=HERE)
async def again(ctx: Ctx, name: str, turn: int) -> Update:
    """Take fresh data."""
    return Update(await _begin(ctx, await _known(ctx, name), max(1, turn)))


@action("practice.data", guards=HERE)
async def get_data(ctx: Ctx, name: str, turn: int) -> Reply:
    """Get the data of this turn."""
    found = await _known(ctx, name)
    if not isinstance(found, AnswerChallenge | PredictionsChallenge):
        raise Outdated
    return Reply(
        md("Fresh data, number {turn}.", turn=turn),
        title=found.title,
        files=files_of(found, await _seed(ctx, found, turn)),
        rows=(_submit_buttons(found, turn),),
    )


@form("practice.answer", title="Practice", submit="Send")
async def answer_form(
    ctx: Ctx, name: str, turn: int, part: int, answer: Annotated[str, Arg("The answer alone", max_length=300)]
) -> Reply:
    """Send an answer for practice."""
    found = await _known(ctx, name)
    if not isinstance(found, AnswerChallenge) or not 0 <= part < len(found.parts):
        raise Outdated
    correct = is_right(found, found.parts[part], await _seed(ctx, found, turn), answer)
    said = "That is right." if correct else "That is not right yet. Try again as often as you like."
    return Reply(
        md("{said}", said=said),
        title="Practice",
        rows=((*_submit_buttons(found, turn), _again_button(found, turn)), (_solution_button(found),)),
        tone=Tone.GOOD if correct else Tone.WARNING,
    )


@form("practice.upload", title="Practice", submit="Send")
async def upload_form(
    ctx: Ctx, name: str, turn: int, file: Annotated[Upload, Arg("A CSV file, at most 2 MB", label="File")]
) -> Reply:
    """Send predictions for practice."""
    found = await _known(ctx, name)
    if not isinstance(found, PredictionsChallenge):
        raise Outdated
    graded = await read_and_grade(found, await _seed(ctx, found, turn), file)
    return Reply(
        md(
            "Your predictions reach {public} on one half and {private} on the other. The baseline is {base}.",
            public=score(found, graded.public),
            private=score(found, graded.private),
            base=score(found, found.baseline),
        ),
        title="Practice",
        rows=((_again_button(found, turn), _solution_button(found)),),
    )


@action("practice.solution", guards=HERE)
async def show_solution(ctx: Ctx, name: str) -> Reply:
    """Show the solution."""
    found = await _known(ctx, name)
    return Reply(Markdown(found.solution), title=f"The solution: {found.title}")


async def _past(ctx: Ctx) -> list[AnyChallenge]:
    """Return the challenges whose rounds are over here, as the packs have them today, the latest first."""
    if ctx.community is None:
        return []
    rounds = await ctx.store.rounds.of(ctx.community.id, limit=ROUNDS_LOOKED_AT)
    running = {one.challenge for one in rounds if one.is_open(ctx.clock.now())}
    catalog = (await view_for(ctx)).catalog
    found: dict[str, AnyChallenge] = {}
    for one in rounds:
        if one.challenge not in running:
            now = catalog.challenge(one.challenge) or pin(one).challenge
            found.setdefault(now.id, now)
    return list(found.values())


async def _known(ctx: Ctx, name: str) -> AnyChallenge:
    found = next((one for one in await _past(ctx) if one.id == name), None)
    if found is None:
        raise Outdated
    return found


def _named(past: list[AnyChallenge], typed: str) -> AnyChallenge:
    wanted = typed.casefold().strip()
    near = [one for one in past if wanted in one.title.casefold() or wanted == one.id]
    if not near:
        raise UserError(
            md(
                "“{typed}” is not open for practice. {all:code} lists what is.",
                typed=typed[:60],
                all="/challenge practice",
            )
        )
    return near[0]


async def _seed(ctx: Ctx, found: AnyChallenge, turn: int) -> bytes:
    me, secret, community = await ctx.me(), await ctx.store.rounds.secret(), await ctx.our_community()
    if isinstance(found, AnswerChallenge):
        return members_seed(secret, community.id, found.id, me.id, f"practice {turn}")
    return common_seed(secret, community.id, found.id, f"practice {me.id} {turn}")


async def _begin(ctx: Ctx, found: AnyChallenge, turn: int) -> Reply:
    return await practice_card(ctx, found) if isinstance(found, QuizChallenge) else _card(found, turn)


def _card(found: AnyChallenge, turn: int) -> Reply:
    parts = found.parts if isinstance(found, AnswerChallenge) else ()
    fields = tuple(
        Field(f"Part {n + 1}" if len(parts) > 1 else "Your task", Markdown(one.ask)) for n, one in enumerate(parts)
    )
    has_data = isinstance(found, AnswerChallenge | PredictionsChallenge)
    first = get_data.button("Get my data", style=Style.PRIMARY, name=found.id, turn=turn) if has_data else None
    buttons = (*([first] if first else []), *_submit_buttons(found, turn), _solution_button(found))
    return Reply(Markdown(found.task), title=found.title, fields=fields, rows=(buttons,), footer=about(found))


def _submit_buttons(found: AnyChallenge, turn: int) -> tuple[Button, ...]:
    match found:
        case AnswerChallenge(parts=parts):
            labels = ["Submit"] if len(parts) == 1 else [f"Submit part {n + 1}" for n in range(len(parts))]
            return tuple(answer_form.button(label, name=found.id, turn=turn, part=n) for n, label in enumerate(labels))
        case PredictionsChallenge():
            return (upload_form.button("Submit", name=found.id, turn=turn),)
        case _:
            return ()


def _again_button(found: AnyChallenge, turn: int) -> Button:
    return again.button("Fresh data", name=found.id, turn=turn + 1)


def _solution_button(found: AnyChallenge) -> Button:
    return show_solution.button("Solution", name=found.id)
