"""The topics of a catalog as a tree, found by id, title, synonym or abbreviation."""

from __future__ import annotations

from collections.abc import Iterable

from content.model import Topic


class TopicTree:
    """Answer questions about topics."""

    __slots__ = ("_by_id", "_by_name", "_children", "topics")

    def __init__(self, topics: Iterable[Topic]) -> None:
        self.topics = tuple(topics)
        self._by_id = {topic.id: topic for topic in self.topics}
        for topic in self.topics:
            for old in topic.was:
                self._by_id.setdefault(old, topic)
        self._by_name = _names(self.topics)
        self._children: dict[str, list[Topic]] = {}
        for topic in self.topics:
            self._children.setdefault(topic.parent or "", []).append(topic)

    def get(self, topic_id: str) -> Topic | None:
        """Return the topic with this id, or that once had it."""
        return self._by_id.get(topic_id)

    def named(self, words: str) -> Topic | None:
        """Return the topic that somebody means by an id, title, synonym or abbreviation."""
        return self.get(words.strip()) or self._by_name.get(_plain(words))

    def title(self, topic_id: str) -> str:
        """Return the title of a topic, or the id when nobody knows it."""
        topic = self.get(topic_id)
        return topic.title if topic else topic_id

    def roots(self) -> tuple[Topic, ...]:
        """Return the topics without a parent."""
        return tuple(self._children.get("", ()))

    def children(self, topic_id: str) -> tuple[Topic, ...]:
        """Return the topics right below one."""
        return tuple(self._children.get(topic_id, ()))

    def with_below(self, topic_id: str) -> frozenset[str]:
        """Return the ids of a topic and of all topics below it."""
        topic = self.get(topic_id)
        if topic is None:
            return frozenset()
        found: set[str] = set()
        waiting = [topic.id]
        while waiting:
            current = waiting.pop()
            if current not in found:
                found.add(current)
                waiting += [child.id for child in self.children(current)]
        return frozenset(found)

    def above(self, topic_id: str) -> tuple[Topic, ...]:
        """Return the parents of a topic, the nearest first."""
        found: list[Topic] = []
        topic = self.get(topic_id)
        while topic and topic.parent and (topic := self.get(topic.parent)) and topic not in found:
            found.append(topic)
        return tuple(found)

    def word_groups(self) -> tuple[tuple[str, ...], ...]:
        """Return for each topic the words that mean it."""
        groups = ((topic.title, *topic.synonyms, *topic.abbreviations) for topic in self.topics)
        return tuple(group for group in groups if len(group) > 1)


def _plain(words: str) -> str:
    return " ".join(words.casefold().replace("-", " ").split())


def _names(topics: tuple[Topic, ...]) -> dict[str, Topic]:
    """Map every name to its topic; titles win over ids in words, and those over synonyms."""
    names: dict[str, Topic] = {}
    for topic in topics:
        names.setdefault(_plain(topic.title), topic)
    for topic in topics:
        names.setdefault(_plain(topic.id), topic)
    for topic in topics:
        for word in (*topic.synonyms, *topic.abbreviations):
            names.setdefault(_plain(word), topic)
    return names
