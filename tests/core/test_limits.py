"""A reply over a limit is found, and degrades to words without losing any."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core import limits
from bot.core.markup import Markdown, one_line, plain
from bot.core.params import Arg, Kind, Param
from bot.core.reply import (
    Button,
    Field,
    FieldErrors,
    File,
    Image,
    OpenForm,
    Option,
    Progress,
    Reply,
    Row,
    Select,
    Update,
)

SMALL = Reply(Markdown("Hello"), title="Title")
WORDS = st.text("ab c", min_size=0, max_size=8).map(str.strip)
LENGTHS = st.sampled_from([1, 1, 1, 40, 80, 400])


@st.composite
def texts(draw: st.DrawFn) -> Markdown:
    return Markdown(one_line(draw(WORDS) * draw(LENGTHS)))


BUTTONS = st.builds(Button, texts().map(str), st.sampled_from(["a1:x:", "a1:y:1", "a1:z:" + "9" * 100, ""]))
OPTIONS = st.builds(Option, WORDS, WORDS, WORDS)
SELECTS = st.builds(Select, st.sampled_from(["a1:x:", "a1:q:"]), st.lists(OPTIONS, max_size=30).map(tuple), texts())
ROWS: st.SearchStrategy[Row] = st.one_of(st.lists(BUTTONS, max_size=7).map(tuple), SELECTS)
REPLIES = st.builds(
    Reply,
    text=texts(),
    title=texts().map(str),
    fields=st.lists(st.builds(Field, WORDS, texts()), max_size=12).map(tuple),
    progress=st.lists(st.builds(Progress, WORDS, st.integers(0, 9), st.integers(0, 9)), max_size=3).map(tuple),
    image=st.none()
    | st.builds(Image, st.just("chart.png"), st.just(b"p"), st.sampled_from(["", "A chart", "x" * 1200])),
    files=st.lists(st.builds(File, WORDS.map("f-{}".format), st.just(b"f")), max_size=8).map(tuple),
    rows=st.lists(ROWS, max_size=7).map(tuple),
    footer=texts(),
)


def everything(reply: Reply) -> str:
    """All that can be read in a reply, and in the file that goes with it."""
    attached = [one.data.decode() for one in reply.files if one.name == "answer.txt"]
    names = [one.name for one in reply.files]
    labels: list[str] = []
    for row in reply.rows:
        if isinstance(row, Select):
            labels += [row.placeholder, *(f"{one.label} ({one.description})" for one in row.options)]
        else:
            labels += [one.label for one in row]
    return one_line(" ".join([plain(limits.whole(reply)), *attached, *names, *labels]))


@given(REPLIES)
@settings(max_examples=120, deadline=None)
def test_what_degrades_fits_and_loses_no_word(reply: Reply) -> None:
    degraded = limits.degrade(reply)
    assert limits.problems(degraded) == []
    told = everything(degraded)
    texts = [reply.title, reply.text, reply.footer]
    texts += [text for field in reply.fields for text in (field.name, field.value)]
    texts += [bar.label for bar in reply.progress] + [file.name for file in reply.files]
    for row in reply.rows:
        texts += [one.label for one in (row.options if isinstance(row, Select) else row)]
    assert [one for one in texts if one_line(plain(one)) not in told] == []
    assert (degraded.image is None) == (reply.image is None)


@given(REPLIES)
@settings(max_examples=100, deadline=None)
def test_what_fits_stays_as_it_is(reply: Reply) -> None:
    if not limits.problems(reply):
        assert limits.degrade(reply) == reply


def test_a_long_text_becomes_a_file_with_its_beginning_above() -> None:
    degraded = limits.degrade(replace(SMALL, text=Markdown("word " * 1000), tone=SMALL.tone))
    assert degraded.title == "Title"
    assert degraded.text.startswith("This answer does not fit into one message.")
    assert degraded.files[0].data.decode().count("word") == 1000


def test_a_picture_is_kept_and_gets_words_when_it_has_none() -> None:
    degraded = limits.degrade(replace(SMALL, image=Image("week.png", b"png", "")))
    assert degraded.image == Image("week.png", b"png", "A picture, week.png.")
    assert degraded.text == "Hello"


def test_controls_that_do_not_fit_become_words_with_their_addresses() -> None:
    long = Button("x" * 40, url="https://example.org/a")
    menu = Select("a1:m:", tuple(Option(f"line {n}", str(n)) for n in range(30)), "Pick one")
    degraded = limits.degrade(replace(SMALL, rows=((Button("Keep", "a1:k:"),), (long,), menu)))
    assert degraded.rows == ((Button("Keep", "a1:k:"),),)
    assert "https://example.org/a" in plain(degraded.text)
    assert "Pick one: line 0, line 1" in plain(degraded.text)


def test_an_empty_reply_says_that_there_is_nothing() -> None:
    assert limits.degrade(Reply()).text == "There is nothing to show here."


def row(*buttons: Button) -> Reply:
    return replace(SMALL, rows=(buttons,))


@pytest.mark.parametrize(
    ("reply", "problem"),
    [
        (Reply(), "says nothing"),
        (replace(SMALL, title="x" * 151), "title has 151"),
        (replace(SMALL, text=Markdown("x" * 2801)), "text has 2801"),
        (replace(SMALL, fields=(Field("a", Markdown("x")),) * 11), "11 fields"),
        (replace(SMALL, fields=(Field("", Markdown("x")),)), "empty name"),
        (replace(SMALL, fields=(Field("a", Markdown("x" * 900)),) * 5), "all texts together"),
        (replace(SMALL, image=Image("a.png", b"", "")), "alternative text"),
        (replace(SMALL, files=(File("a", b""),) * 6), "6 files"),
        (row(Button("Go", "a1:" + "x" * 98)), "token of 101"),
        (row(Button("Go", "a1:x:" + "😀" * 48)), "token of 101"),
        (row(Button("Go", "a1:x:"), Button("Stop", "a1:x:")), "two controls"),
        (row(Button("", "a1:x:")), "label of button"),
        (row(Button("x" * 35, "a1:x:")), "35 characters"),
        (row(Button("Go")), "needs a token or an address"),
        (row(Button("Go", url="http://example.org")), "not https"),
        (row(*(Button("Go", f"a1:x:{n}") for n in range(6))), "6 buttons in a row"),
        (replace(SMALL, rows=(Select("a1:x:", ()),)), "0 options"),
        (replace(SMALL, rows=(Select("a1:x:", (Option("a", "1"), Option("b", "1"))),)), "two options"),
    ],
)
def test_each_limit_is_named(reply: Reply, problem: str) -> None:
    assert any(problem in one for one in limits.problems(reply))
    assert any(problem in one for one in limits.problems(Update(reply)))
    assert limits.problems(limits.degrade(reply)) == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [({"title": "x" * 25}, "title"), ({"values": {"a": "x" * 3001}}, "value of field a"), ({"fields": ()}, "0 form")],
)
def test_a_form_has_limits_too(change: dict[str, object], problem: str) -> None:
    fields = (Param("a", Kind.TEXT, True, str, Arg("A")),)
    form = replace(OpenForm("a1:f:", "Form", fields), **change)  # type: ignore[arg-type]
    assert any(problem in one for one in limits.problems(form))
    assert any(problem in one for one in limits.problems(FieldErrors(form)))
