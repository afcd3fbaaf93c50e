"""The index: built once from the entries of a pack, then asked from memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from content.document import Document
from content.search.answer import Answer, Hit, Part
from content.search.candidates import FullText
from content.search.confidence import THRESHOLD, by_meaning
from content.search.corpus import Corpus
from content.search.encoder import Encoder
from content.search.groups import Synonyms
from content.search.question import Question, Reader
from content.search.ranking import BY_MEANING, BY_WORDS, Balance, Match, in_order, judge
from content.search.second_look import look_again
from content.search.spelling import Speller
from content.search.stopwords import STOP_WORDS
from content.search.suggesting import Suggester, Suggestion

if TYPE_CHECKING:
    from content.search.meaning import Meaning

_WORD_PARTS = ("words", "coverage", "title", "letters", "focus", "strength")
MOST_PHRASES = 24
FEWEST_PHRASES = 3
MOST_ROWS = 2_000


class Index:
    """Answer questions from the entries it was built of; any number of threads may ask at once."""

    def __init__(
        self,
        documents: Sequence[Document],
        synonyms: Iterable[Iterable[str]] = (),
        encoder: Encoder | None = None,
    ) -> None:
        self._corpus = Corpus(documents)
        groups = Synonyms(synonyms, (document.body for document in documents))
        self._reader = Reader(self._corpus, Speller(self._corpus.spellings, STOP_WORDS), groups)
        self._full_text = FullText(
            (document.kind, texts) for document, texts in zip(documents, self._corpus.texts, strict=True)
        )

        self._meaning = _meaning(documents, encoder)
        self._suggester = Suggester(self._corpus, self._reader.repair)

    @classmethod
    def build(
        cls,
        documents: Iterable[Document],
        synonyms: Iterable[Iterable[str]] = (),
        encoder: Encoder | None = None,
    ) -> Index:
        """Build an index; the order of the entries does not matter."""
        return cls(sorted(documents, key=lambda document: document.id), synonyms, encoder)

    def __len__(self) -> int:
        return len(self._corpus)

    def kind_of(self, entry_id: str) -> str | None:
        """Return the kind of an entry, or nothing when it is not here."""
        return next((found.kind for found in self._corpus.documents if found.id == entry_id), None)

    def ask(self, text: str, kind: str | None = None, limit: int = 5) -> Answer:
        """Return the entries that fit a question best, and whether the first one answers it."""
        question = self._reader.read(text)
        matches = self._matches(question, kind)
        balance = BY_MEANING if self._meaning else BY_WORDS
        if not matches:
            return Answer(text, question.repaired, (), False)
        ordered = in_order(self._corpus, matches, balance)
        if self._meaning:
            sure = by_meaning(ordered[0])
        else:
            ordered, sure = look_again(self._corpus, question, ordered, kind)
        hits = tuple(self._hit(match, sure, balance, ordered[0]) for match in ordered[: max(0, limit)])
        return Answer(text, question.repaired, hits, sure >= THRESHOLD)

    def _matches(self, question: Question, kind: str | None) -> list[Match]:
        """Return the candidates by words, and by meaning where there is a model for that."""
        places = self._full_text.find(self._phrases(question), kind)
        if not self._meaning or not question.terms:
            return judge(self._corpus, question, places)
        likeness = self._meaning.likeness(question.repaired)
        allowed = [found.kind == kind for found in self._corpus.documents] if kind else None
        places = list(dict.fromkeys((*places, *likeness.nearest(allowed))))
        return [
            replace(match, wording=float(likeness.wording[match.place]), text=float(likeness.text[match.place]))
            for match in judge(self._corpus, question, places)
        ]

    def suggest(self, typed: str, kind: str | None = None, limit: int = 25) -> tuple[Suggestion, ...]:
        """Return the entries that what was typed so far may lead to, best first."""
        return self._suggester.suggest(typed, kind, max(0, limit))

    def _phrases(self, question: Question) -> list[str]:
        """Return what to look for, the most telling words first, so that work stays bounded."""
        terms = sorted(question.terms, key=lambda term: (-term.rarity, term.word))
        forms = dict.fromkeys(form for term in terms for form, _ in term.forms)
        chosen: list[str] = []
        rows = 0
        for form in list(forms)[:MOST_PHRASES]:
            rows += min(map(self._corpus.entries_with, form))
            if rows > MOST_ROWS and len(chosen) >= FEWEST_PHRASES:
                break
            chosen.append(" ".join(form))
        return chosen

    def _hit(self, match: Match, sure: float, balance: Balance, best: Match) -> Hit:
        document = self._corpus.documents[match.place]
        most = balance.worth(best)
        score = sure * min(balance.worth(match) / most, 1.0) if most else 0.0
        return Hit(document.id, document.kind, document.title, round(score, 4), self._parts(match))

    def _parts(self, match: Match) -> tuple[Part, ...]:
        names = [*(("wording", "text") if self._meaning else ()), *_WORD_PARTS]
        return tuple(Part(name, round(getattr(match, name), 4)) for name in names)


def _meaning(documents: Sequence[Document], encoder: Encoder | None) -> Meaning | None:
    if encoder is None:
        return None
    from content.search.meaning import Meaning  # noqa: PLC0415 - numpy only when a model is wanted

    return Meaning(documents, encoder)
