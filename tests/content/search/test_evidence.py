from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from content.document import Document
from content.search import Index
from content.search.confidence import THRESHOLD, by_words
from content.search.evidence import Evidence
from content.search.farwords import FAR_WORDS
from content.search.kinds import kinds_of
from content.search.plainwords import PLAIN_WORDS
from content.search.question import Question
from content.search.ranking import Match
from content.search.stopwords import STOP_WORDS
from content.search.voice import NEITHER, Voice, voice_of

_BEST = Match(0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0)
_NOTHING = Evidence(**dict.fromkeys(Evidence.__dataclass_fields__, 0.0))
_GOOD = replace(
    _NOTHING, strength=0.5, letters=0.6, length=0.6, found=0.8, core=0.5, heading=0.5, lead=0.5, own=1.0, weighing=0.5
)


def _sure(evidence: Evidence) -> float:
    return by_words(Question("", "", ()), _BEST, evidence)


def _score(index: Index, question: str) -> float:
    answer = index.ask(question)
    assert answer.hits[0].id == "compost-start"
    return answer.hits[0].score


def test_good_evidence_is_enough_and_each_lack_weakens_it() -> None:
    assert _sure(_GOOD) > THRESHOLD
    lacks = [replace(_GOOD, **{lack: 1.0}) for lack in ("far", "kind", "unheard", "missing", "others")]
    assert all(_sure(lack) < _sure(_GOOD) for lack in lacks)
    assert max(_sure(lack) for lack in lacks[:2]) < min(_sure(lack) for lack in lacks[2:]), "these two tell most"


def test_no_evidence_is_not_enough() -> None:
    assert _sure(_NOTHING) < THRESHOLD


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


def test_a_kind_of_question_that_no_wording_has_is_another_question(garden: Index) -> None:
    assert _score(garden, "compost heap syntax") < _score(garden, "compost heap gossip")


def test_a_kind_counts_where_a_wording_near_to_the_question_has_it() -> None:
    tools = [
        Document(
            "shears", "faq", "How do I look after my shears?", ("sharpen shears", "shears price list", "oil shears")
        ),
        Document("rakes", "faq", "Which rake do I need?", ("best rake", "rake for leaves", "small rake")),
    ]
    index = Index.build(tools)
    shears, rake = index.ask("price of shears").hits[0], index.ask("price of rake").hits[0]
    assert (shears.id, rake.id) == ("shears", "rakes")
    assert shears.score > rake.score


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        (" what is the price ", {"price", "meaning"}),
        (" who won the cup ", {"person"}),
        (" do i need a bucket ", set()),
        ("", set()),
    ],
)
def test_the_kinds_of_a_question(line: str, kinds: set[str]) -> None:
    assert kinds_of(line) == kinds


@pytest.mark.parametrize(
    ("question", "voice"),
    [
        ("should i really start", Voice(1.0, 1.0, 0.0)),
        ("does netflix use python", Voice(0.0, 0.0, 1.0)),
        ("does it hurt", Voice(0.0, 0.0, 0.0)),
        ("how does rain form", Voice(0.0, 0.0, 1.0)),
        ("how do i begin", Voice(1.0, 0.0, 0.0)),
        ("who", Voice(0.0, 0.0, 0.0)),
        ("cold start", NEITHER),
        ("bootcamp worth", Voice(0.0, 0.5, 0.0)),
        ("", NEITHER),
    ],
)
def test_the_voice_of_a_question(question: str, voice: Voice) -> None:
    assert voice_of(question.split()) == voice


def test_whoever_weighs_things_up_is_answered_sooner_where_people_ask_so() -> None:
    wordings = ("begin compost", "compost heap beginner", "first compost")
    index = Index.build([Document("compost", "faq", "How do I start a heap?", wordings)])
    bare = Index.build([Document("compost", "faq", "How do I start a heap?")])
    weighing, curious = "should i still start a compost heap", "does berlin start a compost heap"
    assert index.ask(weighing).hits[0].score > index.ask(curious).hits[0].score
    assert bare.ask("heap start").hits[0].score == bare.ask("only heap start").hits[0].score


def test_the_lists_of_words_have_nothing_in_common() -> None:
    lists = {"far": FAR_WORDS, "plain": PLAIN_WORDS, "stop": STOP_WORDS}
    for (one, words), (other, others) in combinations(lists.items(), 2):
        assert not words & others, f"in both {one} and {other}: {sorted(words & others)}"
    assert all(word == word.casefold() for words in lists.values() for word in words)
