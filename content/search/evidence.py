"""What speaks for the best match and what against it, before it is weighed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean

from content.search.corpus import Corpus
from content.search.errands import ERRAND_WORDS
from content.search.farwords import FAR_WORDS
from content.search.plainwords import PLAIN_WORDS
from content.search.question import Question, Term
from content.search.ranking import Balance, Match, telling_letters
from content.search.stemming import stem

_PLAIN_STEMS = frozenset(map(stem, PLAIN_WORDS))
_FAR_STEMS = frozenset(map(stem, FAR_WORDS)) - _PLAIN_STEMS
_ERRAND_STEMS = frozenset(map(stem, ERRAND_WORDS))
_LONG_ENOUGH = 8
_FOUND_ENOUGH = 4
_RIVALS = 4


@dataclass(frozen=True, slots=True)
class Evidence:
    """Hold the reasons for and against an answer.

    `found` is how many words of the question the wordings of the entry have, `lead` how far it is ahead of the
    next ones. The others add up the words that it lacks: those of far-away subjects that no entry has, others that no
    entry has, and those that other entries have (words that say nothing about a subject are left out there), and
    words of errands that its wordings lack.
    """

    strength: float
    letters: float
    length: float
    found: float
    lead: float
    far: float
    unheard: float
    missing: float
    errand: float


def gather(
    corpus: Corpus, question: Question, matches: Sequence[Match], balance: Balance, kind: str | None
) -> Evidence:
    """Gather what is known about the best of some matches, which come in order."""
    best = matches[0]
    wordings = frozenset(word for wording in corpus.wordings[best.place] for word in wording.stems)
    heard = corpus.stems_of(kind)
    lacks = {"far": 0.0, "unheard": 0.0, "missing": 0.0, "errand": 0.0}
    for term in question.terms:
        if group := _group(term, heard):
            share = _share(term, lambda word: corpus.strength(word, best.place) > 0)
            lacks[group] += term.rarity * (1 - share) / corpus.rarest
        if stem(term.word) in _ERRAND_STEMS and not _share(term, wordings.__contains__):
            lacks["errand"] += term.rarity / corpus.rarest
    return Evidence(
        strength=best.strength,
        letters=telling_letters(corpus, question, best.place),
        length=min(len(question.terms), _LONG_ENOUGH) / _LONG_ENOUGH,
        found=min(sum(_share(term, wordings.__contains__) > 0 for term in question.terms), _FOUND_ENOUGH)
        / _FOUND_ENOUGH,
        lead=_lead(matches[: _RIVALS + 1], balance),
        **lacks,
    )


def _share(term: Term, known: Callable[[str], bool]) -> float:
    """Return how well a word is covered by the best of its forms that is there as a whole."""
    return max((weight for form, weight in term.forms if all(map(known, form))), default=0.0)


def _group(term: Term, heard: frozenset[str]) -> str | None:
    base = stem(term.word)
    if base in _PLAIN_STEMS or term.word[0].isdigit():
        return None
    if _share(term, heard.__contains__):
        return "missing"
    return "far" if base in _FAR_STEMS else "unheard"


def _lead(matches: Sequence[Match], balance: Balance) -> float:
    worths = [balance.worth(match) for match in matches]
    rivals = fmean(worths[1:]) if len(worths) > 1 else 0.0
    return (worths[0] - rivals) / worths[0] if worths[0] > 0 else 0.0
