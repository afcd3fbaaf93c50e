"""How Discord does what the bot can do."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.features import Feature, Way, instead, native

FEATURES: Mapping[Feature, Way] = {
    Feature.COMMANDS: native("slash commands with options; texts name them so that they can be pressed"),
    Feature.ASKING: native("Discord asks for required options; long texts open a form"),
    Feature.SUGGESTIONS: native(),
    Feature.BUTTONS: native(),
    Feature.LISTS: native(),
    Feature.FORMS: native(),
    Feature.MISTAKES: instead("a private message with Try again, filled in"),
    Feature.PRIVATE: native(),
    Feature.UPDATES: native(),
    Feature.PICTURES: native("with words for those who cannot see them"),
    Feature.FILES_OUT: native(),
    Feature.FILES_IN: native("as an option, or in a form"),
    Feature.ON_MESSAGES: native(),
    Feature.ON_MEMBERS: native(),
    Feature.MENTIONS: instead("slash commands work in threads; the bot reads no messages"),
    Feature.DIRECT: native("slash commands there"),
    Feature.HOME: instead("`/start`, `/progress`"),
    Feature.REMINDERS: native("by direct message"),
    Feature.WEEKLY: native(),
    Feature.CALLING: native("a role, and nobody else"),
    Feature.THREADS: native("named after the challenge, where the bot may open threads"),
    Feature.CHECKED: native(),
    Feature.LOOKED_UP: native("looked up in the channel, where the bot may read what was said before"),
    Feature.LETTER: native("by direct message to whoever added the bot, or owns the server"),
    Feature.WELCOME: native("by direct message"),
}
