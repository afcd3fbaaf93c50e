"""The invitation asks for what the bot needs, and for nothing more."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import discord

from adapters.discord.invite import PERMISSIONS, invite_url


def rights_of(url: str) -> discord.Permissions:
    return discord.Permissions(int(parse_qs(urlsplit(url).query)["permissions"][0]))


def test_the_address_asks_for_exactly_these_rights() -> None:
    assert {name for name, allowed in rights_of(invite_url(42)) if allowed} == {
        "read_messages",
        "send_messages",
        "send_messages_in_threads",
        "create_public_threads",
        "embed_links",
        "attach_files",
        "read_message_history",
    }


def test_the_address_leads_to_discord_with_both_scopes() -> None:
    url = urlsplit(invite_url(42))
    query = parse_qs(url.query)
    assert (url.scheme, url.netloc, url.path) == ("https", "discord.com", "/oauth2/authorize")
    assert query["client_id"] == ["42"]
    assert query["scope"] == ["bot applications.commands"]


def test_another_base_is_taken_with_or_without_a_slash() -> None:
    assert invite_url(42, "https://example.org/") == invite_url(42, "https://example.org")
    assert invite_url(42, "https://example.org").startswith("https://example.org/oauth2/")


def test_every_right_has_a_name_and_a_reason() -> None:
    assert len({one.name for one in PERMISSIONS}) == len(PERMISSIONS)
    assert all(one.why.startswith("to ") for one in PERMISSIONS)
