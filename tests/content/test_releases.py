"""What was released can be renamed, merged and retired, and never be lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from content.catalog import Catalog
from content.checks.run import find_errors, find_problems
from content.cli import content_app
from content.loader import load_pack, load_packs
from content.released import Released, ReleasedPath, read_released
from content.releasing import released_text
from tests.content.fixture_packs import GOOD_PACK, TODAY, all_fixtures, good_copy

APP = content_app(lambda: [GOOD_PACK], lambda: TODAY)
FIRST_HEAP = "      - id: first-heap\n"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return good_copy(tmp_path)


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert text.count(old) == 1
    file.write_text(text.replace(old, new))


def path_of(pack: Path) -> Path:
    return pack / "paths" / "first-year.yaml"


def without_the_heap(pack: Path) -> None:
    text = path_of(pack).read_text()
    path_of(pack).write_text(text[: text.index(FIRST_HEAP)])


def rename_the_heap(pack: Path) -> None:
    change(path_of(pack), FIRST_HEAP, "      - id: build-a-heap\n        was: [first-heap]\n")


def codes(*packs: Path) -> list[str]:
    return [each.code for each in find_errors(load_packs(packs), TODAY)]


def release(pack: Path) -> Result:
    return CliRunner().invoke(APP, ["release", str(pack)])


def record(pack: Path) -> Released:
    file, problems = read_released(pack)
    assert file is not None
    assert problems == []
    return file.record


def test_a_renamed_step_carries_over(pack: Path) -> None:
    change(path_of(pack), FIRST_HEAP, "      - id: build-a-heap\n")
    assert codes(pack) == ["HIS004"]
    change(path_of(pack), "      - id: build-a-heap\n", "      - id: build-a-heap\n        was: [first-heap]\n")
    assert codes(pack) == []


def test_two_steps_may_become_one(pack: Path) -> None:
    without_the_heap(pack)
    change(path_of(pack), "      - id: know-your-ground\n", "      - id: know-your-ground\n        was: [first-heap]\n")
    assert codes(pack) == []


def test_an_old_id_is_kept_by_every_later_release(pack: Path) -> None:
    rename_the_heap(pack)
    assert release(pack).output == "Released kitchen-garden 2026.10.\n"
    assert record(pack).was == {"build-a-heap": ("first-heap",)}
    change(path_of(pack), "        was: [first-heap]\n", "")
    (found,) = find_errors([load_pack(pack)], TODAY)
    assert found.code == "HIS005"
    assert found.place.file == path_of(pack)
    assert "'first-heap' was taken out of 'build-a-heap'" in str(found)


def test_an_old_id_moves_on_with_the_second_renaming(pack: Path) -> None:
    rename_the_heap(pack)
    release(pack)
    change(path_of(pack), "build-a-heap\n        was: [first-heap]", "heap\n        was: [build-a-heap]")
    assert codes(pack) == ["HIS005"]
    change(path_of(pack), "was: [build-a-heap]", "was: [build-a-heap, first-heap]")
    assert codes(pack) == []
    release(pack)
    assert record(pack).was == {"heap": ("build-a-heap", "first-heap")}


def test_a_retired_step_can_still_be_named(pack: Path) -> None:
    rename_the_heap(pack)
    release(pack)
    text = path_of(pack).read_text()
    path_of(pack).write_text(text[: text.index("      - id: build-a-heap")])
    change(pack / "pack.yaml", "language: en\n", "language: en\nretired: [build-a-heap]\n")
    assert codes(pack) == []
    assert release(pack).exit_code == 0
    assert codes(pack) == []
    catalog = Catalog.load([pack], TODAY)
    assert catalog.step("build-a-heap") is None
    assert catalog.released_title("build-a-heap") == "Build the first heap"
    assert catalog.released_title("first-heap") == "Build the first heap"
    assert catalog.released_title("never-there") is None


@pytest.mark.parametrize("kind", ["tips", "faqs", "resources", "challenges", "paths"])
def test_nothing_that_members_keep_may_vanish(kind: str, pack: Path) -> None:
    for file in (pack / kind).iterdir():
        file.unlink()
    gone = [each for each in find_errors([load_pack(pack)], TODAY) if each.code == "HIS004"]
    released = record(pack)
    ids = {*getattr(released, kind), *(released.steps if kind == "paths" else ())}
    assert {name for name in ids if any(f"{name!r}" in each.message for each in gone)} == ids
    assert len(gone) == len(ids)
    assert {each.place.file.name for each in gone} == {"released.yaml"}


def test_a_broken_file_is_not_taken_for_a_loss(pack: Path) -> None:
    change(pack / "tips" / "soil.yaml", "title: Take", "title: 'Take")
    found = codes(pack)
    assert "YML001" in found
    assert "HIS004" not in found


def test_an_entry_may_move_to_another_pack(pack: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    (other / "challenges").mkdir(parents=True)
    (pack / "challenges" / "weigh.yaml").rename(other / "challenges" / "weigh.yaml")
    text = (pack / "pack.yaml").read_text()
    (other / "pack.yaml").write_text(text.replace("id: kitchen-garden", "id: other"))
    assert codes(pack, other) == []
    assert sorted(codes(pack)) == ["HIS004", "REF005"]


def test_a_young_pack_needs_no_record(pack: Path) -> None:
    (pack / "released.yaml").unlink()
    assert [each.code for each in find_problems([load_pack(pack)], TODAY)] == ["HIS009"]
    change(pack / "pack.yaml", '"2026.10"', '"0.9"')
    assert find_problems([load_pack(pack)], TODAY) == ()
    assert Catalog.load([pack], TODAY).released_title("first-heap") is None


def test_a_pack_with_errors_is_not_released(tmp_path: Path) -> None:
    pack = all_fixtures()["HIS004"].build(tmp_path / "pack")
    before = (pack / "released.yaml").read_bytes()
    result = release(pack)
    assert result.exit_code == 1
    assert "HIS004" in result.output
    assert "Nothing was released: first mend 1 error." in result.output
    assert (pack / "released.yaml").read_bytes() == before


def test_a_second_release_changes_nothing(pack: Path) -> None:
    assert release(pack).output == "Already released and unchanged: kitchen-garden 2026.10.\n"
    change(pack / "pack.yaml", '"2026.10"', '"2026.11"')
    assert release(pack).output == "Released kitchen-garden 2026.11.\n"
    assert record(pack).version == "2026.11"


def test_a_missing_pack_is_refused(tmp_path: Path) -> None:
    result = release(tmp_path / "none")
    assert result.exit_code == 1
    assert "FIL001" in result.output


def test_a_pack_in_use_is_released_among_its_neighbours(pack: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    (other / "tips").mkdir(parents=True)
    (other / "pack.yaml").write_text((pack / "pack.yaml").read_text().replace("kitchen-garden", "other"))
    tip = "\n- id:".join((pack / "tips" / "soil.yaml").read_text().split("\n- id:")[:2])
    (other / "tips" / "soil.yaml").write_text(tip.replace("feel-your-soil", "smell-your-soil"))
    alone = content_app(lambda: [], lambda: TODAY)
    assert CliRunner().invoke(alone, ["release", str(other)]).exit_code == 1
    together = content_app(lambda: [pack, other], lambda: TODAY)
    assert CliRunner().invoke(together, ["release", str(other)]).output == "Released other 2026.10.\n"
    assert record(other).tips == ("smell-your-soil",)


@pytest.mark.parametrize("name", ["no", "12", "1e5", "null", "0x1f", "a-b", "on", "plain"])
def test_awkward_names_survive_the_file(name: str, tmp_path: Path) -> None:
    title = 'He said: "no" # \\ — ünïcode'
    said = Released(
        pack=name,
        version="1.0",
        paths={name: ReleasedPath(title=title, stages=(name,))},
        steps={f"s-{name}": title},
        tips=(f"t{name}", name),
        was={name: ("1", name)},
    )
    (tmp_path / "released.yaml").write_text(released_text(said), encoding="utf-8")
    assert record(tmp_path) == said.model_copy(update={"tips": tuple(sorted(said.tips))})


def test_a_record_that_was_tampered_with_is_refused(pack: Path) -> None:
    for text in ("", "- a\n", "pack: [\n", 'pack: kitchen-garden\nversion: "1"\ntips: [5]\n'):
        (pack / "released.yaml").write_text(text)
        assert codes(pack) == ["HIS008"], text
