"""The words of all entries, counted once when a pack is loaded."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from content.document import Document
from content.search.analysis import index_words, line_of, trigrams, words_of
from content.search.stemming import stem
from content.search.stopwords import STOP_WORDS

TITLE_WEIGHT = 3.0
ALIAS_WEIGHT = 2.0
BODY_WEIGHT = 1.0
LENGTH_SHARE = 0.75
SATURATION = 1.2


@dataclass(frozen=True, slots=True)
class Wording:
    """Hold one way to put an entry: its title, or another wording of it."""

    letters: str
    trigrams: int
    stems: tuple[str, ...]


class Postings:
    """List where a stem occurs and how much it weighs there."""

    __slots__ = ("places", "weights")

    def __init__(self) -> None:
        self.places = array("I")
        self.weights = array("f")

    def add(self, place: int, weight: float) -> None:
        """Note an occurrence; places come in rising order."""
        self.places.append(place)
        self.weights.append(weight)

    def weight_at(self, place: int) -> float:
        """Return the weight of the stem in one entry, 0 when it is not there."""
        at = bisect_left(self.places, place)
        return self.weights[at] if at < len(self.places) and self.places[at] == place else 0.0


class Corpus:
    """Know every word of the entries: where it is, how rare it is, how it is spelt."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.documents = tuple(documents)
        self.spellings: Counter[str] = Counter()
        self.postings: dict[str, Postings] = {}
        self.wordings: list[tuple[Wording, ...]] = []
        self.texts: list[tuple[str, str, str, str]] = []
        self._stems_by_kind: dict[str, set[str]] = {}
        fields = [self._fields(document) for document in self.documents]
        typical = [_mean(len(entry[at]) for entry in fields) for at in range(4)]
        for place, entry in enumerate(fields):
            self._post(place, entry, typical)
        self._rarity = {word: self._idf(len(found.places)) for word, found in self.postings.items()}
        self.rarest = self._idf(0)
        self._sorted = sorted(self.postings)
        self.worths = [tuple(map(self._worth, several)) for several in self.wordings]
        self._heard = {kind: frozenset(stems) for kind, stems in self._stems_by_kind.items()}
        self._heard_anywhere = frozenset(self.postings)

    def __len__(self) -> int:
        return len(self.documents)

    def knows(self, word: str) -> bool:
        """Tell whether a word, in any form, is in an entry."""
        return self.knows_stem(stem(word))

    def knows_stem(self, term: str) -> bool:
        """Tell whether a stem is in an entry."""
        return term in self.postings

    def stems_of(self, kind: str | None) -> frozenset[str]:
        """Return the stems that entries of a kind have, or of all kinds."""
        return self._heard_anywhere if kind is None else self._heard.get(kind, frozenset())

    def entries_with(self, term: str) -> int:
        """Count the entries that have a stem."""
        found = self.postings.get(term)
        return len(found.places) if found else 0

    def beginning_with(self, start: str) -> list[str]:
        """Return the stems that begin so, the shortest first."""
        at = bisect_left(self._sorted, start)
        end = bisect_left(self._sorted, start + "\uffff")
        return sorted(self._sorted[at:end], key=lambda word: (len(word), word))

    def rarity(self, term: str) -> float:
        """Return how telling a stem is; one that no entry has is the most telling of all."""
        return self._rarity.get(term, self.rarest)

    def strength(self, term: str, place: int) -> float:
        """Return what a stem adds to an entry by the rules of BM25."""
        return self.strengths(term, (place,))[0]

    def strengths(self, term: str, places: Sequence[int]) -> list[float]:
        """Return what a stem adds to each of some entries; many at once, because this is where time goes."""
        found = self.postings.get(term)
        if found is None:
            return [0.0] * len(places)
        most = self.rarity(term) * (SATURATION + 1)
        weights = map(found.weight_at, places)
        return [most * weight / (weight + SATURATION) if weight else 0.0 for weight in weights]

    def _worth(self, wording: Wording) -> float:
        """Return how much all words of a wording tell together."""
        return sum(map(self.rarity, wording.stems))

    def _idf(self, entries: int) -> float:
        return math.log(1 + (len(self) - entries + 0.5) / (entries + 0.5))

    def _fields(self, document: Document) -> tuple[list[str], list[str], list[str], list[str]]:
        lines = [words_of(text) for text in (document.title, *document.also)]
        title, *also = map(self._stems, lines)
        topics, body = self._stems(words_of(" ".join(document.topics))), self._stems(words_of(document.body))
        self.wordings.append(tuple(map(_wording, lines, (title, *also))))
        flat = list(chain.from_iterable(also))
        self.texts.append((" ".join(title), " ".join(flat), " ".join(topics), " ".join(body)))
        return title, flat, topics, body

    def _stems(self, words: Sequence[str]) -> list[str]:
        found = index_words(words)
        self.spellings.update(found)
        return [stem(word) for word in found]

    def _post(self, place: int, entry: Sequence[list[str]], typical: Sequence[float]) -> None:
        weights: Counter[str] = Counter()
        for words, mean, weight in zip(entry, typical, _FIELD_WEIGHTS, strict=True):
            share = weight / (1 - LENGTH_SHARE + LENGTH_SHARE * len(words) / mean)
            for word, times in Counter(words).items():
                weights[word] += times * share  # type: ignore[assignment]
        self._stems_by_kind.setdefault(self.documents[place].kind, set()).update(weights)
        for word, total in weights.items():
            if (found := self.postings.get(word)) is None:
                found = self.postings[word] = Postings()
            found.add(place, total)


_FIELD_WEIGHTS = (TITLE_WEIGHT, ALIAS_WEIGHT, BODY_WEIGHT, BODY_WEIGHT)


def _mean(lengths: Iterable[int]) -> float:
    listed = list(lengths)
    return max(1.0, sum(listed) / max(1, len(listed)))


def _wording(words: Sequence[str], stems: Iterable[str]) -> Wording:
    letters = line_of(words)
    return Wording(letters, len(trigrams(letters)), _telling(stems))


def _telling(stems: Iterable[str]) -> tuple[str, ...]:
    unique = tuple(dict.fromkeys(stems))
    return tuple(word for word in unique if word not in STOP_STEMS) or unique


STOP_STEMS = frozenset(stem(word) for word in STOP_WORDS)
