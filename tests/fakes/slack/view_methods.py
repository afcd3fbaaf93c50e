"""The views.* methods."""

from __future__ import annotations

from typing import Any

from tests.fakes.slack.asked import Answered, Asked, Method
from tests.fakes.slack.trouble import ApiError
from tests.fakes.slack.views import DEEPEST, ShownView


def open_view(asked: Asked) -> Answered:
    """Open a modal with a fresh trigger."""
    views = asked.world.views
    trigger = views.licence(asked.need("trigger_id"))
    view = views.open(_content(asked), trigger.interaction, None)
    trigger.used = True
    return _shown(asked, view)


def push(asked: Asked) -> Answered:
    """Put a modal on top of the open one."""
    views = asked.world.views
    trigger = views.licence(asked.need("trigger_id"))
    pile = views.pile(trigger.interaction.member)
    if not pile:
        raise ApiError("not_found")
    if len(pile) >= DEEPEST:
        raise ApiError("push_limit_reached")
    view = views.open(_content(asked), trigger.interaction, pile[-1])
    trigger.used = True
    return _shown(asked, view)


def update(asked: Asked) -> Answered:
    """Change an open modal."""
    view = _wanted(asked)
    if not view.open or view.content["type"] != "modal":
        raise ApiError("not_found")
    _same_version(asked, view)
    content, name = _content(asked), view.content.get("external_id")
    view.content.pop("external_id", None)
    asked.world.views.accepted(content, "modal")
    return _shown(asked, asked.world.views.show(view, {"external_id": name or "", **content}, "modal_updated"))


def publish(asked: Asked) -> Answered:
    """Show a member the home."""
    if not asked.world.app.home:
        raise ApiError("not_enabled")
    member = asked.member(asked.need("user_id"))
    current = asked.world.views.homes.get(member.id)
    if current:
        _same_version(asked, current)
    return _shown(asked, asked.world.views.publish(_content(asked), member))


def _content(asked: Asked) -> dict[str, Any]:
    content = asked.args.get("view")
    if not isinstance(content, dict):
        raise ApiError("invalid_arguments", response_metadata={"messages": ["[ERROR] missing: view"]})
    return content


def _wanted(asked: Asked) -> ShownView:
    name, external = asked.text("view_id"), asked.text("external_id")
    for view in asked.world.views.all.values():
        if (name and view.id == name) or (external and view.content.get("external_id") == external):
            return view
    raise ApiError("not_found")


def _same_version(asked: Asked, view: ShownView) -> None:
    if asked.text("hash") and asked.text("hash") != view.hash:
        raise ApiError("hash_conflict")


def _shown(asked: Asked, view: ShownView) -> Answered:
    return {"view": asked.world.views.payload(view)}


METHODS = {
    "views.open": Method(open_view),
    "views.push": Method(push),
    "views.update": Method(update),
    "views.publish": Method(publish),
}
