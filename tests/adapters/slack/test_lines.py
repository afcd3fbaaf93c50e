"""What members type arrives escaped, and becomes a line of ours."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.lines import line_of, without_mention, words_of


@pytest.mark.parametrize(
    ("sent", "line"),
    [
        ("progress <@U1|ada>", "progress @U1"),
        ("progress member:<@W1>", "progress member:@W1"),
        ("setup channel:<#C1|weekly>", "setup channel:#C1"),
        ("setup channel:<#C1|>", "setup channel:#C1"),
        ("setup role:<!subteam^S1|@mentors>", "setup role:@S1"),
        ("tip <!here>", "tip @here"),
        ("tip <!channel|channel>", "tip @channel"),
        ("due <!date^1392734382^{date}|18 Feb 2014>", "due 18 Feb 2014"),
        ("link <https://a.example/?b=1&amp;c=2>", "link https://a.example/?b=1&c=2"),
        ("read <https://a.example/x|this page>", "read https://a.example/x"),
        ("faq what does <http://main.py|main.py> do", "faq what does main.py do"),
        ("faq <http://a.example/|a.example>", "faq a.example"),
        ("mail <mailto:ada@example.org|ada@example.org>", "mail ada@example.org"),
        ("mail <mailto:ada@example.org>", "mail ada@example.org"),
        ("faq is 3 &lt; 4 &amp;&amp; 5 &gt; 4", "faq is 3 < 4 && 5 > 4"),
        ("", ""),
    ],
)
def test_slack_s_own_writing_becomes_ours(sent: str, line: str) -> None:
    assert line_of(sent) == line


@pytest.mark.parametrize(
    ("sent", "line"),
    [
        ("&lt;@U1&gt;", "<@U1>"),
        ("&lt;!channel&gt;", "<!channel>"),
        ("&amp;lt;@U1&amp;gt;", "&lt;@U1&gt;"),
        ("&amp;amp;", "&amp;"),
        ("<https://a.example/&lt;@U1&gt;>", "https://a.example/<@U1>"),
        ("a < b", "a < b"),
        ("<>", "<>"),
        ("&copy;", "&copy;"),
    ],
)
def test_what_somebody_typed_stays_what_it_is(sent: str, line: str) -> None:
    assert line_of(sent) == line


@given(st.text())
def test_every_typed_text_arrives_as_it_was_typed(typed: str) -> None:
    assert line_of(html.escape(typed, quote=False)) == typed
    assert words_of(html.escape(typed, quote=False)) == typed


@given(st.text(alphabet="<>@#!|^&;:/UCS1 ltgamp\n"))
def test_nothing_is_too_strange(sent: str) -> None:
    assert isinstance(line_of(sent), str)
    assert isinstance(without_mention(sent, "U1"), str)


def test_a_message_keeps_the_words_of_its_links() -> None:
    assert words_of("read <https://a.example/x|this page>") == "read this page (https://a.example/x)"
    assert words_of("read <https://a.example/x>") == "read https://a.example/x"
    assert words_of("mail <mailto:a@b.example|Ada>") == "mail Ada (a@b.example)"


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("<@UBOT> tip python", "tip python"),
        ("<@UBOT|mentor>: tip", "tip"),
        ("hey <@UBOT> how much math?", "hey how much math?"),
        ("<@UBOT> and <@UBOT>", "and <@UBOT>"),
        ("progress <@U2>", "progress <@U2>"),
        ("&lt;@UBOT&gt; tip", "&lt;@UBOT&gt; tip"),
    ],
)
def test_the_mention_of_the_bot_is_no_part_of_the_line(text: str, rest: str) -> None:
    assert without_mention(text, "UBOT") == rest


def test_where_the_bot_is_unknown_only_the_first_word_can_be_its_mention() -> None:
    assert without_mention("<@U9> progress <@U2>", "") == "progress <@U2>"
    assert without_mention("progress <@U2>", "") == "progress <@U2>"
