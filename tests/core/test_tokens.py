"""What a button carries comes back as it went, and a forged token is only ever outdated."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core import tokens
from bot.core.bind import bind
from bot.core.errors import Outdated
from bot.core.params import Kind, Member, Param
from bot.core.values import Today

TODAY = Today(date(2026, 11, 21))
PARAMS = (
    Param("text", Kind.TEXT, True, str),
    Param("page", Kind.INTEGER, False, int, default=1),
    Param("share", Kind.NUMBER, False, float),
    Param("wanted", Kind.FLAG, False, bool, default=False),
    Param("who", Kind.MEMBER, False, Member),
    Param("day", Kind.DATE, False, date),
    Param("length", Kind.DURATION, False, timedelta),
)


@given(st.text(), st.text())
@settings(max_examples=300, deadline=None)
def test_any_text_comes_back_as_it_went(first: str, second: str) -> None:
    two = (PARAMS[0], Param("more", Kind.TEXT, True, str))
    token = tokens.make("route.name", two, {"text": first, "more": second})
    name, parts = tokens.take_apart(token)
    assert name == "route.name"
    assert tokens.state_of(two, parts) == {"text": first, "more": second}


@given(
    st.fixed_dictionaries(
        {
            "text": st.from_regex(r"[!-~]{1,9}( [!-~]{1,9})?", fullmatch=True),
        },
        optional={
            "page": st.integers(-9999, 9999),
            "share": st.floats(0, 1),
            "wanted": st.booleans(),
            "who": st.just(Member("U123")),
            "day": st.dates(),
            "length": st.integers(0, 86400).map(lambda s: timedelta(seconds=s)),
        },
    )
)
@settings(max_examples=60, deadline=None)
def test_a_click_binds_to_the_values_that_the_button_was_made_with(state: dict[str, object]) -> None:
    _, parts = tokens.take_apart(tokens.make("r", PARAMS, state))
    values = bind(PARAMS, tokens.state_of(PARAMS, parts), TODAY)
    assert values == {param.name: state.get(param.name, param.default) for param in PARAMS}


@given(st.text() | st.from_regex(r"a1:[a-z.]{0,5}:?[a-z0-9,%_]{0,20}", fullmatch=True))
@settings(max_examples=300, deadline=None)
def test_a_forged_token_is_only_ever_outdated(token: str) -> None:
    try:
        _, parts = tokens.take_apart(token)
        tokens.state_of(PARAMS, parts)
    except Outdated:
        pass


@pytest.mark.parametrize("token", ["", "a1", "a1:x", "a2:x:", "a1::1", "page", f"a1:x:{',' * 9}"])
def test_what_no_button_of_ours_carries_is_outdated(token: str) -> None:
    with pytest.raises(Outdated, match="older message"):
        tokens.state_of(PARAMS, tokens.take_apart(token)[1])


def test_defaults_are_left_out_and_an_empty_text_is_not() -> None:
    assert tokens.make("r", PARAMS, {"text": "x", "page": 1, "wanted": False}) == "a1:r:x"
    optional = (Param("text", Kind.TEXT, False, str, default="all"),)
    assert tokens.state_of(optional, tokens.take_apart(tokens.make("r", optional, {"text": ""}))[1]) == {"text": ""}


def test_size_counts_as_the_strictest_platform_does() -> None:
    assert tokens.size("aé☂") == 3
    assert tokens.size("😀") == 2
    assert tokens.size("\ud83d") == 1


def test_a_token_is_made_of_known_parameters_and_never_of_files() -> None:
    with pytest.raises(TypeError, match="no parameter pag"):
        tokens.make("r", PARAMS, {"pag": 1})
    with pytest.raises(TypeError, match="file"):
        tokens.make("r", (Param("work", Kind.FILE, True, object),), {"work": object()})
