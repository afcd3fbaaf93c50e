"""The index: built once from the entries of a pack, then asked from memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from content.document import Document
from content.search.answer import Answer, Hit, Part
from content.search.candidates import FullText
from content.search.confidence import THRESHOLD, confidence
from content.search.corpus import Corpus
from content.search.encoder import Encoder
from content.search.groups import Synonyms
from content.search.question import Question, Reader
from content.search.ranking import Match, rank
from content.search.spelling import Speller
from content.search.stopwords import STOP_WORDS
from content.search.suggesting import Suggester, Suggestion

MOST_PHRASES = 48
FEWEST_PHRASES = 3
MOST_ROWS = 5_000


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

        kinds = sorted({document.kind for document in documents})
        self._suggesters = {kind: self._suggester(kind) for kind in (None, *kinds)}

    def _suggester(self, kind: str | None) -> Suggester:
        documents = (found for found in self._corpus.documents if kind in (None, found.kind))
        return Suggester(documents, self._reader.repair)

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
        places = self._full_text.find(self._phrases(question), kind)
        matches = rank(self._corpus, question, places)
        sure = confidence(question, matches[0]) if matches else 0.0
        hits = tuple(self._hit(match, sure, matches[0]) for match in matches[: max(0, limit)])
        return Answer(text, question.repaired, hits, sure >= THRESHOLD)

    def suggest(self, typed: str, kind: str | None = None, limit: int = 25) -> tuple[Suggestion, ...]:
        """Return the entries that what was typed so far may lead to, best first."""
        suggester = self._suggesters.get(kind)
        return suggester.suggest(typed, max(0, limit)) if suggester else ()

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

    def _hit(self, match: Match, sure: float, best: Match) -> Hit:
        document = self._corpus.documents[match.place]
        score = sure * match.worth / best.worth if best.worth else 0.0
        return Hit(document.id, document.kind, document.title, round(score, 4), _parts(match))


def _parts(match: Match) -> tuple[Part, ...]:
    names = ("words", "coverage", "title", "letters", "focus", "strength")
    return tuple(Part(name, round(getattr(match, name), 4)) for name in names)
