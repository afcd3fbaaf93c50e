"""Complete what somebody types into a field with suggestions."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from adapters.slack.parse import completing, who
from adapters.slack.payloads import text_at
from adapters.slack.people import place_of
from adapters.slack.render import option
from bot.core.dispatch import Dispatcher
from bot.core.params import Choice
from bot.core.reply import Option

log = logging.getLogger(__name__)

_LONGEST = 150


def suggestions(body: Mapping[str, Any], dispatcher: Dispatcher) -> list[dict[str, Any]]:
    """List what fits; what was typed stands last, so that nobody is held to a list."""
    typed = text_at(body, "value").strip()[:_LONGEST]
    try:
        choices = _choices(body, dispatcher)
    except Exception:  # a field that suggests nothing can still be filled in
        log.exception("A value could not be completed.")
        choices = ()
    known = {text.casefold() for one in choices for text in (one.label, one.value)}
    own = (Choice(typed, typed),) if typed and typed.casefold() not in known else ()
    return [option(Option(one.label, one.value)) for one in (*choices, *own)]


def _choices(body: Mapping[str, Any], dispatcher: Dispatcher) -> Sequence[Choice]:
    asked = completing(body)
    if asked is None:
        return ()
    route = dispatcher.registry.route(asked.route)
    param = next((one for one in route.params if one.name == asked.param), None)
    return dispatcher.complete(param, asked.typed, place_of(who(body))) if param else ()
