"""Complete the line that somebody is typing: the command first, then its arguments one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from adapters.web.people import CHANNELS
from bot.core.calls import Speaker
from bot.core.cmdline import Word, split
from bot.core.declare import Command
from bot.core.dispatch import Dispatcher
from bot.core.help import by_section, usage, visible
from bot.core.params import Choice, Kind, Param
from bot.core.values import NO, YES

SHOWN = 25
_DAYS = ("today", "tomorrow", "yesterday", "monday", "friday")


@dataclass(frozen=True, slots=True)
class Completion:
    """What could come next: choices that take the place of what stands from `start` on."""

    start: int
    choices: tuple[dict[str, str], ...]
    # The command that is being written, its arguments, and which of them it is now.
    command: str = ""
    slots: tuple[dict[str, Any], ...] = ()


def complete(dispatcher: Dispatcher, speaker: Speaker, names: Sequence[str], line: str) -> Completion:
    """Say what could stand where the line ends."""
    if not line.startswith("/"):
        return Completion(len(line), ())
    mine = visible(dispatcher.registry.commands, speaker)
    command = _written(mine, line[1:])
    if command is None:
        return Completion(0, tuple(_commands(mine, line[1:].strip().casefold())))
    begin = 1 + len(command.words) + 1
    return _Arguments(dispatcher, speaker, names, command, line, begin).complete()


def _written(commands: Sequence[Command], text: str) -> Command | None:
    """Return the command that is written out already, the longest one."""
    fitting = [one for one in commands if text.casefold().startswith(f"{one.words} ")]
    found = max(fitting, key=lambda one: len(one.words), default=None)
    if found is None:
        return None
    # `/streak w` may still become `/streak why`.
    longer = [one for one in commands if one is not found and one.words.startswith(text.casefold())]
    return None if longer else found


def _commands(commands: Sequence[Command], typed: str) -> Iterator[dict[str, str]]:
    ordered = [one for _, group in by_section(commands) for one in group]
    first = [one for one in ordered if one.words.startswith(typed)]
    others = [one for one in ordered if one not in first] if typed else []
    inside = [one for one in others if typed in f"{one.words} {one.summary}".casefold()]
    for one in (*first, *inside):
        insert = f"/{one.words} " if one.fields else f"/{one.words}"
        yield {"label": usage(one), "note": one.summary, "insert": insert, "group": one.section}


@dataclass(frozen=True, slots=True)
class _Arguments:
    dispatcher: Dispatcher
    speaker: Speaker
    names: Sequence[str]
    command: Command
    line: str
    begin: int

    def complete(self) -> Completion:
        text = self.line[self.begin :]
        params = [one for one in self.command.fields if one.kind is not Kind.FILE]
        words = split(text, params)
        at_end = not text or text[-1].isspace()
        last = None if at_end or not words else words[-1]
        before = words if last is None else words[:-1]
        current, start = self._current(params, before, last, text)
        typed = text[start:]
        choices = list(self._values(current, typed)) if current else []
        in_sentence = current is not None and current.arg.rest and bool(typed.strip())
        if in_sentence and not choices:
            start = last.start if last else len(text)
        if not in_sentence or not choices:
            choices += self._keys(params, before, text[last.start :] if last else "")
        start = self.begin + (start if choices else len(text))
        return Completion(start, tuple(choices[:SHOWN]), self.command.words, tuple(self._slots(current)))

    def _current(
        self, params: Sequence[Param], before: Sequence[Word], last: Word | None, text: str
    ) -> tuple[Param | None, int]:
        """Find which argument is being written, and where its value begins."""
        by_name = {one.name: one for one in params}
        if last is not None and last.key in by_name:
            return by_name[last.key], last.start + text[last.start :].find(":") + 1
        keyed = {one.key for one in before if one.key}
        if before and before[-1].waits:
            return by_name[before[-1].key], last.start if last else len(text)
        free = [one for one in params if one.name not in keyed]
        loose = [one for one in before if not one.key]
        for number, param in enumerate(free):
            if param.arg.rest:
                begun = loose[number].start if number < len(loose) else last.start if last else len(text)
                return param, begun
            if number == len(loose):
                return param, last.start if last else len(text)
        return None, last.start if last else len(text)

    def _values(self, param: Param, typed: str) -> Iterator[dict[str, str]]:
        for choice in self._choices(param, typed):
            spaced = " " in choice.value and not param.arg.rest
            value = f'"{choice.value}"' if spaced else choice.value
            yield {"label": choice.label, "note": "", "insert": f"{value} ", "group": param.label}

    def _choices(self, param: Param, typed: str) -> Sequence[Choice]:
        if param.arg.suggest is not None:
            return self.dispatcher.complete(param, typed.strip().strip('"'), self.speaker.place)
        wanted = typed.strip().strip('"').lstrip("@#").casefold()
        return [one for one in self._known(param) if wanted in one.label.casefold() or wanted in one.value.casefold()]

    def _known(self, param: Param) -> Sequence[Choice]:
        match param.kind:
            case Kind.CHOICE:
                return param.choices
            case Kind.FLAG:
                return (Choice("yes", YES[0]), Choice("no", NO[0]))
            case Kind.MEMBER:
                return [Choice(f"@{name}", f"@{name}") for name in self.names]
            case Kind.CHANNEL:
                return [Choice(f"#{name}", f"#{name}") for name in CHANNELS]
            case Kind.DATE:
                return [Choice(day, day) for day in _DAYS]
            case _:
                return ()

    def _keys(self, params: Sequence[Param], before: Sequence[Word], typed: str) -> Iterator[dict[str, str]]:
        """Offer the names of arguments that are not there yet."""
        given, wanted = {one.key for one in before}, typed.casefold()
        for param in params:
            if param.name in given or param.arg.rest or param.required or not param.name.startswith(wanted):
                continue
            note = param.arg.description
            yield {"label": f"{param.name}:", "note": note, "insert": f"{param.name}:", "group": "More to say"}

    def _slots(self, current: Param | None) -> Iterator[dict[str, Any]]:
        for param in self.command.fields:
            about = {"name": param.name, "label": param.label.lower(), "hint": param.arg.description}
            yield {**about, "required": param.required, "now": param is current, "file": param.kind is Kind.FILE}
