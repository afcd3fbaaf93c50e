"""Challenge files: four kinds of one format, and what the checks say of each."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest
import yaml
from typer.testing import CliRunner

from content.catalog import Catalog
from content.challenge_model import (
    AnswerChallenge,
    AnyChallenge,
    ChallengeKind,
    PredictionsChallenge,
    ProjectChallenge,
    QuizChallenge,
    challenge_from_json,
    challenge_to_json,
)
from content.challenge_templates import CHALLENGE_TEMPLATES
from content.checks.run import find_problems
from content.cli import content_app
from content.fix import fix_packs
from content.loader import load_pack, load_packs
from content.metric_names import Metric
from content.scaffold import CannotScaffold, scaffold
from content.schema import schemas
from tests.content.fixture_packs import GOOD_PACK, TODAY, good_copy

CATALOG = Catalog.load([GOOD_PACK], TODAY)
SCHEMA = schemas()["challenges.schema.json"]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return good_copy(tmp_path)


def challenge(name: str) -> AnyChallenge:
    found = CATALOG.challenge(name)
    assert isinstance(found, AnyChallenge)
    return found


def change(pack: Path, file: str, old: str, new: str) -> None:
    path = pack / "challenges" / file
    text = path.read_text()
    assert text.count(old) == 1, text.count(old)
    path.write_text(text.replace(old, new))


def said(pack: Path) -> list[tuple[str, int, str]]:
    return [(each.code, each.place.line, each.message) for each in find_problems([load_pack(pack)], TODAY)]


def codes(pack: Path) -> list[str]:
    return [code for code, _, _ in said(pack)]


def test_the_kind_decides_the_fields() -> None:
    assert {type(each) for each in CATALOG.challenges} == {
        AnswerChallenge, PredictionsChallenge, QuizChallenge, ProjectChallenge,
    }  # fmt: skip
    assert {each.kind for each in CATALOG.challenges} == set(ChallengeKind)


def test_answers() -> None:
    found = challenge("the-busiest-day")
    assert isinstance(found, AnswerChallenge)
    assert [found.kind_of(part) for part in found.parts] == ["text", "number"]
    assert found.parts[1].tolerance
    assert (found.parts[1].tolerance.relative, found.parts[1].tolerance.absolute) == (0.001, 0.01)
    assert (found.data.generator, found.data.params, found.data.format) == ("time-series", {}, "csv")


def test_predictions() -> None:
    found = challenge("who-gives-up-the-plot")
    assert isinstance(found, PredictionsChallenge)
    assert (found.metric, found.metric_name, found.k) == (Metric.ROC_AUC, "roc-auc", None)
    assert found.model_copy(update={"metric": Metric.MAP_AT_K, "k": 5}).metric_name == "map@5"
    assert found.data.params == {"train": 400, "test": 200}


def test_quizzes() -> None:
    found = challenge("what-worms-know")
    assert isinstance(found, QuizChallenge)
    assert [question.right_options for question in found.questions] == [
        ("Air",), ("Dry leaves", "Peels"), ("Collect", "Turn", "Spread"), (),
    ]  # fmt: skip
    assert found.questions[3].right == 60.0


def test_projects() -> None:
    found = challenge("plan-a-bed")
    assert isinstance(found, ProjectChallenge)
    assert [len(criterion.levels) for criterion in found.rubric] == [3, 3, 4]


def test_points_follow_the_level() -> None:
    points = {str(each.level): each.points for each in CATALOG.challenges}
    assert points == {"beginner": 10, "intermediate": 20, "advanced": 30, "expert": 40}


@pytest.mark.parametrize("found", CATALOG.challenges, ids=lambda each: each.id)
def test_a_round_can_keep_its_challenge(found: AnyChallenge) -> None:
    assert challenge_from_json(challenge_to_json(found)) == found


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("weigh.yaml", "kind: number", "kind: numbr", "SHP004"),
        ("weigh.yaml", "kind: number\n", "", "SHP002"),
        ("weigh.yaml", "kind: number", "kind: [number]", "SHP004"),
        ("weigh.yaml", "    cost: 2", "    cost: 2.5", "SHP003"),
        ("weigh.yaml", "    cost: 2", "    cost: 2\n    price: 2", "SHP001"),
        ("weigh.yaml", "{relative: 0.001}", "{relative: 2}", "SHP005"),
        ("weigh.yaml", "format: csv", "format: excel", "SHP004"),
        ("weigh.yaml", "minutes: 20", "minutes: 2", "SHP005"),
        ("weigh.yaml", "solution:", f"{'  - {text: More., cost: 1}%' * 3}solution:".replace("%", "\n"), "SHP006"),
        ("harvest.yaml", "metric: roc-auc", "metric: auc", "SHP004"),
        ("harvest.yaml", "step: 0.005", "step: 0", "SHP005"),
        ("quiz.yaml", "right: Air", "right: true", "SHP007"),
        ("quiz.yaml", "[Air, Water, Sun]", "[1, 2, 3]", "SHP003"),
        ("plan.yaml", "[Nothing is said of it., It is named., ", "[It is named., ", "SHP006"),
        ("plan.yaml", "asks_for: A link to", "asks_for: >-\n  TODO: Say", "TXT008"),
        ("plan.yaml", "Only its author can.", "Only its author can", "TXT003"),
        ("plan.yaml", "Only its author can.", "<b>Only</b> its author can.", "TXT004"),
        ("quiz.yaml", "glass never grew.", "glass never grew @here.", "TXT005"),
        ("weigh.yaml", "Look at the column `order` first.", "See [this](http://example.org/a).", "LNK001"),
    ],
)  # fmt: skip
def test_broken_files_are_told_at_their_line(pack: Path, file: str, old: str, new: str, code: str) -> None:
    before = (pack / "challenges" / file).read_text()
    line = before[: before.index(old)].count("\n") + 1
    change(pack, file, old, new)
    found = said(pack)
    assert code in {each for each, _, _ in found} <= {code, "HIS004", "REF005"}, found
    assert any(each == code and abs(at - line) <= 3 for each, at, _ in found), (line, found)


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("weigh.yaml", "orders: 120", "orders: many", "CHL002"),
        ("weigh.yaml", "orders: 120", "order: 120", "CHL002"),
        ("weigh.yaml", "    tolerance: {relative: 0.001}\n", "", "CHL006"),
        ("weigh.yaml", "{relative: 0.001}", "{relative: 0.5}", "CHL006"),
        ("weigh.yaml", "{relative: 0.001}", "{relative: 1.0e-9}", "CHL006"),
        ("weigh.yaml", "    tolerance: {relative: 0.001}", "    tolerance: {absolute: 1}\n    accept: {}", "CHL006"),
        ("rhythm.yaml", "busiest_weekday\n", "busiest_weekday\n      accept: {order: any}\n", "CHL006"),
        ("rhythm.yaml", "busiest_weekday\n", "busiest_weekday\n      tolerance: {absolute: 1}\n", "CHL006"),
        ("rhythm.yaml", "kind: number", "kind: text", "CHL005"),
        ("rhythm.yaml", "{generator: time-series}", "{generator: churn-table}", "CHL004"),
        ("harvest.yaml", "metric: roc-auc", "metric: map@k", "CHL008"),
        ("harvest.yaml", "metric: roc-auc", "metric: map@k\nk: 5", "CHL007"),
        ("harvest.yaml", "baseline: 0.78", "baseline: -0.2", "CHL009"),
        ("harvest.yaml", "baseline: 0.78", "baseline: 1.0", "CHL009"),
        ("harvest.yaml", "prediction_column: left", "prediction_column: member", "CHL010"),
        ("quiz.yaml", "right: Air", "right: [Air]", "CHL012"),
        ("quiz.yaml", "right: Air", "right: 1", "CHL012"),
        ("quiz.yaml", "right: 60", "right: sixty", "CHL012"),
        ("quiz.yaml", "right: [Dry leaves, Peels]", "right: [Peels, Peels]", "CHL012"),
        ("quiz.yaml", "right: [Collect, Turn, Spread]", "right: [Collect, Turn]", "CHL012"),
        ("quiz.yaml", "[Air, Water, Sun]", "[Air, Water, water]", "CHL011"),
        ("quiz.yaml", "    right: 60", "    options: [one, two]\n    right: 60", "CHL011"),
        ("quiz.yaml", "    right: Air", "    tolerance: {absolute: 1}\n    right: Air", "CHL011"),
    ],
)  # fmt: skip
def test_what_does_not_fit_together_is_told(pack: Path, file: str, old: str, new: str, code: str) -> None:
    change(pack, file, old, new)
    assert code in set(codes(pack)) <= {code, "CHL007"}, said(pack)


def test_lower_is_better_for_errors(pack: Path) -> None:
    change(pack, "harvest.yaml", "generator: churn-table", "generator: price-table")
    change(pack, "harvest.yaml", "metric: roc-auc", "metric: rmse")
    change(pack, "harvest.yaml", "id_column: member", "id_column: car")
    change(pack, "harvest.yaml", "prediction_column: left", "prediction_column: price")
    assert codes(pack) == []
    change(pack, "harvest.yaml", "baseline: 0.78", "baseline: 0.001")
    assert codes(pack) == ["CHL009"]


def test_an_unknown_kind_is_told_once(pack: Path) -> None:
    change(pack, "quiz.yaml", "kind: quiz", "kind: quizz")
    found = [each for each in find_problems([load_pack(pack)], TODAY) if each.place.file.name == "quiz.yaml"]
    assert [each.code for each in found] == ["SHP004"]
    assert "did you mean 'quiz'?" in found[0].hint


def test_fix_mends_texts_inside_a_challenge(pack: Path) -> None:
    change(pack, "weigh.yaml", "Look at the column `order` first.", "Look at the column `order` first")
    change(pack, "quiz.yaml", "those smell.", "those smell")
    assert codes(pack) == ["TXT003", "TXT003"]
    assert len(fix_packs(load_packs([pack]))) == 2
    assert codes(pack) == []


@pytest.mark.parametrize("form", CHALLENGE_TEMPLATES)
def test_a_new_challenge_only_lacks_words(pack: Path, form: str) -> None:
    file = scaffold("challenge", f"new-{form}-one", pack, TODAY, form)
    assert {each.code for each in find_problems([load_pack(pack)], TODAY) if each.is_error} == {"TXT008"}
    text = file.read_text().replace('["TODO: a topic id"]', "[soil]").replace("TODO: ", "A word: ")
    file.write_text(text)
    assert [each for each in find_problems([load_pack(pack)], TODAY) if each.is_error and each.code != "TXT003"] == []
    jsonschema.validate(yaml.safe_load(text), SCHEMA)


def test_new_on_the_command_line_takes_the_kind(pack: Path) -> None:
    app = content_app(lambda: [pack], lambda: TODAY)
    done = CliRunner().invoke(app, ["new", "challenge", "--kind", "quiz", "--id", "bean-quiz"])
    assert (done.exit_code, "bean-quiz.yaml" in done.output) == (0, True), done.output
    assert "kind: quiz" in (pack / "challenges" / "bean-quiz.yaml").read_text()
    assert CliRunner().invoke(app, ["new", "challenge", "--kind", "poem"]).exit_code == 2


def test_a_new_challenge_of_no_kind_is_refused(pack: Path) -> None:
    with pytest.raises(CannotScaffold, match="number, text, predictions, quiz, project"):
        scaffold("challenge", "new-one", pack, TODAY, "poem")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("weigh.yaml", "orders: 120", "orders: 5"),
        ("weigh.yaml", "orders: 120", "colour: 5"),
        ("weigh.yaml", "answer: repeated_rows", "answer: repeated_row"),
        ("weigh.yaml", "generator: messy-table", "generator: messy"),
        ("quiz.yaml", "kind: choice\n", "kind: guess\n"),
        ("harvest.yaml", "metric: roc-auc", "metric: auc"),
    ],
)
def test_editors_show_what_cannot_be(pack: Path, file: str, old: str, new: str) -> None:
    change(pack, file, old, new)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(yaml.safe_load((pack / "challenges" / file).read_text()), SCHEMA)
