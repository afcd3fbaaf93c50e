"""Draw the home page of a member."""

from __future__ import annotations

from typing import Any

from adapters.slack.render import view_blocks
from bot.core.reply import Reply

HOME = "home"


def view(reply: Reply) -> dict[str, Any]:
    """Draw the home page."""
    return {"type": "home", "callback_id": HOME, "blocks": view_blocks(reply)}
