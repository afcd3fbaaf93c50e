"""A second look at the first two matches: where the evidence for the second is much better, it comes first."""

from __future__ import annotations

from collections.abc import Sequence

from content.search.confidence import by_words, log_odds
from content.search.corpus import Corpus
from content.search.evidence import gather
from content.search.question import Question
from content.search.ranking import BY_WORDS, Match

_EVIDENCE_COUNTS = 0.15


def look_again(
    corpus: Corpus, question: Question, ordered: Sequence[Match], kind: str | None
) -> tuple[list[Match], float]:
    """Return the matches, the first two perhaps exchanged, and how sure the search is of the first."""
    looks: list[tuple[float, list[Match], float]] = []
    for first in ordered[:2]:
        order = [first, *(match for match in ordered if match is not first)]
        evidence = gather(corpus, question, order, BY_WORDS, kind)
        worth = BY_WORDS.worth(first) / (BY_WORDS.worth(ordered[0]) or 1.0)
        looks.append((worth + _EVIDENCE_COUNTS * log_odds(evidence), order, by_words(question, first, evidence)))
    _, order, sure = max(looks, key=lambda look: look[0])
    return order, sure
