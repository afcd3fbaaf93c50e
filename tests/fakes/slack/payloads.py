"""What the platform tells the bot about things that members do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.slack.channels import Channel, Message
from tests.fakes.slack.interaction import Interaction

if TYPE_CHECKING:
    from tests.fakes.slack.member import Member
    from tests.fakes.slack.team import Team
    from tests.fakes.slack.world import FakeSlack

Payload = dict[str, Any]
TOKEN = "verification"


def slash(world: FakeSlack, act: Interaction, command: str, text: str) -> Payload:
    """Describe a slash command; every value is text, because it travels as a form."""
    channel, org = world.channels[act.channel], act.team.org
    shown = {"token": TOKEN, "team_id": act.team.id, "team_domain": act.team.domain, "channel_id": channel.id}
    shown |= {"channel_name": {"im": "directmessage", "private": "privategroup"}.get(channel.kind, channel.name)}
    shown |= {"user_id": act.member.id, "user_name": act.member.name, "command": command, "text": text}
    shown |= {"api_app_id": world.app.id, "is_enterprise_install": str(act.team.by_org).lower()}
    shown |= {"enterprise_id": org.id, "enterprise_name": org.name} if org else {}
    return {**shown, "response_url": world.response_urls.new(act), "trigger_id": world.views.trigger(act)}


def interactive(world: FakeSlack, act: Interaction, kind: str) -> Payload:
    """Begin the description of anything that is pressed, chosen or sent."""
    org, member = act.team.org, act.member
    user = {"id": member.id, "username": member.name, "name": member.name, "team_id": member.team.id}
    team: Payload = {"id": act.team.id, "domain": act.team.domain}
    if org:
        team |= {"enterprise_id": org.id, "enterprise_name": org.name}
    return {
        "type": kind,
        "token": TOKEN,
        "api_app_id": world.app.id,
        "user": user,
        "team": None if act.team.by_org else team,
        "enterprise": {"id": org.id, "name": org.name} if org else None,
        "is_enterprise_install": act.team.by_org,
    }


def where(world: FakeSlack, act: Interaction) -> Payload:
    """Describe the message or the view that was used."""
    message, view = act.message, act.view
    if view is not None:
        return {"container": {"type": "view", "view_id": view.id}, "view": world.views.payload(view)}
    assert message is not None
    channel = world.channels[message.channel]
    place: Payload = {"type": "message", "message_ts": message.ts, "channel_id": channel.id}
    place["is_ephemeral"] = bool(message.seen_by)
    if message.thread_ts:
        place["thread_ts"] = message.thread_ts
    shown: Payload = {"container": place, "channel": _channel(channel)}
    return shown if message.seen_by else {**shown, "message": message.payload()}


def actions(world: FakeSlack, act: Interaction, action: Payload) -> Payload:
    """Describe a press or a choice."""
    shown = {**interactive(world, act, "block_actions"), **where(world, act)}
    shown |= {"trigger_id": world.views.trigger(act), "actions": [action]}
    if act.message is not None:
        shown |= {"response_url": world.response_urls.new(act), "state": {"values": {}}}
    return shown


def suggestion(world: FakeSlack, act: Interaction, block: str, action: str, typed: str) -> Payload:
    """Describe what is typed into an external select."""
    shown = {**interactive(world, act, "block_suggestion"), **where(world, act)}
    return {**shown, "block_id": block, "action_id": action, "value": typed}


def submission(world: FakeSlack, act: Interaction, chosen: list[Payload]) -> Payload:
    """Describe a modal that is sent."""
    assert act.view is not None
    shown = interactive(world, act, "view_submission")
    shown |= {"trigger_id": world.views.trigger(act), "view": world.views.payload(act.view)}
    return {**shown, "response_urls": chosen}


def closed(world: FakeSlack, act: Interaction, *, cleared: bool) -> Payload:
    """Describe a modal that is closed."""
    assert act.view is not None
    return {**interactive(world, act, "view_closed"), "view": world.views.payload(act.view), "is_cleared": cleared}


def shortcut(world: FakeSlack, act: Interaction, callback: str) -> Payload:
    """Describe a shortcut, on a message or from anywhere."""
    shown = interactive(world, act, "message_action" if act.message else "shortcut")
    shown |= {"callback_id": callback, "trigger_id": world.views.trigger(act), "action_ts": world.mint.ts()}
    if act.message is None:
        return shown
    message, channel = act.message, world.channels[act.message.channel]
    shown |= {"message_ts": message.ts, "message": message.payload(), "channel": _channel(channel)}
    return {**shown, "response_url": world.response_urls.new(act)}


def event(world: FakeSlack, team: Team, inner: Payload, channel: Channel | None = None, event_id: str = "") -> Payload:
    """Wrap an event; where an organisation installed the app, its authorisation names no workspace."""
    org = team.org
    enterprise = org.id if org else None
    installed = {"enterprise_id": enterprise, "team_id": None if team.by_org else team.id, "user_id": team.bot}
    return {
        "token": TOKEN,
        "team_id": team.id,
        "enterprise_id": enterprise,
        "context_team_id": team.id,
        "context_enterprise_id": enterprise,
        "api_app_id": world.app.id,
        "type": "event_callback",
        "event": inner,
        "event_id": event_id or world.mint.id("Ev"),
        "event_time": int(world.clock.now().timestamp()),
        "authorizations": [{**installed, "is_bot": True, "is_enterprise_install": team.by_org}],
        "is_ext_shared_channel": bool(channel and channel.shared_with),
        "event_context": world.mint.id("4-"),
    }


def message_event(member: Member, message: Message, channel: Channel, *, mention: bool) -> Payload:
    """Describe a message as the event that tells of it."""
    shown = message.payload() | {"channel": channel.id, "event_ts": message.ts, "client_msg_id": f"c-{message.ts}"}
    shown["team"] = member.team.id
    if channel.shared_with:
        shown |= {"user_team": member.team.id, "source_team": member.team.id}
    if mention:
        return {**shown, "type": "app_mention"}
    shown["channel_type"] = "im"
    return {**shown, "subtype": "file_share"} if message.files else shown


def _channel(channel: Channel) -> Payload:
    return {
        "id": channel.id,
        "name": {"im": "directmessage", "private": "privategroup"}.get(channel.kind, channel.name),
    }
