"""Modals and homes: what is open before whom, how it was opened, and which version is shown."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.fakes.slack.blocks import MOST_BYTES_OF_A_VIEW, completed, view_problems
from tests.fakes.slack.interaction import TRIGGER_SECONDS, Interaction, Trigger
from tests.fakes.slack.log import Happening, Kind
from tests.fakes.slack.trouble import ApiError

if TYPE_CHECKING:
    from tests.fakes.slack.member import Member
    from tests.fakes.slack.world import FakeSlack

DEEPEST = 3
KEPT = ("private_metadata", "callback_id", "external_id")


@dataclass(eq=False, slots=True)
class ShownView:
    """A modal or a home as it stands before a member."""

    id: str
    member: Member
    content: dict[str, Any]
    hash: str
    cause: Interaction | None = None
    previous: ShownView | None = None
    open: bool = True
    state: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def root(self) -> ShownView:
        """The first of a pile of modals."""
        return self.previous.root if self.previous else self

    @property
    def blocks(self) -> list[dict[str, Any]]:
        """What it shows."""
        blocks: list[dict[str, Any]] = self.content["blocks"]
        return blocks


class Views:
    """Everything that is open."""

    def __init__(self, world: FakeSlack) -> None:
        self._world = world
        self.all: dict[str, ShownView] = {}
        self.homes: dict[str, ShownView] = {}
        self._triggers: dict[str, Trigger] = {}

    def trigger(self, interaction: Interaction) -> str:
        """Give an interaction its licence to open a modal."""
        trigger = Trigger(self._world.mint.trigger(), interaction, self._world.clock.monotonic())
        self._triggers[trigger.id] = trigger
        return trigger.id

    def licence(self, name: str) -> Trigger:
        """Find a trigger that still counts."""
        trigger = self._triggers.get(name)
        if trigger is None:
            raise ApiError("invalid_trigger_id")
        if trigger.used:
            raise ApiError("exchanged_trigger_id")
        if self._world.clock.monotonic() - trigger.born > TRIGGER_SECONDS:
            raise ApiError("expired_trigger_id")
        return trigger

    def pile(self, member: Member) -> list[ShownView]:
        """Return the modals before a member, the top one last."""
        return [
            one for one in self.all.values() if one.open and one.member is member and one.content["type"] == "modal"
        ]

    def open(self, content: dict[str, Any], interaction: Interaction, previous: ShownView | None) -> ShownView:
        """Put a modal before whoever acted."""
        self.accepted(content, "modal")
        for old in [] if previous else self.pile(interaction.member):
            old.open = False
        view = ShownView(self._world.mint.id("V"), interaction.member, {}, "", interaction, previous)
        self.all[view.id] = view
        return self.show(view, content, "modal")

    def publish(self, content: dict[str, Any], member: Member) -> ShownView:
        """Put the home before a member."""
        self.accepted(content, "home")
        view = self.homes.get(member.id) or ShownView(self._world.mint.id("V"), member, {}, "")
        self.homes[member.id] = self.all[view.id] = view
        return self.show(view, content, "home")

    def show(self, view: ShownView, content: dict[str, Any], kind: Kind, cause: str = "") -> ShownView:
        """Let a view show something."""
        content = deepcopy(content)
        content["blocks"] = completed(content["blocks"], self._world.mint)
        view.content, view.hash = content, f"{self._world.mint.ts()}.{view.id[-4:]}"
        living = {block["block_id"]: block.get("element", {}).get("action_id") for block in content["blocks"]}
        view.state = {name: kept for name, kept in view.state.items() if living.get(name) in kept}
        by = cause or (view.cause.id if view.cause and kind != "home" else "")
        self._world.log.add(Happening(kind, self.payload(view), user=view.member.id, view=view.id, cause=by))
        return view

    def accepted(self, content: Any, kind: str) -> None:
        """Refuse a view that cannot be drawn."""
        problems = view_problems(content, kind) if self._world.judging else []
        if not problems and len(json.dumps(content).encode()) > MOST_BYTES_OF_A_VIEW:
            raise ApiError("view_too_large")
        for one in [] if problems else content["blocks"]:
            shown = one.get("slack_file")
            if isinstance(shown, dict) and not self._world.files.can_be_shown(str(shown.get("id"))):
                problems.append(f"invalid slack file {shown}")
        if problems:
            messages = [f"[ERROR] {one}" for one in problems]
            raise ApiError("invalid_arguments", response_metadata={"messages": messages})
        name = content.get("external_id")
        if name and kind == "modal" and any(one.content.get("external_id") == name for one in self._living()):
            raise ApiError("duplicate_external_id")

    def close(self, view: ShownView, *, pile: bool = False) -> None:
        """Take a modal away, or the whole pile."""
        for one in self.pile(view.member) if pile else [view]:
            one.open = False
        by = view.cause.id if view.cause else ""
        self._world.log.add(Happening("modal_closed", {}, user=view.member.id, view=view.id, cause=by))

    def payload(self, view: ShownView) -> dict[str, Any]:
        """Describe a view as the platform does."""
        kept = {name: view.content.get(name, "") for name in KEPT}
        shown = {"title": None, "submit": None, "close": None, "clear_on_close": False, "notify_on_close": False}
        team = view.member.team
        home = {"id": view.id, "team_id": team.id, "app_id": self._world.app.id, "bot_id": team.bot_id}
        home["app_installed_team_id"] = (view.cause.team if view.cause else team).id
        pile = {"root_view_id": view.root.id, "previous_view_id": view.previous.id if view.previous else None}
        return {**shown, **view.content, **kept, **home, **pile, "hash": view.hash, "state": {"values": view.state}}

    def _living(self) -> list[ShownView]:
        return [one for one in self.all.values() if one.open]
