"""Everything that is wrong with a body, before it is sent.

The rules are written from Discord's documentation alone, so that they find mistakes of ours and of the library.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from adapters.discord import command_rules, message_rules, modal_rules


def problems(body: Mapping[str, Any]) -> list[str]:
    """List what Discord would refuse in a message, and what we never send."""
    return list(message_rules.message_problems(body))


def modal_problems(data: Mapping[str, Any]) -> list[str]:
    """List what Discord would refuse in a modal."""
    return list(modal_rules.modal_problems(data))


def command_problems(payload: Sequence[Mapping[str, Any]]) -> list[str]:
    """List what Discord would refuse in the bot's commands."""
    return list(command_rules.command_problems(payload))
