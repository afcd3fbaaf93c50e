"""How the page does what the bot can do."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.features import Feature, Way, instead, native

FEATURES: Mapping[Feature, Way] = {
    Feature.COMMANDS: native("completed while you type; texts name them so that they can be pressed"),
    Feature.ASKING: native(),
    Feature.SUGGESTIONS: native(),
    Feature.BUTTONS: native("as long as the message is there"),
    Feature.LISTS: native(),
    Feature.FORMS: native(),
    Feature.MISTAKES: native("at the field"),
    Feature.PRIVATE: native("marked as private"),
    Feature.UPDATES: native(),
    Feature.PICTURES: native("with words for those who cannot see them"),
    Feature.FILES_OUT: native(),
    Feature.FILES_IN: native("beside the line, or in a form"),
    Feature.ON_MESSAGES: native(),
    Feature.ON_MEMBERS: instead("`/progress @name`"),
    Feature.MENTIONS: native("`@stepwise` in a channel"),
    Feature.DIRECT: native(),
    Feature.HOME: native(),
    Feature.REMINDERS: native("by direct message"),
    Feature.WEEKLY: native("in `#weekly`"),
    Feature.CALLING: instead("nobody: whoever has the page open sees it"),
    Feature.THREADS: instead("below in the channel"),
    Feature.CHECKED: native(),
    Feature.LOOKED_UP: native("nothing is lost on the way to your own browser"),
    Feature.LETTER: native("in the channel, for organisers"),
    Feature.WELCOME: native("to organisers"),
}
