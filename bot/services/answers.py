"""What the bot knows: the packs and each community's own entries, searched as one."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from pydantic import ValidationError

from bot.core.context import Ctx
from bot.core.params import Choice
from bot.models import Addition, Place
from bot.ports import Store
from bot.services.own_entries import WORDING, Entry, read, read_wording
from content.catalog import Catalog
from content.document import Document
from content.documents import document_of
from content.library import Library
from content.model import Faq, Resource, Tip
from content.problem import Problem
from content.search import Answer, Index

log = logging.getLogger(__name__)

VIEWS_AT_HAND = 64
IndexBuilder = Callable[[Sequence[Document], Sequence[Sequence[str]]], Index]


@dataclass(slots=True)
class Own:
    """What a community added: entries, and other wordings for questions that are there."""

    entries: dict[str, Entry] = field(default_factory=dict)
    wordings: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class View:
    """All that one community can find."""

    catalog: Catalog
    index: Index
    own: Mapping[str, Entry]

    @property
    def tips(self) -> tuple[Tip, ...]:
        """List the tips."""
        return (*self.catalog.tips, *(one for one in self.own.values() if isinstance(one, Tip)))

    def tip(self, name: str) -> Tip | None:
        """Return a tip by its id."""
        own = self.own.get(name)
        return own if isinstance(own, Tip) else self.catalog.tip(name)

    def faq(self, name: str) -> Faq | None:
        """Return a question by its id."""
        own = self.own.get(name)
        return own if isinstance(own, Faq) else self.catalog.faq(name)

    def resource(self, name: str) -> Resource | None:
        """Return a resource by its id."""
        own = self.own.get(name)
        return own if isinstance(own, Resource) else self.catalog.resource(name)

    def entry(self, kind: str, name: str) -> Entry | None:
        """Return an entry of this kind by its id."""
        return {"tip": self.tip, "faq": self.faq, "resource": self.resource}[kind](name)

    def tips_about(self, topic: str) -> list[Tip]:
        """List the tips on a topic and on those below it."""
        own = [one for one in self._own_about(topic) if isinstance(one, Tip)]
        return [*self.catalog.tips_about(topic), *own]

    def resources_about(self, topic: str) -> list[Resource]:
        """List the resources on a topic and on those below it."""
        own = [one for one in self._own_about(topic) if isinstance(one, Resource)]
        return [*self.catalog.resources_about(topic), *own]

    def _own_about(self, topic: str) -> list[Entry]:
        wanted = self.catalog.topics.with_below(topic)
        return [entry for entry in self.own.values() if wanted & {*entry.topics}]

    def ask(self, question: str, kind: str, limit: int = 5) -> Answer:
        """Search."""
        return self.index.ask(question, kind, limit)


class Answers:
    """Keeps what is known up to date, and gives each community its view of it."""

    def __init__(self, library: Library, build: IndexBuilder) -> None:
        self._library, self._build = library, build
        self._own: dict[Place, Own] = {}
        self._views: OrderedDict[Place, View] = OrderedDict()
        self._base = self._view(Own())

    @property
    def base(self) -> View:
        """Return what the packs alone hold."""
        return self._base

    async def learn(self, store: Store) -> None:
        """Read the communities' own entries."""
        own: dict[Place, Own] = {}
        for addition in await store.additions.live():
            _take_in(own.setdefault(addition.place, Own()), addition)
        self._own = own
        self._views.clear()

    async def view(self, place: Place | None) -> View:
        """Return what a community can find; the index is built away from the conversation."""
        while place is not None and (own := self._own.get(place)) is not None:
            if place not in self._views:
                made, base = await asyncio.to_thread(self._view, own), self._base
                if self._own.get(place) is not own or made.catalog is not base.catalog:
                    continue  # something was added, or the packs were read again, while this was built
                self._views[place] = made
                if len(self._views) > VIEWS_AT_HAND:
                    self._views.popitem(last=False)
            self._views.move_to_end(place)
            return self._views[place]
        return self._base

    def at_hand(self, place: Place | None) -> View:
        """Return the view that needs no waiting, for suggestions while somebody types."""
        return self._views.get(place, self._base) if place else self._base

    async def reload(self, store: Store, folders: Sequence[Path] = ()) -> tuple[Problem, ...]:
        """Read the packs again: all or nothing, and say why when it is nothing."""
        problems = await asyncio.to_thread(self._library.reload, folders)
        if not problems:
            self._base = await asyncio.to_thread(self._view, Own())
            await self.learn(store)
        return problems

    def suggest(self, place: Place | None, typed: str, kind: str, limit: int = 25) -> list[Choice]:
        """Complete a question while somebody types it."""
        hits = self.at_hand(place).index.suggest(typed, kind, limit)
        return [Choice(hit.title[:100], hit.title[:100]) for hit in hits]

    def _view(self, own: Own) -> View:
        catalog = self._library.current
        documents = [*catalog.documents, *filter(None, map(document_of, own.entries.values()))]
        reworded = [_with_wordings(one, own.wordings.get(one.id, [])) for one in documents]
        return View(catalog, self._build(reworded, catalog.words), MappingProxyType(dict(own.entries)))


async def view_for(ctx: Ctx) -> View:
    """Return what the community of a call can find."""
    return await ctx.services.get(Answers).view(ctx.call.speaker.place)


def _with_wordings(document: Document, wordings: list[str]) -> Document:
    return replace(document, also=(*document.also, *wordings)) if wordings else document


def _take_in(own: Own, addition: Addition) -> None:
    try:
        if addition.kind == WORDING:
            faq, text = read_wording(addition)
            own.wordings.setdefault(faq, []).append(text)
        else:
            entry = read(addition)
            own.entries[entry.id] = entry
    except (ValidationError, ValueError, KeyError):
        log.warning("The community entry %s cannot be read any more and is left out.", addition.entry)
