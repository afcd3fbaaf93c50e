"""Forms that were sent: the acknowledgement itself says what became of them, or promises it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import forms
from adapters.slack.call_ids import call_id
from adapters.slack.desk import Desk
from adapters.slack.once import Once
from adapters.slack.payloads import text_at
from adapters.slack.surface import Surface
from bot.core.calls import Answer, Speaker
from bot.core.reply import FieldErrors, OpenForm, Reply, Update

Json = Mapping[str, Any]
Thought = asyncio.Task[tuple[Answer, Speaker | None]]


class Submissions:
    """Acknowledges forms."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._once = desk, Once()

    async def acknowledge(self, body: Json, client: AsyncWebClient) -> BoltResponse:
        """Say what became of a form, or promise it when that takes longer; what comes again is only acknowledged."""
        surface = self._desk.surface("view", body, client)
        work = self._desk.running.start(self._desk.think("view", body, surface))
        done, _ = await asyncio.wait({work}, timeout=self._desk.pace.form_patience)
        first = self._once.begin(call_id("view", body))
        if not done:
            return self._promise(body, surface, work, first=first)
        answer, speaker = work.result()
        if first and speaker is not None:
            self._desk.running.start(self._desk.after(speaker, surface.reach))
        return self._answered(body, surface, answer, first=first)

    def _answered(self, body: Json, surface: Surface, answer: Answer, *, first: bool) -> BoltResponse:
        match surface.named(answer):
            case FieldErrors(form):
                return ack({"response_action": "errors", "errors": forms.errors(form)})
            case OpenForm() as form:
                return _update(surface.form(form))
            case Update(reply) | (Reply() as reply):
                return self._replied(body, surface, answer, reply, first=first)

    def _replied(self, body: Json, surface: Surface, answer: Answer, reply: Reply, *, first: bool) -> BoltResponse:
        """Close the form where a message can follow; otherwise the answer takes its place."""
        if surface.has_url:
            if first:
                self._desk.running.start(self._desk.tell(surface, answer))
            return ack()
        if reply.image or reply.files:
            return self._promise(body, surface, answer, first=first)
        if first:
            self._desk.running.start(surface.add_notes(answer))
        return _update(forms.shown(reply))

    def _promise(self, body: Json, surface: Surface, answer: Answer | Thought, *, first: bool) -> BoltResponse:
        """Leave the modal open with a word, and fill it as soon as the answer is there."""
        if first:
            surface.stay_in(text_at(body, "view", "id"))
            self._desk.running.start(self._keep_promise(surface, answer))
        return _update(forms.loading("One moment"))

    async def _keep_promise(self, surface: Surface, answer: Answer | Thought) -> None:
        speaker = None
        if not isinstance(answer, Answer):
            answer, speaker = await answer
        await self._desk.tell(surface, answer)
        if speaker is not None:
            await self._desk.after(speaker, surface.reach)


def ack(body: dict[str, Any] | None = None) -> BoltResponse:
    """Tell Slack that it is heard."""
    return BoltResponse(status=200, body=body or "")


def _update(view: dict[str, Any]) -> BoltResponse:
    return ack({"response_action": "update", "view": view})
