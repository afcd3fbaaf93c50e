"""The manifest is what Slack takes, and says what we declare."""

from __future__ import annotations

import importlib.util
import json
import re
import string
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.manifest import SCOPES, BadManifest, manifest
from bot.core.calls import Chosen, Typed
from bot.core.registry import Registry
from bot.wiring import find_commands
from tests.adapters.slack.sent import REGISTRY, read, shortcut, slash, start

JUDGE = Path(__file__).parents[3] / ".." / "shared" / "judges" / "slack_judge.py"
HTTP = "https://mentor.example.org"


def refused(payload: dict[str, Any]) -> list[str]:
    """Return what Slack's schema refuses; nothing where the schema is not at hand."""
    if not JUDGE.is_file():
        return []
    spec = importlib.util.spec_from_file_location("slack_judge", JUDGE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: list[str] = module.judge("manifest", payload)
    return found


def commands(payload: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["command"]: one for one in payload["features"]["slash_commands"]}


@pytest.mark.parametrize("http", ["", HTTP])
def test_slack_takes_it(http: str) -> None:
    registry = find_commands()
    heads = sorted({command.words.split()[0] for command in registry.commands})
    made = manifest(registry, http=http, aliases=heads, name="N" * 35)
    assert refused(made) == []
    assert json.loads(json.dumps(made)) == made


def test_over_a_socket_nothing_has_an_address() -> None:
    made = manifest(REGISTRY)
    assert "http" not in json.dumps(made)
    assert made["settings"]["socket_mode_enabled"] is True
    assert made["settings"]["org_deploy_enabled"] is made["settings"]["token_rotation_enabled"] is False


def test_over_http_everything_has_one() -> None:
    made = manifest(REGISTRY, http=f"{HTTP}/", aliases=["tip"])
    settings = made["settings"]
    events = f"{HTTP}/slack/events"
    assert settings["event_subscriptions"]["request_url"] == events
    assert settings["interactivity"] == {
        "is_enabled": True,
        "request_url": events,
        "message_menu_options_url": events,
    }
    assert {one["url"] for one in commands(made).values()} == {events}
    assert made["oauth_config"]["redirect_urls"] == [f"{HTTP}/slack/oauth_redirect"]
    assert settings["socket_mode_enabled"] is False
    assert settings["org_deploy_enabled"] is settings["token_rotation_enabled"] is True


def test_the_root_and_its_aliases_are_escaped_and_hinted() -> None:
    made = commands(manifest(REGISTRY, root="guide", aliases=["tip", "path", "tip"]))
    assert list(made) == ["/guide", "/guide-tip", "/guide-path"]
    assert all(one["should_escape"] is True for one in made.values())
    assert made["/guide"]["usage_hint"].startswith("[help | ")
    assert made["/guide-tip"]["usage_hint"] == "[topic …]"
    assert made["/guide-path"]["usage_hint"] == "[list]"


def test_a_long_hint_says_that_there_is_more() -> None:
    hint = commands(manifest(find_commands()))["/mentor"]["usage_hint"]
    assert re.fullmatch(r"\[help( \| [a-z]+)+ \| …\]", hint)
    assert len(hint) <= 100


def test_what_the_manifest_announces_is_what_arrives() -> None:
    made = manifest(REGISTRY, root="guide", aliases=["tip"])
    lines = [read("slash", slash("x", name), root="guide").target for name in commands(made)]
    assert lines == [Typed("x"), Typed("tip x")]
    announced = [one["callback_id"] for one in made["features"]["shortcuts"]]
    targets = [read("shortcut", shortcut(name, "x")).target for name in announced]
    assert [one.command for one in targets if isinstance(one, Chosen)] == ["faq", "suggest"]


def test_a_shortcut_on_members_has_no_place_at_slack() -> None:
    names = [one["name"] for one in manifest(REGISTRY)["features"]["shortcuts"]]
    assert names == ["Ask the mentors", "Save as suggestion"]


def test_without_shortcuts_there_is_no_empty_list() -> None:
    made = manifest(Registry([start]))
    assert "shortcuts" not in made["features"]
    assert refused(made) == []


def test_every_scope_is_asked_for_with_a_reason() -> None:
    asked = manifest(REGISTRY)["oauth_config"]["scopes"]
    assert asked == {"bot": [scope.name for scope in SCOPES]}
    assert len(set(asked["bot"])) == len(SCOPES)
    assert all(scope.why.endswith(".") for scope in SCOPES)


def test_every_event_has_its_scope() -> None:
    needed = {"app_mention": "app_mentions:read", "message.im": "im:history"}
    made = manifest(REGISTRY)
    events = made["settings"]["event_subscriptions"]["bot_events"]
    assert {needed[one] for one in events if one in needed} <= {scope.name for scope in SCOPES}
    assert {"app_uninstalled", "tokens_revoked", "app_home_opened", *needed} == set(events)


@pytest.mark.parametrize(
    ("settings", "word"),
    [
        ({"root": "Mentor"}, "/Mentor"),
        ({"root": "my mentor"}, "small letters"),
        ({"root": "m" * 32}, "31"),
        ({"root": ""}, "/"),
        ({"root": "m" * 28, "aliases": ["tip"]}, "-tip"),
        ({"aliases": ["tipp"]}, "tipp"),
        ({"name": ""}, "1 to 35"),
        ({"name": "N" * 36}, "36"),
        ({"http": "http://mentor.example.org"}, "https://"),
        ({"http": "mentor.example.org"}, "https://"),
        ({"http": "https://mentor.example.org/?a=b"}, "https://"),
        ({"http": "https://"}, "https://"),
    ],
)
def test_what_slack_would_refuse_is_refused_here_with_the_cure(settings: dict[str, Any], word: str) -> None:
    with pytest.raises(BadManifest, match=re.escape(word)):
        manifest(REGISTRY, **settings)


@given(
    st.text(alphabet=string.ascii_lowercase + string.digits + "-_ A", max_size=40),
    st.text(max_size=40),
    st.sampled_from(["", HTTP, f"{HTTP}:8443/stepwise/"]),
)
def test_whatever_is_not_refused_here_slack_takes(root: str, name: str, http: str) -> None:
    try:
        made = manifest(REGISTRY, root=root, name=name, http=http)
    except BadManifest:
        return
    assert refused(made) == []
