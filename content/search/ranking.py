"""The second sieve: five reasons why an entry fits a question, weighed together."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
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
    found = _Judge(corpus, question, places).matches()
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


class _Judge:
    """Hold what is worked out once for a question and used for every candidate."""

    def __init__(self, corpus: Corpus, question: Question, places: Sequence[int]) -> None:
        self._corpus = corpus
        self._places = places
        self._rarities = [term.rarity for term in question.terms]
        self._weight = question.weight or 1.0
        self._trigrams = trigrams(line_of(words_of(question.repaired)))
        self._single: dict[str, list[tuple[int, float]]] = {}
        self._phrases: list[tuple[int, Stems, float]] = []
        self._asked: dict[str, float] = {}
        for at, term in enumerate(question.terms):
            for form, weight in term.forms:
                self._note(at, form, weight)
        self._heard = {word: corpus.rarity(word) * weight for word, weight in self._asked.items()}
        self._strengths = {word: corpus.strengths(word, places) for word in self._asked}

    def _note(self, at: int, form: Stems, weight: float) -> None:
        for word in form:
            self._asked[word] = max(weight, self._asked.get(word, 0.0))
        if len(form) == 1:
            self._single.setdefault(form[0], []).append((at, weight))
        else:
            self._phrases.append((at, form, weight))

    def matches(self) -> list[Match]:
        """Judge all candidates."""
        return [self._match(number, place) for number, place in enumerate(self._places)]

    def _match(self, number: int, place: int) -> Match:
        words, coverage = self._text(number)
        letters = title = focus = 0.0
        shares_a_word = False
        for wording, worth in zip(self._corpus.wordings[place], self._corpus.worths[place], strict=True):
            # Most wordings share no word with the question; those need no closer look.
            if not self._asked.keys().isdisjoint(wording.stems):
                shares_a_word = True
                common = self._asked.keys() & wording.stems
                letters = max(letters, self._letters(wording))
                title = max(title, self._title(common))
                focus = max(focus, sum(map(self._heard.__getitem__, common)) / worth)
        if not shares_a_word:
            letters = self._letters(self._corpus.wordings[place][0])
        strength = words / (self._weight * (SATURATION + 1))
        return Match(place, words, coverage, title, letters, focus, strength)

    def _text(self, number: int) -> tuple[float, float]:
        """Return what the words weigh in the entry and which share of the question it has."""
        most = [0.0] * len(self._rarities)
        share = [0.0] * len(self._rarities)
        for word, uses in self._single.items():
            if strength := self._strengths[word][number]:
                for at, weight in uses:
                    most[at] = max(most[at], weight * strength)
                    share[at] = max(share[at], weight)
        for at, form, weight in self._phrases:
            if strength := min(self._strengths[word][number] for word in form):
                most[at] = max(most[at], weight * strength)
                share[at] = max(share[at], weight)
        return sum(most), self._weigh(share)

    def _title(self, common: AbstractSet[str]) -> float:
        """Return which share of the question a wording has, from the words that both have."""
        share = [0.0] * len(self._rarities)
        for word in common:
            for at, weight in self._single.get(word, ()):
                share[at] = max(share[at], weight)
        for at, form, weight in self._phrases:
            if weight > share[at] and all(map(common.__contains__, form)):
                share[at] = weight
        return self._weigh(share)

    def _weigh(self, share: Sequence[float]) -> float:
        total: float = sum(map(mul, self._rarities, share))
        return total / self._weight

    def _letters(self, wording: Wording) -> float:
        both = len(self._trigrams) * wording.trigrams
        if len(self._trigrams) > 2 * wording.trigrams:
            shared = len(trigrams(wording.letters) & self._trigrams)
        else:
            shared = sum(map(wording.letters.__contains__, self._trigrams))
        return shared / math.sqrt(both) if both else 0.0
