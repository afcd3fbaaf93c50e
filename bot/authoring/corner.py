"""Show a pack while it is being written: read again whenever a file is saved."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from bot.authoring.reading import Json, Pack, read, search
from bot.core.calls import Answer, Call, Pressed, Source, Speaker, Typed
from bot.core.dispatch import Dispatcher
from bot.models import Place
from bot.services.challenges.data import make_data, seed_of
from content.challenge_model import AnswerChallenge, PredictionsChallenge, challenge_to_json
from content.search.encoder import Encoder

log = logging.getLogger(__name__)

LOOK_EVERY, PATIENCE = 0.7, 25.0
LINES = 12
# What leads to an entry, by its kind, and how its one parameter names the entry.
SHOWS: Mapping[str, tuple[str, str]] = {
    "faq": ("faq.show", "{id}"),
    "tip": ("tip.show", "{id}"),
    "resource": ("saved.show", "resource {id}"),
    "path": ("path.look", "{id}"),
}
WEEK = timedelta(weeks=1)


@dataclass(slots=True)
class Corner:
    """The packs of an author, as they are now."""

    folders: Sequence[Path]
    today: Callable[[], date]
    dispatcher: Dispatcher
    speaker: Speaker
    # Lets the bot itself read the packs again.
    reload: Callable[[], Awaitable[None]]
    encoder: Encoder | None = None
    version: int = 1
    _pack: Pack | None = None
    # Whether the bot answers from what was read last.
    is_fresh: bool = True
    _moved: asyncio.Event = field(default_factory=asyncio.Event)
    _reading: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def look(self) -> Json:
        """Return every entry with its problems."""
        pack = await self._current()
        return {"version": self.version, "fresh": self.is_fresh, **pack.listing}

    async def search(self, question: str) -> Json:
        """Search the packs, with reasons."""
        return await asyncio.to_thread(search, await self._current(), question)

    async def show(self, kind: str, name: str) -> Answer | None:
        """Return what members would see of an entry; None where there is nothing to see."""
        if kind == "challenge":
            return await self._show_challenge(name)
        if kind not in SHOWS:
            return None
        route_name, how = SHOWS[kind]
        route = self.dispatcher.registry.route(route_name)
        token = route.at(**{route.params[0].name: how.format(id=name)})
        call = Call(_new_id(), Source.BUTTON, self.speaker, Pressed(token))
        return await self.dispatcher.handle(call)

    async def _show_challenge(self, name: str) -> Answer | None:
        """Let a challenge be on for a week, in a community of its own, and look at it there."""
        challenge = (await self._current()).challenges.get(name)
        if challenge is None:
            return None
        store, now = self.dispatcher.store, self.dispatcher.clock.now()
        place = Place(self.speaker.handle.platform, f"author-{self.version}-{name}")
        community = await store.communities.enter(place, "Preview")
        await store.rounds.open(community.id, name, challenge_to_json(challenge), now, now + WEEK)
        who = replace(self.speaker, place=place)
        return await self.dispatcher.handle(Call(_new_id(), Source.SLASH, who, Typed("/challenge")))

    async def sample(self, name: str, turn: int) -> Json | None:
        """Return the data of a challenge as some member would get it, and what would be right."""
        challenge = (await self._current()).challenges.get(name)
        if not isinstance(challenge, AnswerChallenge | PredictionsChallenge):
            return None
        return await asyncio.to_thread(_sample, challenge, turn)

    async def changed(self, seen: int) -> int:
        """Wait until there is something newer than what was seen, but not for ever."""
        try:
            async with asyncio.timeout(PATIENCE):
                while self.version == seen:
                    await self._moved.wait()
        except TimeoutError:
            pass
        return self.version

    async def watch(self) -> None:
        """Look again and again whether a file was saved."""
        before = await asyncio.to_thread(_state, self.folders)
        while True:
            await asyncio.sleep(LOOK_EVERY)
            now = await asyncio.to_thread(_state, self.folders)
            if now != before:
                before = now
                try:
                    await self.refresh()
                except Exception:  # the next file that is saved may be sound again
                    log.exception("The packs could not be read again.")

    async def refresh(self) -> None:
        """Read everything again: first what the author waits for, then what the bot answers from."""
        self._pack, self.is_fresh = None, False
        await self._current()
        self._tell()
        await self.reload()
        self.is_fresh = True
        self._tell()

    def _tell(self) -> None:
        self.version += 1
        self._moved.set()
        self._moved = asyncio.Event()

    async def _current(self) -> Pack:
        async with self._reading:
            if self._pack is None:
                self._pack = await asyncio.to_thread(read, self.folders, self.today(), self.encoder)
            return self._pack


def _new_id() -> str:
    return f"author:{secrets.token_hex(16)}"


def _state(folders: Sequence[Path]) -> dict[str, tuple[int, int]]:
    """Note when each file was saved last, and how long it is."""
    found: dict[str, tuple[int, int]] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*.y*ml")):
            try:
                seen = path.stat()
            except OSError:  # gone between two looks
                continue
            found[str(path)] = seen.st_mtime_ns, seen.st_size
    return found


def _sample(challenge: AnswerChallenge | PredictionsChallenge, turn: int) -> Json:
    made = make_data(challenge.data, seed_of(b"sample", challenge.id, turn))
    files = [_beginning(name, text) for name, text in made.written(challenge.data.format).items()]
    answers = {name: str(value) for name, value in made.answers.items()} if made.answers else {}
    return {"title": challenge.title, "points": challenge.points, "files": files, "answers": answers}


def _beginning(name: str, text: str) -> Json:
    lines = text.splitlines()
    return {"name": name, "lines": len(lines), "size": len(text.encode()), "head": "\n".join(lines[:LINES])}
