"""What a made-up member does: the same calls that anybody's would be."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import uuid4

from bot.core.calls import Answer, Call, Pressed, Source, Speaker, Typed
from bot.core.dispatch import Dispatcher
from bot.core.reply import Reply, Update
from bot.models import Handle, Place
from bot.services.challenges.data import make_data, members_seed
from bot.services.challenges.rounds import pin
from content.challenge_model import AnswerChallenge


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who talks to the bot."""

    dispatcher: Dispatcher
    name: str
    place: Place
    place_name: str
    organiser: bool = False
    _run: str = field(default_factory=lambda: uuid4().hex)

    @property
    def handle(self) -> Handle:
        """Return who this is to the bot."""
        return Handle(self.place.platform, "", self.name.casefold())

    async def says(self, line: str) -> Answer:
        """Type a command."""
        return await self._call(Source.SLASH, Typed(line))

    async def presses(self, answer: Answer, label: str) -> Answer | None:
        """Press a button, if it is there."""
        reply = answer.outcome
        if not isinstance(reply, Reply | Update):
            return None
        rows = (reply.reply if isinstance(reply, Update) else reply).rows
        buttons = [one for row in rows if isinstance(row, tuple) for one in row]
        found = next((one for one in buttons if one.label == label and one.token), None)
        return await self._call(Source.BUTTON, Pressed(found.token)) if found else None

    async def solves(self) -> None:
        """Send the right answers to the challenge of the week, where it asks for answers."""
        store = self.dispatcher.store
        person, community = await store.people.find(self.handle), await store.communities.find(self.place)
        current = await store.rounds.at(community.id, self.dispatcher.clock.now()) if community else None
        challenge = pin(current).challenge if current else None
        if person is None or community is None or not isinstance(challenge, AnswerChallenge):
            return
        seed = members_seed(await store.rounds.secret(), community.id, challenge.id, person.id)
        answers = make_data(challenge.data, seed).answers
        for part in challenge.parts:
            await self.says(f"/challenge submit {answers[part.answer]}")

    async def _call(self, source: Source, target: Typed | Pressed) -> Answer:
        speaker = Speaker(self.handle, self.name, self.place, self.place_name, self.organiser)
        return await self.dispatcher.handle(Call(f"demo:{self._run}:{uuid4().hex}", source, speaker, target))
