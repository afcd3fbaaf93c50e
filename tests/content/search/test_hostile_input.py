from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.document import Document
from content.search import Index
from tests.content.search.garden import EVERYTHING, WORDS

GARDEN = Index.build(EVERYTHING, WORDS)
NASTY = [
    "",
    " \t\n",
    "?!...,;:",
    "the of and",
    "🌱🌱🌱",
    '"',
    "'",
    "*",
    "water*",
    'NEAR("water" "plot", 2)',
    "AND",
    "NOT water",
    "water AND NOT OR",
    "title : water",
    "{title also} : water",
    "^water",
    "- + ( ) [ ]",
    "water\x00plot",
    "\x00",
    "'; DROP TABLE entries; --",
    "水はいつ",
    "مياه",
    "когда поливать",
    "\ud800",
    "a" * 10_000,
    "wtaer " * 2_000,
    "".join(chr(number) for number in range(0x250)),
]


@pytest.mark.timeout(20)
@pytest.mark.parametrize("text", NASTY)
def test_never_fails_and_never_dawdles(text: str) -> None:
    answer = GARDEN.ask(text)
    GARDEN.suggest(text)
    assert answer.query == text


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.integers(0, 30))
def test_any_text_can_be_asked(text: str, limit: int) -> None:
    answer = GARDEN.ask(text, limit=limit)
    assert len(answer.hits) <= limit
    assert all(0 <= hit.score <= 1 for hit in answer.hits)
    assert answer == GARDEN.ask(text, limit=limit)
    assert len(GARDEN.suggest(text, limit=limit)) <= limit


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=60), st.text(max_size=120)), max_size=8), st.text(max_size=60))
def test_any_entries_can_be_indexed(entries: list[tuple[str, str]], question: str) -> None:
    documents = [
        Document(f"e{number}", "faq", title, (body[:20],), body) for number, (title, body) in enumerate(entries)
    ]
    index = Index.build(documents, [[question, "water"], []])
    index.ask(question)
    index.suggest(question)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([document.title for document in EVERYTHING]), st.integers(0, 200), st.sampled_from("aeimnst"))
def test_one_slip_in_a_title_still_finds_it(title: str, at: int, letter: str) -> None:
    at %= len(title)
    if title[at].isalpha():
        hits = GARDEN.ask(title[:at] + letter + title[at + 1 :]).hits
        assert title in [hit.title for hit in hits[:2]]
