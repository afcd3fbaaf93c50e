from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from content.document import Document
from tests.content.search.garden import write_faqs

ROOT = Path(__file__).parents[3]


def _search(*arguments: str, typed: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "content.search", *arguments]
    return subprocess.run(command, input=typed, capture_output=True, cwd=ROOT, timeout=60, check=False)


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(write_faqs(tmp_path_factory.mktemp("garden")))


def _lines(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, Any]]:
    assert done.returncode == 0, done.stderr.decode()
    return [json.loads(line) for line in done.stdout.decode("utf-8").split("\n")[:-1]]


def test_one_question_for_a_person(pack: str) -> None:
    done = _search("--pack", pack, "compsot", "heap")
    assert done.returncode == 0
    assert done.stdout.decode().splitlines()[:1] == ["Read as: compost heap"]
    assert "How do I start a compost heap?  (compost-start)" in done.stdout.decode()


def test_a_question_that_nothing_answers(pack: str) -> None:
    assert "Not sure. The nearest:" in _search("--pack", pack, "cost of the water on mars?").stdout.decode()
    assert "Nothing here comes near." in _search("--pack", pack, "zzz").stdout.decode()


def test_the_parts_of_the_score(pack: str) -> None:
    assert "coverage 1.00" in _search("--pack", pack, "--explain", "compost heap").stdout.decode()
    (line,) = _lines(_search("--pack", pack, "--explain", "--json", "compsot heap"))
    assert line["repaired"] == "compost heap"
    assert line["results"][0]["parts"]["coverage"] == 1.0


def test_many_questions_from_standard_input(pack: str) -> None:
    typed = 'compost heap\n\n   \r\nNEAR("* AND\nschnee 雪\n\x00\nprice of a plot'.encode() + b"\n\xff\xfe\n"
    lines = _lines(_search("--pack", pack, "--limit", "2", "-", typed=typed))
    assert [line["query"] for line in lines[:5]] == ["compost heap", "", "   ", 'NEAR("* AND', "schnee 雪"]
    assert len(lines) == 8
    assert set(lines[0]) == {"query", "results", "confident"}
    assert set(lines[0]["results"][0]) == {"id", "score", "title"}
    assert lines[0]["results"][0]["id"] == "compost-start"
    assert lines[0]["confident"] is True
    assert lines[1] == {"query": "", "results": [], "confident": False}
    assert lines[6]["results"][0]["id"] == "plot-price"
    assert all(len(line["results"]) <= 2 for line in lines)


def test_each_answer_comes_before_the_next_question(pack: str) -> None:
    command = [sys.executable, "-m", "content.search", "--pack", pack, "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as running:
        assert running.stdin
        assert running.stdout
        for question, wanted in (("slugs", "slug-war"), ("winter vegetables", "winter-vegetables")):
            running.stdin.write(question.encode() + b"\n")
            running.stdin.flush()
            assert json.loads(running.stdout.readline())["results"][0]["id"] == wanted
        running.stdin.close()


def test_prepare_is_a_command_and_can_be_a_question(pack: str) -> None:
    assert "--from" in _search("prepare", "--help").stdout.decode()
    assert _search("--pack", pack, "prepare").returncode == 0
    assert _search("--pack", pack, "--", "prepare").returncode == 0
    missing = _search("prepare", "--from", "nowhere.whl")
    assert missing.returncode == 1
    assert "nowhere.whl" in missing.stderr.decode()


def test_help_shows_the_options() -> None:
    shown = _search("--help").stdout.decode()
    assert "--explain" in shown
    assert "search -- prepare" in shown


def test_mistakes_are_told_with_a_way_on(pack: str, tmp_path: Path) -> None:
    nothing = _search("--pack", str(tmp_path), "water")
    assert nothing.returncode == 2
    assert "needs an id, a question" in nothing.stderr.decode()
    assert _search("--pack", pack).returncode == 2
    assert _search("--pack", pack, "--limit", "0", "water").returncode == 2


@pytest.mark.timeout(60)
def test_a_thousand_questions_on_a_thousand_entries_come_to_an_end(tmp_path: Path) -> None:
    names = [f"plant{number:04d}" for number in range(1_000)]
    faqs = tuple(
        Document(name, "faq", f"How deep do I sow {name} in cold soil?", (), f"Sow {name} two fingers deep. " * 8)
        for name in names
    )
    folder = write_faqs(tmp_path / "big", faqs)
    typed = "".join(f"how deep to sow {name}\n" for name in names).encode()
    lines = _lines(_search("--pack", str(folder), "-", typed=typed))
    assert [line["results"][0]["id"] for line in lines] == names
