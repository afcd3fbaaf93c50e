"""Numbers as people type them: 12.5, 12,5, 1 234,5, 1e-3, 5%, 1/3, x = −3.

Some can be read in two ways: 1,234 is 1234 to some and 1.234 to others. Then both are returned, and an answer is right
when one of them is.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.markup import md
from bot.services.grading.faults import AnswerProblem

LONGEST = 60
# Beside any tolerance, so that 1.1 is within 0.1 of 1 although no computer can write 1.1 down exactly.
_ROUNDING = 1e-12
_LOOKALIKES = str.maketrans(
    {"−": "-", "–": "-", "‒": "-", "﹣": "-", "－": "-", "＋": "+", "⁄": "/", "∕": "/", "’": "'", "，": ",", "％": "%"}
    | dict.fromkeys("\u00a0\u2007\u2009\u202f\t", " ")
)
_AROUND = '`*"“”«»\n\r '
_NAME = re.compile(r"(?:[^\W\d][\w ]{0,30})?[=:≈~]\s*")
_POWER = re.compile(r"\s*[x×*·]\s*10\s*(?:\^|\*\*)\s*(?=[-+\d])")
_PLAIN = re.compile(r"\d+\.?\d*|\.\d+")
_DECIMAL_COMMA = re.compile(r"\d*,\d+")
_ONE_GROUP = re.compile(r"([1-9]\d{0,2})[.,](\d{3})")
_GROUPS = re.compile(r"[1-9]\d{0,2}(?:(?P<mark>[ ',._])\d{3})(?:(?P=mark)\d{3})*(?P<rest>[.,]\d*)?")
_NUMBER = re.compile(r"(?P<sign>[-+]?)\s*(?P<body>[\d.,' _]*\d[.,]?)\s*(?:[eE]\s*(?P<power>[-+]?\d{1,4}))?")


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far an answer may be from the truth: by a share of it, or by an amount; the wider one counts."""

    relative: float = 0.0
    absolute: float = 0.0


def read_number(typed: str) -> tuple[float, ...]:
    """Return every number that the text may mean; AnswerProblem when there is none."""
    text = _bare(typed)
    found = _percent(text[:-1]) if text.endswith("%") else _fraction(text) if "/" in text else _readings(text)
    found = [number for number in found if math.isfinite(number)]
    if found:
        return tuple(dict.fromkeys(found))
    raise AnswerProblem(
        md(
            "I cannot read “{typed}” as a number. Write only the number, like 12.5, 1e-3 or 1/3, without a unit.",
            typed=typed.strip()[:LONGEST],
        )
    )


def matches(readings: Sequence[float], truth: float, tolerance: Tolerance) -> bool:
    """Say whether one of the readings is near enough to the truth."""
    return any(_is_near(reading, truth, tolerance) for reading in readings)


def _is_near(reading: float, truth: float, tolerance: Tolerance) -> bool:
    allowed = max(tolerance.absolute, tolerance.relative * abs(truth))
    return abs(reading - truth) <= allowed + _ROUNDING * max(abs(reading), abs(truth))


def _bare(typed: str) -> str:
    """Take away what stands around a number: a name, an equals sign, quotation marks, a full stop."""
    text = typed.translate(_LOOKALIKES).strip(_AROUND)
    if len(text) > LONGEST:
        return ""
    text = _POWER.sub("e", _NAME.sub("", text, count=1) if _NAME.match(text) else text)
    return text.removesuffix(".").rstrip()


def _percent(text: str) -> list[float]:
    """Read 5 as 0.05 and as 5: the question may have asked for a percentage."""
    return [way for number in _readings(text) for way in (number / 100, number)]


def _fraction(text: str) -> list[float]:
    above, _, below = text.partition("/")
    return [a / b for a in _readings(above) for b in _readings(below) if b]


def _readings(text: str) -> list[float]:
    found = _NUMBER.fullmatch(text.strip())
    if not found:
        return []
    sign, power = found["sign"], found["power"] or "0"
    return [float(f"{sign}{body}e{power}") for body in _bodies(found["body"])]


def _bodies(text: str) -> list[str]:
    """Return the digits with a decimal point, in each way that they can be read."""
    bodies = [text] if _PLAIN.fullmatch(text) else []
    if _DECIMAL_COMMA.fullmatch(text):
        bodies.append(text.replace(",", "."))
    if found := _ONE_GROUP.fullmatch(text):
        bodies.append(found[1] + found[2])
    elif found := _GROUPS.fullmatch(text):
        bodies += _grouped(text, found["mark"], found["rest"] or "")
    return bodies


def _grouped(text: str, mark: str, rest: str) -> list[str]:
    if rest.startswith(mark):
        return []
    whole = text[: len(text) - len(rest)].replace(mark, "")
    return [f"{whole}.{rest[1:]}"]
