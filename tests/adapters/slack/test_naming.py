"""Commands are named as members type them here."""

from __future__ import annotations

import pytest

from adapters.slack.naming import Naming, naming
from bot.core.markup import Markdown, md
from bot.core.reply import Field, FieldErrors, OpenForm, Reply, Update
from bot.wiring import find_commands


@pytest.fixture(scope="module")
def named() -> Naming:
    return naming(find_commands(), "mentor")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Type `/help` to see", "Type `/mentor help` to see"),
        ("`/faq how much math`", "`/mentor faq how much math`"),
        ("Say /tip.", "Say /mentor tip."),
        ("(/streak why)", "(/mentor streak why)"),
        ("**/path choose**", "**/mentor path choose**"),
        ("`/challenge` and `/tip`", "`/mentor challenge` and `/mentor tip`"),
        ("Read https://example.org/help now", "Read https://example.org/help now"),
        ("the file /path/to/it and ./tip", "the file /path/to/it and ./tip"),
        ("and/or /tips and /tip-top, /tip.md", "and/or /tips and /tip-top, /tip.md"),
        ("`/mentor tip`", "`/mentor tip`"),
        ("nothing to say", "nothing to say"),
    ],
)
def test_commands_get_the_root(named: Naming, written: str, read: str) -> None:
    assert named.words(Markdown(written)) == read


def test_every_text_of_a_reply_is_renamed(named: Naming) -> None:
    reply = Reply(md("`/tip`"), title="About /tip", fields=(Field("How", md("`/help`")),), footer=md("`/board`"))
    said = named.outcome(Update(reply))
    assert isinstance(said, Update)
    assert said.reply.text == "`/mentor tip`"
    assert said.reply.title == "About /mentor tip"
    assert said.reply.fields[0].value == "`/mentor help`"
    assert said.reply.footer == "`/mentor board`"


def test_a_refusal_repeats_what_was_typed_here(named: Naming) -> None:
    typed = Reply(md("I don't know {word:code}. See `/etc/hosts`.", word="/xylophone"))
    assert named.reply(typed, refused=True).text == "I don't know `/mentor xylophone`. See `/etc/hosts`."
    assert named.reply(typed).text == typed.text


def test_a_form_names_its_command_as_far_as_that_fits(named: Naming) -> None:
    form = OpenForm("a1:tip:", "/tip", (), errors={"topic": "See /help."})
    said = named.outcome(FieldErrors(form))
    assert isinstance(said, FieldErrors)
    assert (said.form.title, said.form.errors) == ("/mentor tip", {"topic": "See /mentor help."})
    assert named.form(OpenForm("a1:x:", "/challenge reviewers", ())).title == "Challenge reviewers"


def test_another_root_is_another_name() -> None:
    other = naming(find_commands(), "guide")
    assert other.words(Markdown("`/tip`")) == "`/guide tip`"
