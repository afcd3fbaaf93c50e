"""Whatever a member types is shown as it is, and means nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.core.markup import (
    Block,
    Break,
    Code,
    CodeBlock,
    Emphasis,
    Inline,
    Items,
    Link,
    Markdown,
    Paragraph,
    Quote,
    Strong,
    bullets,
    clean,
    escape,
    md,
    one_line,
    parse,
    plain,
    quote,
)

NASTY = st.sampled_from(
    [
        *("*", "**", "_", "`", "```", "~~~", "[", "](https://evil.example)", "<", ">", "<@1>", "@everyone", "&lt;"),
        *("#", "1.", "1)", "- ", "+", "===", "---", "|", "!", "![", "http://x.y", "<https://x.y>", "\u202e", "\\"),
        *("a", " ", "\n", "\t", "é", "😀", "\ud800", ".", ")", "(", '"', "'", "\x1b[31m"),
    ]
)
TYPED = st.lists(NASTY, max_size=8).map("".join) | st.text(max_size=30)
Node = Block | Inline


def nodes(blocks: tuple[Node, ...]) -> Iterator[Node]:
    """Walk over everything in a tree."""
    for one in blocks:
        yield one
        match one:
            case Paragraph(children) | Strong(children) | Emphasis(children) | Link(children, _) | Quote(children):
                yield from nodes(children)
            case Items(items):
                for item in items:
                    yield from nodes(item)
            case _:
                pass


def kinds(text: str) -> set[type]:
    return {type(one) for one in nodes(parse(text))} & {Strong, Emphasis, Code, Link, Break, Items, Quote, CodeBlock}


@given(TYPED)
@example("1. x")
@example("===")
@example("![a](b)")
@settings(max_examples=400, deadline=None)
def test_what_a_member_types_is_shown_as_it_is(typed: str) -> None:
    seen = one_line(typed)
    for template, around, own in (
        ("{x}", "{}", set()),
        ("so {x} it is", "so {} it is", set()),
        ("first\n{x}", "first {}", set()),
        ("- {x}\n- b", "- {}\n- b", {Items}),
        ("> {x}", "> {}", {Quote}),
    ):
        text = md(template, x=typed)
        assert kinds(text) <= own, text
        if seen:
            assert plain(text) == around.format(seen)


@given(TYPED)
@settings(max_examples=200, deadline=None)
def test_bold_stays_bold_around_what_a_member_types(typed: str) -> None:
    if one_line(typed):
        (paragraph,) = parse(md("**{x}**: told", x=typed))
        assert isinstance(paragraph, Paragraph)
        assert kinds(md("**{x}**: told", x=typed)) == {Strong}
        assert plain(md("**{x}**: told", x=typed)) == f"{one_line(typed)}: told"


@given(TYPED, TYPED)
@example("1", ". x")
@settings(max_examples=200, deadline=None)
def test_two_values_side_by_side_mean_nothing_together(first: str, second: str) -> None:
    assert not kinds(md("{a}{b}", a=first, b=second))
    assert not kinds(md("{a}\n{b}", a=first, b=second)) - {Break}


@given(TYPED)
@settings(max_examples=300, deadline=None)
def test_code_holds_exactly_what_was_typed(typed: str) -> None:
    (paragraph,) = parse(md("{x:code} and", x=typed))
    assert isinstance(paragraph, Paragraph)
    spans = [one for one in paragraph.children if isinstance(one, Code)]
    assert [one.text for one in spans] == [one_line(typed) or " "]
    assert kinds(paragraph_text := md("see {x:code}", x=typed)) == {Code}, paragraph_text


@given(TYPED | st.lists(TYPED, max_size=4).map("\n".join))
@settings(max_examples=300, deadline=None)
def test_a_quote_holds_the_lines_that_were_typed(typed: str) -> None:
    lines = [one_line(line) for line in clean(typed).splitlines() if one_line(line)]
    (block,) = parse(quote(typed))
    assert isinstance(block, Quote)
    assert kinds(quote(typed)) <= {Quote, Break}
    assert plain(quote(typed)) == "\n".join(f"> {line}" for line in lines or ["…"])


def test_what_nobody_can_see_is_dropped() -> None:
    assert escape("ab\x1b[31mc\u202ed\ud83de\u061cf\x9bg") == "ab\\[31mcdefg"
    assert clean("a\tb\nc") == "a\tb\nc"


def test_markdown_of_our_own_passes_and_other_values_are_written_out() -> None:
    text = md("{a} {b} {c:.1f}", a=md("**x**"), b="*y*", c=0.25)
    assert plain(text) == "x *y* 0.2"
    assert kinds(text) == {Strong}
    assert bullets([md("a"), md("b")]) == "- a\n- b"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("# Title\n\nSome **bold** and *lean* words", "Title\n\nSome bold and lean words"),
        ("[the guide](https://example.org/a)", "the guide (https://example.org/a)"),
        ("<https://example.org/a>", "https://example.org/a"),
        ("1. one\n2. two\n   - deep", "1. one\n2. two\n   - deep"),
        ("3. three\n4. four", "3. three\n4. four"),
        ("```python\nx = 1\n\ny = 2\n```", "    x = 1\n    \n    y = 2"),
        ("> said\n> so", "> said so"),
        ("one\\\ntwo", "one\ntwo"),
        ("<b>no html</b> &amp; ![no image](x.png)", "<b>no html</b> & !no image (x.png)"),
        ("`a` ~~b~~", "a ~~b~~"),
        ("", ""),
    ],
)
def test_markdown_is_shown_as_plain_text(written: str, shown: str) -> None:
    assert plain(Markdown(written)) == shown


def test_a_script_is_no_address() -> None:
    assert Link not in kinds("[x](javascript:alert(1))")
    assert not re.search("javascript", str([one for one in nodes(parse("[x](vbscript:x)")) if isinstance(one, Link)]))
