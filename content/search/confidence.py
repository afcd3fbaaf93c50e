"""How sure the search is of its best match, and from where on it says so."""

from __future__ import annotations

import math

from content.search.evidence import Evidence
from content.search.question import Question
from content.search.ranking import Match

THRESHOLD = 0.5

_SAME_LETTERS = 0.9
_STRENGTH = 3.0
_LETTERS = 2.3
_LENGTH = 2.6
_FOUND = 1.8
_CORE = 0.9
_HEADING = 1.1
_LEAD = 1.5
_OWN = 0.5
_WEIGHING = 3.3
_OTHERS = 0.8
_FAR = 2.7
_UNHEARD = 1.7
_MISSING = 1.6
_KIND = 2.5
_ENOUGH = 4.0
"""Fit by logistic regression on half of a pack's own questions, on others written for this, on questions about anything
else, on the wordings of entries asked while the entry did without them, and on public collections."""

_MODEL_COVERAGE = 0.2
_ENOUGH_MEANING = 0.4


def by_words(question: Question, best: Match, evidence: Evidence) -> float:
    """Return how sure it is, from 0 to 1, that the best match answers the question, as far as words tell."""
    if question.only_stop_words:
        return best.letters if best.letters >= _SAME_LETTERS else 0.0
    return 1 / (1 + math.exp(-log_odds(evidence)))


def log_odds(evidence: Evidence) -> float:
    """Weigh the reasons; above zero they speak for an answer."""
    agreement = _STRENGTH * evidence.strength + _LETTERS * evidence.letters + _LENGTH * evidence.length
    agreement += _FOUND * evidence.found + _CORE * evidence.core + _HEADING * evidence.heading + _LEAD * evidence.lead
    voice = _OWN * evidence.own + _WEIGHING * evidence.weighing - _OTHERS * evidence.others
    lacks = _FAR * evidence.far + _UNHEARD * evidence.unheard + _MISSING * evidence.missing + _KIND * evidence.kind
    return agreement + voice - lacks - _ENOUGH


def by_meaning(best: Match) -> float:
    """Return how sure it is, from 0 to 1, where a sentence model has compared question and entry."""
    share = ((best.wording + best.text) / 2 + _MODEL_COVERAGE * best.coverage) / (1 + _MODEL_COVERAGE)
    share = min(max(share, 0.0), 1.0)
    return 1.0 - math.pow(1.0 - share, math.log(1 - THRESHOLD) / math.log(1 - _ENOUGH_MEANING))
