"""What the bot does, by name. Each adapter says how it does it, and the page of platforms is made of that."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Feature(StrEnum):
    """Something that members or organisers can do, or see."""

    COMMANDS = "Commands with arguments"
    ASKING = "A form for what a command lacks"
    SUGGESTIONS = "Suggestions while typing"
    BUTTONS = "Buttons that work for months"
    LISTS = "Lists to choose from"
    FORMS = "Forms"
    MISTAKES = "What to mend in a form"
    PRIVATE = "Answers that only you see"
    UPDATES = "Answers in the place of what was clicked"
    PICTURES = "Pictures"
    FILES_OUT = "Files from the bot"
    FILES_IN = "Files from members"
    ON_MESSAGES = "Menu of a message"
    ON_MEMBERS = "Menu of a member"
    MENTIONS = "Mentions, also in threads"
    DIRECT = "Direct messages"
    HOME = "A home page"
    REMINDERS = "Reminders"
    WEEKLY = "The weekly posts and the daily tip"
    CALLING = "Somebody who is mentioned when a challenge opens"
    THREADS = "A thread under the challenge"
    CHECKED = "A look at the channel before anything is posted"
    LOOKED_UP = "A post of which no answer came"
    LETTER = "The weekly letter to organisers"
    WELCOME = "A welcome to whoever takes the bot in"


@dataclass(frozen=True, slots=True)
class Way:
    """How a platform does it: as natives expect it, or by a way round that the note tells."""

    note: str = ""
    native: bool = True


def native(note: str = "") -> Way:
    """Say that a platform has this itself."""
    return Way(note)


def instead(note: str) -> Way:
    """Say what stands in for what a platform does not have."""
    return Way(note, native=False)
