from __future__ import annotations

import pytest

from content.search.analysis import LONGEST_TEXT, index_words, line_of, parts_of, trigrams, words_of
from content.search.stemming import stem


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("What's C++ vs C#?", ["what", "cplusplus", "vs", "csharp"]),
        ("A/B tests", ["ab", "a", "b", "tests"]),
        ("k-means", ["kmeans", "k", "means"]),
        ("node.js and .NET", ["nodejs", "node", "js", "and", "dotnet"]),
        ("don't", ["dont"]),
        ("naïve Straße", ["naive", "strasse"]),
        ("snake_case", ["snake", "case"]),
        ("機械", ["機", "械"]),
        ("...", []),
    ],
)
def test_words_of_technical_text(text: str, words: list[str]) -> None:
    assert index_words(words_of(text)) == words


def test_a_compound_is_one_word_until_split() -> None:
    assert words_of("k-means") == ["k-means"]
    assert parts_of("k-means") == ["k", "means"]


def test_only_so_much_is_read() -> None:
    assert len(words_of("ab " * LONGEST_TEXT)) <= LONGEST_TEXT // 3 + 1


def test_trigrams_of_a_line() -> None:
    assert trigrams(line_of(["to", "do"])) == {" to", "to ", "o d", " do", "do "}


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("deploying", "deploi"),
        ("deployed", "deploi"),
        ("technology", "technolog"),
        ("technologies", "technolog"),
        ("relational", "relat"),
        ("hopping", "hop"),
        ("hoping", "hope"),
        ("agreed", "agre"),
        ("happy", "happi"),
        ("adjustment", "adjust"),
        ("controlling", "control"),
        ("possibly", "possibl"),
        ("is", "is"),
        ("größer", "größer"),
        ("3d", "3d"),
    ],
)
def test_stems_are_those_of_porter(word: str, wanted: str) -> None:
    assert stem(word) == wanted
