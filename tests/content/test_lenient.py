from __future__ import annotations

from pathlib import Path

from content.document import Document
from content.loader import load_pack, read_for_search, survey_for_search
from tests.content.fixture_packs import GOOD_PACK


def test_id_question_and_answer_are_enough(tmp_path: Path) -> None:
    (tmp_path / "faqs").mkdir()
    (tmp_path / "faqs" / "a.yaml").write_text(
        "- id: 12\n  question: Why?\n  answer: Because.\n- id: x\n  question: No?\n"
    )
    reading = survey_for_search(tmp_path)
    assert reading.documents == (Document("12", "faq", "Why?", body="Because."),)
    assert reading.left_out == 1


def test_a_full_pack_gives_the_same_documents() -> None:
    strict = {document.id: document for document in load_pack(GOOD_PACK).documents()}
    lenient = {document.id: document for document in read_for_search(GOOD_PACK)}
    assert {name: found.title for name, found in strict.items()} == {
        name: found.title for name, found in lenient.items()
    }
    assert strict["which-soil-for-carrots"].also == lenient["which-soil-for-carrots"].also
    assert ("vegetables", "greens") in survey_for_search(GOOD_PACK).words


def test_broken_files_are_told_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "faqs").mkdir()
    (tmp_path / "faqs" / "a.yaml").write_text("- id: a\n  question: 'Why\n- id: b\n  question: B?\n  answer: B.\n")
    (tmp_path / "faqs" / "b.yaml").write_bytes(b"\xff\xfe\x00")
    reading = survey_for_search(tmp_path)
    assert [document.id for document in reading.documents] == ["b"]
    assert {problem.code for problem in reading.problems} == {"YML001", "FIL002"}


def test_a_missing_folder_gives_nothing_but_a_reason(tmp_path: Path) -> None:
    assert read_for_search(tmp_path / "none") == ()
    assert survey_for_search(tmp_path / "none").problems
