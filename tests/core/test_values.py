"""Every kind of value is read as it was written, and anything else is refused in words."""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum, IntEnum
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.bind import bind
from bot.core.errors import BadFields
from bot.core.markup import clean, plain
from bot.core.params import Arg, Channel, Choice, Kind, Member, Param, Role
from bot.core.values import BadValue, Today, read, write

SATURDAY = Today(date(2026, 11, 21))
LEVELS = (Choice("easy", "easy"), Choice("hard", "hard"))


class Level(Enum):
    EASY = "easy"
    HARD = "hard"


class Stars(IntEnum):
    ONE = 1
    TWO = 2


def param(kind: Kind, python: type = str, *, arg: Arg = Arg("It"), choices: tuple[Choice, ...] = ()) -> Param:
    return Param("it", kind, True, python, arg, choices=choices)


EACH_KIND = {
    Kind.TEXT: (param(Kind.TEXT), st.text(min_size=1)),
    Kind.INTEGER: (param(Kind.INTEGER, int), st.integers(-(10**17), 10**17)),
    Kind.NUMBER: (param(Kind.NUMBER, float), st.floats(allow_nan=False, allow_infinity=False)),
    Kind.FLAG: (param(Kind.FLAG, bool), st.booleans()),
    Kind.CHOICE: (param(Kind.CHOICE, Level, choices=LEVELS), st.sampled_from(Level)),
    Kind.MEMBER: (param(Kind.MEMBER, Member), st.from_regex(r"[A-Za-z0-9._-]{1,40}", fullmatch=True).map(Member)),
    Kind.CHANNEL: (param(Kind.CHANNEL, Channel), st.from_regex(r"[a-z0-9-]{1,40}", fullmatch=True).map(Channel)),
    Kind.ROLE: (param(Kind.ROLE, Role), st.from_regex(r"[A-Za-z0-9-]{1,40}", fullmatch=True).map(Role)),
    Kind.DATE: (param(Kind.DATE, date), st.dates()),
    Kind.DURATION: (param(Kind.DURATION, timedelta), st.integers(0, 3650 * 86400).map(lambda s: timedelta(seconds=s))),
}


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_what_is_written_is_read_again(data: st.DataObject) -> None:
    one, values = EACH_KIND[data.draw(st.sampled_from(list(EACH_KIND)))]
    value = data.draw(values)
    if one.kind is Kind.TEXT:
        try:
            value = read(one, value, SATURDAY)
        except BadValue:
            assert not clean(value).strip()
            return
    assert read(one, write(one, value), SATURDAY) == value


@given(
    st.sampled_from([one for one, _ in EACH_KIND.values()] + [param(Kind.FILE)]),
    st.text(max_size=80) | st.from_regex(r"[0-9+−,._%emhdws /:@-]{0,70}", fullmatch=True) | st.integers() | st.floats(),
)
@settings(max_examples=400, deadline=None)
def test_anything_else_is_refused_in_words(one: Param, raw: str | int | float) -> None:
    try:
        read(one, raw, SATURDAY)
    except BadValue as error:
        assert plain(error.message).endswith((".", "?")), error.message


@pytest.mark.parametrize(
    ("kind", "typed", "meant"),
    [
        (Kind.INTEGER, "1,234", 1234),
        (Kind.INTEGER, " +7 ", 7),
        (Kind.INTEGER, 3.0, 3),
        (Kind.NUMBER, "75%", 0.75),
        (Kind.NUMBER, "−0.5", -0.5),
        (Kind.NUMBER, "1,234.5", 1234.5),
        (Kind.FLAG, "Yes", True),
        (Kind.FLAG, "OFF", False),
        (Kind.DATE, "today", date(2026, 11, 21)),
        (Kind.DATE, "Tomorrow", date(2026, 11, 22)),
        (Kind.DATE, "friday", date(2026, 11, 27)),
        (Kind.DATE, "saturday", date(2026, 11, 28)),
        (Kind.DATE, "next monday", date(2026, 11, 23)),
        (Kind.DURATION, "2h 30m", timedelta(hours=2, minutes=30)),
        (Kind.DURATION, "1.5 hours", timedelta(minutes=90)),
        (Kind.DURATION, "3 days and 2 hrs", timedelta(days=3, hours=2)),
        (Kind.MEMBER, "@ada", Member("ada")),
        (Kind.CHANNEL, "#weekly", Channel("weekly")),
        (Kind.CHANNEL, " weekly ", Channel("weekly")),
        (Kind.ROLE, "@learners of 2026", Role("learners of 2026")),
        (Kind.TEXT, " e\u0301te\u0301 ", "été"),
        (Kind.TEXT, "half \ud83d a\x00 character", "half  a character"),
    ],
)
def test_people_write_values_in_many_ways(kind: Kind, typed: str | float, meant: object) -> None:
    assert read(param(kind), typed, SATURDAY) == meant


@pytest.mark.parametrize(
    ("kind", "typed", "hint"),
    [
        (Kind.INTEGER, "12.5", "12"),
        (Kind.NUMBER, "nan", "0.75"),
        (Kind.NUMBER, "1e999", "0.75"),
        (Kind.FLAG, "perhaps", "yes"),
        (Kind.DATE, "2026-02-30", "calendar"),
        (Kind.DATE, "21.11.2026", "2026-11-21"),
        (Kind.DURATION, "90", "45m"),
        (Kind.DURATION, "99999 weeks", "shorter"),
        (Kind.MEMBER, "Ada Lovelace", "@ada"),
        (Kind.CHANNEL, "#", "#weekly"),
        (Kind.ROLE, "a:b", "@learners"),
        (Kind.FILE, "x.txt", "Attach"),
    ],
)
def test_a_refusal_shows_how_to_write_it(kind: Kind, typed: str, hint: str) -> None:
    with pytest.raises(BadValue, match=hint):
        read(param(kind), typed, SATURDAY)


def test_a_wrong_choice_lists_the_choices_and_guesses() -> None:
    with pytest.raises(BadValue) as caught:
        read(param(Kind.CHOICE, Level, choices=LEVELS), "haard", SATURDAY)
    said = plain(caught.value.message)
    assert "Did you mean hard?" in said
    assert "easy, hard" in said


def test_a_choice_may_be_a_number() -> None:
    stars = param(Kind.CHOICE, Stars, choices=(Choice("1", "1"), Choice("2", "2")))
    assert read(stars, "2", SATURDAY) is Stars.TWO


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(1, 5, "between 1 and 5"), (None, 1_000_000, "1000000 or less"), (0.5, None, "0.5 or more")],
)
def test_a_range_is_told_in_plain_digits(low: float | None, high: float | None, words: str) -> None:
    one = param(Kind.NUMBER, float, arg=Arg("It", minimum=low, maximum=high))
    with pytest.raises(BadValue) as caught:
        read(one, "-3" if high is None or low is not None else "9999999", SATURDAY)
    assert words in plain(caught.value.message)


def test_a_text_that_is_too_long_is_refused_and_not_cut() -> None:
    with pytest.raises(BadValue, match="11 characters long; 10"):
        read(param(Kind.TEXT, arg=Arg("It", max_length=10)), "x" * 11, SATURDAY)


def test_the_binder_reports_everything_that_is_wrong_at_once() -> None:
    two: tuple[Param, ...] = (
        Param("day", Kind.DATE, True, date, Arg("Which day")),
        Param("size", Kind.INTEGER, True, int, Arg("How big")),
        Param("note", Kind.TEXT, False, str, Arg("A note"), default="none"),
    )
    raw: dict[str, Any] = {"day": "someday", "note": " "}
    with pytest.raises(BadFields) as caught:
        bind(two, raw, SATURDAY)
    assert caught.value.errors.keys() == {"day", "size"}
    assert "How big" in caught.value.errors["size"]
    assert bind(two, {"day": "today", "size": "2", "note": " "}, SATURDAY)["note"] == "none"
