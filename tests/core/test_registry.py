"""A line finds its command, or a hint that helps."""

from __future__ import annotations

import pytest

from bot.core.context import Ctx
from bot.core.declare import command
from bot.core.errors import UnknownCommand
from bot.core.registry import Registry
from bot.core.reply import Reply

NAMES = ("find", "help", "resource find", "resource save", "settings", "path", "path next")


async def plain(ctx: Ctx) -> Reply:
    return Reply()


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry([command(one, summary="Try", section="Learn")(plain) for one in NAMES])


@pytest.mark.parametrize(
    ("line", "words", "rest"),
    [
        ("help", "help", ""),
        ("Settings  zone:rome  x", "settings", "zone:rome  x"),
        ("resource   find don't  stop", "resource find", "don't  stop"),
        ("path", "path", ""),
        ("path next", "path next", ""),
        ("path of ages", "path", "of ages"),
    ],
)
def test_the_longest_name_wins_and_the_rest_is_raw(registry: Registry, line: str, words: str, rest: str) -> None:
    found, left = registry.match(line)
    assert (found.words, left) == (words, rest)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("hlep me", "Did you mean `/help`?"),
        ("resource", "needs one more word. There is `/resource find`, `/resource save`."),
        ("resource fnd docker", "I don't know `/resource fnd`. There is `/resource find`"),
        ("xyzzy", "Type `/help` to see"),
        ("", "Type a command"),
        ("how do I learn", "Type `/help`"),
        ("q" * 5000, "Type `/help`"),
        ("`*_<@everyone>", "Type `/help`"),
    ],
)
def test_a_line_that_begins_with_no_command_gets_a_hint(registry: Registry, line: str, said: str) -> None:
    with pytest.raises(UnknownCommand) as caught:
        registry.match(line)
    assert said in caught.value.message
    assert len(caught.value.message) < 200
