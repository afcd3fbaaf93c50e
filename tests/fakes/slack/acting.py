"""Brings what a member did to the bot, shows what it acknowledged with, and waits for its answer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from tests.fakes.slack.blocks import elements
from tests.fakes.slack.delivery import Delivery
from tests.fakes.slack.interaction import Interaction
from tests.fakes.slack.log import Happening
from tests.fakes.slack.trouble import ApiError, NoAnswer, Refused

if TYPE_CHECKING:
    from tests.fakes.slack.heard import Heard
    from tests.fakes.slack.member import Member
    from tests.fakes.slack.views import ShownView
    from tests.fakes.slack.world import FakeSlack

SILENT = frozenset({"modal_closed"})


def begin(
    member: Member,
    *,
    channel: str = "",
    thread: str = "",
    heard: Heard | None = None,
    view: ShownView | None = None,
) -> Interaction:
    """Begin an interaction, on its own or out of something that was heard."""
    world = member.world
    parent = heard.interaction if heard else view.cause if view else None
    message = heard.message if heard and view is None else None
    channel = channel or (message.channel if message else "")
    home = bool(view and view.content["type"] == "home") or bool(parent and parent.home)
    team = world.teams[world.channels[channel].team] if channel else (parent.team if parent else member.team)
    act = Interaction(world.mint.id("act-"), member, team, channel, "", thread, parent, message, view, home)
    act.direct = world.direct(member, team.bot).id if member.team is team else ""
    return act


async def carry_out(act: Interaction, *deliveries: Delivery, answered: bool = True) -> Heard:
    """Bring deliveries at once, and return the first thing that the member then sees."""
    from tests.fakes.slack.heard import Heard

    world, since = act.member.world, len(act.member.world.log.items)
    act.deliveries += deliveries
    acks = await asyncio.gather(*(world.deliver(one) for one in deliveries))
    for delivery, ack in zip(deliveries, acks, strict=True):
        show(act, delivery, ack.body)
    if not answered:
        return Heard(act.member, act, Happening("message"), since)
    position, happening = await next_answer(act, since)
    return Heard(act.member, act, happening, position)


async def next_answer(act: Interaction, since: int) -> tuple[int, Happening]:
    """Wait for what answers an interaction."""
    world = act.member.world

    def wanted(one: Happening) -> bool:
        return act.concerns(one) and one.kind not in SILENT and not world.is_loading(one)

    try:
        async with asyncio.timeout(world.patience):
            return await world.log.next(wanted, since)
    except TimeoutError:
        raise NoAnswer(_story(world, since)) from None


def show(act: Interaction, delivery: Delivery, body: Any) -> None:
    """Show what came with an acknowledgement."""
    try:
        if delivery.kind == "slash_commands" and body:
            act.member.world.response_urls.say(act, body if isinstance(body, dict) else {"text": body})
        elif delivery.payload.get("type") == "view_submission":
            _sent(act, body if isinstance(body, dict) else {})
        elif body and delivery.kind != "events_api" and delivery.payload.get("type") != "block_suggestion":
            act.member.world.complaints.append(f"{delivery.name} was acknowledged with {body!r}, which shows nothing")
    except ApiError as error:
        raise Refused(f"{delivery.name}: the acknowledgement shows nothing: {error.code} {error.extra}") from error


def _sent(act: Interaction, body: dict[str, Any]) -> None:
    view, views = act.view, act.member.world.views
    assert view is not None
    match body.get("response_action"):
        case None:
            views.close(view)
        case "clear":
            views.close(view, pile=True)
        case "errors":
            _errors(act, view, body.get("errors") or {})
        case "update":
            content = body.get("view") or {}
            views.accepted(content, "modal")
            views.show(view, content, "modal_updated", act.id)
        case "push":
            views.open(body.get("view") or {}, act, view)
        case other:
            raise ApiError("invalid_response_action", action=other)


def _errors(act: Interaction, view: ShownView, errors: dict[str, str]) -> None:
    inputs = {
        block["block_id"]: element["action_id"] for block, element in elements(view.blocks) if block["type"] == "input"
    }
    unknown = [name for name in errors if name not in inputs]
    if unknown or not errors or not all(errors.values()):
        raise ApiError("invalid_errors", errors=errors, blocks=list(inputs))
    world = act.member.world
    content = {**world.views.payload(view), "errors": {inputs[name]: words for name, words in errors.items()}}
    world.log.add(Happening("errors", content, user=act.member.id, view=view.id, cause=act.id))


def _story(world: FakeSlack, since: int) -> str:
    seen = [f"{one.kind} {one.content.get('text', '')!r:.80}" for one in world.log.items[since:]]
    calls = [f"{one.method} {one.error}".strip() for one in world.calls[-8:]]
    return f"The bot acknowledged and then said nothing. Since then: {seen}; its last calls: {calls}"
