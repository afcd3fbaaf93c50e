"""A typed line gives every word to somebody, or says which word it cannot place."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.core.cmdline import assign, split
from bot.core.errors import Unreadable, UserError
from bot.core.params import Arg, Kind, Param


def optional(name: str, kind: Kind = Kind.CHOICE, *, rest: bool = False) -> Param:
    return Param(name, kind, False, str, Arg(f"The {name}", rest=rest))


FIND = (Param("topic", Kind.TEXT, True, str, Arg("What", rest=True)), optional("level"), optional("max_cost"))
SETTINGS = (optional("zone", Kind.TEXT), optional("quiet", Kind.TEXT), optional("reminders", Kind.FLAG))
USAGE = "/find <topic …> [level:easy|hard]"
PIECES = st.sampled_from(
    ["topic:", "level:", "levl:", '"', "“", "”", "'", "\\", " ", "https://a.b/c:d", "x", "\n", ":"]
)


@given(st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=40), st.sampled_from([FIND, SETTINGS, ()]))
@example('"a "b', FIND)
@example('level:"', FIND)
@settings(max_examples=500, deadline=None)
def test_any_line_is_read_or_refused_in_words(line: str, params: tuple[Param, ...]) -> None:
    try:
        values = assign(line, params, USAGE)
    except UserError as error:
        assert USAGE in error.message
    else:
        assert values.keys() <= {param.name for param in params}
        assert bool(values) == bool(line.strip())


@given(st.text(st.characters(exclude_characters='":“”„«»\\', exclude_categories=["Cs"]), min_size=1))
@settings(max_examples=200, deadline=None)
def test_the_rest_of_the_line_is_kept_letter_by_letter(text: str) -> None:
    assert assign(text, FIND, USAGE) == ({"topic": text.strip()} if text.strip() else {})


@given(st.text(max_size=30))
@settings(max_examples=200, deadline=None)
def test_a_quoted_value_says_anything(text: str) -> None:
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    if any(mark in text for mark in "“”„«»"):
        return  # on a phone these are quotes themselves
    assert assign(f'level:"{quoted}" docker', FIND, USAGE) == {"level": text, "topic": "docker"}


@pytest.mark.parametrize(
    ("line", "topic"),
    [
        ("don't  repeat   yourself", "don't  repeat   yourself"),
        ("what's the “best” book", "what's the “best” book"),
        ("see https://example.org/a:b?c=d now", "see https://example.org/a:b?c=d now"),
        ('"feature stores"', "feature stores"),
        ("“feature stores”", "feature stores"),
        ('why is "x" not "y"', 'why is "x" not "y"'),
        ('an "open quote', 'an "open quote'),
        ("ratio 3:2 at 10:30", "ratio 3:2 at 10:30"),
        ("two\nlines", "two\nlines"),
        ("note: this is no name", "note: this is no name"),
    ],
)
def test_a_question_survives_as_it_was_typed(line: str, topic: str) -> None:
    assert assign(line, FIND, USAGE) == {"topic": topic}


@pytest.mark.parametrize(
    "line",
    [
        "level:easy feature  stores",
        "feature  stores level:easy",
        "feature  stores level: easy",
        "feature  stores LEVEL:easy",
        "feature  stores level:“easy”",
        "topic:feature  stores level:easy",
        "topic: feature  stores level:easy",
        'level:easy topic:"feature  stores"',
    ],
)
def test_names_may_stand_anywhere(line: str) -> None:
    assert assign(line, FIND, USAGE) == {"topic": "feature  stores", "level": "easy"}


@pytest.mark.parametrize(
    ("line", "question"),
    [
        ("one question: how much math", "one question: how much math"),
        ('My question: "how"', 'My question: "how"'),
        ("question: how much math", "how much math"),
    ],
)
def test_a_member_may_use_the_name_of_the_rest_in_a_sentence(line: str, question: str) -> None:
    ask = (Param("question", Kind.TEXT, True, str, Arg("What", rest=True)),)
    assert assign(line, ask, USAGE) == {"question": question}


def test_a_name_in_the_middle_of_the_rest_is_taken_out_of_it() -> None:
    assert assign("feature level:easy stores", FIND, USAGE) == {"topic": "feature stores", "level": "easy"}


def test_a_name_may_be_written_with_a_hyphen() -> None:
    assert assign("docker max-cost:0", FIND, USAGE) == {"topic": "docker", "max_cost": "0"}


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("zone:New York", {"zone": "New York"}),
        ("zone: Buenos Aires reminders: yes", {"zone": "Buenos Aires", "reminders": "yes"}),
        ("quiet:22:00 to 07:00 zone:rome", {"quiet": "22:00 to 07:00", "zone": "rome"}),
        ('quiet:"22:00 to 07:00"', {"quiet": "22:00 to 07:00"}),
        ('quiet: "22:00 to 07:00" reminders:no', {"quiet": "22:00 to 07:00", "reminders": "no"}),
        ("rome 22-7 yes", {"zone": "rome", "quiet": "22-7", "reminders": "yes"}),
        ('zone:""', {"zone": ""}),
    ],
)
def test_a_text_given_by_name_runs_to_the_next_name(line: str, values: dict[str, str]) -> None:
    assert assign(line, SETTINGS, USAGE) == values


@pytest.mark.parametrize(
    ("line", "params", "hint"),
    [
        ("docker lvel:easy", FIND, "Did you mean `level:`"),
        ("docker levels:easy", FIND, "Did you mean `level:`"),
        ("docker level:easy level:hard", FIND, "twice"),
        ("docker level:", FIND, "behind `level:`"),
        ("zone: reminders:yes", SETTINGS, "behind `zone:`"),
        ("rome 22-7 yes please", SETTINGS, "`please`"),
        ('reminders:yes rome "22 to 7', SETTINGS, "quotation mark"),
        ('zone:"New York', SETTINGS, "quotation mark"),
        ("topic:docker level:easy more", FIND[:2], "`more`"),
        ("anything", (), "`anything`"),
    ],
)
def test_what_nobody_takes_is_told(line: str, params: tuple[Param, ...], hint: str) -> None:
    with pytest.raises(Unreadable) as caught:
        assign(line, params, USAGE)
    assert hint in caught.value.message
    assert USAGE in caught.value.message


def test_an_endless_word_does_not_make_an_endless_answer() -> None:
    with pytest.raises(Unreadable) as caught:
        assign("x" * 5000, (), USAGE)
    assert len(caught.value.message) < 300


def test_words_remember_where_they_stood() -> None:
    line = 'a "b c" level:easy level:'
    assert [line[word.start : word.end] for word in split(line, FIND)] == ["a", '"b c"', "level:easy", "level:"]
