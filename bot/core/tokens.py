"""The short text that a button carries: `a1:<route>:<args>`. All that a click needs is in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.core.errors import Outdated
from bot.core.params import Kind, Param
from bot.core.values import write

VERSION = "a1"
_EMPTY = "%_"
_UNSAFE = re.compile(r"[%,\x00-\x1f\x7f-\x9f]")
_CODED = re.compile(r"%([0-9A-F]{2})")


def size(token: str) -> int:
    """Count a token's characters as the strictest platform does (astral ones count twice)."""
    return len(token.encode("utf-16-le", "surrogatepass")) // 2


def make(route: str, params: tuple[Param, ...], state: Mapping[str, Any]) -> str:
    """Write a token. Arguments stand in the order of the parameters; what is left at its default is left out."""
    unknown = state.keys() - {param.name for param in params}
    if unknown:
        raise TypeError(f"{route} has no parameter {', '.join(sorted(unknown))}.")
    parts = [_part(param, state) for param in params]
    while parts and not parts[-1]:
        parts.pop()
    return f"{VERSION}:{route}:{','.join(parts)}"


def _part(param: Param, state: Mapping[str, Any]) -> str:
    if param.name not in state or state[param.name] == param.default:
        return ""
    if param.kind is Kind.FILE:
        raise TypeError(f"A file cannot travel in a token: {param.name}.")
    text = write(param, state[param.name])
    return _UNSAFE.sub(lambda m: f"%{ord(m[0]):02X}", text) or _EMPTY


def take_apart(token: str) -> tuple[str, list[str | None]]:
    """Read a token's route and arguments; a token is input like any other."""
    version, _, rest = token.partition(":")
    route, found, args = rest.partition(":")
    if version != VERSION or not route or not found:
        raise Outdated
    return route, [_read_part(part) for part in args.split(",")] if args else []


def _read_part(part: str) -> str | None:
    if not part:
        return None
    return "" if part == _EMPTY else _CODED.sub(lambda m: chr(int(m[1], 16)), part)


def state_of(params: tuple[Param, ...], parts: list[str | None]) -> dict[str, str]:
    """Give a token's arguments their names back."""
    if len(parts) > len(params):
        raise Outdated
    return {param.name: part for param, part in zip(params, parts, strict=False) if part is not None}
