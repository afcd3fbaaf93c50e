"""Words that mean the same: from the pack, from its texts, and from everyday English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from content.search.analysis import joined, words_of
from content.search.spelling import distance
from content.search.stemming import stem
from content.search.stopwords import STOP_WORDS
from content.search.thesaurus import EVERYDAY_GROUPS

EVERYDAY_WEIGHT = 0.6
ABBREVIATION_WEIGHT = 0.9
MISSPELT_WEIGHT = 0.95
_SHORTEST_MISSPELT = 5
_PAIR_WEIGHT = 0.9
_LONG_LIST_WEIGHT = 0.4
_SHORT_FORM = re.compile(r" \(([A-Z]{2,6})s?\)")
_LONGEST_LONG_FORM = 120

Stems = tuple[str, ...]


class Synonyms:
    """Map one phrase of stems to others that mean the same, each with a weight."""

    def __init__(self, groups: Iterable[Iterable[str]], texts: Iterable[str] = ()) -> None:
        self._others: dict[Stems, dict[Stems, float]] = {}
        self.longest = 1
        for group in groups:
            phrases = list(group)
            self._relate(phrases, _weight_of(len(phrases)))
        for long, short in short_forms(texts).items():
            self._relate([long, short], ABBREVIATION_WEIGHT)
        for words in EVERYDAY_GROUPS:
            self._relate(words, EVERYDAY_WEIGHT)

    def of(self, phrase: Stems) -> Mapping[Stems, float]:
        """Return the other ways to say a phrase and how far each can be trusted."""
        return self._others.get(phrase, {})

    def words(self) -> frozenset[str]:
        """Return every single stem that has another way to say it."""
        return frozenset(phrase[0] for phrase in self._others if len(phrase) == 1)

    def _relate(self, phrases: Iterable[str], weight: float) -> None:
        members = list(dict.fromkeys(filter(None, map(phrase_stems, phrases))))
        self.longest = max(self.longest, *map(len, members), 1)
        for member in members:
            others = self._others.setdefault(member, {})
            for other in members:
                if other != member:
                    trusted = MISSPELT_WEIGHT if _one_slip_apart(member, other) else weight
                    others[other] = max(trusted, others.get(other, 0.0))


def phrase_stems(phrase: str) -> Stems:
    """Return the stems of a phrase; a compound is one of them.

    A question is read without its stop words, so "pull his weight" is looked for as "pull weight". A phrase that
    would shrink to a single word keeps them: "on the fly" is not "fly".
    """
    words = words_of(phrase)
    telling = [word for word in words if word not in STOP_WORDS]
    return tuple(stem(joined(word)) for word in (telling if len(telling) > 1 else words))


def short_forms(texts: Iterable[str]) -> dict[str, str]:
    """Find abbreviations that a text explains, as in: graphics processing unit (GPU)."""
    found: dict[str, str] = {}
    for text in texts:
        for match in _SHORT_FORM.finditer(text):
            short = match[1]
            before = text[max(0, match.start() - _LONGEST_LONG_FORM) : match.start()]
            words = re.findall(r"[A-Za-z]+", before)[-len(short) :]
            if "".join(word[0] for word in words).upper() == short:
                found.setdefault(" ".join(words).casefold(), short.casefold())
    return found


def _one_slip_apart(one: Stems, other: Stems) -> bool:
    """Tell a misspelling that a pack lists beside the right word: labtop is laptop, whatever else is in the group."""
    if len(one) > 1 or len(other) > 1 or one[0][0] != other[0][0]:
        return False
    return len(one[0]) >= _SHORTEST_MISSPELT and distance(one[0], other[0], 1) == 1


def _weight_of(members: int) -> float:
    """Trust a pair of words more than one in a long list."""
    return max(_LONG_LIST_WEIGHT, _PAIR_WEIGHT - 0.05 * (members - 2))
