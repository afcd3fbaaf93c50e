"""All that was declared: found by itself, checked as a whole, looked up by name or by typed words."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from types import MappingProxyType, ModuleType

from bot.core.declare import Command, Form, HomePart, Route, Shortcut
from bot.core.errors import Outdated, UnknownCommand
from bot.core.markup import Markdown, code, join, md
from bot.core.rules import review


class BadDeclarations(Exception):
    """Every declaration that some platform would refuse, each with its function and the cure."""

    def __init__(self, found: list[str]) -> None:
        super().__init__("These commands cannot be declared like this:\n" + "\n".join(f"- {one}" for one in found))
        self.found = found


class Registry:
    """The bot's vocabulary."""

    def __init__(self, declared: Iterable[Route | HomePart]) -> None:
        declared = tuple(declared)
        routes = [one for one in declared if isinstance(one, Route)]
        found = review(routes)
        if found:
            raise BadDeclarations(found)
        self.routes: Mapping[str, Route] = MappingProxyType({route.name: route for route in routes})
        self.commands = tuple(sorted((r for r in routes if isinstance(r, Command)), key=lambda r: r.name))
        self.home_parts = tuple(sorted((one for one in declared if isinstance(one, HomePart)), key=lambda h: h.order))
        self._words = MappingProxyType({command.words: command for command in self.commands})
        self._shortcuts = {one.label: (command, one) for command in self.commands for one in command.shortcuts}

    @property
    def shortcuts(self) -> tuple[Shortcut, ...]:
        """List the ways to commands from messages and members."""
        return tuple(one for _, one in self._shortcuts.values())

    def behind(self, label: str) -> tuple[Command, Shortcut] | None:
        """Return what a shortcut of this label leads to."""
        return self._shortcuts.get(label)

    def route(self, name: str) -> Route:
        """Return what a token leads to."""
        if name not in self.routes:
            raise Outdated
        return self.routes[name]

    def form(self, name: str) -> Form | None:
        """Return the form of this name."""
        route = self.routes.get(name)
        return route if isinstance(route, Form) else None

    def command(self, words: str) -> Command | None:
        """Return the command of exactly these words."""
        return self._words.get(" ".join(words.split()).lower())

    def group(self, word: str) -> list[Command]:
        """List the commands that begin with this word."""
        return [command for command in self.commands if command.words.startswith(f"{word} ")]

    def match(self, line: str) -> tuple[Command, str]:
        """Find the command that a line begins with, longest name first, and what stands behind it."""
        for length in (3, 2, 1):
            head = line.split(maxsplit=length)
            command = self.command(" ".join(head[:length]))
            if command is not None and len(head) >= length:
                return command, head[length] if len(head) > length else ""
        raise UnknownCommand(self._unknown(line))

    def _unknown(self, line: str) -> Markdown:
        words = line.lower().split()[:3]
        if not words:
            return md("Type a command, for example {help:code}.", help="/help")
        inside = self.group(words[0])
        if inside:
            names = join((code(f"/{command.words}") for command in inside), ", ")
            lead = md("I don't know {typed:code}.", typed=f"/{' '.join(words[:2])[:40]}")
            if len(words) == 1:
                lead = md("{word:code} needs one more word.", word=f"/{words[0]}")
            return md("{lead} There is {names}.", lead=lead, names=names)
        near = self._nearest(words)
        if near:
            return md(
                "I don't know {word:code}. Did you mean {near:code}?",
                word=f"/{words[0][:40]}",
                near=f"/{near}",
            )
        return md(
            "I don't know {word:code}. Type {help:code} to see what I can do.",
            word=f"/{words[0][:40]}",
            help="/help",
        )

    def _nearest(self, words: list[str]) -> str:
        names = list(self._words)
        for length in range(len(words), 0, -1):
            near = get_close_matches(" ".join(words[:length]), names, n=1, cutoff=0.65)
            if near:
                return near[0]
        return ""


def discover(package: ModuleType, *built_in: Route) -> Registry:
    """Read every module of a package of commands. A module that cannot be imported stops the start."""
    declared: dict[int, Route | HomePart] = {id(one): one for one in built_in}
    for found in sorted(pkgutil.iter_modules(package.__path__, f"{package.__name__}."), key=lambda one: one.name):
        module = importlib.import_module(found.name)
        own = [one for one in vars(module).values() if isinstance(one, Route | HomePart)]
        if not any(one.handler.__module__ == module.__name__ for one in own):
            raise BadDeclarations([f"{module.__name__}: it declares nothing; add a function under @command."])
        declared.update({id(one): one for one in own})
    return Registry(declared.values())
