from __future__ import annotations

from pathlib import Path

import pytest

from content.catalog import Catalog
from content.library import Library
from content.problem import ContentProblems
from tests.content.fixture_packs import GOOD_PACK, TODAY, good_copy


@pytest.fixture
def catalog() -> Catalog:
    return Catalog.load([GOOD_PACK], TODAY)


def test_entries_are_found_by_id(catalog: Catalog) -> None:
    assert (tip := catalog.tip("feel-your-soil")) and tip.minutes == 5
    assert (faq := catalog.faq("when-is-compost-ready")) and faq.question == "When is my compost ready?"
    assert (resource := catalog.resource("compost-course")) and resource.hours == 7.5
    assert (step := catalog.step("first-heap")) and step.needs == ("know-your-ground",)
    assert catalog.path("first-year") and catalog.challenge("weigh-a-bucket")
    assert catalog.tip("compost-course") is None


def test_old_ids_still_lead_to_their_entry(tmp_path: Path) -> None:
    pack = good_copy(tmp_path)
    file = pack / "tips" / "soil.yaml"
    file.write_text(file.read_text().replace("- id: feel-your-soil", "- id: press-your-soil\n  was: [feel-your-soil]"))
    catalog = Catalog.load([pack], TODAY)
    assert catalog.tip("feel-your-soil") is catalog.tip("press-your-soil") is not None


@pytest.mark.parametrize("words", ["soil", " Soil ", "EARTH", "ground"])
def test_topics_are_found_by_any_name(catalog: Catalog, words: str) -> None:
    topic = catalog.topics.named(words)
    assert topic is not None
    assert topic.id == "soil"


def test_topics_form_a_tree(catalog: Catalog) -> None:
    assert catalog.topics.with_below("soil") == {"soil", "compost"}
    assert [topic.id for topic in catalog.topics.above("compost")] == ["soil"]
    assert [topic.id for topic in catalog.topics.roots()] == ["soil"]
    assert catalog.topics.title("humus") == "Compost"
    assert [tip.id for tip in catalog.tips_about("compost")] == ["turn-the-heap"]
    assert len(catalog.resources_about("soil")) == 2


def test_related_questions_go_both_ways(catalog: Catalog) -> None:
    assert [faq.id for faq in catalog.related("which-soil-for-carrots")] == ["when-is-compost-ready"]
    assert [faq.id for faq in catalog.related("when-is-compost-ready")] == ["which-soil-for-carrots"]
    assert catalog.related("nothing") == ()


def test_words_that_mean_the_same(catalog: Catalog) -> None:
    assert ("vegetables", "greens") in catalog.words
    assert ("Soil", "earth", "ground") in catalog.words


def test_the_fingerprint_follows_the_content_and_not_the_layout(tmp_path: Path) -> None:
    pack = good_copy(tmp_path)
    before = Catalog.load([pack], TODAY).fingerprint
    file = pack / "tips" / "soil.yaml"
    file.write_text("# A new comment.\n" + file.read_text())
    assert Catalog.load([pack], TODAY).fingerprint == before
    file.write_text(file.read_text().replace("minutes: 5", "minutes: 6"))
    assert Catalog.load([pack], TODAY).fingerprint != before


def test_a_bad_pack_is_refused_with_every_reason(tmp_path: Path) -> None:
    pack = good_copy(tmp_path)
    (pack / "tips" / "bad.yaml").write_text("- id: a\n- id: b\n")
    with pytest.raises(ContentProblems) as refused:
        Catalog.load([pack], TODAY)
    assert {(each.code, each.place.line) for each in refused.value.problems} == {("SHP002", 1), ("SHP002", 2)}
    assert "tips/bad.yaml:2 SHP002" in str(refused.value)


def test_warnings_do_not_stop_the_bot(tmp_path: Path) -> None:
    pack = good_copy(tmp_path)
    file = pack / "faqs" / "soil.yaml"
    file.write_text(file.read_text().replace("2026-10", "2020-01").replace("    - is clay bad for long roots\n", ""))
    assert Catalog.load([pack], TODAY).faqs


def test_reload_is_all_or_nothing(tmp_path: Path) -> None:
    pack = good_copy(tmp_path)
    library = Library([pack], lambda: TODAY)
    first = library.current
    file = pack / "tips" / "soil.yaml"
    good = file.read_text()
    file.write_text(good.replace("minutes: 5", "minutes: never"))
    assert [problem.code for problem in library.reload()] == ["SHP003"]
    assert library.current is first
    file.write_text(good.replace("minutes: 5", "minutes: 6"))
    assert library.reload() == ()
    assert (tip := library.current.tip("feel-your-soil")) and tip.minutes == 6


def test_a_library_does_not_open_with_a_bad_pack(tmp_path: Path) -> None:
    with pytest.raises(ContentProblems, match="FIL001"):
        Library([tmp_path / "none"])
