"""An answer that was kept comes back as it was, and what is shown of it is JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.calls import Answer, Status
from bot.core.codec import keep, restore, show
from bot.core.markup import Markdown
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
    Select,
    Style,
    Tone,
    Update,
    Visibility,
)

MARKDOWN = st.text(max_size=20).map(Markdown)
BUTTONS = st.builds(Button, st.text(max_size=9), st.text(max_size=9), style=st.sampled_from(Style)) | st.builds(
    Button, st.text(max_size=9), url=st.just("https://example.org")
)
SELECTS = st.builds(
    Select,
    st.text(max_size=9),
    st.lists(
        st.builds(Option, st.text(max_size=5), st.text(max_size=5), st.text(max_size=5), st.booleans()), max_size=3
    ).map(tuple),
    st.text(max_size=9),
)
REPLIES = st.builds(
    Reply,
    text=MARKDOWN,
    title=st.text(max_size=9),
    fields=st.lists(st.builds(Field, st.text(max_size=9), MARKDOWN), max_size=2).map(tuple),
    progress=st.lists(st.builds(Progress, st.text(max_size=9), st.integers(), st.integers()), max_size=2).map(tuple),
    image=st.none() | st.builds(Image, st.text(max_size=9), st.binary(max_size=9), st.text(max_size=9)),
    files=st.lists(st.builds(File, st.text(max_size=9), st.binary(max_size=9)), max_size=2).map(tuple),
    rows=st.lists(st.lists(BUTTONS, max_size=2).map(tuple) | SELECTS, max_size=2).map(tuple),
    footer=MARKDOWN,
    tone=st.sampled_from(Tone),
    visibility=st.none() | st.sampled_from(Visibility),
)
ANSWERS = st.builds(
    Answer,
    REPLIES | st.builds(Update, REPLIES),
    st.sampled_from(Visibility),
    st.sampled_from(Status),
    st.text(max_size=8),
    st.lists(MARKDOWN, max_size=2).map(tuple),
)
FORM = OpenForm("a1:f:", "Form", (Param("a", Kind.TEXT, True, str, Arg("A")),), values={"a": "1"}, errors={"a": "no"})


@given(ANSWERS)
@settings(max_examples=200, deadline=None)
def test_a_kept_answer_comes_back_as_it_was(answer: Answer) -> None:
    kept = keep(answer)
    assert kept is not None
    assert kept.isascii()
    assert restore(kept) == answer


@given(ANSWERS)
@settings(max_examples=50, deadline=None)
def test_what_is_shown_is_json_with_every_text_in_it(answer: Answer) -> None:
    shown = json.loads(json.dumps(show(answer)))
    reply = answer.outcome.reply if isinstance(answer.outcome, Update) else answer.outcome
    assert isinstance(reply, Reply)
    assert (shown["title"], shown["text"], shown["footer"]) == (reply.title, reply.text, reply.footer)
    assert len(shown["rows"]) == len(reply.rows)
    assert shown["visibility"] == answer.visibility


@pytest.mark.parametrize("outcome", [FORM, FieldErrors(FORM)])
def test_a_form_is_shown_but_not_kept(outcome: OpenForm | FieldErrors) -> None:
    answer = Answer(outcome, Visibility.PRIVATE)
    assert keep(answer) is None
    shown = json.loads(json.dumps(show(answer)))
    assert shown["form"][0]["value"] == "1"
    assert shown["errors"] == {"a": "no"}
