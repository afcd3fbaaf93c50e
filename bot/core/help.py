"""Help, usage and the manual: all generated from what is declared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from bot.core.calls import Speaker
from bot.core.declare import Command
from bot.core.guards import Guard
from bot.core.markup import Markdown, bullets, code, join, md
from bot.core.params import Kind, Param
from bot.core.reply import Visibility

# The order in which help lists the headings; others follow by name.
SECTIONS = ("Start here", "Learn", "Keep going", "Together", "You", "For organisers")
SHOWN_CHOICES = 4
_KINDS = {
    Kind.INTEGER: "a whole number",
    Kind.NUMBER: "a number",
    Kind.FLAG: "yes or no",
    Kind.MEMBER: "a member, like @ada",
    Kind.CHANNEL: "a channel, like #weekly",
    Kind.ROLE: "a role, like @learners",
    Kind.DATE: "a date, like 2026-11-21 or friday",
    Kind.DURATION: "a length of time, like 45m",
    Kind.FILE: "a file",
}


def usage(command: Command) -> str:
    """Say how a command is written: `/resource find <topic> [level:…]`."""
    return " ".join([f"/{command.words}", *map(_slot, command.fields)])


def _slot(param: Param) -> str:
    if param.required:
        return f"<{param.label.lower()}>" if not param.arg.rest else f"<{param.label.lower()} …>"
    if param.arg.rest:
        return f"[{param.label.lower()} …]"
    return f"[{param.name}:{_hint(param)}]"


def _hint(param: Param) -> str:
    if param.kind is Kind.FLAG:
        return "yes"
    values = [choice.value for choice in param.choices]
    return "|".join(values) if 0 < len(values) <= SHOWN_CHOICES else "…"


def visible(commands: Iterable[Command], speaker: Speaker) -> tuple[Command, ...]:
    """List the commands that this member may use here."""
    asked = tuple(commands)
    return _without(asked, frozenset(guard for guard in _guards(asked) if guard.hides(speaker)))


@lru_cache(maxsize=64)
def _guards(commands: tuple[Command, ...]) -> frozenset[Guard]:
    return frozenset(guard for one in commands for guard in one.guards)


@lru_cache(maxsize=64)
def _without(commands: tuple[Command, ...], hiding: frozenset[Guard]) -> tuple[Command, ...]:
    return tuple(one for one in commands if hiding.isdisjoint(one.guards))


def by_section(commands: Iterable[Command]) -> list[tuple[str, list[Command]]]:
    """Sort commands under their headings."""
    rank = {name: n for n, name in enumerate(SECTIONS)}
    ordered = sorted(commands, key=lambda one: (rank.get(one.section, len(rank)), one.section, one.words))
    return [(section, list(group)) for section, group in groupby(ordered, key=lambda one: one.section)]


@dataclass(frozen=True, slots=True)
class Family:
    """A command with those that begin with its word, as one line of help."""

    head: str
    own: Command | None
    others: tuple[Command, ...]


def families_of(commands: Iterable[Command]) -> list[Family]:
    """Gather commands that begin with the same word."""
    gathered: dict[str, list[Command]] = {}
    for one in commands:
        gathered.setdefault(one.words.split()[0], []).append(one)
    return [_family(head, group) for head, group in gathered.items()]


def _family(head: str, group: list[Command]) -> Family:
    own = next((one for one in group if one.words == head), None)
    return Family(head, own, tuple(one for one in group if one is not own))


def family_line(family: Family) -> Markdown:
    """Describe a family in one line."""
    if len(family.others) + (family.own is not None) == 1:
        return line(family.own or family.others[0])
    endings = ", ".join(one.words.removeprefix(f"{family.head} ") for one in family.others)
    if family.own is None:
        return md("{words:code} with {endings}", words=f"/{family.head}", endings=endings)
    return md("{line}; also with {endings}", line=line(family.own), endings=endings)


def line(command: Command) -> Markdown:
    """Describe a command in one line."""
    return md("{words:code}: {summary}", words=f"/{command.words}", summary=command.summary)


def manual(command: Command) -> Markdown:
    """Describe a command in full."""
    parts = [md("{summary}", summary=_sentence(command.summary))]
    if command.about:
        parts.append(md("{about}", about=command.about))
    parts.append(md("**Write it like this:** {usage:code}", usage=usage(command)))
    if command.fields:
        parts.append(bullets(map(_describe, command.fields)))
    if command.examples:
        shown = join((code(f"/{example}") for example in command.examples), ", ")
        parts.append(md("**For example:** {shown}", shown=shown))
    parts.append(_notes(command))
    return join(parts, "\n\n")


def _describe(param: Param) -> Markdown:
    kinds = join((code(choice.value) for choice in param.choices), ", ") if param.choices else None
    kind = kinds or (md("{kind}", kind=_KINDS[param.kind]) if param.kind in _KINDS else None)
    detail = md(" ({kind})", kind=kind) if kind else Markdown("")
    optional = Markdown("") if param.required else Markdown(" Optional.")
    return md(
        "{name:code}: {what}{detail}.{optional}",
        name=param.name,
        what=param.arg.description,
        detail=detail,
        optional=optional,
    )


def _notes(command: Command) -> Markdown:
    who = "Only you see the answer." if command.visibility is Visibility.PRIVATE else "Everybody here sees the answer."
    return md("*{notes}*", notes=" ".join([*(guard.note for guard in command.guards), who]))


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
