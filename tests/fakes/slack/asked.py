"""One call of the Web API: what was asked, with which token, and what it can reach."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.fakes.slack.channels import Channel
from tests.fakes.slack.tokens import Token
from tests.fakes.slack.trouble import ApiError

if TYPE_CHECKING:
    from tests.fakes.slack.member import Member
    from tests.fakes.slack.team import Team
    from tests.fakes.slack.world import FakeSlack

Answered = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """A call on its way to a method."""

    world: FakeSlack
    method: str
    args: dict[str, Any]
    token: Token | None = None
    basic: tuple[str, str] = ("", "")  # client id and secret from the Authorization header

    def text(self, name: str) -> str:
        """Return an argument as text."""
        value = self.args.get(name)
        return "" if value is None else str(value)

    def need(self, name: str) -> str:
        """Return an argument that may not be missing."""
        if not self.text(name):
            raise ApiError("invalid_arguments", response_metadata={"messages": [f"[ERROR] missing: {name}"]})
        return self.text(name)

    def flag(self, name: str) -> bool:
        """Return an argument that is yes or no."""
        return self.text(name).lower() in ("1", "true")

    @property
    def held(self) -> Token:
        """The token, which methods with scopes always have."""
        assert self.token is not None
        return self.token

    def teams(self) -> list[Team]:
        """Return the workspaces that the token reaches."""
        return self.world.reached(self.held.team, self.held.enterprise)

    def team(self) -> Team:
        """Return the one workspace that this is about; an organisation's token has to name it."""
        teams = self.teams()
        if self.held.team:
            return teams[0]
        named = [one for one in teams if one.id == self.text("team_id")]
        if not named:
            raise ApiError("missing_argument", response_metadata={"messages": ["[ERROR] missing: team_id"]})
        return named[0]

    def bot(self) -> str:
        """Return the user id of the bot."""
        return self.held.bot_user

    def member(self, user: str) -> Member:
        """Find a member of these workspaces, or of those that share a channel with them."""
        found = self.world.members.get(user)
        mine = {one.id for one in self.teams()}
        if found is None or (found.team.id not in mine and not self._shares_a_channel(found, mine)):
            raise ApiError("user_not_found")
        return found

    def channel(self, name: str = "channel") -> Channel:
        """Find a channel that the bot may know of: by id, by #name, or a member's direct messages."""
        wanted = self.text(name)
        if not wanted:
            raise ApiError("channel_not_found")
        if wanted[0] in "UW":
            return self.world.direct(self._for_direct(wanted), self.bot())
        for channel in self._channels():
            if wanted in (channel.id, f"#{channel.name}", channel.name):
                if channel.kind != "public" and self.bot() not in channel.members:
                    break
                return channel
        raise ApiError("channel_not_found")

    def _channels(self) -> list[Channel]:
        mine = {one.id for one in self.teams()}
        return [one for one in self.world.channels.values() if one.team in mine and not one.gone]

    def _for_direct(self, user: str) -> Member:
        try:
            return self.member(user)
        except ApiError:
            raise ApiError("channel_not_found") from None

    def _shares_a_channel(self, member: Member, teams: set[str]) -> bool:
        return any(member.id in one.members and one.team in teams for one in self.world.channels.values())


@dataclass(frozen=True, slots=True)
class Method:
    """A method with what a token needs for it: one of the scopes, if there are any."""

    run: Callable[[Asked], Answered]
    scopes: tuple[str, ...] = ()
    token: str = "bot"  # "bot", "app", or "" where none is needed
