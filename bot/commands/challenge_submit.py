"""Work on the challenge of the week: get the data, send an answer or a file of predictions."""

from __future__ import annotations

from typing import Annotated

from bot.commands.challenge_project import project_card
from bot.commands.challenge_quiz import quiz_card
from bot.core.context import Ctx
from bot.core.declare import PRIVATE, action, command, form
from bot.core.errors import Outdated
from bot.core.guards import community_only
from bot.core.markup import Markdown, join, md
from bot.core.params import Arg, Upload
from bot.core.reply import Button, Field, OpenForm, Reply, Style, Tone
from bot.services.challenges.answering import Judged, answer, is_right, my_seed, reward_part
from bot.services.challenges.data import files_of
from bot.services.challenges.finding import round_here
from bot.services.challenges.predicting import A_DAY, Scored, read_and_grade, submit, the_seed
from bot.services.challenges.rounds import Current, must_be_on
from bot.services.challenges.telling import score, until
from bot.services.grading.faults import AnswerProblem
from content.challenge_model import AnswerChallenge, PredictionsChallenge, ProjectChallenge, QuizChallenge

HERE = (community_only,)
Answer = Annotated[str, Arg("Your answer, alone", rest=True, max_length=300)]
Predictions = Annotated[Upload | None, Arg("Your predictions, as CSV")]


@command(
    "challenge submit",
    summary="Send your answer or your file for this week's challenge",
    section="Together",
    visibility=PRIVATE,
    guards=HERE,
    opens_form=True,
    examples=("challenge submit", "challenge submit 42.5"),
)
async def challenge_submit(ctx: Ctx, file: Predictions = None, answer: Answer = "") -> Reply | OpenForm:
    """Send what you found.

    Nothing that you send is ever run; a file is only read.
    """
    return await _send(ctx, await must_be_on(ctx), file, answer)


@action("challenge.send", guards=HERE, opens_form=True)
async def send(ctx: Ctx, round: int) -> Reply | OpenForm:
    """Send what was found, from the post of the week."""
    return await _send(ctx, await round_here(ctx, round), None, "")


async def _send(ctx: Ctx, current: Current, file: Upload | None, answer: str) -> Reply | OpenForm:
    match current.challenge:
        case QuizChallenge():
            return await quiz_card(ctx, current)
        case ProjectChallenge():
            return await project_card(ctx, current)
        case PredictionsChallenge() as found:
            return await _upload(ctx, current, found, file) if file else upload_form.open(round=current.round.id)
        case AnswerChallenge() as found:
            return await _submit_answer(ctx, current, found, answer)


async def _submit_answer(ctx: Ctx, current: Current, found: AnswerChallenge, typed: str) -> Reply | OpenForm:
    part = await next_part(ctx, current)
    if part >= len(found.parts):
        return await _solved_before(ctx, current, found)
    if not typed:
        return answer_form.open(round=current.round.id, part=part)
    return await _judge(ctx, current, found, part, typed)


@form("challenge.answer", title="Your answer", submit="Send", guards=HERE)
async def answer_form(
    ctx: Ctx,
    round: int,
    part: int,
    answer: Annotated[str, Arg("The answer alone, like 42.5", label="Answer", max_length=300)],
) -> Reply:
    """Send an answer."""
    current = await round_here(ctx, round)
    found = current.challenge
    if not isinstance(found, AnswerChallenge) or not 0 <= part < len(found.parts):
        raise Outdated
    return await _judge(ctx, current, found, part, answer)


@form("challenge.upload", title="Your predictions", submit="Send", guards=HERE)
async def upload_form(
    ctx: Ctx, round: int, file: Annotated[Upload, Arg("A CSV file, at most 2 MB", label="File")]
) -> Reply:
    """Send a file of predictions."""
    current = await round_here(ctx, round)
    if not isinstance(current.challenge, PredictionsChallenge):
        raise Outdated
    return await _upload(ctx, current, current.challenge, file)


@action("challenge.data", guards=HERE)
async def get_data(ctx: Ctx, round: int) -> Reply:
    """Get the data."""
    current = await round_here(ctx, round)
    found = current.challenge
    if not isinstance(found, AnswerChallenge | PredictionsChallenge):
        raise Outdated
    me = await ctx.me()
    await ctx.store.efforts.enter(round, me.id)
    own = isinstance(found, AnswerChallenge)
    seed = await my_seed(ctx, current) if own else await the_seed(ctx, current)
    whose = "Your own data: nobody else has the same." if own else "The data of this week, the same for everybody."
    return Reply(
        md("{whose} Work on it where you like, and come back with the result.", whose=whose),
        title=found.title,
        files=files_of(found, seed),
        rows=((await submit_button(ctx, current),),),
    )


async def submit_button(ctx: Ctx, current: Current) -> Button:
    """Make the button that asks for an answer or a file."""
    if isinstance(current.challenge, PredictionsChallenge):
        return upload_form.button("Submit", style=Style.PRIMARY, round=current.round.id)
    parts = len(current.challenge.parts) if isinstance(current.challenge, AnswerChallenge) else 1
    part = min(await next_part(ctx, current), parts - 1)
    return answer_form.button("Submit", style=Style.PRIMARY, round=current.round.id, part=part)


async def next_part(ctx: Ctx, current: Current) -> int:
    """Return the part that waits for an answer; as many as there are parts when all are right."""
    effort = await ctx.store.efforts.of(current.round.id, ctx.known.id) if ctx.known else None
    return effort.parts if effort else 0


async def _solved_before(ctx: Ctx, current: Current, found: AnswerChallenge) -> Reply:
    """Lead on from a part that is right already; give its points where an earlier call was cut short."""
    following = await next_part(ctx, current)
    await reward_part(ctx, current, found, following - 1)
    if following >= len(found.parts):
        return Reply(md("You have answered everything, and all of it is right. Well done."), tone=Tone.GOOD)
    said = md("Part {number} is right already, so this answer was not counted.", number=following)
    return _part_opened(current, found, following, said)


def _part_opened(current: Current, found: AnswerChallenge, part: int, said: Markdown) -> Reply:
    return Reply(
        said,
        title="Right",
        fields=(Field(f"Part {part + 1}", Markdown(found.parts[part].ask)),),
        rows=((answer_form.button("Submit", style=Style.PRIMARY, round=current.round.id, part=part),),),
        tone=Tone.GOOD,
    )


async def _judge(ctx: Ctx, current: Current, found: AnswerChallenge, part: int, typed: str) -> Reply:
    if not current.round.is_open(ctx.clock.now()):
        return _late(is_right(found, found.parts[part], await my_seed(ctx, current), typed))
    if part > await next_part(ctx, current):
        raise Outdated
    try:
        judged = await answer(ctx, current, found, part, typed)
    except AnswerProblem:
        if part < await next_part(ctx, current):  # the button of the first part, and an answer to the second
            return await _solved_before(ctx, current, found)
        raise
    if judged.already:
        return await _solved_before(ctx, current, found)
    if judged.correct:
        return await _right(ctx, current, found, judged)
    again = (await submit_button(ctx, current),)
    return Reply(_wrong(ctx, judged), title="Not yet", rows=(again,), tone=Tone.WARNING)


def _late(correct: bool) -> Reply:
    verdict = "That is right. Well done!" if correct else "That is not right yet. Try again as often as you like."
    return Reply(
        md("{verdict} The round is over, so this is practice and gives no points.", verdict=verdict),
        tone=Tone.GOOD if correct else Tone.WARNING,
    )


def _wrong(ctx: Ctx, judged: Judged) -> Markdown:
    wait = until(ctx, judged.wait or ctx.clock.now())
    if not judged.wrong:
        return md(
            "Please wait {until} before the next answer. This one was not counted. Meanwhile, look at your data again.",
            until=wait,
        )
    words = judged.credited.words if judged.credited else Markdown("")
    text = md(
        "That is not right yet. You can try again in {until}. {hint:code} may help.",
        until=wait,
        hint="/challenge hint",
    )
    return join(filter(None, [text, words]), " ")


async def _right(ctx: Ctx, current: Current, found: AnswerChallenge, judged: Judged) -> Reply:
    following = judged.part + 1
    words = judged.credited.words if judged.credited else Markdown("")
    points = md("You have {points} points for it.", points=judged.rewarded.points) if judged.rewarded else Markdown("")
    if following >= len(found.parts):
        text = join(filter(None, [md("That is right. **All done.**"), points, words]), " ")
        return Reply(text, title="Well done", tone=Tone.GOOD)
    said = join(filter(None, [md("That is right. Now the second part is open."), points, words]), " ")
    return _part_opened(current, found, following, said)


async def _upload(ctx: Ctx, current: Current, found: PredictionsChallenge, file: Upload) -> Reply:
    if not current.round.is_open(ctx.clock.now()):
        graded = await read_and_grade(found, await the_seed(ctx, current), file)
        text = md(
            "Your predictions reach {public} on the public half and {private} on the other. The round is over, so this "
            "is practice and gives no points.",
            public=score(found, graded.public),
            private=score(found, graded.private),
        )
        return Reply(text, title="Scored")
    scored = await submit(ctx, current, found, file)
    return _scored(found, scored) if scored.accepted else _enough(found, scored)


def _enough(found: PredictionsChallenge, scored: Scored) -> Reply:
    best = Markdown("")
    if scored.shown is not None:
        best = md(" Your best so far is {score}.", score=score(found, scored.shown))
    text = md(
        "That was your limit of {most} scored files for today; this one was not counted.{best} Tomorrow there are "
        "{most} more.",
        most=A_DAY,
        best=best,
    )
    return Reply(text, tone=Tone.WARNING)


def _scored(found: PredictionsChallenge, scored: Scored) -> Reply:
    words = scored.credited.words if scored.credited else Markdown("")
    points = md("You have {points} points for it.", points=scored.rewarded.points) if scored.rewarded else Markdown("")
    return Reply(
        join(filter(None, [_verdict(found, scored), points, words]), " "),
        title="Scored",
        fields=(Field("The baseline to beat", md("{score}", score=score(found, found.baseline))),),
        footer=md("{left} more today. The other half of the rows is scored at the close.", left=_files(scored.left)),
        tone=Tone.GOOD,
    )


def _files(count: int) -> str:
    return "No file" if count == 0 else "One file" if count == 1 else f"{count} files"


def _verdict(found: PredictionsChallenge, scored: Scored) -> Markdown:
    shown = score(found, scored.shown) if scored.shown is not None else "not better than before"
    if not scored.moved:
        step = f"{found.step:g}"
        return md(
            "Read and scored. Your public score stays {shown}: it moves only when it improves by {step} or more, so "
            "that nobody tunes on the test rows.",
            shown=shown,
            step=step,
        )
    beats = md(" **You beat the baseline.**") if scored.beats_baseline else Markdown("")
    return md("Your public score is now **{shown}**.{beats}", shown=shown, beats=beats)
