"""How sure the search is of its best match, and from where on it says so."""

from __future__ import annotations

import math

from content.search.question import Question
from content.search.ranking import Match

THRESHOLD = 0.5

_COVERAGE = 1.0
_LETTERS = 3.0
_STRENGTH = 4.0
_LENGTH = 2.0
_LONG_ENOUGH = 8
_MUCH_OF_IT = 0.35
_BODY_ONLY = 0.6
_SAME_LETTERS = 0.9
_ENOUGH_WORDS = 0.277
"""Where at least 95 of 100 answerable questions are kept, on public collections of questions and answers."""

_MODEL_COVERAGE = 0.2
_ENOUGH_MEANING = 0.4


def confidence(question: Question, match: Match, letters: float, by_meaning: bool) -> float:
    """Return how sure it is, from 0 to 1, that the best match answers the question.

    Nothing here compares one match with another: what counts is how much of the question is there,
    how alike the letters of its telling words are (many questions begin with "how do I"), and that
    a question of one word says less than one of eight.
    """
    if by_meaning:
        share = ((match.wording + match.text) / 2 + _MODEL_COVERAGE * match.coverage) / (1 + _MODEL_COVERAGE)
        return _calibrated(share, _ENOUGH_MEANING)
    if question.only_stop_words:
        return match.letters if match.letters >= _SAME_LETTERS else 0.0
    return _calibrated(question.trust * _share(question, match, letters), _ENOUGH_WORDS)


def _share(question: Question, match: Match, letters: float) -> float:
    # A long question proves more, but only when much of it is there.
    length = min(len(question.terms), _LONG_ENOUGH) / _LONG_ENOUGH * min(match.coverage / _MUCH_OF_IT, 1.0)
    total = _COVERAGE * match.coverage + _LETTERS * letters + _STRENGTH * match.strength + _LENGTH * length
    share = total / (_COVERAGE + _LETTERS + _STRENGTH + _LENGTH)
    # A single word that is in no title proves little.
    return share if len(question.terms) > 1 else share * (_BODY_ONLY + (1 - _BODY_ONLY) * match.title)


def _calibrated(share: float, enough: float) -> float:
    """Bend a share so that what is just enough becomes the threshold."""
    share = min(max(share, 0.0), 1.0)
    return 1.0 - math.pow(1.0 - share, math.log(1 - THRESHOLD) / math.log(1 - enough))
