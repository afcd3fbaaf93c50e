"""The second sieve: five reasons why an entry fits a question, weighed together."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from operator import mul

from content.search.analysis import line_of, trigrams, words_of
from content.search.corpus import SATURATION, Corpus, Wording
from content.search.groups import Stems
from content.search.question import Question
from content.search.stopwords import STOP_WORDS


@dataclass(frozen=True, slots=True)
class Match:
    """Hold how well one entry fits a question; every reason is between 0 and 1.

    `words` compares with the best candidate, `strength` with an entry that could not fit better.
    `wording` and `text` come from the sentence model, where there is one.
    """

    place: int
    words: float
    coverage: float
    title: float
    letters: float
    focus: float
    strength: float
    wording: float = 0.0
    text: float = 0.0


@dataclass(frozen=True, slots=True)
class Balance:
    """Say how much each reason weighs when entries are put in order."""

    words: float
    coverage: float
    title: float
    letters: float
    focus: float
    wording: float = 0.0
    text: float = 0.0

    def worth(self, match: Match) -> float:
        """Return the weighted sum of the reasons."""
        return (
            self.words * match.words
            + self.coverage * match.coverage
            + self.title * match.title
            + self.letters * match.letters
            + self.focus * match.focus
            + self.wording * match.wording
            + self.text * match.text
        )


BY_WORDS = Balance(words=1.0, coverage=0.75, title=1.0, letters=2.0, focus=0.75)
BY_MEANING = Balance(words=1.0, coverage=0.5, title=0.5, letters=1.2, focus=0.4, wording=3.5, text=3.0)


def judge(corpus: Corpus, question: Question, places: Sequence[int]) -> list[Match]:
    """Judge each candidate by its words and letters."""
    judged = _Judge(corpus, question, places)
    found = [judged.match(place) for place in places]
    most = max((match.words for match in found), default=0.0) or 1.0
    return [replace(match, words=match.words / most) for match in found]


def in_order(corpus: Corpus, matches: Iterable[Match], balance: Balance) -> list[Match]:
    """Put matches in order, best first; ties go by id."""
    documents = corpus.documents
    return sorted(matches, key=lambda match: (-round(balance.worth(match), 6), documents[match.place].id))


def telling_letters(corpus: Corpus, question: Question, place: int) -> float:
    """Return how alike the telling words of a question and of the nearest wording of an entry are, by their letters."""
    asked = _telling_trigrams(words_of(question.repaired))
    said = (_telling_trigrams(wording.letters.split()) for wording in corpus.wordings[place])
    return max(
        (len(asked & other) / math.sqrt(len(asked) * len(other)) for other in said if asked and other), default=0.0
    )


def _telling_trigrams(words: Sequence[str]) -> frozenset[str]:
    return trigrams(line_of([word for word in words if word not in STOP_WORDS] or words))


_Use = tuple[int, float, Stems]
"""Which word of the question a word may stand for, how far it can be trusted, and what must stand beside it."""


class _Judge:
    """Hold what is worked out once for a question and used for every candidate."""

    def __init__(self, corpus: Corpus, question: Question, places: Sequence[int]) -> None:
        self._corpus = corpus
        self._rarities = [term.rarity for term in question.terms]
        self._weight = question.weight or 1.0
        self._trigrams = trigrams(line_of(words_of(question.repaired)))
        self._uses: dict[str, list[_Use]] = {}
        self._asked: dict[str, float] = {}
        for at, term in enumerate(question.terms):
            for form, weight in term.forms:
                self._note(at, form, weight)
        self._heard = {word: corpus.rarity(word) * weight for word, weight in self._asked.items()}
        self._strengths = self._found_in(places)

    def _note(self, at: int, form: Stems, weight: float) -> None:
        for word in form:
            self._asked[word] = max(weight, self._asked.get(word, 0.0))
        self._uses.setdefault(form[0], []).append((at, weight, form[1:]))

    def _found_in(self, places: Sequence[int]) -> dict[int, dict[str, float]]:
        """Return for each candidate which words it has and what they weigh there."""
        found: dict[int, dict[str, float]] = {place: {} for place in places}
        for word in self._asked:
            for place, strength in zip(places, self._corpus.strengths(word, places), strict=True):
                if strength:
                    found[place][word] = strength
        return found

    def match(self, place: int) -> Match:
        """Judge one candidate."""
        words, coverage = self._text(self._strengths[place])
        wordings = self._corpus.wordings[place]
        letters = title = focus = 0.0
        shares_a_word = False
        for wording, worth in zip(wordings, self._corpus.worths[place], strict=True):
            # Most wordings share no word with the question; those need no closer look.
            if not self._asked.keys().isdisjoint(wording.stems):
                shares_a_word = True
                common = self._asked.keys() & wording.stems
                letters = max(letters, self._letters(wording, letters))
                title = max(title, self._title(common))
                focus = max(focus, sum(map(self._heard.__getitem__, common)) / worth)
        if not shares_a_word:
            letters = self._letters(wordings[0], 0.0)
        strength = words / (self._weight * (SATURATION + 1))
        return Match(place, words, coverage, title, letters, focus, strength)

    def _text(self, strengths: Mapping[str, float]) -> tuple[float, float]:
        """Return what the words weigh in the entry and which share of the question it has."""
        most = [0.0] * len(self._rarities)
        share = [0.0] * len(self._rarities)
        for word, strength in strengths.items():
            for at, weight, rest in self._uses.get(word, ()):
                least = min(strength, *(strengths.get(other, 0.0) for other in rest)) if rest else strength
                if least:
                    most[at] = max(most[at], weight * least)
                    share[at] = max(share[at], weight)
        return sum(most), self._weigh(share)

    def _title(self, common: AbstractSet[str]) -> float:
        """Return which share of the question a wording has, from the words that both have."""
        share = [0.0] * len(self._rarities)
        for word in common:
            for at, weight, rest in self._uses.get(word, ()):
                if weight > share[at] and all(map(common.__contains__, rest)):
                    share[at] = weight
        return self._weigh(share)

    def _weigh(self, share: Sequence[float]) -> float:
        total: float = sum(map(mul, self._rarities, share))
        return total / self._weight

    def _letters(self, wording: Wording, least: float) -> float:
        """Return how alike the letters are; 0 at once when lengths alone rule out more than the least."""
        asked, said = len(self._trigrams), wording.trigrams
        if min(asked, said) <= least * least * max(asked, said):
            return 0.0
        if asked > 2 * said:
            shared = len(trigrams(wording.letters) & self._trigrams)
        else:
            shared = sum(map(wording.letters.__contains__, self._trigrams))
        return shared / math.sqrt(asked * said)
