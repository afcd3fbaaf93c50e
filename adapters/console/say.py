"""`stepwise say`: one command, and what follows from it, in one call."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from adapters.console.conversation import Conversation
from adapters.console.files import NoFile, open_upload, save
from adapters.console.plain import Control, controls, form_of, reply_of, shown, text_of
from bot.core.calls import Answer, Status
from bot.core.codec import show
from bot.core.markup import plain
from bot.core.params import Upload
from bot.core.reply import FieldErrors, OpenForm

EXIT = {Status.DONE: 0, Status.REFUSED: 1, Status.FAILED: 2}


@dataclass(frozen=True, slots=True)
class Said:
    """What `say` prints, and how it ends."""

    out: str
    err: str
    code: int


class NothingToPress(Exception):
    """The reply has no such button; the text lists what there is."""


async def say(
    talk: Conversation,
    line: str,
    *,
    press: Sequence[str] = (),
    fill: Sequence[str] = (),
    files: Sequence[Path] = (),
    folder: Path,
    as_json: bool = False,
) -> Said:
    """Run one command and continue the conversation with what is to be pressed and filled in."""
    try:
        typed = _pairs(fill)
        answer = await _converse(talk, line, list(press), typed, tuple(open_upload(path) for path in files))
    except (NothingToPress, NoFile) as error:
        return Said("", shown(str(error)), 1)
    return _print(answer, folder, as_json)


def _pairs(fill: Sequence[str]) -> dict[str, str]:
    broken = next((one for one in fill if "=" not in one), None)
    if broken is not None:
        raise NothingToPress(f"Write --fill as key=value, not {broken!r}.")
    return dict(one.split("=", 1) for one in fill)


async def _converse(
    talk: Conversation, line: str, press: list[str], fill: dict[str, str], files: tuple[Upload, ...]
) -> Answer:
    answer = await talk.says(line, files)
    while press or fill:
        form = form_of(answer)
        if form is not None:
            answer = await talk.fills(form, _take(fill, form))
        elif press and answer.status is Status.DONE:
            answer = await talk.presses(_find(answer, press.pop(0)))
        elif answer.status is Status.DONE:
            raise NothingToPress(f"No form asks for {', '.join(sorted(fill))}.")
        else:
            break
        if isinstance(answer.outcome, FieldErrors):
            break
    return answer


def _take(fill: dict[str, str], form: OpenForm) -> dict[str, str]:
    names = {param.name for param in form.fields}
    taken = {name: fill.pop(name) for name in list(fill) if name in names}
    if not taken:
        wanted, given = ", ".join(sorted(names)), ", ".join(sorted(fill)) or "nothing"
        raise NothingToPress(f"The form asks for {wanted}, and --fill gives {given}.")
    return taken


def _find(answer: Answer, label: str) -> Control:
    reply = reply_of(answer)
    shown_here = dict(enumerate(controls(reply.rows), start=1)) if reply else {}
    there = [one for one in shown_here.values() if one.token]
    wanted = label.casefold()
    by_label = (one for one in there if wanted == one.label.casefold())
    by_number = (one for number, one in shown_here.items() if wanted == str(number) and one.token)
    by_value = (one for one in there if wanted in (value.casefold() for value in one.picked))
    if found := next(chain(by_label, by_number, by_value), None):
        return found
    names = ", ".join(f"“{one.label}”" for one in there) or "nothing"
    raise NothingToPress(f"There is no “{label}” to press. There is {names}.")


def _print(answer: Answer, folder: Path, as_json: bool) -> Said:
    reply = reply_of(answer)
    saved = save(reply, folder) if reply else {}
    text = text_of(answer, saved)
    out = _json(answer) if as_json else text
    code = 1 if isinstance(answer.outcome, FieldErrors) else EXIT[answer.status]
    problem = shown(plain(reply.text)) if reply else text
    return Said(out if code == 0 or as_json else "", problem if code else "", code)


def _json(answer: Answer) -> str:
    """Write JSON that is safe to look at: what a terminal would obey stands in it as an escape."""
    text = json.dumps(show(answer), ensure_ascii=False, indent=2)
    return "".join(one if shown(one) else f"\\u{ord(one):04x}" for one in text)
