"""The second sieve: five reasons why an entry fits a question, weighed together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from content.search.analysis import letters_of, trigrams
from content.search.corpus import SATURATION, Corpus, Wording
from content.search.groups import Stems
from content.search.question import Question

WORDS = 1.0
COVERAGE = 0.75
TITLE = 1.0
LETTERS = 2.0
FOCUS = 0.75


@dataclass(frozen=True, slots=True)
class Match:
    """Hold how well one entry fits a question; every reason is between 0 and 1.

    `words` compares with the best candidate, `strength` with an entry that could not fit better.
    """

    place: int
    words: float
    strength: float
    coverage: float
    title: float
    letters: float
    focus: float

    @property
    def worth(self) -> float:
        """Return the weighted sum by which entries are put in order."""
        return (
            WORDS * self.words
            + COVERAGE * self.coverage
            + TITLE * self.title
            + LETTERS * self.letters
            + FOCUS * self.focus
        )


def rank(corpus: Corpus, question: Question, places: Sequence[int]) -> list[Match]:
    """Return the candidates, best first; ties go by id."""
    judge = _Judge(corpus, question)
    found = [judge.match(place) for place in places]
    most = max((match.words for match in found), default=0.0) or 1.0
    matches = [replace(match, words=match.words / most) for match in found]
    documents = corpus.documents
    return sorted(matches, key=lambda match: (-round(match.worth, 9), documents[match.place].id))


class _Judge:
    """Hold what is worked out once for a question and used for every candidate."""

    def __init__(self, corpus: Corpus, question: Question) -> None:
        self._corpus = corpus
        self._terms = question.terms
        self._weight = question.weight or 1.0
        self._trigrams = trigrams(letters_of(question.repaired))
        self._single: dict[str, list[tuple[int, float]]] = {}
        self._phrases: list[tuple[int, Stems, float]] = []
        self._asked: dict[str, float] = {}
        for at, term in enumerate(question.terms):
            for form, weight in term.forms:
                self._note(at, form, weight)

    def _note(self, at: int, form: Stems, weight: float) -> None:
        for word in form:
            self._asked[word] = max(weight, self._asked.get(word, 0.0))
        if len(form) == 1:
            self._single.setdefault(form[0], []).append((at, weight))
        else:
            self._phrases.append((at, form, weight))

    def match(self, place: int) -> Match:
        """Judge one candidate."""
        words, coverage = self._text(place)
        wordings = self._corpus.wordings[place]
        return Match(
            place,
            words,
            words / (self._weight * (SATURATION + 1)),
            coverage,
            max(map(self._title, wordings)),
            max(map(self._letters, wordings)),
            max(map(self._focus, wordings)),
        )

    def _text(self, place: int) -> tuple[float, float]:
        """Return what the words weigh in the entry and which share of the question it has."""
        strengths = {word: self._corpus.strength(word, place) for word in self._asked}
        most = [0.0] * len(self._terms)
        share = [0.0] * len(self._terms)
        for word, uses in self._single.items():
            if strength := strengths[word]:
                for at, weight in uses:
                    most[at] = max(most[at], weight * strength)
                    share[at] = max(share[at], weight)
        for at, form, weight in self._phrases:
            if strength := min(strengths[word] for word in form):
                most[at] = max(most[at], weight * strength)
                share[at] = max(share[at], weight)
        return sum(most), self._weigh(share)

    def _title(self, wording: Wording) -> float:
        share = [0.0] * len(self._terms)
        for word in wording.stems:
            for at, weight in self._single.get(word, ()):
                share[at] = max(share[at], weight)
        for at, form, weight in self._phrases:
            if weight > share[at] and all(word in wording.stems for word in form):
                share[at] = weight
        return self._weigh(share)

    def _weigh(self, share: Sequence[float]) -> float:
        pairs = zip(self._terms, share, strict=True)
        return sum(term.rarity * part for term, part in pairs if part) / self._weight

    def _letters(self, wording: Wording) -> float:
        both = len(self._trigrams) * wording.trigrams
        if len(self._trigrams) > 2 * wording.trigrams:
            shared = len(trigrams(wording.letters) & self._trigrams)
        else:
            shared = sum(map(wording.letters.__contains__, self._trigrams))
        return shared / math.sqrt(both) if both else 0.0

    def _focus(self, wording: Wording) -> float:
        """Return how much of a wording the question speaks of."""
        whole = heard = 0.0
        for word in wording.stems:
            rarity = self._corpus.rarity(word)
            whole += rarity
            heard += rarity * self._asked.get(word, 0.0)
        return heard / whole if whole else 0.0
