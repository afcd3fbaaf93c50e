from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.checks.run import find_errors, find_problems
from content.entries import read_entries
from content.kinds import MODELS
from content.loader import load_pack, load_packs
from content.source_text import SourceText, read_source
from tests.content.fixture_packs import GOOD_PACK, TODAY, good_copy

FAQ = """- id: question-{n}
  question: What is matter number {n} about?
  also: [tell me of {n}, thing {n} pls, wat is {n}]
  answer: |
    It is about the number {n}, and that is more than enough to know for anybody who only wants to see how long it
    takes to read so many of these. Read on if you must, but nothing more will be said here, and nothing less would
    have been enough to reach the forty words that an answer needs.
  topics: [soil]
  as_of: "2026-10"
  sources: [{{title: Page {n}, url: "https://www.example.org/{n}"}}]
"""


def test_the_good_pack_is_read_whole() -> None:
    pack = load_pack(GOOD_PACK)
    assert pack.pack is not None
    assert pack.pack.title == "Kitchen garden"
    assert [tip.id for tip in pack.tips] == ["feel-your-soil", "turn-the-heap"]
    assert pack.tips[0].try_it == "Press a moist handful and open your hand."
    assert [step.id for step in pack.paths[0].steps] == ["know-your-ground", "first-heap"]
    assert {document.kind for document in pack.documents()} == {"tip", "faq", "resource"}


def test_one_broken_entry_among_a_thousand_hides_nothing(tmp_path: Path) -> None:
    pack = good_copy(tmp_path)
    texts = [FAQ.format(n=n) for n in range(1000)]
    texts[500] = texts[500].replace("question: What", "question: 'What").replace("topics: [soil]", "topics: [soil")
    texts[700] = texts[700].replace("topics: [soil]", "topics: [sol]")
    text = "".join(texts)
    (pack / "faqs" / "many.yaml").write_text(text)
    loaded = load_pack(pack)
    assert len(loaded.faqs) == 2 + 999
    found = {(each.code, each.place.line) for each in find_errors([loaded], TODAY)}
    broken = text[: text.index("question: 'What")].count("\n") + 1
    wrong = text[: text.index("topics: [sol]")].count("\n") + 1
    assert found == {("YML001", broken), ("REF001", wrong)}


def test_an_entry_has_all_its_problems_at_once(tmp_path: Path) -> None:
    pack = good_copy(tmp_path)
    text = "id: Bad Id\ntitle: T\nkind: bok\nlevel: 3\nwhy: No stop\nhours: many\ntopics: [sol]\nurl: http://x.org\n"
    (pack / "resources" / "bad.yaml").write_text(text)
    found = find_problems([load_pack(pack)], TODAY)
    codes = [each.code for each in found if each.place.file.name == "bad.yaml"]
    assert sorted(set(codes)) == ["ID001", "LNK001", "REF001", "SHP002", "SHP003", "SHP004", "TXT003"]


def test_two_packs_never_shadow_each_other(tmp_path: Path) -> None:
    packs = load_packs([GOOD_PACK, good_copy(tmp_path)])
    found = find_errors(packs, TODAY)
    assert "ID002" in {each.code for each in found}
    assert all(str(tmp_path) in str(each.place.file) for each in found if each.code == "ID002")


def test_a_pack_may_lean_on_the_topics_of_another(tmp_path: Path) -> None:
    pack = tmp_path / "more"
    (pack / "faqs").mkdir(parents=True)
    (pack / "pack.yaml").write_text((GOOD_PACK / "pack.yaml").read_text().replace("kitchen-garden", "more"))
    (pack / "faqs" / "one.yaml").write_text(FAQ.format(n=1))
    assert find_errors(load_packs([GOOD_PACK, pack]), TODAY) == ()
    assert [each.code for each in find_errors(load_packs([pack]), TODAY)] == ["REF001"]


def test_a_broken_topic_file_is_said_once(tmp_path: Path) -> None:
    pack = good_copy(tmp_path)
    (pack / "topics.yaml").write_text("topics:\n  - id: soil\n title: x\n")
    assert [each.code for each in find_errors([load_pack(pack)], TODAY)] == ["YML001"]


def test_a_named_pipe_is_not_opened(tmp_path: Path) -> None:
    pack = good_copy(tmp_path)
    os.mkfifo(pack / "tips" / "pipe.yaml")
    (pack / "tips" / "gone.yaml").symlink_to("nowhere.yaml")
    (pack / "tips" / "self.yaml").symlink_to("self.yaml")
    found = find_errors([load_pack(pack)], TODAY)
    assert [(each.code, each.place.file.name) for each in found] == [
        ("FIL006", "gone.yaml"), ("FIL006", "pipe.yaml"), ("FIL006", "self.yaml"),
    ]  # fmt: skip


def test_linked_files_and_folders_are_read(tmp_path: Path) -> None:
    pack = good_copy(tmp_path)
    (pack / "faqs").rename(tmp_path / "elsewhere")
    (pack / "faqs").symlink_to(tmp_path / "elsewhere")
    assert find_errors([load_pack(pack)], TODAY) == ()


@pytest.mark.parametrize("name", ["", "pack.yaml"])
def test_a_folder_that_is_none_is_a_problem(name: str, tmp_path: Path) -> None:
    folder = GOOD_PACK / name if name else tmp_path / "missing"
    assert [each.code for each in load_pack(folder).problems] == ["FIL001"]


def test_utf_16_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes("id: a".encode("utf-16"))
    assert [each.code for each in read_source(tmp_path / "a.yaml")[1]] == ["FIL002"]


@given(st.binary(max_size=300))
@settings(max_examples=150, deadline=None)
def test_no_bytes_raise(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    pack = tmp_path_factory.getbasetemp() / "bytes"
    (pack / "faqs").mkdir(parents=True, exist_ok=True)
    for name in ("pack.yaml", "topics.yaml", "faqs/a.yaml"):
        (pack / name).write_bytes(raw)
    loaded = load_pack(pack)
    assert find_problems([loaded], TODAY)


WORDS = st.sampled_from(
    ["soil", "x", "2026-10", "", "https://a.org/?utm_x=1", "<b>", "*a", "TODO: x", "a: b", "first-year"]
)
SHAPES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS,
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["id", "title", "url", "topics", "sources", "stages", "steps", "needs", "was", "also", "words",
                         "text", "answer", "question", "as_of", "checked", "related", "parent", "minutes", "x"]),
        inner, max_size=6,
    ),
    max_leaves=15,
)  # fmt: skip


@given(st.sampled_from(sorted(MODELS)), SHAPES)
@settings(max_examples=300, deadline=None)
def test_no_structure_raises(kind: str, shape: object) -> None:
    import yaml

    text = yaml.safe_dump(shape, allow_unicode=True)
    file = Path("any.yaml")
    entries, problems = read_entries(kind, SourceText(file, text))
    pack = load_pack(GOOD_PACK)
    pack.files.append(file)
    pack.entries += entries
    found = find_problems([pack], date(2026, 11, 1))
    assert all(each.place.line >= 1 for each in (*found, *problems))


def test_large_packs_are_read_whole(tmp_path: Path) -> None:
    pack, size = good_copy(tmp_path), 1_000
    for part in range(0, size, 500):
        text = "".join(FAQ.format(n=n) for n in range(part, min(part + 500, size)))
        (pack / "faqs" / f"many-{part}.yaml").write_text(text)
    loaded = load_pack(pack)
    assert find_errors([loaded], TODAY) == ()
    assert len(loaded.faqs) == size + 2
