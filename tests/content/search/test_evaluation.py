from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from content.search import Index
from content.search.evaluate import eval_command
from content.search.evaluation import Known, NoQuestions, evaluate, read_questions
from content.search.noise import cut_short, with_slips
from tests.content.search.garden import write_faqs

QUESTIONS = """\
- {q: when do i water tomatoes, id: water-when}
- {q: price of a plot, id: plot-price}
- {q: what helps against slugs, id: bees-allowed}
- {q: best pizza in rome, id: null}
"""


def _pack(tmp_path: Path, questions: str = QUESTIONS) -> Path:
    folder = write_faqs(tmp_path / "pack")
    (folder / "eval").mkdir()
    (folder / "eval" / "questions.yaml").write_text(questions, encoding="utf-8")
    return folder


def _run(folder: Path, *options: str) -> tuple[int, str]:
    app = typer.Typer()
    app.command()(eval_command(lambda: [folder]))
    done = CliRunner().invoke(app, list(options))
    return done.exit_code, done.output


def test_the_figures(garden: Index, tmp_path: Path) -> None:
    found = evaluate(garden, read_questions(_pack(tmp_path)))
    written = found.scores[0]
    assert [scores.variant for scores in found.scores] == ["as written", "with slips", "three or four words"]
    assert (written.answerable, written.unanswerable) == (3, 1)
    assert written.hit_at_1 == pytest.approx(2 / 3)
    assert written.abstained_rightly == 1
    assert written.abstained_wrongly == 0
    assert [miss.wanted for miss in found.misses if miss.variant == "as written"] == ["bees-allowed"]


def test_the_same_seed_gives_the_same_figures(garden: Index, tmp_path: Path) -> None:
    known = read_questions(_pack(tmp_path))
    assert evaluate(garden, known) == evaluate(garden, known)


def test_the_table_and_the_misses(tmp_path: Path) -> None:
    code, shown = _run(_pack(tmp_path), "--misses")
    assert code == 0
    assert "3 questions with an answer, 1 without" in shown
    assert "hit@1" in shown
    assert "wanted bees-allowed" in shown


def test_json_for_programs(tmp_path: Path) -> None:
    code, shown = _run(_pack(tmp_path), "--json", "--misses")
    data = json.loads(shown)
    assert code == 0
    assert data["scores"][0]["hit_at_1"] == 0.6667
    assert data["misses"]


@pytest.mark.parametrize("text", ["", "just text", "- {q: 3, id: a}", "- [", "{}"])
def test_questions_that_cannot_be_read(tmp_path: Path, text: str) -> None:
    folder = _pack(tmp_path, text)
    with pytest.raises(NoQuestions, match=r"questions\.yaml"):
        read_questions(folder)
    assert _run(folder)[0] == 2


def test_a_question_may_have_several_answers(garden: Index, tmp_path: Path) -> None:
    known = read_questions(_pack(tmp_path, "- {q: price of a plot, id: [plot-cancel, plot-price]}"))
    assert known == (Known("price of a plot", "plot-cancel", ("plot-price",)),)
    assert evaluate(garden, known).scores[0].hit_at_1 == 1


def test_what_is_demanded_and_reached(tmp_path: Path) -> None:
    code, shown = _run(_pack(tmp_path), "--first", "0.66", "--three", "0.66", "--silent", "1", "--amiss", "0")
    assert code == 0
    assert "asked for" not in shown


@pytest.mark.parametrize(
    ("option", "short"),
    [("--first", "hit@1 is 0.667; at least 0.900"), ("--three", "hit@3 is 0.667; at least 0.900")],
)
def test_what_is_demanded_and_not_reached(tmp_path: Path, option: str, short: str) -> None:
    code, shown = _run(_pack(tmp_path), option, "0.9")
    assert code == 1
    assert short in shown
    assert "--misses" in shown


def test_silence_is_demanded_where_nothing_answers_and_only_there(tmp_path: Path) -> None:
    folder = _pack(tmp_path, "- {q: price of a plot, id: null}\n- {q: of the, id: plot-price}")
    code, shown = _run(folder, "--silent", "0.5", "--amiss", "0.5")
    assert code == 1
    assert "abstained rightly is 0.000; at least 0.500" in shown
    assert "abstained wrongly is 1.000; at most 0.500" in shown


def test_a_pack_without_questions(tmp_path: Path) -> None:
    code, shown = _run(write_faqs(tmp_path / "pack"))
    assert code == 2
    assert "is missing" in shown


def test_slips_change_little_and_stay_the_same() -> None:
    question = "how do I water the tomatoes in the morning please"
    slipped = with_slips(question, 1)
    pairs = zip(question.split(), slipped.split(), strict=True)
    assert sum(one != other for one, other in pairs) <= 1
    assert slipped == with_slips(question, 1)
    assert len({with_slips(question, seed) for seed in range(20)}) > 5
    assert with_slips("a b c", 1) == "a b c"


def test_a_cut_keeps_three_or_four_telling_words() -> None:
    question = "how do I water the tomatoes in the morning with cold rain from a barrel"
    short = cut_short(question, 1).split()
    assert len(short) in (3, 4)
    assert set(short) <= {"water", "tomatoes", "morning", "cold", "rain", "barrel"}
    assert cut_short("", 1) == ""
    assert cut_short("who are you", 1)


def test_no_answers_at_all(garden: Index) -> None:
    (first, *_) = evaluate(garden, [Known("of the", None)]).scores
    assert first.hit_at_1 == 0
