"""Suggestions while somebody types: the last word is read as the beginning of one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from content.search.analysis import index_words, joined, line_of, words_of
from content.search.corpus import Corpus
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

    def __init__(self, corpus: Corpus, repair: Repairer) -> None:
        self._repair = repair
        pairs = zip(corpus.documents, corpus.wordings, strict=True)
        found = sorted(pairs, key=lambda pair: (len(pair[0].title), pair[0].title, pair[0].id))
        self._entries = tuple(Suggestion(each.id, each.kind, each.title) for each, _ in found)
        lines = [(wording.letters, place) for place, (_, several) in enumerate(found) for wording in several]
        words: dict[str, set[int]] = {}
        for line, place in lines:
            for word in index_words(line.split()):
                words.setdefault(word, set()).add(place)
        self._lines = sorted(lines)
        self._words = sorted(words)
        self._by_word = {word: frozenset(places) for word, places in words.items()}
        self._by_stem = _merged((stem(word), places) for word, places in words.items())
        self._short = self._short_beginnings()
        self._by_kind = _merged((entry.kind, {place}) for place, entry in enumerate(self._entries))
        self._everything = frozenset(range(len(self._entries)))

    def suggest(self, typed: str, kind: str | None, limit: int) -> tuple[Suggestion, ...]:
        """Return the entries that fit best what was typed so far."""
        allowed = self._everything if kind is None else self._by_kind.get(kind, _NOTHING)
        typed = typed[:LONGEST_TYPED]
        words = words_of(typed)
        places = self._starting_with(line_of(words), typed[-1:].isspace(), allowed, limit) if words else []
        if len(places) < limit:
            begun = words.pop() if words and not typed[-1].isspace() else ""
            places += self._containing([joined(word) for word in words], joined(begun), allowed, limit)
        return tuple(self._entries[place] for place in list(dict.fromkeys(places))[:limit])

    def _starting_with(self, line: str, ended: bool, allowed: frozenset[int], limit: int) -> list[int]:
        """Return the entries with a wording that begins as typed."""
        start = line if ended else line.removesuffix(" ")
        at = bisect_left(self._lines, (start, -1))
        end = bisect_left(self._lines, (start + _LAST, -1), hi=min(len(self._lines), at + MOST_LINES))
        return nsmallest(limit, allowed.intersection(place for _, place in self._lines[at:end]))

    def _containing(self, words: Sequence[str], begun: str, allowed: frozenset[int], limit: int) -> list[int]:
        """Return the entries with all the words; where there are none, those with the rarest."""
        sets = [self._having(word) for word in words if word not in STOP_WORDS]
        if begun:
            sets.append(self._beginning(begun) or self._having(begun))
        sets = sorted(filter(None, (found & allowed for found in sets)), key=len)
        if not sets:
            return [] if words or begun else nsmallest(limit, allowed)
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
        sizes = range(1, SHORT_BEGINNING + 1)
        return _merged((word[:size], places) for word, places in self._by_word.items() for size in sizes)

    def _beginning(self, start: str) -> frozenset[int]:
        if len(start) <= SHORT_BEGINNING:
            return self._short.get(start, _NOTHING)
        at = bisect_left(self._words, start)
        end = bisect_left(self._words, start + _LAST)
        return _NOTHING.union(*(self._by_word[word] for word in self._words[at:end]))


def _merged(pairs: Iterable[tuple[str, Iterable[int]]]) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for name, places in pairs:
        found.setdefault(name, set()).update(places)
    return {name: frozenset(places) for name, places in found.items()}
