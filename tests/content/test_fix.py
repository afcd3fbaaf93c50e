from __future__ import annotations

from pathlib import Path

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content.checks.run import find_problems
from content.fix import fix_packs
from content.loader import load_pack
from tests.content.fixture_packs import TODAY, all_fixtures, good_copy

MENDED = ("FIL003", "FIL007", "FIL010", "TXT003", "LNK002", "REF009")


def test_what_is_mechanical_is_mended(tmp_path: Path) -> None:
    for code in MENDED:
        folder = all_fixtures()[code].build(tmp_path / code)
        assert fix_packs([load_pack(folder)])
        assert find_problems([load_pack(folder)], TODAY) == ()
        assert fix_packs([load_pack(folder)]) == []


def test_everything_else_stays_byte_for_byte(tmp_path: Path) -> None:
    pack = good_copy(tmp_path)
    file = pack / "tips" / "soil.yaml"
    before = file.read_text()
    spoiled = (
        before.replace("open your hand.", "open your hand  # yes, open it", 1)
        .replace("before you plant.", "before you plant", 1)
        .replace("need to breathe.", "need to breathe", 1)
        .replace("for ten minutes.", "for ten minutes", 1)
        .replace("two days later.", "two days later", 1)
    )
    file.write_text(spoiled)
    changes = fix_packs([load_pack(pack)])
    assert file.read_text() == before.replace("open your hand.", "open your hand.  # yes, open it", 1)
    assert [change.place.line for change in changes] == [4, 7, 15, 18, 19]


def test_trackers_leave_the_rest_of_the_address_alone(tmp_path: Path) -> None:
    pack = good_copy(tmp_path)
    file = pack / "faqs" / "soil.yaml"
    text = file.read_text()
    tracked = text.replace("org/compost", "org/compost?b=2&utm_source=x&a=1#top").replace(
        "A carrot root", "A [carrot](https://www.example.org/c?fbclid=7&p=1) root"
    )
    file.write_text(tracked)
    fix_packs([load_pack(pack)])
    after = file.read_text()
    assert "https://www.example.org/compost?b=2&a=1#top\n" in after
    assert "[carrot](https://www.example.org/c?p=1)" in after


def test_unfinished_sentences_are_left_to_people(tmp_path: Path) -> None:
    pack = good_copy(tmp_path)
    file = pack / "tips" / "soil.yaml"
    file.write_text(file.read_text().replace("open your hand.", "do this,", 1))
    before = file.read_text()
    assert fix_packs([load_pack(pack)]) == []
    assert file.read_text() == before


def test_rights_and_links_are_kept(tmp_path: Path) -> None:
    pack = good_copy(tmp_path)
    file = pack / "tips" / "soil.yaml"
    real = tmp_path / "real.yaml"
    file.rename(real)
    file.symlink_to(real)
    real.write_text(real.read_text().replace("open your hand.", "open your hand", 1))
    real.chmod(0o640)
    assert fix_packs([load_pack(pack)])
    assert file.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


TEXTS = st.text(st.sampled_from("ab .:#'\"\n-[]{}*&!?é😀"), max_size=30)


@given(TEXTS, TEXTS, st.sampled_from([None, "'", '"', "|", ">"]))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_mending_never_changes_another_word(tmp_path: Path, one: str, other: str, style: str | None) -> None:
    pack = tmp_path / "pack"
    (pack / "tips").mkdir(parents=True, exist_ok=True)
    file = pack / "tips" / "a.yaml"
    file.write_text(yaml.dump([{"id": "x", "try": one, "done": other}], default_style=style, allow_unicode=True))
    before = load_pack(pack).entries[0].data
    fix_packs([load_pack(pack)])
    after = load_pack(pack).entries[0].data
    for field, text in before.items():
        old, new = text.rstrip() if isinstance(text, str) else text, after[field]
        assert new == text or (isinstance(new, str) and new.rstrip() in (old, old + "."))
