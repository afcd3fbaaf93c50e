"""The catalog: all that the loaded packs hold, for reading only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from hashlib import blake2b
from pathlib import Path as FilePath
from typing import TypeVar

from content.challenge_model import AnyChallenge
from content.checks.run import find_errors
from content.document import Document
from content.loader import LoadedPack, load_packs
from content.model import EvalQuestion, Faq, Pack, Resource, Tip, Value
from content.path_model import Path, Step
from content.problem import ContentProblems
from content.topic_tree import TopicTree

_K = TypeVar("_K", Tip, Faq, Resource, Path, Step, AnyChallenge)
_About = TypeVar("_About", Tip, Faq, Resource)


class Catalog:
    """Look up entries by id, old ids included, and by topic."""

    def __init__(self, packs: Iterable[LoadedPack] = ()) -> None:
        loaded = tuple(packs)
        self.packs: tuple[Pack, ...] = tuple(each.pack for each in loaded if each.pack)
        self.tips: tuple[Tip, ...] = tuple(tip for each in loaded for tip in each.tips)
        self.faqs: tuple[Faq, ...] = tuple(faq for each in loaded for faq in each.faqs)
        self.resources: tuple[Resource, ...] = tuple(found for each in loaded for found in each.resources)
        self.paths: tuple[Path, ...] = tuple(path for each in loaded for path in each.paths)
        self.challenges: tuple[AnyChallenge, ...] = tuple(one for each in loaded for one in each.challenges)
        self.topics = TopicTree(topic for each in loaded for topic in each.topics.topics)
        self.explicit_words: tuple[tuple[str, ...], ...] = tuple(
            group for each in loaded for group in each.topics.words
        )
        self.documents: tuple[Document, ...] = tuple(found for each in loaded for found in each.documents())
        self.fingerprint = _fingerprint(loaded)
        self._tips, self._faqs, self._resources = _by_id(self.tips), _by_id(self.faqs), _by_id(self.resources)
        self._paths, self._challenges = _by_id(self.paths), _by_id(self.challenges)
        self._steps = _by_id([step for path in self.paths for step in path.steps])
        self._records = tuple(each.released.record for each in loaded if each.released)

    @classmethod
    def load(cls, folders: Sequence[FilePath], today: date | None = None) -> Catalog:
        """Read the packs, and refuse them with every error if there is one."""
        loaded = load_packs(folders)
        if errors := find_errors(loaded, today):
            raise ContentProblems(errors)
        return cls(loaded)

    def tip(self, tip_id: str) -> Tip | None:
        """Return a tip by its id or an old one."""
        return self._tips.get(tip_id)

    def faq(self, faq_id: str) -> Faq | None:
        """Return a question by its id or an old one."""
        return self._faqs.get(faq_id)

    def resource(self, resource_id: str) -> Resource | None:
        """Return a resource by its id or an old one."""
        return self._resources.get(resource_id)

    def path(self, path_id: str) -> Path | None:
        """Return a path by its id or an old one."""
        return self._paths.get(path_id)

    def step(self, step_id: str) -> Step | None:
        """Return a step by its id or an old one."""
        return self._steps.get(step_id)

    def released_title(self, step_id: str) -> str | None:
        """Return what a released step was called, though it may have left its pack."""
        return next((title for record in self._records if (title := record.step_title(step_id))), None)

    def challenge(self, challenge_id: str) -> AnyChallenge | None:
        """Return a challenge by its id or an old one."""
        return self._challenges.get(challenge_id)

    def tips_about(self, topic_id: str) -> tuple[Tip, ...]:
        """Return the tips on a topic and on those below it."""
        return self._about(self.tips, topic_id)

    def resources_about(self, topic_id: str) -> tuple[Resource, ...]:
        """Return the resources on a topic and on those below it."""
        return self._about(self.resources, topic_id)

    def related(self, faq_id: str, limit: int = 3) -> tuple[Faq, ...]:
        """Return the questions to read next: those it names, those that name it, then those on its topics."""
        faq = self.faq(faq_id)
        if faq is None:
            return ()
        named = [other for name in faq.related if (other := self.faq(name))]
        naming = [other for other in self.faqs if any(self.faq(name) is faq for name in other.related)]
        near = sorted(self.faqs, key=lambda other: -len({*faq.topics} & {*other.topics}))
        sharing = [other for other in near if {*faq.topics} & {*other.topics}]
        ordered = dict.fromkeys(other.id for other in (*named, *naming, *sharing) if other is not faq)
        return tuple(self._faqs[name] for name in list(ordered)[:limit])

    @cached_property
    def words(self) -> tuple[tuple[str, ...], ...]:
        """Return all groups of words that mean the same: the authors' own and those of the topics."""
        return (*self.explicit_words, *self.topics.word_groups())

    def _about(self, entries: tuple[_About, ...], topic_id: str) -> tuple[_About, ...]:
        wanted = self.topics.with_below(topic_id)
        return tuple(entry for entry in entries if any(self._now(topic) in wanted for topic in entry.topics))

    def _now(self, topic_id: str) -> str:
        topic = self.topics.get(topic_id)
        return topic.id if topic else topic_id


def _by_id(entries: Iterable[_K]) -> Mapping[str, _K]:
    found = list(entries)
    named = {entry.id: entry for entry in found}
    for entry in found:
        for old in entry.was:
            named.setdefault(old, entry)
    return named


def _fingerprint(packs: Iterable[LoadedPack]) -> str:
    """Hash what the packs say, whatever the layout of their files."""
    seen = blake2b(digest_size=16)
    for value in (value for each in packs for value in each.values):
        if not isinstance(value, EvalQuestion):
            seen.update(_line(value))
    return seen.hexdigest()


def _line(value: Value) -> bytes:
    return f"{type(value).__name__} {value.model_dump_json(by_alias=True)}\n".encode()
