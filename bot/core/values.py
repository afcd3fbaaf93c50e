"""How each kind of parameter is read from what somebody typed, and written back."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from enum import Enum
from typing import Any

from bot.core.markup import Markdown, clean, code, join, md
from bot.core.params import Channel, Kind, Member, Param, Role, Upload


class BadValue(Exception):
    """A value that does not fit its parameter; the text tells how to write one that does."""

    def __init__(self, message: Markdown) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class Today:
    """What a reader of dates has to know about the member's day."""

    date: date


Raw = str | int | float | bool | Upload | Member | Channel | Role

YES = ("yes", "y", "true", "on", "1")
NO = ("no", "n", "false", "off", "0")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_UNITS: Mapping[str, int] = {"w": 604800, "d": 86400, "h": 3600, "m": 60, "s": 1}
_UNIT = r"(?:weeks?|days?|hours?|hrs?|minutes?|mins?|seconds?|secs?|[wdhms])"
_DURATION = re.compile(rf"(?:\d+(?:\.\d+)?\s*{_UNIT}\s*(?:,|and)?\s*)+", re.IGNORECASE)
_PART = re.compile(rf"(\d+(?:\.\d+)?)\s*({_UNIT})", re.IGNORECASE)


def read(param: Param, raw: Raw, today: Today) -> Any:
    """Turn what somebody typed into the parameter's value, or raise `BadValue`."""
    value = _READERS[param.kind](param, raw, today)
    _check_range(param, value)
    return value


def write(param: Param, value: Any) -> str:
    """Turn a value back into text that `read` understands."""
    match value:
        case bool():
            return "yes" if value else "no"
        case Enum():
            return str(value.value)
        case Member():
            return value.user
        case Channel() | Role():
            return value.key
        case date():
            return value.isoformat()
        case timedelta():
            return _write_duration(value)
        case Upload():
            raise TypeError(f"A file cannot be written down: {param.name}.")
        case _:
            return str(value)


def _text(param: Param, raw: Raw, _today: Today) -> str:
    text = unicodedata.normalize("NFC", clean(str(raw)).replace("\r\n", "\n")).strip()
    if not text and param.required:
        raise BadValue(md("Write something here, please."))
    limit = param.arg.max_length
    if limit is not None and len(text) > limit:
        raise BadValue(
            md(
                "That is {size} characters long; {limit} are the most. Please shorten it.",
                size=len(text),
                limit=limit,
            )
        )
    return text


def _integer(_param: Param, raw: Raw, _today: Today) -> int:
    text = str(raw).strip().replace("_", "")
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+", text):
        text = text.replace(",", "")
    if not re.fullmatch(r"[+-]?[0-9]{1,18}(\.0+)?", text):
        raise BadValue(md("“{raw}” is not a whole number. Write it like `12`.", raw=_short(raw)))
    return int(text.split(".")[0])


def _number(_param: Param, raw: Raw, _today: Today) -> float:
    text = str(raw).strip().replace("_", "").replace("−", "-")
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", text):
        text = text.replace(",", "")
    percent = text.endswith("%")
    try:
        value = float(text.removesuffix("%").strip())
    except ValueError:
        raise BadValue(md("“{raw}” is not a number. Write it like `0.75`.", raw=_short(raw))) from None
    if not math.isfinite(value):
        raise BadValue(md("“{raw}” is not a number that can be counted with. Write one like `0.75`.", raw=_short(raw)))
    return value / 100 if percent else value


def _flag(_param: Param, raw: Raw, _today: Today) -> bool:
    if isinstance(raw, bool):
        return raw
    word = str(raw).strip().lower()
    if word in YES:
        return True
    if word in NO:
        return False
    raise BadValue(md("Answer with `yes` or `no`."))


def _choice(param: Param, raw: Raw, _today: Today) -> Any:
    word = str(raw.value if isinstance(raw, Enum) else raw).strip()
    for choice in param.choices:
        if word.casefold() in (choice.value.casefold(), choice.label.casefold()):
            return _chosen(param, choice.value)
    values = [choice.value for choice in param.choices]
    near = get_close_matches(word.casefold(), values, n=1)
    lead = md("“{word}” is not among the choices.", word=_short(word))
    guess = md(" Did you mean {near:code}?", near=near[0]) if near else Markdown("")
    listed = join(map(code, values), ", ")
    raise BadValue(md("{lead}{guess} Choose one of {listed}.", lead=lead, guess=guess, listed=listed))


def _chosen(param: Param, value: str) -> Any:
    if not issubclass(param.python, Enum):
        return value
    return next(one for one in param.python if str(one.value) == value)


def _member(_param: Param, raw: Raw, _today: Today) -> Member:
    if isinstance(raw, Member):
        return raw
    name = str(raw).strip().removeprefix("@").strip()
    if not name or len(name) > 64 or any(c.isspace() or c == ":" for c in name):
        raise BadValue(md("Name one member, like `@ada`."))
    return Member(name)


def _channel(_param: Param, raw: Raw, _today: Today) -> Channel:
    return raw if isinstance(raw, Channel) else Channel(_name_of(raw, "#", "Name one channel, like `#weekly`."))


def _role(_param: Param, raw: Raw, _today: Today) -> Role:
    return raw if isinstance(raw, Role) else Role(_name_of(raw, "@", "Name one role, like `@learners`."))


def _name_of(raw: Raw, mark: str, how: str) -> str:
    name = str(raw).strip().removeprefix(mark).strip()
    if not name or len(name) > 100 or ":" in name:
        raise BadValue(Markdown(how))
    return name


def _date(_param: Param, raw: Raw, today: Today) -> date:
    word = str(raw).strip().lower()
    near = {"today": 0, "tomorrow": 1, "yesterday": -1}
    if word in near:
        return today.date + timedelta(days=near[word])
    if word.removeprefix("next ") in _WEEKDAYS:
        ahead = (_WEEKDAYS.index(word.removeprefix("next ")) - today.date.weekday()) % 7
        return today.date + timedelta(days=ahead or 7)
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", word):
            return date.fromisoformat(word)
    except ValueError:
        raise BadValue(md("“{raw}” is not in the calendar. Check the day and the month.", raw=_short(raw))) from None
    raise BadValue(md("“{raw}” is not a date. Write it like `2026-11-21`, `today` or `friday`.", raw=_short(raw)))


def _duration(_param: Param, raw: Raw, _today: Today) -> timedelta:
    text = str(raw).strip().lower()
    if len(text) > 64 or not _DURATION.fullmatch(text + " "):
        raise BadValue(
            md("“{raw}” is not a length of time. Write it like `45m`, `2h 30m` or `3 days`.", raw=_short(raw))
        )
    seconds = sum(float(amount) * _UNITS[unit[0].lower()] for amount, unit in _PART.findall(text))
    if seconds > 3650 * 86400:
        raise BadValue(md("That is more than ten years. Write a shorter time."))
    return timedelta(seconds=round(seconds))


def _write_duration(value: timedelta) -> str:
    rest, parts = int(value.total_seconds()), []
    for unit, size in _UNITS.items():
        amount, rest = divmod(rest, size)
        if amount:
            parts.append(f"{amount}{unit}")
    return " ".join(parts) or "0s"


def _file(_param: Param, raw: Raw, _today: Today) -> Upload:
    if isinstance(raw, Upload):
        return raw
    raise BadValue(md("Attach a file here."))


def _short(raw: Raw) -> str:
    text = str(raw)
    return text if len(text) <= 60 else text[:59] + "…"


def _check_range(param: Param, value: Any) -> None:
    if param.kind not in (Kind.INTEGER, Kind.NUMBER):
        return
    low, high = param.arg.minimum, param.arg.maximum
    if (low is None or value >= low) and (high is None or value <= high):
        return
    match low, high:
        case None, _:
            wanted = md("{high:code} or less", high=_digits(high))
        case _, None:
            wanted = md("{low:code} or more", low=_digits(low))
        case _:
            wanted = md("between {low:code} and {high:code}", low=_digits(low), high=_digits(high))
    raise BadValue(md("{value} does not fit. It should be {wanted}.", value=_digits(value), wanted=wanted))


def _digits(number: float | None) -> str:
    return str(int(number)) if number is not None and number == int(number) else str(number)


_READERS: Mapping[Kind, Callable[[Param, Raw, Today], Any]] = {
    Kind.TEXT: _text,
    Kind.INTEGER: _integer,
    Kind.NUMBER: _number,
    Kind.FLAG: _flag,
    Kind.CHOICE: _choice,
    Kind.MEMBER: _member,
    Kind.CHANNEL: _channel,
    Kind.ROLE: _role,
    Kind.DATE: _date,
    Kind.DURATION: _duration,
    Kind.FILE: _file,
}
