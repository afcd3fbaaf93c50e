"""One thing that a member did, the triggers and addresses that came with it, and what belongs to it afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.fakes.slack.channels import Message
from tests.fakes.slack.delivery import Delivery
from tests.fakes.slack.log import Happening

if TYPE_CHECKING:
    from tests.fakes.slack.member import Member
    from tests.fakes.slack.team import Team
    from tests.fakes.slack.views import ShownView

TRIGGER_SECONDS = 3.0
ANYWHERE = frozenset({"message", "updated", "deleted"})


@dataclass(eq=False, slots=True)
class Interaction:
    """What a member did, and where."""

    id: str
    member: Member
    team: Team  # where the app is installed; a stranger from elsewhere belongs to another
    channel: str = ""
    direct: str = ""  # the member's direct messages with the bot
    thread: str = ""
    parent: Interaction | None = None
    message: Message | None = None  # the message that was pressed
    view: ShownView | None = None  # the view that was pressed or sent
    home: bool = False  # it began on the home
    deliveries: list[Delivery] = field(default_factory=list)
    said: list[Message] = field(default_factory=list)  # through its response_url

    def family(self) -> set[str]:
        """Return its own id and those of what it grew from."""
        return {self.id} | (self.parent.family() if self.parent else set())

    def places(self) -> set[str]:
        """Return the channels in which an answer may appear."""
        return ({self.channel, self.direct} | (self.parent.places() if self.parent else set())) - {""}

    def concerns(self, happening: Happening) -> bool:
        """Say whether something that happened may be the answer to this."""
        if happening.cause:
            return happening.cause in self.family()
        if happening.kind == "home":
            return self.home and happening.user == self.member.id
        if happening.user:
            return happening.user == self.member.id
        if self.thread and happening.content.get("thread_ts", self.thread) != self.thread:
            return False
        return happening.kind in ANYWHERE and happening.channel in self.places()


@dataclass(slots=True)
class Trigger:
    """A licence to open one modal, for three seconds."""

    id: str
    interaction: Interaction
    born: float
    used: bool = False
