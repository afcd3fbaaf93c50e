"""First responses to interactions, and what Discord refuses of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.discord import modal_rules, posting
from tests.fakes.discord.calls import Call
from tests.fakes.discord.checks import amount, length, never_fails
from tests.fakes.discord.interactions import (
    ANSWER,
    AUTOCOMPLETE,
    COMPLETE,
    COMPONENT,
    FIRST_SECONDS,
    FORM,
    LATER,
    LATER_UPDATE,
    MODAL,
    UPDATE,
    Interaction,
    Shown,
)
from tests.fakes.discord.messages import EPHEMERAL
from tests.fakes.discord.refusals import answered_already, invalid_form, unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fakes.discord.world import World


def respond(world: World, call: Call) -> tuple[int, Any]:
    """Take a first response."""
    found = _due(world, *call.ids)
    kind, data = call.fields.get("type"), call.fields.get("data") or {}
    _check_kind(found, kind)
    HOW[int(kind or 0)](world, found, data, call)
    found.first, found.answered_at = int(kind or 0), world.now()
    found.bell.ring()
    if call.query.get("with_response", "").lower() in ("1", "true"):
        return 200, _told(found)
    return 204, None


def _due(world: World, number: str, token: str) -> Interaction:
    found = world.interactions.get(number)
    if found is None or found.token != token or world.now() - found.born > FIRST_SECONDS:
        if found is not None and found.answered:
            raise answered_already()
        raise unknown("interaction")
    if found.answered:
        raise answered_already()
    return found


def _check_kind(found: Interaction, kind: Any) -> None:
    if kind not in HOW:
        raise invalid_form(f"there is no response of type {kind!r}")
    if (kind == COMPLETE) != (found.kind == AUTOCOMPLETE):
        raise invalid_form(f"response {kind} does not go with interaction {found.kind}")
    if kind in (UPDATE, LATER_UPDATE) and (found.kind not in (COMPONENT, MODAL) or found.source is None):
        raise invalid_form(f"response {kind} needs a message to update")
    if kind == FORM and found.kind == MODAL:
        raise invalid_form("a modal cannot follow a modal")


def _answer(world: World, found: Interaction, data: dict[str, Any], call: Call) -> None:
    posting.check_flags(data, may_hide=True)
    only_for = found.user if _hides(data) else None
    made = posting.create(world, found.channel, data, call.uploads, only_for=only_for, interaction=found.id)
    found.original = made
    found.show(Shown.MESSAGE, made)


def _later(world: World, found: Interaction, data: dict[str, Any], call: Call) -> None:
    if (data.get("flags") or 0) & ~EPHEMERAL:
        raise invalid_form("a deferral may only say whether it is ephemeral")
    only_for = found.user if _hides(data) else None
    found.original = posting.placeholder(world, found.channel, only_for, found.id)


def _later_update(world: World, found: Interaction, data: dict[str, Any], call: Call) -> None:
    found.original = found.source


def _update(world: World, found: Interaction, data: dict[str, Any], call: Call) -> None:
    assert found.source is not None
    if found.source.deleted:
        raise unknown("Message")
    posting.edit(world, found.source, data, call.uploads)
    found.original = found.source
    found.show(Shown.UPDATE, found.source)


def _complete(world: World, found: Interaction, data: dict[str, Any], call: Call) -> None:
    problems = _choice_problems(data.get("choices"), _asked_for(found.payload["data"].get("options") or []))
    if problems:
        raise invalid_form(*problems)
    found.show(Shown.CHOICES, choices=tuple(data["choices"]))


def _form(world: World, found: Interaction, data: dict[str, Any], call: Call) -> None:
    problems = modal_rules.problems(data)
    if problems:
        raise invalid_form(*problems)
    found.show(Shown.MODAL, modal=data)


HOW = {
    ANSWER: _answer,
    LATER: _later,
    LATER_UPDATE: _later_update,
    UPDATE: _update,
    COMPLETE: _complete,
    FORM: _form,
}


@never_fails
def _choice_problems(choices: Any, kind: int) -> Iterator[str]:
    if not isinstance(choices, list):
        yield "choices are no list"
        return
    yield from amount("choices", choices, 25)
    for one in choices:
        yield from length("choice name", one["name"], 100, 1)
        if kind == STRING:
            yield from length("choice value", one["value"], 100)
        elif not isinstance(one["value"], int | float):
            yield f"choice value {one['value']!r} is no number"


STRING = 3


def _asked_for(options: list[dict[str, Any]]) -> int:
    """Return the type of the option that is being typed."""
    for one in options:
        if one.get("focused"):
            return int(one["type"])
        inner = _asked_for(one.get("options") or [])
        if inner:
            return inner
    return 0


def _hides(data: dict[str, Any]) -> bool:
    return bool((data.get("flags") or 0) & EPHEMERAL)


def _told(found: Interaction) -> dict[str, Any]:
    said: dict[str, Any] = {"id": found.id, "type": found.kind}
    resource: dict[str, Any] = {"type": found.first}
    if found.original is not None:
        said |= {
            "response_message_id": found.original.id,
            "response_message_loading": found.original.loading,
            "response_message_ephemeral": found.original.ephemeral,
        }
        if found.first != LATER_UPDATE:
            resource["message"] = found.original.payload()
    return {"interaction": said, "resource": resource}
