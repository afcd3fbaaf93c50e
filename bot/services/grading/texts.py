"""Typed words held against the accepted answers, forgiving what nobody means: case, spaces, quotes, a full stop."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

_QUOTES = str.maketrans(dict.fromkeys("‘’‚‛`´′", "'") | dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‐‑‒–—−", "-"))
# Signs that may belong to a name stay: C++, C#, .NET, -1.
_BEFORE, _AFTER = " '\"([{<*_¡¿", " '\")]}>*_.,;:!?"
_BETWEEN = re.compile(r"[,;\n]")


class Shape(StrEnum):
    """What a typed answer holds."""

    ONE = "one"
    # Several with commas between them, in this order or in any.
    LIST = "list"
    SET = "set"


@dataclass(frozen=True, slots=True)
class TextRule:
    """The answers that are right, each written as a member would."""

    accepted: tuple[str, ...]
    shape: Shape = Shape.ONE
    accents_matter: bool = False


def is_accepted(typed: str, rule: TextRule) -> bool:
    """Say whether a typed answer means one of the accepted ones."""
    meant = _meaning(typed, rule)
    return bool(meant) and any(meant == _meaning(accepted, rule) for accepted in rule.accepted)


def normal(text: str, accents_matter: bool = False) -> str:
    """Write a text as all writings of the same words are written."""
    text = unicodedata.normalize("NFKC", text.translate(_QUOTES)).casefold()
    if not accents_matter:
        apart = unicodedata.normalize("NFKD", text)
        text = "".join(sign for sign in apart if not unicodedata.combining(sign))
    line = " ".join(text.split())
    return line.lstrip(_BEFORE).rstrip(_AFTER) or line


def _meaning(text: str, rule: TextRule) -> object:
    if rule.shape is Shape.ONE:
        return normal(text, rule.accents_matter)
    parts = (normal(part, rule.accents_matter) for part in _BETWEEN.split(text))
    items = tuple(part for part in parts if part)
    return items if rule.shape is Shape.LIST else frozenset(items)
