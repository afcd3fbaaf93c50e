from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.yaml_nodes import Mapping, Scalar, Sequence
from content.yaml_tree import read_tree


def data_of(text: str) -> object:
    tree = read_tree(text)
    assert tree.root is not None, tree.flaws
    return tree.root.data()


def test_values_follow_yaml_1_2() -> None:
    text = "a: no\nb: 10:30\nc: 2026-01-02\nd: 7\ne: 2.5\nf: true\ng: ~\nh: '7'\ni: 0x10\nj:\n"
    assert data_of(text) == {
        "a": "no", "b": "10:30", "c": "2026-01-02", "d": 7, "e": 2.5, "f": True, "g": None, "h": "7", "i": "0x10",
        "j": None,
    }  # fmt: skip


def test_places_count_characters_and_not_bytes() -> None:
    text = "# é €\n- a: hé 😀\n  b: [x, 'y']\n"
    tree = read_tree(text)
    assert isinstance(tree.root, Sequence)
    entry = tree.root.items[0]
    assert isinstance(entry, Mapping)
    key, value = entry.fields["b"]
    assert (key.line, key.column) == (2, 2)
    assert isinstance(value, Sequence)
    assert [text[item.start : item.end] for item in value.items] == ["x", "'y'"]


@pytest.mark.timeout(20)
@pytest.mark.parametrize("opening", ["[", "- ", "{a: ", "? "])
def test_a_tower_of_brackets_is_refused_at_once(opening: str) -> None:
    tree = read_tree(opening * 300_000)
    assert {flaw.code for flaw in tree.flaws} <= {"YML001", "YML006", "YML008"}
    assert tree.flaws
    assert tree.root is None


def test_laughing_anchors_never_grow() -> None:
    text = "a: &a [x, x]\n" + "".join(f"{n}: &{n} [*{p}, *{p}]\n" for p, n in zip("abcdefgh", "bcdefghi", strict=True))
    tree = read_tree(text)
    assert {flaw.code for flaw in tree.flaws} == {"YML004"}
    assert isinstance(tree.root, Mapping)
    assert tree.root.data()["i"] == ["alias", "alias"]


@pytest.mark.parametrize(
    ("text", "line", "advice"),
    [
        ("a: b: c", 1, "quotes around"),
        ("a: *b* c", 1, "begins with *"),
        ("a: @b", 1, "put quotes"),
        ("a: 1\nb: 'open\nc: 2\n", 2, "not closed"),
        ("a:\n  - x\n - y\n", 3, "column"),
    ],
)
def test_syntax_errors_say_where_and_how(text: str, line: int, advice: str) -> None:
    (flaw,) = read_tree(text).flaws
    assert (flaw.code, flaw.line + 1) == ("YML001", line)
    assert advice in flaw.hint


@given(st.text())
@settings(max_examples=200, deadline=None)
def test_no_text_raises(text: str) -> None:
    tree = read_tree(text)
    if tree.root is not None:
        tree.root.data()


PIECES = st.sampled_from(
    ["- ", "a: ", "b:", "\n", "  ", "    ", "|", ">-", "'", '"', "[", "]", "{", "}", ",", "*x", "&x ", "!t ", "? ", "#",
     "---", "...", "\t", "word", "10", "%", "@", "`", ": ", "é", "😀", "\r\n", "\x85", "\x00"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join))
@settings(max_examples=500, deadline=None)
def test_no_heap_of_yaml_pieces_raises(text: str) -> None:
    tree = read_tree(text)
    if tree.root is not None:
        tree.root.data()
    if isinstance(tree.root, Scalar):
        assert tree.root.start <= tree.root.end
