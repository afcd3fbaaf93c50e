"""Markdown as mrkdwn: it shows itself and does nothing else."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from adapters.slack.markup import aloud, escape, mrkdwn, safe, wide
from bot.core.markup import Markdown, md, one_line, quote
from tests.adapters.slack.mrkdwn_reader import read

LETTERS = st.sampled_from([*"*_~`<>&@!:|()[]\\#-^{}＊＿｀＞～ab1 é\n", ":tada:", "https://a.org/b_c", "&lt;", "```"])
TYPED = st.one_of(st.lists(LETTERS, max_size=40).map("".join), st.text(max_size=60))
PLAIN_WORDS = st.text("abc xyz", min_size=1).map(str.strip).filter(bool)


def shown(text: str) -> str:
    """Undo the one change of a letter: a line that begins with > shows the wide sign."""
    return re.sub(r"(?m)^([ \t]*)＞", r"\1>", text)


def assert_shows_itself(source: str, typed: str) -> None:
    seen = read(source)
    assert shown(seen.text) == shown(typed)
    assert not seen.formats
    assert not seen.pings
    assert not seen.emoji
    assert all(url == words for url, words in seen.links)


@given(TYPED)
@example("<!channel> <@U1|ada> <#C1> <https://evil.org|bank> <!subteam^S1>")
@example("&lt;!channel&gt; &amp;lt;")
@example("*b* _i_ ~s~ `c` ```block``` :tada: > q")
@example("> not a quote")
@example("＞ nor this")
@example("https://a.org/*b*_c_|d>e")
@example("|*>")
@example("12:30:45 and a:b:c")
@example("2 * 3 * 4 and snake_case_name")
def test_what_members_type_shows_itself(typed: str) -> None:
    assert_shows_itself(mrkdwn(md("{typed}", typed=typed)), one_line(typed))


@given(TYPED, TYPED)
def test_two_texts_of_members_do_not_format_together(one: str, two: str) -> None:
    assert_shows_itself(mrkdwn(md("x{one}y{two}z", one=one, two=two)), f"x{one_line(one)}y{one_line(two)}z")


@given(TYPED)
def test_emphasis_around_a_members_words_ends_with_them(typed: str) -> None:
    seen = read(mrkdwn(md("See **{typed}** _{typed}_ now", typed=f"a{typed}b")))
    words = one_line(f"a{typed}b")
    assert seen.text == f"See {words} {words} now"
    assert seen.formats == [("bold", words), ("italic", words)]
    assert not seen.pings


@given(TYPED)
def test_a_code_span_shows_its_letters(typed: str) -> None:
    seen = read(mrkdwn(md("Run {typed:code} now", typed=f"a{typed}b")))
    words = one_line(f"a{typed}b")
    assert seen.text == f"Run {words} now"
    assert seen.formats == ([] if "`" in words else [("code", words)])
    assert not seen.pings
    assert all(url == said for url, said in seen.links)


@given(TYPED)
def test_a_quote_stays_a_quote_line_by_line(typed: str) -> None:
    seen = read(mrkdwn(quote(f"a{typed}")))
    assert {kind for kind, _ in seen.formats} == {"quote"}
    assert not seen.pings
    assert not seen.emoji


@given(st.lists(LETTERS, max_size=60).map("".join))
def test_no_markdown_at_all_pings_or_breaks_out(text: str) -> None:
    seen = read(mrkdwn(Markdown(text)))
    assert not seen.pings
    assert all(url.startswith(("http://", "https://", "mailto:")) for url, _ in seen.links)


@given(TYPED, st.sampled_from(["https://a.org/x", "https://a.org/?a=1&b=2", "mailto:ada@a.org"]))
def test_a_link_shows_its_words_and_leads_to_its_address(typed: str, url: str) -> None:
    words = one_line(f"a{typed}b")
    seen = read(mrkdwn(md("Go [{words}]({url}).", words=words, url=Markdown(url))))
    assert seen.links[-1][0] == url
    assert seen.text in (f"Go {words}.", f"Go {words} ({url}).")
    assert not seen.formats
    assert not seen.pings


@pytest.mark.parametrize("url", ["!channel", "@U123", "#C123", "!date^1^{date}", "/there", "tel:1"])
def test_an_address_that_slack_would_read_as_more_is_words(url: str) -> None:
    seen = read(mrkdwn(Markdown(f"Go [here]({url})")))
    assert not seen.pings
    assert not seen.links
    assert seen.text.startswith("Go here (")


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("**bold** _lean_ `code`", "*bold* _lean_ `code`"),
        ("**_both_**", "*_both_*"),
        ("# Title", "*Title*"),
        ("- a\n- b\n  - c", "• a\n• b\n    • c"),
        ("3. a\n4. b", "3. a\n4. b"),
        ("> said\n\nanswered", "> said\n\nanswered"),
        ("> one\n>> two", "> one\n> two"),
        ("```py\nx < 1\n```", "```\nx &lt; 1\n```"),
        ("[a](https://a.org/?x=1&y=2)", "<https://a.org/?x=1&amp;y=2|a>"),
        ("<https://a.org>", "<https://a.org>"),
        ("a\\\nb", "a\nb"),
        ("**a\\\nb**", "*a*\n*b*"),
        ("snake_case 2 * 3", "snake_case 2 * 3"),
        ("_snake_case_", "_snake<!date^00000000^{_}|_>case_"),
    ],
)
def test_authors_markdown_keeps_its_form(text: str, drawn: str) -> None:
    assert mrkdwn(Markdown(text)) == drawn


@pytest.mark.parametrize("text", ["un**believ**able", "**a**_b_", "x`y`z"])
def test_formatting_that_slack_would_not_see_leaves_no_marks(text: str) -> None:
    seen = read(mrkdwn(Markdown(text)))
    assert seen.text == aloud(Markdown(text))
    assert not set("*_`") & set(seen.text)


def test_code_with_a_fence_in_it_is_shown_as_words() -> None:
    seen = read(mrkdwn(Markdown("~~~\na ``` b\n> c\n~~~")))
    assert shown(seen.text) == "a ``` b\n> c"
    assert not seen.formats


@given(PLAIN_WORDS)
def test_plain_words_stay_as_they_are(words: str) -> None:
    assert safe(words) == words == escape(words) == wide(words)


def test_deep_quotes_do_not_become_all_margin() -> None:
    text = Markdown("> " * 15 + "a" + "\\\nb" * 600)
    assert len(aloud(text)) < 6 * len(text)
