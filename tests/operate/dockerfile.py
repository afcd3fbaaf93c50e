"""Reads a Dockerfile, as far as the tests need it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: its word and what follows it."""

    word: str
    rest: str


def stages(text: str) -> list[list[Statement]]:
    """Cut into stages, each from its FROM on; what stands before the first is left out."""
    found: list[list[Statement]] = []
    for statement in statements(text):
        if statement.word == "FROM":
            found.append([])
        if found:
            found[-1].append(statement)
    return found


def statements(text: str) -> Iterator[Statement]:
    """List the statements, with lines that go on joined."""
    lines = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    for line in re.sub(r"\\\n\s*", " ", lines).splitlines():
        if line.strip():
            word, _, rest = line.strip().partition(" ")
            yield Statement(word.upper(), rest.strip())


def told(stage: list[Statement], word: str) -> list[str]:
    """Return what a stage says under one word."""
    return [one.rest for one in stage if one.word == word]


def environment(stage: list[Statement]) -> dict[str, str]:
    """Return what a stage puts into the environment."""
    pairs = (pair for rest in told(stage, "ENV") for pair in rest.split())
    return {name: value for name, _, value in (pair.partition("=") for pair in pairs)}
