"""Suggestions while somebody types: the last word is read as the beginning of one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from content.document import Document
from content.search.analysis import index_words, joined, letters_of, words_of
from content.search.stemming import stem
from content.search.stopwords import STOP_WORDS

LONGEST_TYPED = 200
MOST_LINES = 1_000
SHORT_BEGINNING = 2
_NOTHING: frozenset[int] = frozenset()
_LAST = "\U0010ffff"

Repairer = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Name an entry that what was typed so far may lead to."""

    id: str
    kind: str
    title: str


class Suggester:
    """Find entries by the beginnings of their words; short titles come first."""

    def __init__(self, documents: Iterable[Document], repair: Repairer) -> None:
        self._repair = repair
        found = sorted(documents, key=lambda document: (len(document.title), document.title, document.id))
        self._documents = tuple(found)
        lines: list[tuple[str, int]] = []
        words: dict[str, set[int]] = {}
        stems: dict[str, set[int]] = {}
        for place, document in enumerate(found):
            for text in (document.title, *document.also):
                lines.append((letters_of(text), place))
                for word in index_words(text):
                    words.setdefault(word, set()).add(place)
                    stems.setdefault(stem(word), set()).add(place)
        self._lines = sorted(lines)
        self._words = sorted(words)
        self._by_word = {word: frozenset(places) for word, places in words.items()}
        self._by_stem = {word: frozenset(places) for word, places in stems.items()}
        self._everything = frozenset(range(len(found)))
        self._short = self._short_beginnings()

    def suggest(self, typed: str, limit: int) -> tuple[Suggestion, ...]:
        """Return the entries that fit best what was typed so far."""
        typed = typed[:LONGEST_TYPED]
        words = [joined(word) for word in words_of(typed)]
        places = self._starting_with(letters_of(typed), typed[-1:].isspace(), limit) if words else []
        if len(places) < limit:
            begun = words.pop() if words and not typed[-1].isspace() else ""
            places += self._containing(words, begun, limit)
        chosen = list(dict.fromkeys(places))[:limit]
        return tuple(self._suggestion(place) for place in chosen)

    def _suggestion(self, place: int) -> Suggestion:
        document = self._documents[place]
        return Suggestion(document.id, document.kind, document.title)

    def _starting_with(self, line: str, ended: bool, limit: int) -> list[int]:
        """Return the entries with a wording that begins as typed."""
        start = line if ended else line.removesuffix(" ")
        at = bisect_left(self._lines, (start, -1))
        end = bisect_left(self._lines, (start + _LAST, -1), hi=min(len(self._lines), at + MOST_LINES))
        return nsmallest(limit, {place for _, place in self._lines[at:end]})

    def _containing(self, words: Sequence[str], begun: str, limit: int) -> list[int]:
        """Return the entries with all the words; where there are none, those with the rarest."""
        sets = [self._having(word) for word in words if word not in STOP_WORDS]
        if begun:
            sets.append(self._beginning(begun) or self._having(begun))
        if not any(sets):
            return [] if words or begun else nsmallest(limit, self._everything)
        sets = sorted(filter(None, sets), key=len)
        both = frozenset.intersection(*sets)
        return nsmallest(limit, both) + nsmallest(limit, sets[0] - both)

    def _having(self, word: str) -> frozenset[int]:
        found = self._by_stem.get(stem(word))
        if found is not None or word in STOP_WORDS:
            return found or _NOTHING
        sets = [self._by_stem.get(stem(other), _NOTHING) for other in self._repair(word)]
        return frozenset.intersection(*sets) if sets else _NOTHING

    def _short_beginnings(self) -> dict[str, frozenset[int]]:
        """Gather one and two letters beforehand: they begin too many words to do it while somebody types."""
        gathered: dict[str, set[int]] = {}
        for word, places in self._by_word.items():
            for size in range(1, SHORT_BEGINNING + 1):
                gathered.setdefault(word[:size], set()).update(places)
        return {start: frozenset(places) for start, places in gathered.items()}

    def _beginning(self, start: str) -> frozenset[int]:
        if len(start) <= SHORT_BEGINNING:
            return self._short.get(start, _NOTHING)
        at = bisect_left(self._words, start)
        end = bisect_left(self._words, start + _LAST)
        return _NOTHING.union(*(self._by_word[word] for word in self._words[at:end]))
