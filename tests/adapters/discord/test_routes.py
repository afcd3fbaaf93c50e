"""Ids in paths are named, so that discord.py keeps the limits of channels apart."""

from __future__ import annotations

import pytest

from adapters.discord.routes import is_repeatable, route_of, split_query


@pytest.mark.parametrize(
    ("path", "key", "major"),
    [
        ("/channels/7/messages", "POST /channels/{channel_id}/messages", "7"),
        ("/channels/7/messages/9", "POST /channels/{channel_id}/messages/{id1}", "7"),
        ("/guilds/3/members/4", "POST /guilds/{guild_id}/members/{id1}", "3"),
        ("/users/@me/channels", "POST /users/@me/channels", ""),
        ("/webhooks/5/a-b_c.d/messages/6", "POST /webhooks/{webhook_id}/{webhook_token}/messages/{id2}", "5+a-b_c.d"),
    ],
)
def test_ids_are_named(path: str, key: str, major: str) -> None:
    route = route_of("POST", path)
    assert (route.key, route.major_parameters) == (key, major)
    assert route.url == route.BASE + path


def test_a_query_stands_apart() -> None:
    assert split_query("/channels/7/messages?limit=5&after=9") == (
        "/channels/7/messages",
        [("limit", "5"), ("after", "9")],
    )
    assert split_query("/channels/7") == ("/channels/7", [])


def test_what_may_happen_twice() -> None:
    assert is_repeatable("GET", "/channels/7")
    assert is_repeatable("POST", "/users/@me/channels")
    assert not is_repeatable("POST", "/channels/7/messages")
    assert not is_repeatable("PATCH", "/channels/7/messages/9")
