"""A community's own entries: added, suggested, approved, changed, retired, and the packs read again."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from bot.models import AdditionState
from bot.services.exporting import as_pack
from bot.settings import Settings
from bot.wiring import House, open_house
from content.catalog import Catalog
from tests.clock import ManualClock
from tests.conftest import SMALL_PACK
from tests.fakes.platform import Heard, Member, Platform

RESOURCE = {
    "title": "Our tool shed",
    "url": "https://shed.example.org/list",
    "why": "It lists what you may borrow.",
    "topic": "soil",
    "details": "tool, beginner, free",
}
ANSWER = {
    "question": "When do we meet?",
    "answer": "Every Friday at six.",
    "topic": "soil",
    "also": "meeting day\nwhat time is the meetup",
}
TIP = {"title": "Greet a worm", "text": "They like it.", "what": "Say hello.", "done": "It moves.", "topic": "soil"}


async def _suggest(member: Member, kind: str, fields: dict[str, str]) -> Heard:
    return await member.fills(await member.says(f"/suggest {kind}"), **fields)


async def test_an_organisers_entry_is_there_at_once(grace: Member, ada: Member) -> None:
    added = await grace.fills(await grace.says("/content add faq"), **ANSWER)
    assert "Added" in added.text
    assert (await ada.says("/faq what time is the meetup")).reply.title == "When do we meet?"


@pytest.mark.parametrize(("kind", "fields"), [("tip", TIP), ("faq", ANSWER), ("resource", RESOURCE)])
async def test_a_suggestion_waits_for_approval_and_its_author_is_told(
    ada: Member, grace: Member, kind: str, fields: dict[str, str]
) -> None:
    title = fields.get("title") or fields["question"]
    assert "with the organisers" in (await _suggest(ada, kind, fields)).text
    assert "nothing of your own" in (await grace.says("/content list")).text
    heading = {"tip": "Tip", "faq": "Question", "resource": "Resource"}[kind]
    opened = await (await grace.says("/content suggestions")).press(f"{heading}: {title}")
    await opened.press("Approve")
    assert title in (await grace.says("/content list")).text
    assert any("is in" in note for note in (await ada.says("/help")).answer.notes)


async def test_a_declined_suggestion_is_told_kindly_and_not_found(ada: Member, grace: Member) -> None:
    await _suggest(ada, "faq", ANSWER)
    opened = await (await grace.says("/content suggestions")).press("Question: When do we meet?")
    declined = await opened.press("Decline")
    assert any("Thank you" in note for note in (await ada.says("/help")).answer.notes)
    assert (await ada.says("/faq what time is the meetup")).reply.title != "When do we meet?"
    await declined.press("Approve after all")
    assert (await ada.says("/faq what time is the meetup")).reply.title == "When do we meet?"


async def test_an_entry_can_be_edited_retired_and_brought_back(ada: Member, grace: Member) -> None:
    await grace.fills(await grace.says("/content add resource"), **RESOURCE)
    opened = await (await grace.says("/content list")).press("Resource: Our tool shed")
    form = await opened.press("Edit")
    assert form.form.values["details"] == "tool, beginner, free"
    await grace.fills(form, title="The tool shed")
    changed = await ada.says("/resource find soil kind:tool level:beginner")
    assert "The tool shed" in [one.name for one in changed.reply.fields]
    retired = await (await (await grace.says("/content list")).press("Resource: The tool shed")).press("Retire")
    assert "The tool shed" not in (await ada.says("/resource find soil")).text
    await retired.press("Undo")
    found = await ada.says("/resource find soil kind:tool")
    assert "The tool shed" in [one.name for one in found.reply.fields]


async def test_members_cannot_add_or_edit_by_forging(ada: Member, grace: Member) -> None:
    await grace.fills(await grace.says("/content add tip"), **TIP)
    opened = await (await grace.says("/content list")).press("Tip: Greet a worm")
    forged = Heard(ada, opened.answer, opened.interaction)
    assert "organisers" in (await forged.press("Edit")).text
    form = await opened.press("Edit")
    stolen = Heard(ada, form.answer, form.interaction)
    assert "Only the organisers" in (await ada.fills(stolen, title="Mine now")).text
    add = await grace.says("/content add tip")
    assert "Only the organisers" in (await ada.fills(Heard(ada, add.answer, add.interaction), **TIP)).text


async def test_a_bad_address_is_refused_with_the_cure(ada: Member, platform: Platform) -> None:
    wrong = await _suggest(ada, "resource", {**RESOURCE, "url": "javascript:alert(1)"})
    told = wrong.form.errors["url"] if platform.customs.errors_in_form else wrong.text
    assert "https://" in told


async def test_own_entries_survive_a_restart(tmp_path: Path, clock: ManualClock) -> None:
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'x.db'}", content=str(SMALL_PACK))
    async with open_house(settings, clock, strict=True) as house:
        grace = Platform(house.dispatcher, clock).member("grace", admin=True)
        await grace.fills(await grace.says("/content add faq"), **ANSWER)
    async with open_house(settings, clock, strict=True) as house:
        ada = Platform(house.dispatcher, clock).member("ada")
        assert (await ada.says("/faq what time is the meetup")).reply.title == "When do we meet?"


@pytest.fixture
def own_pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL_PACK, tmp_path / "pack"))


async def test_a_bad_pack_leaves_the_old_one_in_place_and_says_why(
    own_pack: Path, tmp_path: Path, clock: ManualClock
) -> None:
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'x.db'}", content=str(own_pack))
    async with open_house(settings, clock, strict=True) as house:
        grace = Platform(house.dispatcher, clock).member("grace", admin=True)
        faqs = own_pack / "faqs" / "all.yaml"
        good = faqs.read_text("utf-8")
        faqs.write_text(good.replace("topics:", "topcis:", 2), "utf-8")
        refused = await grace.says("/content reload")
        assert "Nothing was changed" in refused.text
        assert "faqs/all.yaml:" in refused.text
        assert str(own_pack) not in refused.text
        assert (await grace.says("/faq do worms help")).reply.title == "Do worms help the soil?"
        faqs.write_text(good.replace("Do worms help the soil?", "Do worms help?"), "utf-8")
        assert "Read again" in (await grace.says("/content reload")).text
        assert (await grace.says("/faq do worms help")).reply.title == "Do worms help?"


async def test_a_tip_with_a_new_name_counts_as_seen(own_pack: Path, tmp_path: Path, clock: ManualClock) -> None:
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'x.db'}", content=str(own_pack))
    async with open_house(settings, clock, strict=True) as house:
        platform = Platform(house.dispatcher, clock)
        seen = await platform.member("ada").says("/tip watering")
        tips = own_pack / "tips" / "all.yaml"
        tips.write_text(
            tips.read_text("utf-8").replace("id: water-at-dawn", "id: drench-at-dawn\n  was: [water-at-dawn]")
        )
        await platform.member("grace", admin=True).says("/content reload")
        assert seen.reply.title == "Water at dawn"
        assert (await platform.member("ada").says("/tip watering")).reply.title == "Water at dawn"
        clock.advance(days=1)
        assert (await platform.member("ada").says("/tip watering")).reply.title == "Measure the rain"


async def test_a_bad_pack_stops_the_start(own_pack: Path, tmp_path: Path, clock: ManualClock) -> None:
    (own_pack / "tips" / "broken.yaml").write_text("- id: Not Kebab\n  title: [", "utf-8")
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'x.db'}", content=str(own_pack))
    with pytest.raises(Exception, match=r"broken\.yaml:\d+"):
        async with open_house(settings, clock):
            pass


async def test_two_packs_are_read_as_one(tmp_path: Path, clock: ManualClock, house: House) -> None:
    second = tmp_path / "second"
    (second / "faqs").mkdir(parents=True)
    (second / "pack.yaml").write_text((SMALL_PACK / "pack.yaml").read_text().replace("id: small", "id: second"))
    (second / "topics.yaml").write_text("topics:\n  - {id: bees, title: Bees}\n")
    (second / "faqs" / "bees.yaml").write_text(
        "id: do-bees-sting\nquestion: Do bees sting?\nanswer: Only when you frighten them, so move slowly.\n"
        "topics: [bees]\nas_of: '2026-11'\nsources: [{title: Bees, url: 'https://www.example.org/bees'}]\n"
    )
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'y.db'}", content=f"{SMALL_PACK}{os.pathsep}{second}")
    async with open_house(settings, clock, strict=True) as both:
        ada = Platform(both.dispatcher, clock).member("ada")
        assert (await ada.says("/faq do bees sting")).reply.title == "Do bees sting?"
        assert (await ada.says("/faq do worms help")).reply.title == "Do worms help the soil?"


async def test_own_entries_become_a_pack_that_is_read_beside_the_others(
    grace: Member, house: House, tmp_path: Path
) -> None:
    await grace.fills(await grace.says("/content add tip"), **TIP)
    await grace.fills(await grace.says("/content add resource"), **RESOURCE)
    await grace.fills(await grace.says("/content add faq"), **ANSWER, source="https://www.example.org/meetup")
    community = await house.store.communities.find(grace.speaker.place)  # type: ignore[arg-type]
    assert community is not None
    additions = await house.store.additions.of(community.id, AdditionState.LIVE)
    for name, text in as_pack(additions, community.place, "2026.11").items():
        path = tmp_path / "own" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    together = Catalog.load([SMALL_PACK, tmp_path / "own"])
    assert together.faq("when-do-we-meet") is not None
    assert together.tip("greet-a-worm") is not None
    assert together.resource("our-tool-shed") is not None
