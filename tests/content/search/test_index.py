from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from content.document import Document
from content.search import Index
from tests.content.search.garden import EVERYTHING, WORDS


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("when do i water my tomatoes", "water-when"),
        ("wehn shuold I watre tomatos", "water-when"),
        ("compsot heap", "compost-start"),
        ("price of a plot", "plot-price"),
        ("humus heap", "compost-start"),
        ("cancel my plot please", "plot-cancel"),
        ("is ipm good against slugs", "slug-war"),
        ("tool-shed key", "tool-shed"),
        ("toolshed key", "tool-shed"),
        ("c++", "c-plus-plus"),
        ("kmeans beds", "k-means-beds"),
        ("k means beds", "k-means-beds"),
        ("k-means", "k-means-beds"),
        ("VÉGÉTABLES IN WINTER???", "winter-vegetables"),
        ("veg in winter", "winter-vegetables"),
    ],
)
def test_finds_the_entry_that_people_mean(garden: Index, question: str, wanted: str) -> None:
    answer = garden.ask(question)
    assert answer.hits[0].id == wanted
    assert answer.confident


@pytest.mark.parametrize(
    "question",
    ["best pizza in rome", "who won the football match yesterday", "how do I open a bank account", "aaaa", "of the"],
)
def test_says_that_it_does_not_know(garden: Index, question: str) -> None:
    assert not garden.ask(question).confident


def test_tells_what_it_read_a_misspelt_question_as(garden: Index) -> None:
    answer = garden.ask("compsot heap")
    assert answer.was_repaired
    assert answer.repaired == "compost heap"
    assert garden.ask("compost heap").repaired == "compost heap"
    assert not garden.ask("Compost, heap?").was_repaired


def test_an_unknown_word_lowers_the_confidence(garden: Index) -> None:
    known, mixed = garden.ask("start a compost heap"), garden.ask("start a compost heap xylophone zeppelin")
    assert mixed.hits[0].id == known.hits[0].id
    assert mixed.hits[0].score < known.hits[0].score


def test_a_long_question_is_read_to_its_end(garden: Index) -> None:
    chatter = "hello everybody I am new here and quite happy that my cousin told me of this lovely place. " * 6
    assert garden.ask(chatter + "where is the key of the tool shed?").hits[0].id == "tool-shed"


def test_only_one_kind_when_asked(garden: Index) -> None:
    assert garden.ask("sowing", kind="resource").hits[0].id == "seed-atlas"
    assert {hit.kind for hit in garden.ask("water the soil", kind="tip").hits} == {"tip"}
    assert garden.ask("water", kind="nothing").hits == ()


def test_topics_are_searched_too(garden: Index) -> None:
    assert {"label-rows", "seed-atlas"} <= {hit.id for hit in garden.ask("sowing", limit=20).hits}


def test_scores_fall_and_stay_between_0_and_1(garden: Index) -> None:
    scores = [hit.score for hit in garden.ask("water plot heap in winter", limit=50).hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_a_hit_explains_its_score(garden: Index) -> None:
    best = garden.ask("compost heap").hits[0]
    assert [part.name for part in best.parts][:3] == ["words", "coverage", "title"]
    assert "coverage 1.00" in best.explanation


@pytest.mark.parametrize("limit", [0, 1, 3, 100])
def test_no_more_than_the_limit(garden: Index, limit: int) -> None:
    assert len(garden.ask("water", limit=limit).hits) <= limit
    assert len(garden.suggest("", limit=limit)) == min(limit, len(EVERYTHING))


def test_equal_entries_come_by_id_whatever_their_order() -> None:
    twins = [Document(name, "faq", "Where is the well?", (), "At the gate.") for name in ("c", "a", "b")]
    for seed in range(3):
        mixed = random.Random(seed).sample(twins, 3)
        assert [hit.id for hit in Index.build(mixed).ask("where is the well").hits] == ["a", "b", "c"]


def test_the_order_of_the_entries_does_not_matter(garden: Index) -> None:
    other = Index.build(tuple(reversed(EVERYTHING)), WORDS)
    for question in ("water", "heap of compost", "plot prise", "k-means"):
        assert other.ask(question, limit=50) == garden.ask(question, limit=50)
        assert other.suggest(question) == garden.suggest(question)


def test_many_threads_may_ask_at_once(garden: Index) -> None:
    questions = ["compsot heap", "watering", "plot price", "slugs", "key of the shed"] * 40
    alone = [garden.ask(question) for question in questions]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(garden.ask, questions)) == alone


def test_an_empty_index_answers_with_nothing() -> None:
    empty = Index.build([])
    assert len(empty) == 0
    assert empty.ask("anything at all").hits == ()
    assert empty.suggest("any") == ()
