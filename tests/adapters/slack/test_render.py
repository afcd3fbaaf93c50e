"""A reply as a message of Slack."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings

from adapters.slack import limits
from adapters.slack.render import NOTHING, message, note
from bot.core.markup import Markdown, md
from bot.core.reply import Button, Field, File, Image, Option, Progress, Reply, Select, Style, Tone
from tests.adapters.slack.judging import verdicts
from tests.adapters.slack.mrkdwn_reader import read
from tests.adapters.slack.replies import replies

TIP = Reply(
    Markdown("Look at **ten rows** before you train. See [the guide](https://a.org/g?x=1&y=2)."),
    title="Look first",
    fields=(Field("Try it", Markdown("Take ten rows.")), Field("Sources", Markdown("- one\n- two"))),
    progress=(Progress("Steps", 3, 10),),
    image=Image("c.png", b"", "A calendar with three full days."),
    files=(File("rows.csv", b"1"),),
    rows=(
        (Button("Try it", "a1:try:x", style=Style.PRIMARY), Button("Read", url="https://a.org")),
        Select("a1:pick:", (Option("One", "1", "the first"), Option("Two", "2", chosen=True)), "Pick"),
    ),
    footer=Markdown("Statistics. Easy."),
)


def body(reply: Reply, picture: str = "") -> dict[str, Any]:
    made = message(reply, picture=picture)
    return {"text": made.text, "blocks": made.blocks}


def texts(blocks: list[dict[str, Any]]) -> list[str]:
    """Collect what the blocks show, without controls."""
    found = [one["text"] for one in blocks if "text" in one]
    found += [element for one in blocks if one["type"] == "context" for element in one["elements"]]
    return [read(one["text"]).text if one["type"] == "mrkdwn" else one["text"] for one in found]


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(replies)
@example(Reply(Markdown("#"), title=" "))
@example(Reply(Markdown("&" * 2800)))
@example(Reply(Markdown("~ab " * 700)))
@example(Reply(Markdown("> " * 15 + "a" + "\\\nb" * 600)))
@example(Reply(Markdown("- " * 15 + "a" + "\\\nb" * 600)))
@example(Reply(Markdown("x"), title="&" * 150))
@example(Reply(Markdown("x"), progress=tuple(Progress("", 1, 2) for _ in range(700))))
def test_every_reply_that_the_core_allows_is_taken(reply: Reply) -> None:
    for picture in ("", "F123"):
        made = body(reply, picture)
        assert verdicts("message", made) == []
        assert limits.weight(made["blocks"]) <= limits.WEIGHT


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(replies)
def test_nothing_pings_and_no_control_gets_lost(reply: Reply) -> None:
    made = message(reply)
    marked = [text for block in made.blocks for text in _mrkdwn(block)]
    assert not [ping for text in marked for ping in read(text).pings]
    assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", made.text)
    ids = [one["action_id"] for block in made.blocks if block["type"] == "actions" for one in block["elements"]]
    tokens = [row.token for row in reply.rows if isinstance(row, Select)]
    tokens += [one.token for row in reply.rows if not isinstance(row, Select) for one in row if one.token]
    assert set(tokens) <= set(ids)


def _mrkdwn(block: dict[str, Any]) -> list[str]:
    found = [block["text"]] if "text" in block else block.get("elements", [])
    return [one["text"] for one in found if one["type"] == "mrkdwn"]


def test_the_text_says_all_of_it_aloud() -> None:
    assert message(TIP).text.split("\n\n") == [
        "Look first",
        "Look at ten rows before you train. See the guide (https://a.org/g?x=1&amp;y=2).",
        "Try it: Take ten rows.",
        "Sources:\n- one\n- two",
        "Steps: 3 of 10",
        "Picture: A calendar with three full days.",
        "File: rows.csv",
        "Statistics. Easy.",
    ]


def test_the_blocks_show_all_of_it() -> None:
    blocks = message(TIP, picture="F123").blocks
    assert [block["type"] for block in blocks] == [
        *("header", "section", "section", "section", "section", "image", "section", "actions", "actions", "context")
    ]
    assert texts(blocks) == [
        "Look first",
        "Look at ten rows before you train. See the guide.",
        "Try it\nTake ten rows.",
        "Sources\n• one\n• two",
        "▰▰▰▱▱▱▱▱▱▱  Steps: 3 of 10",
        "File: rows.csv",
        "Statistics. Easy.",
    ]
    image = next(block for block in blocks if block["type"] == "image")
    assert image["slack_file"] == {"id": "F123"}
    assert image["alt_text"] == "A calendar with three full days."


def test_without_a_picture_its_words_stand_there() -> None:
    assert "Picture: A calendar with three full days." in texts(message(TIP).blocks)


def test_controls_carry_their_tokens_and_addresses() -> None:
    buttons, select = (block["elements"] for block in message(TIP).blocks if block["type"] == "actions")
    assert (buttons[0]["action_id"], buttons[0]["value"], buttons[0]["style"]) == ("a1:try:x", "a1:try:x", "primary")
    assert buttons[1]["url"] == "https://a.org"
    assert "style" not in buttons[1]
    assert select[0]["action_id"] == "a1:pick:"
    assert select[0]["initial_option"]["value"] == "2"


@pytest.mark.parametrize("url", ["https://", "https://a b", "https://a.org/" + "x" * 3000])
def test_a_link_that_slack_would_refuse_is_said(url: str) -> None:
    blocks = message(Reply(Markdown("x"), rows=((Button("Read", url=url),),))).blocks
    assert texts(blocks)[-1] == "The link of “Read” cannot be opened from Slack."


def test_a_tone_is_a_sign_before_the_words() -> None:
    assert message(replace(TIP, tone=Tone.GOOD)).text.startswith("✅ Look first")
    assert texts(message(Reply(Markdown("No."), tone=Tone.PROBLEM)).blocks) == ["❌ No."]
    listed = message(Reply(Markdown("- a"), tone=Tone.WARNING))
    assert texts(listed.blocks) == ["⚠️", "• a"]


def test_a_long_text_is_parted_between_its_paragraphs() -> None:
    parts = [f"{n} " + "word " * 180 for n in range(3)]
    made = texts(message(Reply(Markdown("\n\n".join(parts)), fields=(Field("F", Markdown("v")),))).blocks)
    assert " ".join(made).split() == " ".join([*parts, "F", "v"]).split()
    shields = ["*a " * 60 + str(n) for n in range(10)]
    heavy = message(Reply(Markdown("\n\n".join(f"~{one}" for one in shields))))
    assert all(len(text) <= limits.TEXT for block in heavy.blocks for text in _mrkdwn(block))


def test_what_grows_too_heavy_is_shown_without_formatting() -> None:
    long = "*!" * 600
    short = "\n\n".join("~!" * 60 for _ in range(20))
    for text in (md("{long}", long=long), Markdown(short)):
        made = message(Reply(text))
        assert {block["text"]["type"] for block in made.blocks} == {"plain_text"}
        assert "\n\n".join(texts(made.blocks)) in (long, short)


def test_signs_that_do_not_fit_escaped_are_shown_wide() -> None:
    label = message(Reply(Markdown("x"), rows=((Button("<&>" * 10, "a1:x:"),),))).blocks[-1]["elements"][0]["text"]
    assert label["text"] == "＜＆＞" * 10


def test_a_note_is_its_words() -> None:
    made = note(md("A word for {who}.", who="<!here>"))
    assert made.text == "A word for &lt;!here&gt;."
    assert texts(made.blocks) == ["A word for <!here>."]


def test_a_reply_of_nothing_visible_says_so() -> None:
    made = message(Reply(Markdown("#")))
    assert made.text == NOTHING
    assert texts(made.blocks) == [NOTHING]
