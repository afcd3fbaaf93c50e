"""The coverage page counts what the packs hold and names what is thin."""

from __future__ import annotations

from pathlib import Path

from content.coverage_page import coverage_page
from content.loader import load_pack
from tests.content.fixture_packs import GOOD_PACK, good_copy

TIP = """\
- id: let-it-lie
  title: Let one bed lie for a winter
  text: Ground that rests under leaves is loose in spring, and the worms have done the digging for you all winter long.
  try: Cover one bed with leaves.
  done: No earth can be seen.
  minutes: 10
  level: expert
  topics: [soil, compost]
  as_of: "2026-10"
"""


def _row(page: str, name: str) -> list[str]:
    lines = [[cell.strip(" *") for cell in line.split("|")[1:-1]] for line in page.splitlines() if line[:1] == "|"]
    return next(cells[1:] for cells in lines if cells[0].removeprefix("… ") == name)


def test_an_entry_counts_for_each_of_its_subjects_and_once_in_all(tmp_path: Path) -> None:
    folder = good_copy(tmp_path)
    before = coverage_page([load_pack(folder)])
    (folder / "tips" / "winter.yaml").write_text(TIP, "utf-8")
    after = coverage_page([load_pack(folder)])
    for name in ("Soil", "Compost", "all", "expert"):
        assert int(_row(after, name)[0]) == int(_row(before, name)[0]) + 1
    assert _row(after, "beginner") == _row(before, "beginner")


def test_every_path_shows_its_steps_and_hours() -> None:
    pack = load_pack(GOOD_PACK)
    page = coverage_page([pack])
    for path in pack.paths:
        row = _row(page, path.title)
        assert row[2] == str(len(path.steps))
        assert float(row[-1]) == sum(step.hours for step in path.steps)


def test_what_is_thin_is_named() -> None:
    page = coverage_page([load_pack(GOOD_PACK)])
    thin = next(line for line in page.splitlines() if line.startswith("Thin"))
    assert "1 tip" in thin
    assert "steps" not in thin.split(":", 1)[1]
