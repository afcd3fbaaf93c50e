from __future__ import annotations

import pytest

from content.address import is_public_https, is_shortened, same_page_key, trackers, without_trackers
from content.checks.text import ends_well
from content.markdown import findings, links
from content.similar import similar_titles
from content.similar_words import find_echoes


@pytest.mark.parametrize(
    "text",
    [
        "Plain words, **bold**, *italic*, `<b>` and `@everyone` in code.",
        "A list:\n\n- one\n- two\n\n1. first\n\n> quoted\n\n```\n# not a heading <b>\n```",
        "See [the page](https://example.org/a_b?c=1) at 10:30:45, 5 < 6 and a:b:c.",
        "Write to ada@example.org about C# and #tags, 3 > 2.",
    ],
)
def test_the_closed_set_passes(text: str) -> None:
    assert findings(text) == ()


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("# Title", "TXT006", 0),
        ("words\n===", "TXT006", 0),
        ("a\n\n---\n\nb", "TXT006", 2),
        ("![x](https://a.org/b.png)", "TXT006", 0),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "TXT006", 0),
        ("~~gone~~", "TXT006", 0),
        ("one\ntwo <br> three", "TXT004", 1),
        ("<div>x</div>", "TXT004", 0),
        ("<!-- note -->", "TXT004", 0),
        ("hello <@U123>", "TXT005", 0),
        ("hello <!channel>", "TXT005", 0),
        ("see <#C123|general>", "TXT005", 0),
        ("well done :tada:", "TXT005", 0),
        ("ping @here now", "TXT005", 0),
        ("a ||secret||", "TXT005", 0),
    ],
)
def test_what_is_outside_is_named_with_its_line(text: str, code: str, line: int) -> None:
    assert [(found.code, found.line) for found in findings(text)] == [(code, line)]


def test_links_of_a_text() -> None:
    assert links("a\nb [c](http://d.org) <https://e.org>") == (("http://d.org", 1), ("https://e.org", 1))


@pytest.mark.parametrize("text", ["A.", "B!", "C?", "(D.)", '"E."', "**F.**", "x\n\n```\ncode\n```", "G…", "终。"])
def test_good_ends(text: str) -> None:
    assert ends_well(text)


@pytest.mark.parametrize("text", ["A", "B,", "C:", "[d](https://e.org)", "- one\n- two"])
def test_bad_ends(text: str) -> None:
    assert not ends_well(text)


@pytest.mark.parametrize(
    "url",
    [
        "http://a.org", "ftp://a.org", "a.org", "https://localhost/x", "https://127.0.0.1/", "https://[::1]/",
        "https://user:pw@a.org/", "https://a org/", "javascript:alert(1)", "https://", "https://[bad", "mailto:a@b.org",
        "https://a.org:port/",
    ],
)  # fmt: skip
def test_addresses_nobody_should_open(url: str) -> None:
    assert not is_public_https(url)


def test_addresses() -> None:
    assert is_public_https("https://docs.example.org/a?b=c#d")
    assert trackers("https://a.org/?utm_medium=x&q=1&ref=y") == ["utm_medium", "ref"]
    assert without_trackers("https://a.org/?utm_medium=x&q=%20#z") == "https://a.org/?q=%20#z"
    assert is_shortened("https://www.bit.ly/x")
    assert same_page_key("https://www.a.org/b/#c") == same_page_key("https://a.org/b?utm_x=1")


def test_likeness_finds_copies_and_not_cousins() -> None:
    texts = [
        "How much mathematics do I need?",
        "What is an AI engineer?",
        "How much maths do I need?",
        "What is an ML engineer?",
    ]
    assert [pair[:2] for pair in similar_titles(texts, 0.6)] == [(0, 2)]


def test_echoes_are_found_in_other_sentences_and_say_their_words() -> None:
    texts = [
        "Measure the baseline before you tune the model.",
        "Ask a friend to read your letter aloud.",
        "Before tuning models, baselines should be measured!",
        "Read a model card before you sign a letter.",
    ]
    found = list(find_echoes(texts, 0.7))
    assert [(echo.first, echo.second) for echo in found] == [(0, 2)]
    assert set(found[0].words) == {"measured", "tuning", "baselines", "models"}


def test_echoes_of_hundreds_of_texts_are_the_same_whatever_their_order() -> None:
    texts = [f"word{number % 50} thing{number % 7} subject{number % 11} matter{number}" for number in range(300)]
    pairs = _pairs_of(texts)
    assert pairs == {(other, one) for one, other in _pairs_of(texts[::-1])}
    assert pairs


def _pairs_of(texts: list[str]) -> set[tuple[str, str]]:
    return {(texts[echo.first], texts[echo.second]) for echo in find_echoes(texts, 0.2)}
