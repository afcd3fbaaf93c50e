"""What speaks for the best match and what against it, before it is weighed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean

from content.search.analysis import line_of, words_of
from content.search.corpus import Corpus
from content.search.farwords import FAR_WORDS
from content.search.kinds import kinds_of
from content.search.plainwords import PLAIN_WORDS
from content.search.question import Question, Term
from content.search.ranking import Balance, Match, telling_letters
from content.search.stemming import stem
from content.search.voice import Voice, voice_of

_PLAIN_STEMS = frozenset(map(stem, PLAIN_WORDS))
_FAR_STEMS = frozenset(map(stem, FAR_WORDS)) - _PLAIN_STEMS
_LONG_ENOUGH = 8
_FOUND_ENOUGH = 4
_RIVALS = 4
_TITLE_COUNTS = 2
_CORE = 4
_NEAR_ENOUGH = 2 / 3
_ASKED_OFTEN = 4
_UNKNOWN_VOICE = Voice(own=0.5, weighing=0.5, others=0.0)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Hold the reasons for and against an answer.

    `found` is how many words of the question the wordings of the entry have, `core` how much of what they keep saying
    is in the question, `heading` how much of the question is in title and topics, `lead` how far it is ahead of the
    next ones. `own`, `weighing` and `others` are the voice of the question. The rest adds up what the entry lacks:
    words of far-away subjects that no entry has, others that no entry has, and those that other entries have (words
    that say nothing about a subject are left out there), and the kind of question.
    """

    strength: float
    letters: float
    length: float
    found: float
    core: float
    heading: float
    lead: float
    own: float
    weighing: float
    others: float
    far: float
    unheard: float
    missing: float
    kind: float


def gather(
    corpus: Corpus, question: Question, matches: Sequence[Match], balance: Balance, kind: str | None
) -> Evidence:
    """Gather what is known about the best of some matches, which come in order."""
    best = matches[0]
    entry = _Entry(corpus, question, best.place)
    lacks = entry.lacks(corpus.stems_of(kind))
    voice = entry.voice
    return Evidence(
        strength=best.strength,
        letters=telling_letters(corpus, question, best.place),
        length=min(len(question.terms), _LONG_ENOUGH) / _LONG_ENOUGH,
        found=entry.found,
        core=entry.core,
        heading=entry.heading,
        lead=_lead(matches[: _RIVALS + 1], balance),
        own=voice.own,
        weighing=voice.weighing,
        others=voice.others,
        far=lacks["far"],
        unheard=lacks["unheard"],
        missing=lacks["missing"],
        kind=entry.kind,
    )


class _Entry:
    """Look at one entry with a question in mind."""

    def __init__(self, corpus: Corpus, question: Question, place: int) -> None:
        self._corpus = corpus
        self._question = question
        self._place = place
        self._wordings = corpus.wordings[place]

    @cached_property
    def _times(self) -> Counter[str]:
        """Count in how many wordings a stem is; the title counts twice."""
        title, *others = self._wordings
        times = Counter(dict.fromkeys(title.stems, _TITLE_COUNTS))
        for wording in others:
            times.update(wording.stems)
        return times

    @cached_property
    def _words(self) -> list[str]:
        return words_of(self._question.repaired)

    @property
    def found(self) -> float:
        shared = sum(_share(term, self._times.__contains__) > 0 for term in self._question.terms)
        return min(shared, _FOUND_ENOUGH) / _FOUND_ENOUGH

    @property
    def core(self) -> float:
        most = sorted((self._said(word) for word in self._times), reverse=True)
        got = sorted((self._got(term) for term in self._question.terms), reverse=True)
        ideal = sum(most[: min(len(got), _CORE)])
        return min(sum(got[:_CORE]) / ideal, 1.0) if ideal else 0.0

    def _said(self, word: str) -> float:
        return self._corpus.rarity(word) * self._times[word]

    def _got(self, term: Term) -> float:
        forms = ((form, weight) for form, weight in term.forms if all(map(self._times.__contains__, form)))
        return max((weight * min(map(self._said, form)) for form, weight in forms), default=0.0)

    @property
    def heading(self) -> float:
        topics = words_of(" ".join(self._corpus.documents[self._place].topics))
        return self._covered(frozenset((*self._wordings[0].stems, *map(stem, topics))).__contains__)

    def _covered(self, known: Callable[[str], bool]) -> float:
        share = sum(term.rarity * _share(term, known) for term in self._question.terms)
        return share / (self._question.weight or 1.0)

    @property
    def voice(self) -> Voice:
        """Listen only where the entry tells how people ask for it, which a bare title does not."""
        return voice_of(words_of(self._question.text)) if len(self._wordings) >= _ASKED_OFTEN else _UNKNOWN_VOICE

    @property
    def kind(self) -> float:
        """Tell how far the question is of a kind that no wording near to it is."""
        asked = kinds_of(line_of(self._words))
        near = dict.fromkeys(asked, 0.0)
        for wording in self._wordings if asked else ():
            if common := asked & kinds_of(wording.letters):
                covered = self._covered(frozenset(wording.stems).__contains__)
                near.update({each: max(near[each], covered) for each in common})
        return max((1 - min(covered / _NEAR_ENOUGH, 1.0) for covered in near.values()), default=0.0)

    def lacks(self, heard: frozenset[str]) -> dict[str, float]:
        """Add up the words of the question that the entry has not, by what that tells."""
        lacks = {"far": 0.0, "unheard": 0.0, "missing": 0.0}
        for term in self._question.terms:
            if group := _group(term, heard):
                share = _share(term, lambda word: self._corpus.strength(word, self._place) > 0)
                lacks[group] += term.rarity * (1 - share) / self._corpus.rarest
        return lacks


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
