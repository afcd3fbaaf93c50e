"""The quiz of the week: one question in a message, answers kept at once, and a page of all of them."""

from __future__ import annotations

from bot.commands.challenge_quiz_practice import Letters, Number
from bot.commands.challenge_quiz_results import closed_card
from bot.commands.saved import shortened
from bot.core.context import Ctx
from bot.core.declare import action, form
from bot.core.errors import BadField, Outdated
from bot.core.guards import community_only
from bot.core.markup import Markdown, bullets, join, md, one_line, plain
from bot.core.reply import Button, OpenForm, Option, Reply, Row, Style, Tone, Update
from bot.services.challenges.finding import round_here
from bot.services.challenges.quiz_words import (
    LETTERS,
    both_answers,
    chosen,
    heading,
    letters_of,
    line,
    progress,
    read_letters,
    result,
    rule,
    standing,
    verdict,
)
from bot.services.challenges.quizzes import DRAFT, Kept, Sheet, keep, my_sheet, places_of, sheet_of
from bot.services.challenges.rounds import Current
from bot.services.challenges.telling import about, time_left
from bot.services.grading.faults import AnswerProblem
from bot.services.grading.numbers import read_number

HERE = (community_only,)
IN_A_ROW = 5


async def quiz_card(ctx: Ctx, current: Current) -> Reply:
    """Show the quiz, how far somebody is, and a button to begin or to go on."""
    sheet = await my_sheet(ctx, current)
    if not current.round.is_open(ctx.clock.now()):
        return await closed_card(ctx, sheet)
    here = current.round.id
    first = "Go on" if sheet.took_part else "Begin"
    button = ask.button(first, style=Style.PRIMARY, round_id=here, number=sheet.next_open)
    whole = show_all.button(
        "My answers", style=Style.NORMAL if sheet.done < sheet.size else Style.PRIMARY, round_id=here
    )
    buttons = (*([button] if sheet.done < sheet.size else []), *([whole] if sheet.took_part else []))
    return Reply(
        join([Markdown(sheet.quiz.task), standing(sheet)], "\n\n"),
        title=sheet.quiz.title,
        progress=progress(sheet),
        rows=(buttons,),
        footer=join([about(sheet.quiz), time_left(ctx, current.round)], " "),
    )


@action("quiz.ask", guards=HERE)
async def ask(ctx: Ctx, round_id: int, number: int) -> Update:
    """Turn to a question."""
    return Update(await _open(ctx, round_id, number))


@action("quiz.all", guards=HERE)
async def show_all(ctx: Ctx, round_id: int) -> Update:
    """Show what is answered."""
    current = await round_here(ctx, round_id)
    sheet = await my_sheet(ctx, current)
    is_open = current.round.is_open(ctx.clock.now())
    return Update(_all(ctx, sheet) if is_open else await closed_card(ctx, sheet))


@action("quiz.pick", guards=HERE)
async def pick(ctx: Ctx, round_id: int, number: int, choice: int) -> Update:
    """Choose the one option."""
    current = await round_here(ctx, round_id)
    sheet = await my_sheet(ctx, current)
    if choice not in sheet.order(number):
        raise Outdated
    return Update(_kept(ctx, await keep(ctx, current, number, lambda _: f"{_mark(sheet)}{choice}"), number))


@action("quiz.toggle", guards=HERE)
async def toggle(ctx: Ctx, round_id: int, number: int, choice: int, on: bool) -> Update:
    """Choose one of several options, or leave it out again."""
    current = await round_here(ctx, round_id)
    sheet = await my_sheet(ctx, current)
    if choice not in sheet.order(number):
        raise Outdated

    def change(before: str) -> str:
        pressed = {*places_of(sheet.question(number), before)} - {choice} | ({choice} if on else set())
        return f"{_mark(sheet)}{''.join(map(str, sorted(pressed)))}" if pressed else ""

    return Update(_kept(ctx, await keep(ctx, current, number, change), number))


@action("quiz.send", guards=HERE)
async def send(ctx: Ctx, round_id: int, number: int) -> Update:
    """Send what is chosen, for good."""
    current = await round_here(ctx, round_id)
    return Update(_kept(ctx, await keep(ctx, current, number, lambda before: before.removeprefix(DRAFT)), number))


@action("quiz.write", guards=HERE, opens_form=True)
async def write(ctx: Ctx, round_id: int, number: int) -> OpenForm:
    """Open the form for an order or a number, with what was written before."""
    sheet = await my_sheet(ctx, await round_here(ctx, round_id))
    question, answer = sheet.question(number), sheet.answer(number)
    if question.kind == "order":
        letters = letters_of(question, sheet.order(number), answer)
        return order_form.open({"letters": letters or None}, round_id=round_id, number=number)
    return number_form.open({"value": answer or None}, round_id=round_id, number=number)


@form("quiz.order", title="Your answer", guards=HERE)
async def order_form(ctx: Ctx, letters: Letters, round_id: int = 0, number: int = 0) -> Reply:
    """Keep an order."""
    current, me = await round_here(ctx, round_id), await ctx.me()
    sheet = await sheet_of(ctx.store, current, me.id)
    try:
        answer = read_letters(sheet.question(number), sheet.order(number), letters)
    except AnswerProblem as problem:
        raise BadField("letters", problem.message) from problem
    return _kept(ctx, await keep(ctx, current, number, lambda _: answer), number)


@form("quiz.number", title="Your answer", guards=HERE)
async def number_form(ctx: Ctx, value: Number, round_id: int = 0, number: int = 0) -> Reply:
    """Keep a number."""
    current = await round_here(ctx, round_id)
    try:
        read_number(value)
    except AnswerProblem as problem:
        raise BadField("value", problem.message) from problem
    return _kept(ctx, await keep(ctx, current, number, lambda _: one_line(value)), number)


async def _open(ctx: Ctx, round_id: int, number: int) -> Reply:
    current, me = await round_here(ctx, round_id), await ctx.me()
    if not current.round.is_open(ctx.clock.now()):
        return await closed_card(ctx, await my_sheet(ctx, current))
    await ctx.store.efforts.enter(round_id, me.id)
    return _page(ctx, await sheet_of(ctx.store, current, me.id), number)


def _mark(sheet: Sheet) -> str:
    return DRAFT if sheet.at_once else ""


def _kept(ctx: Ctx, kept: Kept, number: int) -> Reply:
    """Show a question after its answer was kept, with what that gave."""
    given = [one.words for one in (kept.credited, kept.rewarded and kept.rewarded.credited) if one]
    whole: list[Markdown] = []
    if kept.rewarded is not None:
        whole = [result(kept.sheet, kept.rewarded.points)]
    elif kept.credited is not None and kept.credited.new:
        whole = [md("That was the last one: everything is answered.")]
    return _page(ctx, kept.sheet, number, join(filter(None, [*whole, *given]), " "))


def _page(ctx: Ctx, sheet: Sheet, number: int, said: Markdown = Markdown("")) -> Reply:
    question, final = sheet.question(number), sheet.is_final(number)
    lines = [heading(number, sheet.size, question)]
    lines += [verdict(question, sheet.answer(number))] if final else chosen(sheet, number)
    return Reply(
        join(filter(None, [*lines, said]), "\n\n"),
        title=sheet.quiz.title,
        fields=both_answers(question, sheet.answer(number)) if final else (),
        progress=progress(sheet),
        rows=(*(() if final else _controls(sheet, number)), _ways(sheet, number)),
        footer=join([rule(sheet), time_left(ctx, sheet.current.round)], " "),
        tone=Tone.GOOD if said else Tone.NEUTRAL,
    )


def _controls(sheet: Sheet, number: int) -> tuple[Row, ...]:
    question, here, answer = sheet.question(number), sheet.current.round.id, sheet.answer(number)
    check = send.button("Check my answer", style=Style.PRIMARY, round_id=here, number=number)
    checks: tuple[Row, ...] = ((check,),) if sheet.at_once and answer else ()
    if question.kind == "choice":
        options = tuple(
            Option(question.options[place], str(place), chosen=answer == str(place)) for place in sheet.order(number)
        )
        return (pick.select(options, placeholder="Choose one", round_id=here, number=number), *checks)
    if question.kind == "choices":
        return (*_toggles(sheet, number), *checks)
    what = "order" if question.kind == "order" else "number"
    label = f"Change the {what}" if answer else f"Write the {what}"
    return ((write.button(label, round_id=here, number=number),),)


def _toggles(sheet: Sheet, number: int) -> tuple[Row, ...]:
    pressed, here = places_of(sheet.question(number), sheet.answer(number)), sheet.current.round.id
    buttons = [
        toggle.button(
            f"✓ {letter}" if place in pressed else letter,
            round_id=here,
            number=number,
            choice=place,
            on=place not in pressed,
        )
        for letter, place in zip(LETTERS, sheet.order(number), strict=False)
    ]
    return tuple(tuple(buttons[at : at + IN_A_ROW]) for at in range(0, len(buttons), IN_A_ROW))


def _ways(sheet: Sheet, number: int) -> tuple[Button, ...]:
    """Lead to the questions before and after this one; behind the last is the page of all answers."""
    here, last = sheet.current.round.id, number + 1 == sheet.size
    on = Style.PRIMARY if sheet.answer(number) and not sheet.waits(number) else Style.NORMAL
    back = [ask.button("Back", round_id=here, number=number - 1)] if number else []
    following = [] if last else [ask.button("Next", style=on, round_id=here, number=number + 1)]
    whole = show_all.button("My answers", style=on if last else Style.NORMAL, round_id=here)
    return (*back, *following, whole)


def _all(ctx: Ctx, sheet: Sheet) -> Reply:
    here = sheet.current.round.id
    options = tuple(Option(_label(sheet, number), str(number)) for number in range(sheet.size))
    onward = ask.button("Go on", style=Style.PRIMARY, round_id=here, number=sheet.next_open)
    more: tuple[Row, ...] = () if sheet.whole else ((onward,),)
    lines = bullets(line(sheet, number) for number in range(sheet.size))
    return Reply(
        join([standing(sheet), lines], "\n\n"),
        title="My answers",
        progress=progress(sheet),
        rows=(ask.select(options, placeholder="Go to a question", round_id=here), *more),
        footer=time_left(ctx, sheet.current.round),
    )


def _label(sheet: Sheet, number: int) -> str:
    return shortened(f"{number + 1}. {one_line(plain(sheet.question(number).ask))}")
