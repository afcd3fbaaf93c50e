"""The app manifest, made from what is declared: paste it at Slack, and the app is set up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

from adapters.slack.scopes import SCOPES, Scope
from bot.core.declare import On
from bot.core.help import by_section, usage
from bot.core.registry import Registry

__all__ = ["EVENTS_PATH", "INSTALL_PATH", "REDIRECT_PATH", "SCOPES", "BadManifest", "Scope", "manifest"]

EVENTS_PATH = "/slack/events"
INSTALL_PATH = "/slack/install"
REDIRECT_PATH = "/slack/oauth_redirect"

NAME, DESCRIPTION, SHORTCUT_NAME, SHORTCUT_ABOUT, HINT = 35, 140, 24, 150, 100
COMMAND, COMMANDS, SHORTCUTS = 32, 50, 10
EVENTS = ("app_home_opened", "app_mention", "app_uninstalled", "message.im", "tokens_revoked")

_WORD = re.compile(r"[a-z0-9][a-z0-9_-]*")
_SUMMARY = "A mentor for people on their way into machine learning"
_ABOUT = (
    "{name} is a mentor in your workspace. It answers questions, gives a tip for every day, leads along learning "
    "paths, sets a challenge every week, and keeps your streak. Type /{root} help to see everything, or open its "
    "Home tab to see where you stand. What you do stays yours: it shows it to you, and forgets it when you say so."
)

Json = dict[str, Any]


class BadManifest(ValueError):
    """Settings from which Slack would take no manifest; the text says which, and the cure."""


def manifest(
    registry: Registry, *, root: str = "mentor", aliases: Sequence[str] = (), http: str = "", name: str = "Stepwise"
) -> Json:
    """Make the manifest: for Socket Mode, or for this public address."""
    http = _checked_address(http)
    _check_name(name)
    about = _ABOUT.format(name=name, root=root)
    return {
        "_metadata": {"major_version": 1, "minor_version": 1},
        "display_information": {"name": name, "description": _SUMMARY, "long_description": about},
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            # A bot that only calls the Web API is shown as away otherwise, even while it answers.
            "bot_user": {"display_name": name, "always_online": True},
            **_listed("shortcuts", _shortcuts(registry)),
            "slash_commands": list(_commands(registry, root, aliases, http)),
        },
        "oauth_config": {
            **({"redirect_urls": [http + REDIRECT_PATH]} if http else {}),
            "scopes": {"bot": [scope.name for scope in SCOPES]},
        },
        "settings": _settings(http),
    }


def _settings(http: str) -> Json:
    address = {"request_url": http + EVENTS_PATH} if http else {}
    options = {"message_menu_options_url": http + EVENTS_PATH} if http else {}
    return {
        "event_subscriptions": {**address, "bot_events": list(EVENTS)},
        "interactivity": {"is_enabled": True, **address, **options},
        # One installation for a whole organisation, and keys that change, need somewhere to install from: HTTP.
        "org_deploy_enabled": bool(http),
        "socket_mode_enabled": not http,
        "token_rotation_enabled": bool(http),
    }


def _commands(registry: Registry, root: str, aliases: Sequence[str], http: str) -> Iterable[Json]:
    heads = _heads(registry)
    unknown = [word for word in aliases if word not in heads]
    if unknown:
        raise BadManifest(f"No command begins with {', '.join(unknown)}. There is {', '.join(heads)}.")
    if len(set(aliases)) >= COMMANDS:
        raise BadManifest(f"Slack takes {COMMANDS} commands at most. Name fewer aliases.")
    yield _command(root, f"{_SUMMARY}: type a word, or nothing for the menu", _hint(heads), http)
    for word in dict.fromkeys(aliases):
        about, hint = _of_word(registry, word)
        yield _command(f"{root}-{word}", about, hint, http)


def _heads(registry: Registry) -> list[str]:
    """List the first words of all commands as help does, itself in front."""
    in_order = [one.words.split()[0] for _, group in by_section(registry.commands) for one in group]
    return sorted(dict.fromkeys(in_order), key=lambda word: word != "help")


def _command(word: str, about: str, hint: str, http: str) -> Json:
    if not _WORD.fullmatch(word) or len(word) >= COMMAND:
        raise BadManifest(
            f"/{word} cannot be a command at Slack. Use at most {COMMAND - 1} small letters, digits, - and _."
        )
    return {
        "command": f"/{word}",
        **({"url": http + EVENTS_PATH} if http else {}),
        "description": about,
        **({"usage_hint": hint} if hint else {}),
        # Without it members, channels and addresses would arrive as bare text.
        "should_escape": True,
    }


def _of_word(registry: Registry, word: str) -> tuple[str, str]:
    """Describe an alias: by its own command, or by the second words of its group."""
    endings = [command.words.removeprefix(f"{word} ") for command in registry.group(word)]
    own = registry.command(word)
    if own is None:
        return f"{word.capitalize()}: {', '.join(endings)}", _hint(endings)
    slots = usage(own).removeprefix(f"/{own.words}").strip()
    return own.summary, slots if len(slots) <= HINT else ""


def _hint(words: Sequence[str]) -> str:
    """List as many words as fit."""
    shown = list(words)
    while len(f"[{' | '.join(shown)} | …]") > HINT:
        shown.pop()
    return f"[{' | '.join([*shown, *(['…'] if len(shown) < len(words) else [])])}]"


def _shortcuts(registry: Registry) -> list[Json]:
    """List what stands in the menu of a message. Slack has no menu for members."""
    labels = [one.label for one in registry.shortcuts if one.on is On.MESSAGE]
    too_long = [label for label in labels if len(label) > SHORTCUT_NAME]
    if too_long or len(labels) > SHORTCUTS:
        raise BadManifest(f"Slack takes {SHORTCUTS} shortcuts of {SHORTCUT_NAME} characters; shorten {too_long}.")
    return [
        {"name": label, "type": "message", "callback_id": label, "description": _about_shortcut(registry, label)}
        for label in labels
    ]


def _about_shortcut(registry: Registry, label: str) -> str:
    found = registry.behind(label)
    return (found[0].summary if found else label)[:SHORTCUT_ABOUT]


def _listed(key: str, items: list[Json]) -> Json:
    """Leave an empty list out; Slack wants at least one item."""
    return {key: items} if items else {}


def _check_name(name: str) -> None:
    if not name.strip() or len(name) > NAME:
        raise BadManifest(f"The app's name has {len(name)} characters; Slack takes 1 to {NAME}.")


def _checked_address(http: str) -> str:
    """Return the public address without a slash at its end; empty for Socket Mode."""
    if not http:
        return ""
    parts = urlsplit(http)
    if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment or parts.username:
        raise BadManifest(f"{http} is no address that Slack can call. Write one like https://mentor.example.org.")
    return http.rstrip("/")
