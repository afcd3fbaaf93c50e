"""Draw a reply as the body of a Discord message: one coloured box of components, and what is attached to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from adapters.discord import measures as m
from adapters.discord.markup import discord, escape
from bot.core.markup import Markdown, Paragraph, join, md, one_line, parse, plain
from bot.core.reply import Button, Field, File, Image, Option, Progress, Reply, Row, Select, Style, Tone

Json = dict[str, Any]

COLOURS = {Tone.NEUTRAL: 0x5865F2, Tone.GOOD: 0x3BA55D, Tone.WARNING: 0xF0A92E, Tone.PROBLEM: 0xDA373C}
STYLES = {Style.NORMAL: 2, Style.PRIMARY: 1, Style.DANGER: 4}
LINK_STYLE = 5
STEPS_IN_BAR = 10
BEGINNING = 300
WHOLE_ANSWER = "answer.txt"
_WEB_PAGE = re.compile(r"https://[^\s/?#]\S*")
_UNFIT_IN_NAME = re.compile(r"[^A-Za-z0-9.-]+")


@dataclass(frozen=True, slots=True)
class Message:
    """The body of a message, and the files that go with it: name and contents."""

    body: Json
    files: tuple[tuple[str, bytes], ...] = ()


def message(reply: Reply, *, ephemeral: bool = False, roles: tuple[str, ...] = ()) -> Message:
    """Draw a reply. Nobody is pinged but the roles that are named here, in a line of their own on top."""
    calling = " ".join(f"<@&{role}>" for role in roles)
    rows, unpressed = _rows(reply.rows)
    text, footer = _text(reply, unpressed), _small(reply.footer)
    if not _fits(calling, text, footer):
        reply, footer = _in_a_file(reply, unpressed), ""
        text = _text(reply, [])
    attached = _attached(reply)
    parts = [_words(text)] if text else []
    parts += [_gallery(name, one) if isinstance(one, Image) else _file(name) for name, one in attached]
    if footer:
        # The line of calls takes the place of the line above the footer: there are forty components, not more.
        parts += [*([] if calling else [{"type": m.SEPARATOR}]), _words(footer)]
    box = {"type": m.CONTAINER, "accent_color": COLOURS[reply.tone], "components": [*(parts or [_words("…")]), *rows]}
    body: Json = {
        "flags": m.COMPONENTS_V2 | (m.EPHEMERAL if ephemeral else 0),
        "components": [_words(calling), box] if calling else [box],
        "allowed_mentions": {"parse": [], "roles": list(roles)} if roles else {"parse": []},
    }
    if not attached:
        return Message(body)
    body["attachments"] = [_about(number, name, one) for number, (name, one) in enumerate(attached)]
    return Message(body, tuple((name, one.data) for name, one in attached))


def note(words: Markdown) -> Message:
    """Draw a private word that stands beside an answer."""
    return message(Reply(words, tone=Tone.GOOD), ephemeral=True)


def _words(text: str) -> Json:
    return {"type": m.TEXT, "content": text}


def _fits(*texts: str) -> bool:
    """Count as the strictest reader of Discord's limit would: characters beyond the first plane twice."""
    size = sum(map(len, texts))
    if 2 * size <= m.TEXTS:
        return True
    return size <= m.TEXTS and sum(len(one.encode("utf-16-le")) for one in texts) <= 2 * m.TEXTS


def _text(reply: Reply, unpressed: Sequence[Button]) -> str:
    """Put all words into one text: each component counts, and a reply may have many fields."""
    lead = [part for part in (_heading(reply.title), discord(reply.text)) if part]
    parts = ["\n".join(lead)] if lead else []
    parts += filter(None, map(_field, reply.fields))
    if reply.progress:
        parts.append("\n".join(map(_bar, reply.progress)))
    parts += [f"{escape(one_line(one.label))}: {escape(one.url)}" for one in unpressed]
    return "\n\n".join(parts).strip()


@lru_cache(maxsize=512)
def _heading(title: str) -> str:
    words = escape(one_line(title))
    return f"## {words}" if words else ""


@lru_cache(maxsize=512)
def _bold(name: str) -> str:
    words = escape(one_line(name))
    return f"**{words}**" if words else ""


def _field(field: Field) -> str:
    return f"{_bold(field.name)}\n{discord(field.value)}".strip()


def _bar(progress: Progress) -> str:
    steps = min(progress.total, STEPS_IN_BAR)
    done = min(steps, max(0, steps * progress.done // progress.total)) if steps > 0 else 0
    drawn = "▰" * done + "▱" * (steps - done)
    return " ".join(filter(None, [escape(one_line(progress.label)), drawn, f"{progress.done} of {progress.total}"]))


@lru_cache(maxsize=512)
def _small(footer: str) -> str:
    """Write in small letters, which Discord has for single lines only."""
    text = discord(footer)
    if not all(isinstance(block, Paragraph) for block in parse(footer)):
        return text
    return "\n".join(f"-# {line}" for line in text.split("\n") if line.strip())


def _rows(rows: Sequence[Row]) -> tuple[list[Json], list[Button]]:
    """Draw the controls; a button with an address that Discord would refuse is returned, to be said in words."""
    drawn: list[Json] = []
    unpressed: list[Button] = []
    for row in rows:
        if isinstance(row, Select):
            drawn.append({"type": m.ROW, "components": [_select(row)]})
            continue
        fitting = [one for one in row if one.token or _is_web_page(one.url)]
        unpressed += [one for one in row if not (one.token or _is_web_page(one.url))]
        if fitting:
            drawn.append({"type": m.ROW, "components": [_button(one) for one in fitting]})
    return drawn, unpressed


def _is_web_page(url: str) -> bool:
    return len(url) <= m.URL and _WEB_PAGE.fullmatch(url) is not None


def _button(button: Button) -> Json:
    drawn: Json = {"type": m.BUTTON_TYPE, "label": _label(button.label), "style": STYLES[button.style]}
    return drawn | ({"custom_id": button.token} if button.token else {"style": LINK_STYLE, "url": button.url})


def _label(text: str) -> str:
    return one_line(text) or "…"


def _select(select: Select) -> Json:
    chosen = next((number for number, one in enumerate(select.options) if one.chosen), None)
    options = [_option(one, number == chosen) for number, one in enumerate(select.options)]
    drawn: Json = {"type": m.STRING_SELECT, "custom_id": select.token, "options": options}
    placeholder = one_line(select.placeholder)
    return drawn | {"placeholder": placeholder} if placeholder else drawn


def _option(option: Option, chosen: bool) -> Json:
    drawn: Json = {"label": _label(option.label), "value": option.value}
    if description := one_line(option.description):
        drawn["description"] = description
    return drawn | {"default": True} if chosen else drawn


def _attached(reply: Reply) -> list[tuple[str, Image | File]]:
    """Name what goes with the reply as Discord leaves names, each name once."""
    attached: dict[str, Image | File] = {}
    for one in (*((reply.image,) if reply.image else ()), *reply.files):
        name = _UNFIT_IN_NAME.sub("_", one.name).strip("._") or "file"
        while name in attached:
            name = f"{len(attached) + 1}-{name}"
        attached[name] = one
    return list(attached.items())


def _gallery(name: str, image: Image) -> Json:
    item: Json = {"media": {"url": f"attachment://{name}"}}
    alt = image.alt.strip()
    return {"type": m.MEDIA, "items": [item | {"description": alt} if alt else item]}


def _file(name: str) -> Json:
    return {"type": m.FILE, "file": {"url": f"attachment://{name}"}}


def _about(number: int, name: str, one: Image | File) -> Json:
    about: Json = {"id": str(number), "filename": name}
    return about | {"description": one.alt.strip()} if isinstance(one, Image) else about


def _in_a_file(reply: Reply, unpressed: Sequence[Button]) -> Reply:
    """Keep what can be pressed, and attach every word, because they are too many for one message."""
    everything = File(WHOLE_ANSWER, _all_words(reply, unpressed).encode(errors="replace"), "text/plain; charset=utf-8")
    lead = md("This answer does not fit into one message. All of it is in the attached file.")
    first = plain(reply.text).strip()[:BEGINNING]
    return Reply(
        text=join([lead, md("{first}…", first=first)], "\n\n") if first else lead,
        title=reply.title,
        image=reply.image,
        files=(everything, *reply.files),
        tone=reply.tone,
    )


def _all_words(reply: Reply, unpressed: Sequence[Button]) -> str:
    fields = [f"{one.name}\n{plain(one.value)}".strip() for one in reply.fields]
    bars = [f"{one.label} {one.done}/{one.total}" for one in reply.progress]
    addresses = [f"{one.label}: {one.url}" for one in unpressed]
    return "\n\n".join(filter(None, [reply.title, plain(reply.text), *fields, *bars, *addresses, plain(reply.footer)]))
