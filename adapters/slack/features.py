"""How Slack does what the bot can do."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.features import Feature, Way, instead, native

FEATURES: Mapping[Feature, Way] = {
    Feature.COMMANDS: native("one slash command, `/mentor`, and behind it every command"),
    Feature.ASKING: native(),
    Feature.SUGGESTIONS: native("in forms; what you type yourself is offered too"),
    Feature.BUTTONS: native(),
    Feature.LISTS: native(),
    Feature.FORMS: native(),
    Feature.MISTAKES: native("at the field"),
    Feature.PRIVATE: native(),
    Feature.UPDATES: native(),
    Feature.PICTURES: native("where the app may upload; else in words"),
    Feature.FILES_OUT: instead("in your direct messages, as private answers carry none"),
    Feature.FILES_IN: native("in a form, or beside a direct message"),
    Feature.ON_MESSAGES: native(),
    Feature.ON_MEMBERS: instead("`/mentor progress @name`; Slack has no such menu"),
    Feature.MENTIONS: native("slash commands do not work in threads"),
    Feature.DIRECT: native("just write; a question needs no command"),
    Feature.HOME: native("the Home tab, fresh after every change"),
    Feature.REMINDERS: native("by direct message"),
    Feature.WEEKLY: native("in channels that the bot was invited to"),
    Feature.CALLING: native("a user group, chosen from the list of the slash command"),
    Feature.THREADS: native("begun with a first message"),
    Feature.CHECKED: native("with the scopes `channels:read` and `groups:read`"),
    Feature.LOOKED_UP: instead("the organiser is asked: It is there, or Post again"),
    Feature.LETTER: native("by direct message to whoever installed the app"),
    Feature.WELCOME: native("by direct message"),
}
