"""Every reply that the core allows becomes a body that Discord takes, with every word in it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from adapters.discord.limits import problems
from adapters.discord.render import COLOURS, Message, message, note
from bot.core import limits
from bot.core.markup import Markdown, md, plain
from bot.core.reply import Button, Field, File, Image, Option, Progress, Reply, Row, Select, Style, Tone
from tests.adapters.discord import judging
from tests.adapters.discord.reader import PINGS, UNSEEN, kinds, read, with_addresses, words

FULL = Reply(
    text=md("Read **this** first, {who}.", who="<@1>"),
    title="Tip *one*",
    fields=(Field("Why_", Markdown("Because")), Field("Where", Markdown("- here\n- there"))),
    progress=(Progress("Path", 3, 5), Progress("Points", 70, 100)),
    image=Image("my chart.png", b"png", "A chart"),
    files=(File("data.csv", b"1,2"), File("_data.csv", b"3")),
    rows=(
        (
            Button("Go", "a1:go:", style=Style.PRIMARY),
            Button("Drop", "a1:drop:", style=Style.DANGER),
            Button("Hm", "a1:h:"),
        ),
        Select(
            "a1:pick:",
            (Option("One", "1", "The first"), Option("Two", "2", chosen=True), Option("3", "3", chosen=True)),
        ),
        (Button("Read", url="https://a.example/b"),),
    ),
    footer=md("One of 183\\\nas of 2026"),
    tone=Tone.GOOD,
)


def parts(said: Message) -> list[dict[str, Any]]:
    """The components of the box, in their order."""
    (box,) = [one for one in said.body["components"] if one["type"] == 17]
    inner: list[dict[str, Any]] = box["components"]
    return inner


def texts(said: Message) -> str:
    top = [one["content"] for one in said.body["components"] if one["type"] == 10]
    return "\n\n".join([*top, *(one["content"] for one in parts(said) if one["type"] == 10)])


def checked(said: Message) -> Message:
    """Have both judges look at a message."""
    assert problems(said.body) == []
    assert judging.of_message(said.body) == []
    attached = said.body.get("attachments", [])
    assert [one["filename"] for one in attached] == [name for name, _ in said.files]
    return said


def test_every_part_of_a_reply_is_drawn_in_its_order() -> None:
    said = checked(message(FULL))
    assert judging.of_answer(said.body, 4) == judging.of_answer(said.body, 7) == []
    assert [one["type"] for one in parts(said)] == [10, 12, 13, 13, 14, 10, 1, 1, 1]
    assert parts(said)[0]["content"] == (
        "## Tip \\*one\\*\nRead **this** first, \\<\\@1>.\n\n**Why\\_**\nBecause\n\n**Where**\n- here\n- there\n\n"
        "Path ▰▰▰▱▱ 3 of 5\nPoints ▰▰▰▰▰▰▰▱▱▱ 70 of 100"
    )
    assert parts(said)[1]["items"] == [{"media": {"url": "attachment://my_chart.png"}, "description": "A chart"}]
    assert parts(said)[5]["content"] == "-# One of 183\n-# as of 2026"
    assert said.files == (("my_chart.png", b"png"), ("data.csv", b"1,2"), ("3-data.csv", b"3"))
    assert said.body["attachments"][0] == {"id": "0", "filename": "my_chart.png", "description": "A chart"}


def test_controls_carry_their_tokens() -> None:
    buttons, select, links = (one["components"] for one in parts(message(FULL))[-3:])
    assert [(one["label"], one["style"], one["custom_id"]) for one in buttons] == [
        ("Go", 1, "a1:go:"),
        ("Drop", 4, "a1:drop:"),
        ("Hm", 2, "a1:h:"),
    ]
    assert select[0]["placeholder"] == "Choose one"
    assert select[0]["options"] == [
        {"label": "One", "value": "1", "description": "The first"},
        {"label": "Two", "value": "2", "default": True},
        {"label": "3", "value": "3"},
    ]
    assert links == [{"type": 2, "label": "Read", "style": 5, "url": "https://a.example/b"}]


def test_who_sees_it_is_said_and_nobody_is_pinged() -> None:
    assert message(FULL).body["flags"] == 1 << 15
    assert message(FULL, ephemeral=True).body["flags"] == 1 << 15 | 1 << 6
    assert message(FULL).body["allowed_mentions"] == {"parse": []}


def test_a_post_calls_the_roles_it_is_given_and_no_others() -> None:
    said = checked(message(replace(FULL, text=md("{x}", x="<@&3> @everyone")), roles=("1", "2")))
    assert said.body["components"][0] == {"type": 10, "content": "<@&1> <@&2>"}
    assert said.body["allowed_mentions"] == {"parse": [], "roles": ["1", "2"]}
    assert PINGS.findall(texts(said)) == ["<@&1>", "<@&2>"]


def test_each_tone_has_its_colour_and_no_words_are_lost_without_it() -> None:
    drawn = {tone: message(replace(FULL, tone=tone)).body["components"][0] for tone in Tone}
    assert {tone: one["accent_color"] for tone, one in drawn.items()} == COLOURS
    assert len(set(COLOURS.values())) == len(Tone)
    assert all(one["components"] == drawn[Tone.GOOD]["components"] for one in drawn.values())


def test_a_note_is_private() -> None:
    said = checked(note(md("Ada answered you: {words}", words="# yes")))
    assert said.body["flags"] & 1 << 6
    assert texts(said) == "Ada answered you: # yes"


@pytest.mark.parametrize(
    ("progress", "drawn"),
    [
        (Progress("Path", 0, 3), "Path ▱▱▱ 0 of 3"),
        (Progress("Path", 3, 3), "Path ▰▰▰ 3 of 3"),
        (Progress("Path", 99, 100), "Path ▰▰▰▰▰▰▰▰▰▱ 99 of 100"),
        (Progress("a_b", 7, 5), "a\\_b ▰▰▰▰▰ 7 of 5"),
        (Progress("", 0, 0), "0 of 0"),
        (Progress("Odd", -2, 4), "Odd ▱▱▱▱ -2 of 4"),
    ],
)
def test_a_bar_says_its_numbers_and_is_full_only_at_the_end(progress: Progress, drawn: str) -> None:
    assert texts(message(Reply(progress=(progress,)))) == drawn


@pytest.mark.parametrize("footer", ["```\nx\n```", "- a\n- b", "> a"], ids=["code", "list", "quote"])
def test_a_footer_that_is_more_than_lines_keeps_its_shape(footer: str) -> None:
    assert texts(checked(message(Reply(footer=Markdown(footer))))) == footer


def test_an_address_that_no_button_takes_is_said_in_words() -> None:
    long = "https://a.example/" + "b" * 600
    said = checked(message(Reply(md("x"), rows=((Button("Read_", url=long), Button("No", url="https://")),))))
    assert [one["type"] for one in parts(said)] == [10]
    assert words(read(texts(said))) == f"x\n\nRead_: {long}\n\nNo: https://"


def test_too_many_words_go_into_a_file_and_nothing_is_lost() -> None:
    text = "||" * 1_350 + " the end"
    reply = replace(FULL, text=Markdown(text), fields=(Field("More", md("{x}", x="_" * 400)),))
    assert limits.problems(reply) == []
    said = checked(message(reply))
    assert "All of it is in the attached file" in texts(said)
    name, data = said.files[1]
    assert name == "answer.txt"
    kept = data.decode()
    for wanted in (FULL.title, text, "More", "_" * 400, "Path 3/5", "One of 183", "as of 2026"):
        assert wanted in kept
    assert [one["type"] for one in parts(said)] == [10, 12, 13, 13, 13, 1, 1, 1]
    assert parts(said)[-3:] == parts(message(FULL))[-3:]


def test_a_file_of_the_reply_keeps_its_name_apart_from_ours() -> None:
    said = checked(message(Reply(Markdown("_" * 3800), files=(File("answer.txt", b"mine"),))))
    assert [name for name, _ in said.files] == ["answer.txt", "2-answer.txt"]
    assert said.files[1][1] == b"mine"


def test_the_fullest_reply_that_the_core_allows_fits() -> None:
    """Forty components: the box, its words, a picture, five files, a line, the footer, five rows of five buttons."""
    rows = tuple(tuple(Button("A" * limits.LABEL, f"a1:{row}:{n}") for n in range(5)) for row in range(5))
    files = tuple(File("same name.csv", b"x") for _ in range(limits.FILES))
    fields = tuple(Field("*" * 100, Markdown("x" * 250)) for _ in range(limits.FIELDS))
    reply = replace(FULL, rows=rows, files=files, fields=fields, footer=Markdown("f" * 100), text=md("x"))
    assert limits.problems(reply) == []
    for roles in ((), ("1",)):
        assert len(parts(checked(message(reply, roles=roles)))) >= 13


# Whatever the core lets through.

MARKS = r"* _ \ ` | ~ # - > [ <@1> @everyone é 😀 **b** `c` 1. https://a.example/b_c [d](https://d.example/(e))"
BITS = st.sampled_from([*MARKS.split(), *(f"{one} " for one in MARKS.split()), "word ", "\n", "\n\n", "```\n"])


@st.composite
def markdown(draw: st.DrawFn, most: int) -> Markdown:
    """Markdown of any length up to the most, often just below it."""
    text = "".join(draw(st.lists(BITS, min_size=1, max_size=6)))
    times = draw(st.sampled_from([1, 2, max(1, most // len(text))]))
    return Markdown((text * times)[:most])


def lines(most: int) -> st.SearchStrategy[str]:
    return markdown(most).map(lambda text: " ".join(text.split()) or "x")


@st.composite
def rows(draw: st.DrawFn) -> tuple[Row, ...]:
    drawn: list[Row] = []
    for row in range(draw(st.integers(0, limits.ROWS))):
        token = f"a1:r{row}:"
        if draw(st.booleans()):
            count = draw(st.sampled_from([1, 5]))
            url = "https://a.example/" + "u" * draw(st.sampled_from([1, 600]))
            link = Button(draw(lines(limits.LABEL)), url=url)
            drawn.append((*(Button(draw(lines(limits.LABEL)), f"{token}{n}") for n in range(count - 1)), link))
        else:
            option = Option(draw(lines(75)), "v", draw(lines(75)), chosen=draw(st.booleans()))
            options = tuple(replace(option, value=str(n)) for n in range(draw(st.sampled_from([1, 25]))))
            drawn.append(Select(token + "9" * (100 - len(token)), options, draw(lines(limits.PLACEHOLDER))))
    return tuple(drawn)


NAMES = st.sampled_from(["a.csv", "a b.csv", "_.csv", "Lösung (1).csv", "....", "a.csv", "日本.png", "x" * 200])
REPLIES = st.builds(
    Reply,
    text=markdown(limits.TEXT) | st.just(Markdown("")),
    title=lines(limits.TITLE) | st.just(""),
    fields=st.lists(st.builds(Field, lines(100), markdown(limits.FIELD_VALUE)), max_size=10).map(tuple),
    progress=st.lists(st.builds(Progress, lines(30), st.integers(-1, 9), st.integers(0, 9)), max_size=12).map(tuple),
    image=st.none() | st.builds(Image, NAMES, st.just(b"p"), lines(limits.ALT)),
    files=st.lists(st.builds(File, NAMES, st.just(b"f")), max_size=limits.FILES).map(tuple),
    rows=rows(),
    footer=markdown(limits.FOOTER) | st.just(Markdown("")),
    tone=st.sampled_from(Tone),
)


def ink(text: str) -> str:
    """Letters alone: what is written in other ways is still said."""
    return re.sub(rf"[\W\d_{UNSEEN}]+", "", unquote(text))


@given(REPLIES, st.booleans(), st.sampled_from([(), ("1", "2")]))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
def test_whatever_the_core_allows_discord_takes(reply: Reply, ephemeral: bool, roles: tuple[str, ...]) -> None:
    assume(not limits.problems(reply))
    said = checked(message(reply, ephemeral=ephemeral, roles=roles))
    in_file = dict(said.files).get("answer.txt", b"").decode()
    shown = with_addresses(read(texts(said)))
    for wanted in (reply.title, *(field.name for field in reply.fields), *(one.label for one in reply.progress)):
        assert ink(wanted) in ink(in_file or shown)
    assert ink(plain(reply.text)) in ink(in_file or shown)
    assert PINGS.findall(texts(said)) == [f"<@&{role}>" for role in roles]
    pressed = [one for part in parts(said) if part["type"] == 1 for one in part["components"]]
    tokens = [one.token for row in reply.rows for one in ([row] if isinstance(row, Select) else row)]
    assert [one["custom_id"] for one in pressed if "custom_id" in one] == [one for one in tokens if one]
    assert not kinds(read(texts(said))) & {"spoiler", "time", "mention", "everyone"} - ({"mention"} if roles else set())
