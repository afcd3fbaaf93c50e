"""How the console does what the bot can do."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.features import Feature, Way, instead, native

FEATURES: Mapping[Feature, Way] = {
    Feature.COMMANDS: native(),
    Feature.ASKING: native("asked one by one"),
    Feature.SUGGESTIONS: instead("the one suggestion that fits is taken"),
    Feature.BUTTONS: instead("numbers to type"),
    Feature.LISTS: instead("numbers to type"),
    Feature.FORMS: native("asked one by one"),
    Feature.MISTAKES: native("asked again"),
    Feature.PRIVATE: instead("marked as private"),
    Feature.UPDATES: instead("below"),
    Feature.PICTURES: instead("saved as a file, and in words"),
    Feature.FILES_OUT: native("saved in a folder"),
    Feature.FILES_IN: native("by name"),
    Feature.ON_MESSAGES: instead("`/faq`, `/suggest`"),
    Feature.ON_MEMBERS: instead("`/progress @name`"),
    Feature.MENTIONS: instead("every line is for the bot"),
    Feature.DIRECT: native("`:direct`"),
    Feature.HOME: instead("`/start`"),
    Feature.REMINDERS: native("while you sit there"),
    Feature.WEEKLY: native("at the prompt, while you sit there"),
    Feature.CALLING: instead("the name stands above the post"),
    Feature.THREADS: instead("below"),
    Feature.CHECKED: instead("every name is a channel"),
    Feature.LOOKED_UP: native("you see it"),
    Feature.LETTER: native("at the prompt, as `:organiser`"),
    Feature.WELCOME: instead("the first line says what to type"),
}
