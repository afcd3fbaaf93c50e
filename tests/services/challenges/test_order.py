"""The year: a path lays it out, and what it leaves open follows in the usual order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.services.challenges.order import in_order
from content.catalog import Catalog
from tests.content.fixture_packs import TODAY, good_copy

PACKS = Path(__file__).parents[3] / "content" / "packs"
TRACK = """id: second-year
title: The second year
summary: From the first harvest to the second.
suits: For people whose first harvest was small.
branch_of: first-year
{year}as_of: "2026-10"
stages:
  - id: again
    title: Begin again
    steps:
      - id: rest-one-bed
        title: Let one bed rest
        why: Tired ground gives little.
        do: Choose one bed and cover it with leaves.
        done: You cannot see the soil.
        hours: 1
        topics: [soil]
        resources: [soil-primer]
        needs: [first-heap]
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return good_copy(tmp_path)


def read(file: Path) -> dict[str, Any]:
    found = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def year_of_the_road(pack: Path, *names: str) -> None:
    file = pack / "paths" / "first-year.yaml"
    file.write_text(file.read_text().replace("draws: [data]", f"draws: [data]\nyear: [{', '.join(names)}]"))


def track(pack: Path, *names: str) -> None:
    year = f"year: [{', '.join(names)}]\n" if names else ""
    (pack / "paths" / "second-year.yaml").write_text(TRACK.format(year=year))


def order(pack: Path, track: str = "") -> list[str]:
    return [one.id for one in in_order(Catalog.load([pack], TODAY), track)]


def test_without_a_year_the_files_give_the_order(pack: Path) -> None:
    usual = order(pack)
    assert usual == [one.id for one in Catalog.load([pack], TODAY).challenges]
    assert order(pack, "nobody-knows-it") == usual


def test_the_year_of_a_road_is_for_all_who_have_no_track(pack: Path) -> None:
    usual = order(pack)
    year_of_the_road(pack, "what-worms-know", "plan-a-bed")
    rest = [name for name in usual if name not in ("what-worms-know", "plan-a-bed")]
    assert order(pack) == order(pack, "first-year") == ["what-worms-know", "plan-a-bed", *rest]


def test_a_track_has_a_year_of_its_own_and_the_rest_follows_the_road(pack: Path) -> None:
    year_of_the_road(pack, "what-worms-know", "plan-a-bed")
    track(pack, "weigh-a-bucket", "the-busiest-day")
    first = ["weigh-a-bucket", "the-busiest-day", "what-worms-know", "plan-a-bed"]
    assert order(pack, "second-year")[:4] == first
    assert sorted(order(pack, "second-year")) == sorted(order(pack))


def test_what_trains_other_tracks_alone_comes_last(pack: Path) -> None:
    track(pack)
    file = pack / "challenges" / "rhythm.yaml"
    file.write_text(file.read_text().replace("topics: [soil]", "topics: [soil]\n  steps: [rest-one-bed]", 1))
    assert order(pack, "first-year")[-1] == "the-busiest-day"
    year_of_the_road(pack, "the-busiest-day", "what-worms-know")
    assert order(pack, "second-year")[0] == order(pack)[0] == "the-busiest-day"


def test_each_year_of_the_shipped_packs_names_every_challenge_of_its_pack_once() -> None:
    for pack in (each for each in PACKS.iterdir() if (each / "paths").is_dir()):
        written = sorted(read(file)["id"] for file in pack.glob("challenges/*.yaml"))
        years = [read(file).get("year", []) for file in pack.glob("paths/*.yaml")]
        assert [sorted(year) for year in years if year] == [written] * sum(map(bool, years))


def test_a_challenge_that_was_renamed_keeps_its_week(pack: Path) -> None:
    quiz = pack / "challenges" / "quiz.yaml"
    quiz.write_text(quiz.read_text().replace("id: what-worms-know", "id: what-worms-say\nwas: [what-worms-know]"))
    year_of_the_road(pack, "what-worms-know", "plan-a-bed")
    assert order(pack)[:2] == ["what-worms-say", "plan-a-bed"]
