"""What Discord shows is what was meant: no ping, no mark and no address that nobody wrote."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from adapters.discord.markup import discord, escape
from bot.core.markup import Markdown, clean, code, md, one_line, plain
from tests.adapters.discord.reader import PINGS, UNSEEN, Shown, every, kinds, read, with_addresses, words

CHARACTERS = r"\ ` * _ ~ | < > # - + @ : ! & / . ( ) [ ] { } = $ ' 1 a B é ß 漢 😀"
PIECES = (
    *CHARACTERS.split(),
    *(
        "\n",
        " ",
        "  ",
        "\t",
        UNSEEN,
        "``",
        "```",
        "**",
        "__",
        "~~",
        "||",
        "://",
        "-# ",
        "# ",
        "> ",
        ">>> ",
        "1. ",
        "- ",
    ),
    *("@everyone", "@here", "@Everyone", "<@123456789012345678>", "<@!1>", "<@&77>", "<#5>", "</tip:1>", "<t:1:R>"),
    *("<:smile:12>", "<a:x:12>", ":smile:", ":+1:", "<id:home>", "https://a.example/b_c", "http://x", "steam://run/1"),
    *(
        "[a](https://evil.example)",
        "https://a.example/*b*",
        "https://a.example/@everyone",
        "www.a.example",
        "¯\\_(ツ)_/¯",
    ),
    *("word", "snake_case_name", "10:30:15", "f(x)", "a@b.example", "C:\\temp", "https://w.example/A_(b)", "](", ")."),
)
HOSTILE = st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=40)
BOTH = pytest.mark.parametrize("on_phone", [False, True], ids=["desktop", "phone"])


def seen(text: str) -> str:
    """What there is to see in a text."""
    return clean(text).replace("\r\n", "\n").replace("\r", "\n").replace(UNSEEN, "")


def squeezed(text: str) -> str:
    return re.sub(rf"[\s{UNSEEN}]+", "", text)


@BOTH
@given(HOSTILE)
@example("https://a.example/b<@1>")
@example("- https://a.example/(b)).*x*")
@example("1. x\n2. y\n   -# z\n\\")
@settings(max_examples=400, deadline=None)
def test_escaped_text_shows_itself_and_pings_nobody(on_phone: bool, text: str) -> None:
    written = escape(text)
    shown = read(written, on_phone=on_phone)
    assert words(shown) == seen(text)
    assert kinds(shown) <= {"url"}
    assert not PINGS.search(written)
    for one in every(shown):
        assert one.kind != "url" or one.url == one.words


@BOTH
@given(HOSTILE, HOSTILE, HOSTILE)
@settings(max_examples=300, deadline=None)
def test_text_in_any_place_shows_itself(on_phone: bool, first: str, second: str, third: str) -> None:
    one, two, three = (one_line(text) or "x" for text in (first, second, third))
    line = md("**{one}** and _{two}_, {three:code}", one=one, two=two, three=three)
    listed = md("- {one}\n- {two}\n  1. {line}\n\n> {three}\\\n> {line}", one=one, two=two, three=three, line=line)
    written = discord(Markdown(f"{line}\n\n{listed}"))
    shown = read(written, on_phone=on_phone)
    line_shown = f"{one}and{two},{three}"
    assert squeezed(words(shown)) == squeezed(f"{line_shown}{one}{two}{line_shown}{three}{line_shown}")
    assert kinds(shown) <= {"bold", "italics", "code", "item", "quote", "url"}
    assert kinds(shown) >= {"item", "quote", "code"}
    assert not PINGS.search(written)


@BOTH
@given(st.lists(st.sampled_from([*PIECES, "**a**", "*b*", "***c***", "`d`", "[e](https://e.example)", "\n\n"])))
@settings(max_examples=400, deadline=None)
def test_whatever_the_markdown_discord_shows_its_words(on_phone: bool, pieces: list[str]) -> None:
    """Any Markdown at all: what it means is shown, nothing else is made of it."""
    text = "".join(pieces)
    shown = read(discord(text), on_phone=on_phone)
    assert not kinds(shown) & {"heading", "subtext", "spoiler", "strike", "underline", "mention", "everyone", "time"}
    assert not kinds(shown) & {"emoji", "command", "navigation"}
    assert not PINGS.search(discord(text))
    assert letters(with_addresses(shown)) == letters(plain(text))


def letters(text: str) -> str:
    return re.sub(r"[\W\d_]+", "", unquote(text))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("**bold** and *lean*", "**bold** and _lean_"),
        ("***both***", "_**both**_"),
        ("***a** b*c", "_**a** b_\u200bc"),
        ("**a**__b__", "**a**\u200b**b**"),
        ("*a `b_c*d` e*", "\u200ba `b_c*d` e\u200b"),
        ("**a `**` b**", "\u200ba `**` b\u200b"),
        ("`a`` `", "``a`\u200b` ``"),
        ("`@here`", "`@\u200bhere`"),
        ("[the book](https://a.example/b_(c)*)", "[the book](https://a.example/b_%28c%29%2A)"),
        ("<https://a.example/b_c>", "<https://a.example/b_c>"),
        ("see https://a.example/b_c.", "see <https://a.example/b_c>."),
        ("(https://a.example/b_(c))", "(<https://a.example/b_(c)>)"),
        ("https://a.example/b\\*c", "https\\://a.example/b\\*c"),
        ("# Title\ntext", "**Title**\n\ntext"),
        ("one\ntwo\\\nthree", "one two\nthree"),
        ("a\n\n- b\n- c\n\nd", "a\n- b\n- c\n\nd"),
        ("7. a\n8. b", "7. a\n8. b"),
        ("- a\n\n  b\n  - c\n    1. d", "- a\n  b\n  - c\n    1. d"),
        ("- ", "- \u200b"),
        ("> a\n>\n> - b\n> > c", "> a\n> - b\n> \n> c"),
        ("```py\nx = 1\n```", "```py\nx = 1\n```"),
        ('```py spam="eggs"\nx\n```', "```\nx\n```"),
        ("````\n```\n````", "```\n``\u200b`\n```"),
        ("a\n\n    x\n\nb", "a\n```\nx\n```\nb"),
        ("---", "\\---"),
        ("a &#10;# b", "a \n\\# b"),
    ],
)
def test_each_element_is_written_for_discord(written: str, expected: str) -> None:
    assert discord(written) == expected


@pytest.mark.parametrize(
    ("label", "masked"),
    [
        ("the book", True),
        ("**the** `book`", True),
        ("a.example", True),
        ("Chapter 1.2", True),
        ("good.example", False),
        ("GOOD.Example/login", False),
        ("https://good.example", False),
        ("//good．example", False),
        ("www.good", False),
        ("good。example", False),
        ("good\\[1\\]", False),
    ],
)
@BOTH
def test_words_that_look_like_another_address_never_cover_one(on_phone: bool, label: str, masked: bool) -> None:
    shown = read(discord(f"[{label}](https://a.example/b)"), on_phone=on_phone)
    assert ("link" in kinds(shown)) is masked
    addresses = [one for one in every(shown) if one.kind in ("url", "link")]
    assert addresses[-1].url == "https://a.example/b"
    assert masked or addresses[-1].words == "https://a.example/b"
    assert words(shown).startswith(plain(label))


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://a.example", "mailto:a@b.example", "//a.example", "a"])
def test_only_web_addresses_become_links(url: str) -> None:
    shown = read(discord(f"[words]({url})"))
    assert not kinds(shown)
    assert {"words", url} <= {words(shown), *re.findall(r"[^\s()\[\]]+", words(shown)), url}
    assert url in words(shown) or "alert" in words(shown)


@given(st.text(alphabet="`a \\*@h\n", min_size=1, max_size=12))
@settings(max_examples=300, deadline=None)
def test_code_shows_exactly_its_characters(text: str) -> None:
    wanted = one_line(text) or " "
    (shown,) = read(discord(code(text)))
    assert (shown.kind, shown.words.replace(UNSEEN, "")) == ("code", wanted)


@given(st.text(alphabet="`a \\*@h\n~", max_size=16))
@settings(max_examples=300, deadline=None)
def test_a_code_block_holds_everything(text: str) -> None:
    shown = read(discord(Markdown(f"~~~~~~~~~~~~~~~~~~py\n{text}\n~~~~~~~~~~~~~~~~~~\n\nafter")))
    assert shown[0].kind == "block"
    assert inked(shown[0].words.replace(UNSEEN, "")) == inked(text)
    assert shown[1:] == (Shown("words", "\nafter"),)


def inked(text: str) -> str:
    """Leave out lines without anything at the beginning and the end, as Discord does."""
    return re.sub(r"^(\s*\n)+", "", text).rstrip()


MADE_OF = {
    "bold": ["**a**"],
    "italics": ["*a*", "_a_"],
    "underline": ["__a__"],
    "strike": ["~~a~~"],
    "spoiler": ["||a||"],
    "code": ["`a`"],
    "block": ["```\na\n```"],
    "quote": ["> a", ">>> a\nb"],
    "heading": ["# a", "x\n  ### a"],
    "subtext": ["-# a"],
    "item": ["- a", "3. a"],
    "link": ["[a](https://b.example)"],
    "url": ["https://a.example", "<https://a.example>"],
    "mention": ["<@1>", "<@&1>", "<#1>"],
    "everyone": ["@everyone", "@here"],
    "time": ["<t:1:R>"],
    "emoji": [":smile:", "<:a:1>"],
    "command": ["</tip:1>"],
    "navigation": ["<id:home>"],
}


def test_the_reader_sees_what_discord_would_make_of_text_that_nobody_escaped() -> None:
    """The proofs above are worth as much as this reader."""
    for kind, samples in MADE_OF.items():
        for text in samples:
            assert kind in kinds(read(text)), text
    assert [PINGS.search(f"\\{text}") is not None for text in ("@everyone", "<@1>", "<@&1>")] == [True] * 3
    assert words(read("\\<\\@1> \\a *b*")) == "<@1> \\a b"
    assert kinds(read("***a** b*")) == {"italics", "bold"}
    assert kinds(read("***a** b*", on_phone=True)) == {"bold"}
