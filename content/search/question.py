"""Read a question: which words tell something, what they were meant to be, what else they could be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from content.search.analysis import joined, parts_of, words_of
from content.search.corpus import Corpus
from content.search.everyday import EVERYDAY_WORDS
from content.search.farwords import FAR_WORDS
from content.search.groups import Stems, Synonyms
from content.search.kinds import KIND_WORDS
from content.search.plainwords import PLAIN_WORDS
from content.search.spelling import Speller
from content.search.stemming import stem
from content.search.stopwords import STOP_WORDS

_RIGHT_WORDS = EVERYDAY_WORDS | FAR_WORDS | PLAIN_WORDS | KIND_WORDS
_RIGHT_STEMS = frozenset(map(stem, _RIGHT_WORDS))
MOST_TERMS = 36
MOST_REPAIRS = 16
SLIP_DISCOUNT = 0.8
COMPLETION_WEIGHT = 0.7
UNKNOWN_NUMBER = 0.3
_SHORTEST_BEGINNING = 4


@dataclass(frozen=True, slots=True)
class Term:
    """Hold one telling word of a question, how much it tells, and what may stand for it."""

    word: str
    rarity: float
    forms: tuple[tuple[Stems, float], ...]
    trust: float = 1.0


@dataclass(frozen=True, slots=True)
class Question:
    """Hold a question as search understands it."""

    text: str
    repaired: str
    terms: tuple[Term, ...]
    only_stop_words: bool = False

    @property
    def weight(self) -> float:
        """Return how much all the words tell together."""
        return sum(term.rarity for term in self.terms)

    @property
    def trust(self) -> float:
        """Return how far the words can be taken as they were typed."""
        return sum(term.rarity * term.trust for term in self.terms) / (self.weight or 1.0)


class Reader:
    """Read questions for one corpus."""

    def __init__(self, corpus: Corpus, speller: Speller, synonyms: Synonyms) -> None:
        self._corpus = corpus
        self._speller = speller
        self._synonyms = synonyms
        self._synonym_stems = synonyms.words()

    def read(self, text: str) -> Question:
        """Return a question with its misspelt words repaired and its telling words expanded."""
        words = words_of(text)
        trust, repaired = self._repair(words)
        telling = {word: sure for word, sure in trust.items() if word not in STOP_WORDS}
        terms = tuple(self._terms(telling or trust))
        shown = text if repaired == words else " ".join(repaired)
        return Question(text, shown, terms, bool(trust) and not telling)

    def repair(self, word: str) -> tuple[str, ...]:
        """Return the words that an unknown one most likely stands for."""
        found = None if self.knows(word) else self._speller.repair(word)
        return found.words if found else ()

    def knows(self, word: str) -> bool:
        """Tell whether a word is one of the pack's, an everyday word, or one with a synonym."""
        if word in STOP_WORDS or word in _RIGHT_WORDS or self._corpus.knows(word):
            return True
        base = stem(word)
        return base in self._synonym_stems or base in _RIGHT_STEMS

    def _repair(self, words: list[str]) -> tuple[dict[str, float], list[str]]:
        """Return each word to look for with the trust in it, and the question as understood."""
        trust: dict[str, float] = {}
        shown: list[str] = []
        unknown = 0
        for word in words:
            pieces = self._pieces(word)
            read: list[str] = []
            for piece in pieces:
                found = None
                if unknown < MOST_REPAIRS and not self.knows(piece) and not self._completions(stem(piece)):
                    unknown += 1
                    found = self._speller.repair(piece)
                sure = 1 - SLIP_DISCOUNT * found.slips / len(piece) if found else 1.0
                for part in found.words if found else (piece,):
                    read.append(part)
                    trust[part] = max(sure, trust.get(part, 0.0))
            shown.append(word if read == pieces else " ".join(read))
        return trust, shown

    def _pieces(self, word: str) -> list[str]:
        """Take a compound whole where the pack has it, and in parts where it has not."""
        whole = joined(word)
        parts = parts_of(word)
        return [whole] if len(parts) < 2 or self.knows(whole) else parts

    def _terms(self, trust: Mapping[str, float]) -> Iterator[Term]:
        stems: dict[str, tuple[str, float]] = {}
        for word, sure in trust.items():
            stems.setdefault(stem(word), (word, sure))
        phrase = self._most_telling(tuple(stems))
        forms = self._forms(phrase)
        for term in phrase:
            word, sure = stems[term]
            rarity = self._corpus.rarity(term)
            if term.isdigit() and not self._corpus.knows_stem(term):
                rarity *= UNKNOWN_NUMBER
            yield Term(word, rarity, tuple(forms[term].items()), sure)

    def _most_telling(self, stems: Stems) -> Stems:
        """Bound the work for a very long text by its rarest words, whatever their place in it."""
        if len(stems) <= MOST_TERMS:
            return stems
        known = sorted(filter(self._corpus.knows_stem, stems), key=lambda term: -self._corpus.rarity(term))
        chosen = set(known[:MOST_TERMS])
        return tuple(term for term in stems if term in chosen)

    def _forms(self, phrase: Stems) -> dict[str, dict[Stems, float]]:
        forms: dict[str, dict[Stems, float]] = {term: {(term,): 1.0} for term in phrase}
        for size in range(1, self._synonyms.longest + 1):
            for at in range(len(phrase) - size + 1):
                part = phrase[at : at + size]
                self._add(forms, part, self._synonyms.of(part))
        for at in range(len(phrase) - 1):
            self._add(forms, phrase[at : at + 2], {("".join(phrase[at : at + 2]),): 1.0})
        for term in phrase:
            if term not in self._corpus.postings and len(forms[term]) == 1:
                self._add(forms, (term,), self._completions(term))
        return forms

    def _add(self, forms: dict[str, dict[Stems, float]], part: Stems, others: Mapping[Stems, float]) -> None:
        for other, weight in others.items():
            if all(word in self._corpus.postings for word in other):
                for term in part:
                    forms[term][other] = max(weight, forms[term].get(other, 0.0))

    def _completions(self, term: str) -> dict[Stems, float]:
        """Read a word that nothing has as the beginning of one, as in math for mathematics."""
        if len(term) < _SHORTEST_BEGINNING:
            return {}
        longer = self._corpus.beginning_with(term)
        return {(word,): COMPLETION_WEIGHT for word in longer[:3]}
