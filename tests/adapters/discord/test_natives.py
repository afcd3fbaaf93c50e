"""What people on Discord expect beside plain commands: files, menus, completion, their own language."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.discord.service import Account, Presence, on_discord
from bot.core.outgoing import CannotStart
from bot.core.params import Param
from bot.models import Place
from bot.platforms import discord_account
from bot.services.comings import Comings
from bot.settings import Settings
from bot.wiring import House, find_commands
from content.challenge_model import challenge_to_json
from tests.adapters.discord.typing_in import slash_of
from tests.commands.weeks import WEEK, challenge_named
from tests.fakes.discord.channels import Channel
from tests.fakes.discord.heard import Heard
from tests.fakes.discord.people import Member
from tests.fakes.discord.resolved import NotOffered
from tests.fakes.discord.server import FakeDiscord

REGISTRY = find_commands()
SUGGESTED = [
    (command.words, param) for command in REGISTRY.commands for param in command.params if param.arg.suggest is not None
]


@pytest.fixture
def grace(world: FakeDiscord) -> Member:
    return world.guild("Lab").member("grace", admin=True)


class TestAFile:
    @pytest.fixture(autouse=True)
    async def _predictions(self, presence: Presence, house: House, world: FakeDiscord) -> None:
        lab = world.guild("Lab")
        community = await house.store.communities.enter(Place("discord", lab.id), "Lab")
        challenge, now = challenge_named(house, "who-will-leave"), house.dispatcher.clock.now()
        await house.store.rounds.open(community.id, challenge.id, challenge_to_json(challenge), now, now + WEEK)

    async def predictions(self, ada: Member, general: Channel) -> bytes:
        """Say of everybody in the data that they leave with the same likelihood."""
        data = await (await ada.types(general, "/challenge show")).press("Get my data")
        header, *rows = next(file for name, file in data.files.items() if "test" in name).decode().splitlines()
        own = header.split(",").index("member")
        return "\n".join(["member,left", *(f"{row.split(',')[own]},0.5" for row in rows if row)]).encode()

    async def test_goes_with_a_command(self, ada: Member, general: Channel) -> None:
        mine = await self.predictions(ada, general)
        heard = await ada.types(general, "/challenge submit", file=("mine.csv", mine))
        assert "Your public score is now **ROC AUC 0.5**" in heard.text

    async def test_goes_with_a_form(self, ada: Member, general: Channel) -> None:
        mine = await self.predictions(ada, general)
        form = await (await ada.types(general, "/challenge show")).press("Submit")
        assert [(one.name, one.kind) for one in form.modal.fields] == [("file", 19)]
        assert "Your public score is now **ROC AUC 0.5**" in (await form.fills(file=("mine.csv", mine))).text

    async def test_opens_the_form_when_it_is_left_out(self, ada: Member, general: Channel) -> None:
        form = await ada.types(general, "/challenge submit")
        assert form.modal.title == "Your predictions"

    async def test_that_is_no_table_is_refused_kindly(self, ada: Member, general: Channel) -> None:
        heard = await ada.types(general, "/challenge submit", file=("cat.png", b"\x89PNG\r\n"))
        assert "went wrong" not in heard.text
        assert heard.ephemeral

    async def test_that_cannot_be_fetched_is_asked_for_again(
        self, ada: Member, general: Channel, world: FakeDiscord, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(world.shelf, "find", lambda _: None)
        heard = await ada.types(general, "/challenge submit", file=("mine.csv", b"member,left\n"))
        assert "Please send it once more." in heard.text

    async def test_that_is_too_large_is_not_even_fetched(
        self, ada: Member, general: Channel, world: FakeDiscord, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(world.shelf, "find", lambda _: pytest.fail("it was fetched"))
        heard = await ada.types(general, "/challenge submit", file=("mine.csv", b"x" * 3_000_000))
        assert "too large" in heard.text


class TestMenus:
    async def test_ask_the_mentors(self, presence: Presence, ada: Member, grace: Member, general: Channel) -> None:
        heard = await ada.uses_menu("Ask the mentors", grace.says(general, "how do i turn the compost heap"))
        assert heard.ephemeral
        assert "went wrong" not in heard.text
        unsure = await ada.uses_menu("Ask the mentors", grace.says(general, "best pizza in rome?"))
        assert "I am not sure" in unsure.text

    async def test_ask_the_mentors_about_a_message_without_words(
        self, presence: Presence, ada: Member, general: Channel, world: FakeDiscord
    ) -> None:
        start = await ada.types(general, "/about")
        assert start.text
        picture = ada.says(general, "x")
        picture.body["content"] = ""
        form = await ada.uses_menu("Ask the mentors", picture)
        assert form.is_modal
        assert [one.name for one in form.modal.fields] == ["question"]

    @pytest.mark.parametrize("size", [1001, 1999])
    async def test_ask_the_mentors_about_a_very_long_message(
        self, size: int, presence: Presence, ada: Member, general: Channel
    ) -> None:
        heard = await ada.uses_menu("Ask the mentors", ada.says(general, ("why? " * 400)[: size - 1] + "x"))
        assert heard.ephemeral
        assert "1000" in heard.text or "1,000" in heard.text

    async def test_save_as_faq_suggestion(self, presence: Presence, ada: Member, general: Channel) -> None:
        words = "Turn it **every week**.\n\n- Air first\n- then water\n" * 20
        form = await ada.uses_menu("Save as FAQ suggestion", ada.says(general, words))
        assert form.modal.title == "An answer"
        assert form.modal.field("answer").value == words.strip()
        kept = await form.fills(question="How often do I turn the heap?", topic="soil")
        assert "went wrong" not in kept.text
        assert kept.ephemeral

    async def test_save_as_faq_suggestion_says_when_it_is_too_long(
        self, presence: Presence, ada: Member, general: Channel
    ) -> None:
        heard = await ada.uses_menu("Save as FAQ suggestion", ada.says(general, "x" * 2000))
        assert "Only 1600 characters fit here, and this has 2000." in heard.text

    async def test_show_progress(self, presence: Presence, ada: Member, grace: Member, general: Channel) -> None:
        mine = await ada.uses_menu("Show progress", ada, at=general)
        assert "Your progress" in mine.text
        private = await ada.uses_menu("Show progress", grace, at=general)
        assert "Progress is private" in private.text
        await (await grace.types(general, "/board")).press("Be on the board")
        shown = await ada.uses_menu("Show progress", grace, at=general)
        assert "grace’s progress" in shown.text
        assert shown.ephemeral


class TestCompletion:
    @pytest.mark.parametrize(("words", "param"), SUGGESTED, ids=[f"{words}-{one.name}" for words, one in SUGGESTED])
    async def test_of_every_value(
        self, words: str, param: Param, presence: Presence, grace: Member, general: Channel
    ) -> None:
        command = REGISTRY.command(words)
        assert command is not None
        offered = 0
        for place in (general, await grace.in_dm()):
            for typed in ("", "a", "zzzz" * 20, "*", "é🐢", "<@1>"):
                try:
                    found = await grace.completes(slash_of(command, REGISTRY), at=place, **{param.name: typed})
                except NotOffered:
                    break
                offered += len(found)
                assert all(0 < len(one.name) <= 100 and 0 < len(one.value) <= 100 for one in found)
        assert offered or words.startswith("challenge")

    async def test_gives_values_that_the_command_takes(self, presence: Presence, ada: Member) -> None:
        dm = await ada.in_dm()
        (road, *_) = await ada.completes("/path choose", at=dm, path="")
        assert road.name in (await ada.types(dm, "/path choose", path=road.value)).text
        (zone, *_) = await ada.completes("/settings", at=dm, zone="toky")
        assert "Asia/Tokyo" in (await ada.types(dm, "/settings", zone=zone.value)).text


class TestTheirOwnLanguage:
    WORDS = "names: {tip: tipp, path: weg, path.choose: wähle}\noptions: {path: weg}\n"

    async def test_commands_have_names_in_it(self, house: House, world: FakeDiscord, tmp_path: Path) -> None:
        (tmp_path / "de.yaml").write_text(self.WORDS, "utf-8")
        account = account_of(house, world, tmp_path)
        async with on_discord(account, house.dispatcher, house.services.get(Comings), house.store.secrets):
            pass
        told = {one["name"]: one for one in world.commands.of()}
        assert told["tip"]["name_localizations"] == {"de": "tipp"}
        choose = next(one for one in told["path"]["options"] if one["name"] == "choose")
        assert choose["name_localizations"] == {"de": "wähle"}
        assert choose["options"][0]["name_localizations"] == {"de": "weg"}

    async def test_a_change_in_the_words_is_told(self, house: House, world: FakeDiscord, tmp_path: Path) -> None:
        for words in (self.WORDS, self.WORDS.replace("tipp", "rat"), self.WORDS.replace("tipp", "rat")):
            (tmp_path / "de.yaml").write_text(words, "utf-8")
            account = account_of(house, world, tmp_path)
            async with on_discord(account, house.dispatcher, house.services.get(Comings), house.store.secrets):
                pass
        assert len(world.asked("PUT", "/commands")) == 2

    async def test_words_that_discord_would_refuse_stop_the_start(
        self, house: House, world: FakeDiscord, tmp_path: Path
    ) -> None:
        (tmp_path / "de.yaml").write_text("names: {tip: Ein Tipp}\n", "utf-8")
        with pytest.raises(CannotStart, match=r"de\.yaml, names\.tip"):
            account_of(house, world, tmp_path)


def account_of(house: House, world: FakeDiscord, locales: Path) -> Account:
    settings = Settings(
        discord_token=world.token,
        discord_api_url=world.api_url,
        discord_gateway_url=world.gateway_url,
        discord_locales=locales,
    )
    return discord_account(settings, house)


async def test_news_come_beside_an_answer_and_privately(
    presence: Presence, ada: Member, grace: Member, general: Channel, world: FakeDiscord
) -> None:
    form = await ada.types(general, "/suggest", kind="tip")
    sent = await form.fills(
        title="Look at one bed", text="It pays, because one sees more.", what="Look.", done="You looked.", topic="soil"
    )
    assert "went wrong" not in sent.text
    page: Heard = await grace.types(general, "/content suggestions")
    kept = await (await page.choose("Tip: Look at one bed")).press("Approve")
    assert "went wrong" not in kept.text
    heard = await ada.types(general, "/tip")
    (news,) = await heard.follow_ups(1)
    assert news.ephemeral
    assert "Look at one bed" in news.text
    await heard.again()
    await world.until(lambda: world.asked("POST", "/callback")[-1].status == 400)
    await presence.bot.drain(5)
    assert len(heard.also) == 1
