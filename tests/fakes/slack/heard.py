"""What a member got to see, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.slack import payloads
from tests.fakes.slack.acting import SILENT, begin, carry_out, next_answer, show
from tests.fakes.slack.blocks import elements
from tests.fakes.slack.channels import Message
from tests.fakes.slack.controls import SELECTS, Control, action, controls, texts
from tests.fakes.slack.delivery import Delivery
from tests.fakes.slack.files import File
from tests.fakes.slack.filling import fill, reference
from tests.fakes.slack.interaction import Interaction
from tests.fakes.slack.log import Happening
from tests.fakes.slack.modal import Modal
from tests.fakes.slack.posting import pictures
from tests.fakes.slack.trouble import Refused
from tests.fakes.slack.views import ShownView

if TYPE_CHECKING:
    from tests.fakes.slack.member import Member

MODAL = frozenset({"modal", "modal_updated", "errors"})
MOST_OPTIONS = 100


class Heard:
    """One answer, as it was when it came."""

    def __init__(self, member: Member, interaction: Interaction, happening: Happening, position: int) -> None:
        self.member, self.interaction, self.happening, self._position = member, interaction, happening, position

    @property
    def blocks(self) -> list[dict[str, Any]]:
        """The blocks of the message or the view."""
        found: list[dict[str, Any]] = self.happening.content.get("blocks", [])
        return found

    @property
    def fallback(self) -> str:
        """The text that notifications and screen readers read."""
        return str(self.happening.content.get("text", ""))

    @property
    def text(self) -> str:
        """Everything that it says."""
        if self.is_modal:
            return self.modal.text
        said = self.blocks or [{"type": "text", "text": self.fallback}]
        return "\n".join(texts(said))

    @property
    def is_modal(self) -> bool:
        """Whether it is a modal."""
        return self.happening.kind in MODAL

    @property
    def modal(self) -> Modal:
        """The modal."""
        if not self.is_modal:
            raise AssertionError(f"There is no modal but {self.text!r}.")
        return Modal(self.happening.content)

    @property
    def errors(self) -> dict[str, str]:
        """What a form that was sent complains of, by field."""
        found: dict[str, str] = self.happening.content.get("errors", {})
        return found

    @property
    def ephemeral(self) -> bool:
        """Whether nobody else sees it."""
        return bool(self.happening.user)

    @property
    def updated(self) -> bool:
        """Whether it stands in the place of what was there before."""
        return self.happening.kind in ("updated", "modal_updated")

    @property
    def deleted(self) -> bool:
        """Whether something was taken away."""
        return self.happening.kind == "deleted"

    @property
    def message(self) -> Message | None:
        """The message as it is now."""
        channel = self.member.world.channels.get(self.happening.channel)
        return channel.messages.get(self.happening.ts) if channel else None

    @property
    def view(self) -> ShownView | None:
        """The view as it is now."""
        return self.member.world.views.all.get(self.happening.view)

    @property
    def attached(self) -> list[File]:
        """Files and pictures that it shows."""
        files = [one["id"] for one in self.happening.content.get("files", [])]
        return [self.member.world.files.all[one] for one in [*files, *pictures(self.blocks)]]

    @property
    def files(self) -> dict[str, bytes]:
        """What is in these files, by name."""
        return {one.name: one.content or b"" for one in self.attached}

    @property
    def also(self) -> list[Heard]:
        """What came after it up to now."""
        world = self.member.world
        found = enumerate(world.log.items[self._position + 1 :], self._position + 1)
        wanted = [(at, one) for at, one in found if self.interaction.concerns(one) and one.kind not in SILENT]
        return [Heard(self.member, self.interaction, one, at) for at, one in wanted if not world.is_loading(one)]

    async def more(self) -> Heard:
        """Wait for what comes after it."""
        position, happening = await next_answer(self.interaction, self._position + 1)
        return Heard(self.member, self.interaction, happening, position)

    async def follow_ups(self, number: int = 1) -> list[Heard]:
        """Wait until this much more was said, and return it."""
        await self.member.world.until(lambda: len(self.also) >= number, f"There came no {number} more.")
        return self.also

    async def again(self) -> None:
        """Let what the member did be brought a second time."""
        for one in self.interaction.deliveries:
            ack = await self.member.world.deliver(one)
            show(self.interaction, one, ack.body)

    def labels(self) -> list[str]:
        """The words on everything that can be pressed or chosen."""
        return [one.label for one in controls(self._now())]

    async def press(self, label: str, *, times: int = 1, by: Member | None = None, stale: bool = False) -> Heard:
        """Press a button or choose a line: several times at once, as another member, or as it stood then."""
        control = self._control(label, self.blocks if stale else self._now())
        return await self._use(control, times, by or self.member)

    async def choose(self, option: Any, *, by: Member | None = None) -> Heard:
        """Choose in a select: a line, something typed that is offered, a member, or a channel."""
        member, blocks = by or self.member, self._now()
        for control in controls(blocks):
            if control.option and str(option) in (control.label, control.option.get("value")):
                return await self._use(control, 1, member)
        for block, element in elements(blocks):
            if element["type"] == "external_select":
                for one in await self.found(element["action_id"], str(option)):
                    if str(option) in (one["text"]["text"], one["value"]):
                        return await self._use(Control(block, element, str(option), one), 1, member)
            elif SELECTS.get(element["type"], "selected_option") not in ("selected_option", "selected_options"):
                chosen = {SELECTS[element["type"]]: reference(self, option)}
                return await self._act(action(block, element, member.world.mint.ts(), chosen), 1, member)
        raise AssertionError(f"There is no {option!r} to choose, only {self.labels()}")

    async def picks(self, what: Any) -> Heard:
        """Pick a member or a channel in a select for these."""
        return await self.choose(what)

    async def fills(self, **fields: Any) -> Heard:
        """Fill the open form and send it."""
        return await self.submits(fields)

    async def submits(self, fields: dict[str, Any] | None = None, *, answered: bool = True, times: int = 1) -> Heard:
        """Send the open form with what is typed in it, and expect an answer or not."""
        view = self.view
        if view is None or not view.open or not view.content.get("submit"):
            raise AssertionError("There is no form before the member.")
        await fill(self, view, fields or {})
        act = begin(self.member, heard=self, view=view)
        delivery = Delivery("interactive", payloads.submission(self.member.world, act, self._addresses(act, view)))
        return await carry_out(act, *[delivery] * times, answered=answered)

    async def closes(self) -> None:
        """Close the modal."""
        view = self.view
        assert view is not None and view.open, "There is no modal before the member."
        self.member.world.views.close(view)
        if view.content.get("notify_on_close"):
            act = begin(self.member, heard=self, view=view)
            payload = payloads.closed(self.member.world, act, cleared=False)
            await self.member.world.deliver(Delivery("interactive", payload))

    async def offered(self, param: str, typed: str) -> list[dict[str, Any]]:
        """Type into an external select and return what it offers."""
        for block, element in elements(self._now()):
            if element["type"] == "external_select" and param in (element["action_id"], block["block_id"]):
                if len(typed) < element.get("min_query_length", 3):
                    return []
                return await self._ask(block, element, typed)
        raise AssertionError(f"There is no external select {param!r}.")

    async def found(self, param: str, wanted: str) -> list[dict[str, Any]]:
        """Look for something in an external select: by typing it, otherwise in the list that is there at first."""
        offered = await self.offered(param, wanted)
        if any(wanted in (one["text"]["text"], one["value"]) for one in offered):
            return offered
        return offered + await self.offered(param, "")

    async def _ask(self, block: dict[str, Any], element: dict[str, Any], typed: str) -> list[dict[str, Any]]:
        world = self.member.world
        act = begin(self.member, heard=self, view=self.view)
        payload = payloads.suggestion(world, act, block["block_id"], element["action_id"], typed)
        ack = await world.deliver(Delivery("interactive", payload))
        body = ack.body if isinstance(ack.body, dict) else {}
        found = [*body.get("options", []), *(o for group in body.get("option_groups", []) for o in group["options"])]
        wrong = [one for one in found if not 0 < len(one["text"]["text"]) <= 75 or not 0 < len(one["value"]) <= 150]
        if len(found) > MOST_OPTIONS or wrong or not ("options" in body or "option_groups" in body):
            raise Refused(f"These are no options that can be shown: {len(found)} of them, {wrong or body}")
        return found

    def _now(self) -> list[dict[str, Any]]:
        view, message = self.view, self.message
        if view is not None:
            return view.blocks
        if message is not None and not message.deleted:
            return message.blocks
        return []

    def _control(self, label: str, blocks: list[dict[str, Any]]) -> Control:
        for one in controls(blocks):
            if one.label == label:
                return one
        raise AssertionError(f"There is no {label!r}, only {[one.label for one in controls(blocks)]}")

    async def _use(self, control: Control, times: int, member: Member) -> Heard:
        used = control.action(member.world.mint.ts())
        if self.view is not None and control.element["type"] != "button":
            kept = {key: value for key, value in used.items() if key == "type" or key.startswith("selected")}
            self.view.state.setdefault(used["block_id"], {})[used["action_id"]] = kept
        return await self._act(used, times, member, answered="url" not in control.element)

    async def _act(self, used: dict[str, Any], times: int, member: Member, *, answered: bool = True) -> Heard:
        act = begin(member, heard=self, view=self.view)
        made = [Delivery("interactive", payloads.actions(member.world, act, used)) for _ in range(times)]
        return await carry_out(act, *made, answered=answered)

    def _addresses(self, act: Interaction, view: ShownView) -> list[dict[str, Any]]:
        found = []
        for block, element in elements(view.blocks):
            value = view.state.get(block["block_id"], {}).get(element["action_id"], {})
            chosen = value.get("selected_conversation") or value.get("selected_channel")
            if element.get("response_url_enabled") and chosen:
                act.channel = chosen
                url = self.member.world.response_urls.new(act)
                names = {"block_id": block["block_id"], "action_id": element["action_id"]}
                found.append({**names, "channel_id": chosen, "response_url": url})
        return found
