"""What a member sees after doing something, and what they can do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.discord import delivering
from tests.fakes.discord.component_rules import BUTTON, CHANNELS, LINK, MENTIONABLES, ROLES, STRING, USERS
from tests.fakes.discord.interactions import COMPONENT, MODAL, Interaction, Outcome, Shown
from tests.fakes.discord.messages import Message, label_of
from tests.fakes.discord.modals import Modal
from tests.fakes.discord.resolved import NotOffered, Resolved

if TYPE_CHECKING:
    from tests.fakes.discord.people import Member


class Heard:
    """A message, a modal or nothing but a silence, as one member sees it.

    It keeps what was seen first; `also` is what came after. Controls work on the message as it stands now.
    """

    def __init__(self, member: Member, outcome: Outcome, interaction: Interaction | None = None) -> None:
        self.member, self.outcome, self._interaction = member, outcome, interaction

    @property
    def interaction(self) -> Interaction:
        """Return what the member did."""
        assert self._interaction is not None, "Nobody did anything to see this."
        return self._interaction

    @property
    def message(self) -> Message:
        """Return the message, as it was when it was seen first."""
        if self.outcome.message is None:
            raise NotOffered(f"There is no message but {self.outcome}.")
        return self.outcome.message

    @property
    def text(self) -> str:
        """Return all words of the message, or of the modal."""
        return self.modal.text if self.outcome.shown is Shown.MODAL else self.message.text

    @property
    def body(self) -> dict[str, Any]:
        """Return the message as the bot sent it."""
        return self.message.body

    @property
    def ephemeral(self) -> bool:
        """Say whether only this member sees it."""
        return self.message.ephemeral

    @property
    def updated(self) -> bool:
        """Say whether it took the place of the message whose control was used."""
        return self.outcome.shown is Shown.UPDATE

    @property
    def files(self) -> dict[str, bytes]:
        """Return the files by name."""
        return self.message.files

    @property
    def modal(self) -> Modal:
        """Return the modal."""
        if self.outcome.shown is not Shown.MODAL:
            raise NotOffered(f"There is no modal but {self.text!r}.")
        return Modal(self.outcome.modal)

    @property
    def is_modal(self) -> bool:
        """Say whether it is a modal."""
        return self.outcome.shown is Shown.MODAL

    @property
    def also(self) -> list[Heard]:
        """Return what the bot said or changed after the first answer, so far."""
        later = self.interaction.outcomes[self.interaction.outcomes.index(self.outcome) + 1 :]
        return [Heard(self.member, one, self.interaction) for one in later]

    def labels(self) -> list[str]:
        """Return the words on everything that can be pressed or chosen."""
        return self.message.labels()

    async def follow_ups(self, number: int = 1) -> list[Heard]:
        """Wait until this much more was said, and return it."""
        await self.interaction.bell.until(lambda: len(self.also) >= number, f"There came no {number} more.")
        return self.also

    async def press(self, label: str) -> Heard:
        """Press a button."""
        button = self._control(label, [one for one in self._live().controls() if one["type"] == BUTTON])
        if button.get("style") == LINK:
            raise NotOffered(f"{label!r} is a link to {button['url']}.")
        return await self._use(button, {})

    async def choose(self, *labels: str) -> Heard:
        """Choose options of a select, by their labels or values."""
        for one in self._live().controls():
            if one["type"] == STRING:
                chosen = [each["value"] for each in one["options"] if {each["label"], each["value"]} & set(labels)]
                if len(chosen) == len(labels):
                    _check_amount(one, len(chosen))
                    return await self._use(one, {"values": chosen})
        raise NotOffered(f"There is no {labels}, only {self._live().labels()}.")

    async def use(self, control: dict[str, Any], *values: str) -> Heard:
        """Use just this control, as it stood in the message; it may have gone since."""
        if control["custom_id"] not in {one["custom_id"] for one in self._live().controls() if "custom_id" in one}:
            raise NotOffered("This control is not there any more.")
        return await self._use(control, {"values": list(values)} if values else {})

    async def picks(self, *what: Any, placeholder: str = "") -> Heard:
        """Pick members, roles or channels in a select for these."""
        selects = [one for one in self._live().controls() if one["type"] in (USERS, ROLES, MENTIONABLES, CHANNELS)]
        select = self._control(placeholder, selects) if placeholder else selects[0]
        resolved = Resolved(self.member.world, self._live().channel)
        values = [resolved.any(one, self.member.permissions) for one in what]
        _check_amount(select, len(values))
        return await self._use(select, resolved.around({"values": values}))

    async def fills(self, **values: Any) -> Heard:
        """Send the modal; fields go by the bot's names for them, files are (name, bytes)."""
        channel, source = self.interaction.channel, self.interaction.source
        resolved = Resolved(self.member.world, channel)
        data = self.modal.filled(values, resolved, self.member.permissions)
        return await hear(self.member, delivering.deliver(self.member, channel, MODAL, data, source))

    async def again(self) -> None:
        """Let Discord deliver the same interaction a second time."""
        delivering.send(self.member.world, self.interaction)

    def _live(self) -> Message:
        found = self.member.world.messages.get(self.message.id)
        if found is None or not found.seen_by(self.member.user):
            raise NotOffered(f"{self.member.user.name} does not see this message (any more).")
        return found

    def _control(self, label: str, controls: list[dict[str, Any]]) -> dict[str, Any]:
        for one in controls:
            if label_of(one) == label:
                return one
        raise NotOffered(f"There is no {label!r}, only {[label_of(one) for one in controls]}.")

    async def _use(self, control: dict[str, Any], values: dict[str, Any]) -> Heard:
        live = self._live()
        data = {"custom_id": control["custom_id"], "component_type": control["type"], "id": 1, **values}
        return await hear(self.member, delivering.deliver(self.member, live.channel, COMPONENT, data, live))


async def hear(member: Member, interaction: Interaction) -> Heard:
    """Wait for the bot's answer."""
    what = f"The application did not respond to {member.user.name}: {interaction.payload['data']}"
    await interaction.bell.until(lambda: interaction.outcomes, what)
    return Heard(member, interaction.outcomes[0], interaction)


def _check_amount(select: dict[str, Any], number: int) -> None:
    least, most = select.get("min_values", 1), select.get("max_values", 1)
    if not least <= number <= most:
        raise NotOffered(f"{number} choices, not {least}-{most}.")
