"""How sure the search is of its best match, and from where on it says so."""

from __future__ import annotations

import math

from content.search.evidence import Evidence
from content.search.question import Question
from content.search.ranking import Match

THRESHOLD = 0.5

_SAME_LETTERS = 0.9
_STRENGTH = 5.0
_LETTERS = 3.8
_LENGTH = 4.2
_FOUND = 1.7
_LEAD = 2.3
_FAR = 4.2
_UNHEARD = 1.8
_MISSING = 1.4
_ERRAND = 3.7
_ENOUGH = 3.65
"""Fit by logistic regression on half of a pack's own questions, on questions about anything else, on the wordings of
entries that were asked while the entry did without them, and on public collections of questions and answers."""

_MODEL_COVERAGE = 0.2
_ENOUGH_MEANING = 0.4


def by_words(question: Question, best: Match, evidence: Evidence) -> float:
    """Return how sure it is, from 0 to 1, that the best match answers the question, as far as words tell."""
    if question.only_stop_words:
        return best.letters if best.letters >= _SAME_LETTERS else 0.0
    speaks_for = _STRENGTH * evidence.strength + _LETTERS * evidence.letters**2 + _LENGTH * evidence.length
    speaks_for += _FOUND * evidence.found + _LEAD * evidence.lead
    against = _FAR * evidence.far + _UNHEARD * evidence.unheard + _MISSING * evidence.missing
    against += _ERRAND * evidence.errand
    return 1 / (1 + math.exp(_ENOUGH + against - speaks_for))


def by_meaning(best: Match) -> float:
    """Return how sure it is, from 0 to 1, where a sentence model has compared question and entry."""
    share = ((best.wording + best.text) / 2 + _MODEL_COVERAGE * best.coverage) / (1 + _MODEL_COVERAGE)
    share = min(max(share, 0.0), 1.0)
    return 1.0 - math.pow(1.0 - share, math.log(1 - THRESHOLD) / math.log(1 - _ENOUGH_MEANING))
