"""The dashboard and the alerts ask for figures that there are, and no figure of ours is left out."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from bot.models.pulse import Pulse
from bot.operate.measures import Measures

ROOT = Path(__file__).parents[2]
OPERATE = ROOT / "docs" / "operate"
STORIES = Path(__file__).with_name("alerts.test.yaml")
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
FIGURE = re.compile(r"\b(?:stepwise|process|python)_\w+|\bup\b")
GROUPED = re.compile(r"\bby \(([^)]*)\)")
CHOSEN = re.compile(r"(\w+)(?:=~|!=|!~|=)\"([^\"]*)\"")
# Prometheus itself brings these along.
BROUGHT = {"job", "instance"}


def figures() -> dict[str, dict[str, set[str]]]:
    """Return the name of each figure that /metrics prints, with its labels and what they say."""
    measures = Measures("1.0")
    measures.call("tip", "discord", "done", 0.1)
    measures.store("read", 0.01)
    measures.incident()
    pulse = Pulse(1, {"sent": 1}, None, None, troubled_schedules=1, beat=NOW, file_bytes=1, log_bytes=1)
    measures.pulse(pulse, NOW)
    measures.state({"discord": True}, ready=True, backup_age=1.0)
    found: dict[str, dict[str, set[str]]] = {"up": {}}
    for family in text_string_to_metric_families(measures.text().decode()):
        for sample in family.samples:
            labels = found.setdefault(sample.name, defaultdict(set))
            for name, value in sample.labels.items():
                labels[name].add(value)
    return found


def panels() -> list[dict[str, Any]]:
    board = json.loads((OPERATE / "grafana.json").read_text("utf-8"))
    listed: list[dict[str, Any]] = board["panels"]
    return listed


def rules() -> list[dict[str, Any]]:
    groups = yaml.safe_load((OPERATE / "alerts.yaml").read_text("utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def questions() -> list[str]:
    return [target["expr"] for panel in panels() for target in panel["targets"]] + [rule["expr"] for rule in rules()]


@pytest.mark.parametrize("question", questions())
def test_every_question_asks_for_figures_that_there_are(question: str) -> None:
    if "process_" in question and not Path("/proc/stat").exists():
        pytest.skip("this system does not tell what a process uses")
    known = figures()
    asked = FIGURE.findall(question)
    assert asked
    assert [name for name in asked if name not in known] == []
    labels = {label for name in asked for label in known[name]} | BROUGHT
    grouped = {label.strip() for group in GROUPED.findall(question) for label in group.split(",")}
    assert grouped <= labels
    for label, value in CHOSEN.findall(question):
        said = {one for name in asked for one in known[name].get(label, ())}
        assert label in BROUGHT or value in said


def test_no_figure_of_ours_is_looked_at_by_nobody() -> None:
    asked = " ".join(questions())
    ours = {name for name in figures() if name.startswith("stepwise_")}
    families = {re.sub(r"_(bucket|sum|count|created)$", "", name).removesuffix("_total") for name in ours}
    assert sorted(family for family in families if family not in asked) == []


def test_the_panels_stand_beside_each_other() -> None:
    taken: dict[tuple[int, int], str] = {}
    for panel in panels():
        at = panel["gridPos"]
        for place in [(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])]:
            assert place[0] < 24
            assert taken.setdefault(place, panel["title"]) == panel["title"]
    assert len({panel["id"] for panel in panels()}) == len(panels())


def test_the_words_of_a_legend_are_labels() -> None:
    known = figures()
    for panel in panels():
        for target in panel["targets"]:
            labels = {label for name in FIGURE.findall(target["expr"]) for label in known.get(name, ())} | BROUGHT
            assert set(re.findall(r"{{(\w+)}}", target["legendFormat"])) <= labels


def test_every_alert_says_what_to_do_and_has_its_story() -> None:
    stories = STORIES.read_text("utf-8")
    for rule in rules():
        assert rule["annotations"].keys() == {"summary", "cure"}
        assert rule["labels"]["severity"] in {"page", "ticket"}
        assert rule["alert"] in stories


def test_alerts_and_scraping_agree_on_the_name_of_the_job() -> None:
    config = yaml.safe_load((OPERATE / "prometheus.yaml").read_text("utf-8"))
    assert [one["job_name"] for one in config["scrape_configs"]] == ["stepwise"]
    assert set(re.findall(r'job="(\w+)"', (OPERATE / "alerts.yaml").read_text("utf-8"))) == {"stepwise"}
    assert all((OPERATE / name).is_file() for name in config["rule_files"])


@pytest.mark.skipif(shutil.which("promtool") is None, reason="Prometheus' own tool is not here")
def test_the_alerts_are_raised_as_the_stories_tell() -> None:
    ran = subprocess.run(
        ["promtool", "test", "rules", str(STORIES)], capture_output=True, text=True, check=False, timeout=120
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
