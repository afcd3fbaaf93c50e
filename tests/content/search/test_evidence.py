from __future__ import annotations

from itertools import combinations

import pytest

from content.document import Document
from content.search import Index
from content.search.confidence import THRESHOLD, by_words
from content.search.errands import ERRAND_WORDS
from content.search.evidence import Evidence
from content.search.farwords import FAR_WORDS
from content.search.plainwords import PLAIN_WORDS
from content.search.question import Question
from content.search.ranking import Match
from content.search.stopwords import STOP_WORDS

_BEST = Match(0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0)
_GOOD = Evidence(0.5, 0.6, 0.6, 0.8, 0.5, far=0.0, unheard=0.0, missing=0.0, errand=0.0)


def _sure(evidence: Evidence) -> float:
    return by_words(Question("", "", ()), _BEST, evidence)


def _score(index: Index, question: str) -> float:
    answer = index.ask(question)
    assert answer.hits[0].id == "compost-start"
    return answer.hits[0].score


def test_good_evidence_is_enough_and_each_lack_weakens_it() -> None:
    assert _sure(_GOOD) > THRESHOLD
    lacks = [
        Evidence(0.5, 0.6, 0.6, 0.8, 0.5, far=far, unheard=unheard, missing=missing, errand=errand)
        for far, unheard, missing, errand in ((1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1))
    ]
    assert all(_sure(lack) < _sure(_GOOD) for lack in lacks)
    assert _sure(lacks[0]) < _sure(lacks[1]) < _sure(lacks[2]), "a far-away subject tells most"


def test_no_evidence_is_not_enough() -> None:
    assert _sure(Evidence(*[0.0] * 9)) < THRESHOLD


def test_a_plain_word_counts_less_than_an_unknown_one_and_that_less_than_a_far_one(garden: Index) -> None:
    plain = _score(garden, "how do i honestly start a compost heap")
    unknown = _score(garden, "how do i xylophone start a compost heap")
    far = _score(garden, "how do i karaoke start a compost heap")
    assert plain > unknown > far


def test_a_far_word_that_the_pack_has_is_a_word_like_others() -> None:
    pizza = Document("pizza-oven", "faq", "When is the pizza oven lit?", (), "On the first Sunday of each month.")
    assert Index.build([pizza]).ask("when is the pizza oven lit").confident


@pytest.mark.parametrize("question", ["heap of compost in 3 weeks", "heap of compost in 3x weeks"])
def test_a_number_is_no_sign_of_another_subject(garden: Index, question: str) -> None:
    assert _score(garden, question) == pytest.approx(_score(garden, "heap of compost in weeks"), rel=0.2)


def test_an_errand_that_no_wording_speaks_of_is_another_question(garden: Index) -> None:
    assert _score(garden, "compost heap syntax") < _score(garden, "compost heap gossip")


def test_the_lists_of_words_have_nothing_in_common() -> None:
    lists = {"far": FAR_WORDS, "plain": PLAIN_WORDS, "stop": STOP_WORDS}
    for (one, words), (other, others) in combinations(lists.items(), 2):
        assert not words & others, f"in both {one} and {other}: {sorted(words & others)}"
    assert not ERRAND_WORDS & (FAR_WORDS | STOP_WORDS)
    assert all(word == word.casefold() for words in lists.values() for word in words)
