"""Challenges are proved by a reference solution in a process of its own, whatever that solution does."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.services.challenges.data import members_seed
from bot.services.challenges.proving import MEMBERS, Proof, prove
from bot.services.challenges.proving.answers import truths
from bot.services.challenges.proving.proof import SECRET
from content.challenge_model import Challenge, ProjectChallenge, QuizChallenge
from content.loader import load_pack
from tests.content.fixture_packs import GOOD_PACK
from tests.services.challenges.small_proofs import (
    CHANCES,
    NAIVE,
    ORDERS,
    READ,
    RIGHT,
    SOLVE,
    leaving,
    orders,
    solutions,
)

SOME = 20


def proved(challenge: Challenge, folder: Path, source: str, members: int = SOME, seconds: float = 30) -> Proof:
    return prove(challenge, solutions(folder, source, challenge.id), SystemClock(), members, seconds)


def said(proof: Proof) -> str:
    assert not proof.holds
    return "\n".join(f"{fault.says} - {fault.hint}" for fault in proof.found.faults)


def test_a_right_solution_proves_a_challenge_for_200_members(tmp_path: Path) -> None:
    proof = prove(orders(), solutions(tmp_path, RIGHT), SystemClock())
    assert proof.found.faults == ()
    assert "solve() is right for all 200 members" in proof.found.proved
    assert (proof.sets, MEMBERS) == (200, 200)
    assert 0 < proof.making < proof.seconds


def test_the_data_are_the_same_at_every_proof_and_different_for_each_member() -> None:
    seeds = [members_seed(SECRET, 1, orders().id, number) for number in (1, 2)]
    assert truths(orders(), seeds[0]) == truths(orders(), seeds[0]) != truths(orders(), seeds[1])


def test_a_wrong_solution_is_told_with_member_part_and_truth(tmp_path: Path) -> None:
    wrong = SOLVE.replace("means[0]:", "means[1]:")
    text = said(proved(orders(), tmp_path, READ + wrong + NAIVE))
    truth = truths(orders(), members_seed(SECRET, 1, orders().id, 1))[1]
    assert f"For member 1, part 2 asks for a number, {truth!r} within 0.01 %, and “" in text
    assert f"of {SOME} members" in text


def test_an_answer_that_cannot_be_read_is_wrong(tmp_path: Path) -> None:
    text = said(proved(orders(), tmp_path, READ + SOLVE.replace("str(repeated)", '"many"') + NAIVE))
    assert f"solve() is wrong for {SOME} of {SOME} members" in text
    assert "and “many” was sent, which cannot be read" in text


@pytest.mark.parametrize("returned", ['"12"', "[1, 2]", '["1"]', "None", '{"a": "b"}', "{1, 2}", "float"])
def test_what_is_not_one_text_for_each_part_is_refused(tmp_path: Path, returned: str) -> None:
    text = said(proved(orders(), tmp_path, f"def solve(files):\n    return {returned}\n{READ}{NAIVE}"))
    assert "member 1" in text
    assert "solve()" in text
    assert "text" in text


def test_the_usual_mistake_must_not_be_right(tmp_path: Path) -> None:
    text = said(proved(orders(), tmp_path, RIGHT + "\nnaive = solve\n"))
    assert f"naive() is right in the last part for {SOME} of {SOME} members; at most 2 may be" in text


def test_the_usual_mistake_must_be_an_answer(tmp_path: Path) -> None:
    text = said(proved(orders(), tmp_path, READ + SOLVE + 'def naive(files):\n    return ["0", "?"]\n'))
    assert "naive() sent “?” for member 1, which nobody can read as a number" in text


def test_members_must_have_different_answers(tmp_path: Path) -> None:
    column = orders(kind="text", parts=[{"ask": "Which column?", "answer": "most_missing_column"}])
    source = 'def solve(files):\n    return ["city"]\ndef naive(files):\n    return ["order"]\n'
    text = said(proved(column, tmp_path, source))
    assert "members have the same answers: “" in text
    assert "a number as the second part" in text


def test_a_crash_names_member_line_and_error(tmp_path: Path) -> None:
    source = f"{READ}{NAIVE}def solve(files):\n    return [str(1 / 0), '']\n"
    line = source.splitlines().index("    return [str(1 / 0), '']") + 1
    text = said(proved(orders(), tmp_path, source))
    assert f"solve() broke off for member 1 in line {line}: ZeroDivisionError: division by zero" in text


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("def solve(files:\n", "cannot be loaded in line 1: SyntaxError"),
        ("def solve(files):\n    return []\n", "orders-twice.py defines no naive()"),
        ("1 / 0\n", "cannot be loaded in line 1: ZeroDivisionError"),
        ("import pydantic\n", "Use the standard library only."),
        ("import content.generators\n", "Use the standard library only."),
        ("raise SystemExit\n", "cannot be loaded in line 1: SystemExit"),
        ("import os\nos._exit(3)\n", "cannot be loaded: the process ended by itself (3)"),
    ],
)
def test_a_solution_that_cannot_be_loaded_is_told(tmp_path: Path, source: str, words: str) -> None:
    assert words in said(proved(orders(), tmp_path, source))


@pytest.mark.parametrize(("ending", "code"), [("os._exit(3)", 3), ("os.closerange(3, 99)", 1)])
def test_a_solution_that_leaves_in_the_middle_is_told(tmp_path: Path, ending: str, code: int) -> None:
    source = f"{READ}{NAIVE}import os\ndef solve(files):\n    {ending}\n    return ['1', '2']\n"
    assert f"solve() broke off for member 1: the process ended by itself ({code})" in said(
        proved(orders(), tmp_path, source)
    )


def test_a_solution_that_hangs_and_says_nothing_is_ended_too(tmp_path: Path) -> None:
    deaf = "import os\nos.closerange(3, 99)\nwhile True:\n    pass\n"
    assert "cannot be loaded: it stopped talking" in said(proved(orders(), tmp_path, deaf))


def test_a_solution_that_hangs_is_ended(tmp_path: Path) -> None:
    hanging = "def solve(files):\n    while True:\n        pass\n"
    text = said(proved(orders(), tmp_path, READ + NAIVE + hanging, seconds=2))
    assert "solve() broke off for member 1: its 2 s were over" in text
    assert "cannot be loaded: its 0.5 s were over" in said(
        proved(orders(), tmp_path, "while True:\n    pass\n", seconds=0.5)
    )


def test_time_is_counted_for_all_members_together(tmp_path: Path) -> None:
    slow = f"import time\n{RIGHT}\nquick = solve\ndef solve(files):\n    time.sleep(0.1)\n    return quick(files)\n"
    assert "its 1 s were over" in said(proved(orders(), tmp_path, slow, seconds=1))


def test_what_a_solution_prints_or_reads_does_no_harm(tmp_path: Path) -> None:
    noisy = """
import os, sys
print("hello")
os.write(1, b"{}\\n")
sys.stderr.write("x" * 1_000_000)
sys.__stdout__.write("{}\\n")
assert sys.stdin.read() == ""
"""
    assert proved(orders(), tmp_path, noisy + RIGHT).holds


def test_a_solution_sees_neither_the_environment_nor_the_bot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEPWISE_DATABASE_URL", "sqlite:////secret.db")
    alone = """
import os, sys
assert not [name for name in os.environ if name.startswith("STEPWISE_")]
assert os.listdir() == []
assert not [name for name in sys.modules if name.split(".")[0] in ("bot", "content")]
"""
    before = set(sys.modules)
    assert proved(orders(), tmp_path, alone + RIGHT).holds
    assert "solution" not in set(sys.modules) - before


def test_a_solution_cannot_spoil_the_files_of_the_next_call(tmp_path: Path) -> None:
    assert proved(orders(), tmp_path, RIGHT.replace("    return [str", "    files.clear()\n    return [str")).holds


def test_a_missing_solution_says_where_to_put_it_and_what_it_defines(tmp_path: Path) -> None:
    text = said(prove(orders(), tmp_path, SystemClock()))
    assert str(tmp_path / "orders-twice.py") in text
    assert "solve(files)" in text
    assert "naive(files)" in text
    assert "a list of 2 texts" in text
    assert "a CSV with the columns member and left" in said(prove(leaving(), tmp_path, SystemClock()))


def test_predictions_are_scored_on_both_halves_of_every_community(tmp_path: Path) -> None:
    proof = proved(leaving(), tmp_path, CHANCES)
    assert (
        "solve() beats the baseline of 2 on both halves for 2 of 2 communities (log-loss, at worst 0."
        in proof.found.proved
    )
    assert (proof.sets, proof.found.faults) == (2, ())


def test_a_baseline_that_is_too_hard_or_too_easy_is_told(tmp_path: Path) -> None:
    text = said(proved(leaving(baseline=0.1), tmp_path, CHANCES))
    assert "solve() does not beat the baseline of 0.1 on 4 of 4 halves; log-loss is 0." in text
    text = said(proved(leaving(baseline=36.0), tmp_path, CHANCES))
    assert "naive() beats the baseline of 36 on 4 of 4 halves" in text
    assert "half of community " in text


@pytest.mark.parametrize("value", ["True", "5", '"member,left\\nm1,0.5"', '""'])
def test_predictions_that_are_refused_are_told(tmp_path: Path, value: str) -> None:
    text = said(proved(leaving(), tmp_path, f"{CHANCES}\ndef solve(files):\n    return {value}\n"))
    assert "solve()" in text
    assert "community 1" in text
    assert "Return a CSV with the columns member and left" in text


def quiz(**question: object) -> QuizChallenge:
    about = {name: ORDERS[name] for name in ("title", "level", "minutes", "topics", "task", "solution", "as_of")}
    return QuizChallenge.model_validate({**about, "id": "a-quiz", "kind": "quiz", "questions": [question]})


def test_every_question_and_rubric_of_the_good_pack_is_proved(tmp_path: Path) -> None:
    found = [one for one in load_pack(GOOD_PACK).challenges if isinstance(one, QuizChallenge | ProjectChallenge)]
    proofs = [prove(one, tmp_path, SystemClock()) for one in found]
    assert sorted(proof.found.proved for proof in proofs if proof.holds) == [
        "3 criteria, each with 3 or 4 levels that differ",
        "right answers count and wrong ones do not in 4 questions",
    ]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ({"kind": "number", "right": 10, "tolerance": {"absolute": 50}}, "Question 1 accepts 21.0. - Narrow"),
        ({"kind": "choice", "options": ["A", "A"], "right": "A"}, "Question 1 accepts 'A'."),
        ({"kind": "order", "options": ["A", "B", "B"], "right": ["A", "B", "B"]}, "accepts 'A' + 'B' + 'B'"),
        ({"kind": "choices", "options": ["A", "B", "B"], "right": ["A", "B"]}, "accepts 'A' + 'B' + 'B'"),
    ],
)
def test_a_question_that_accepts_too_much_is_told(tmp_path: Path, question: dict[str, object], words: str) -> None:
    assert words in said(prove(quiz(ask="What?", explain="So.", **question), tmp_path, SystemClock()))


def test_a_rubric_that_says_one_thing_twice_is_told(tmp_path: Path) -> None:
    (good,) = [one for one in load_pack(GOOD_PACK).challenges if isinstance(one, ProjectChallenge)]
    doubled = good.model_copy(update={"rubric": (good.rubric[0], *good.rubric)})
    assert "Two criteria are called 'The soil is known'" in said(prove(doubled, tmp_path, SystemClock()))
    same = good.rubric[0].model_copy(update={"levels": ("It is named.", "it is named.", "Great.")})
    vague = good.model_copy(update={"rubric": (same, *good.rubric[1:])})
    assert "Two levels of 'The soil is known' read 'it is named.'" in said(prove(vague, tmp_path, SystemClock()))
