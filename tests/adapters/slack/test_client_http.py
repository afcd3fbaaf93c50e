"""HTTP mode and many workspaces: installing, keys that change, and leaving without a trace."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from adapters.slack.service import Account, Presence
from bot.core.markup import md
from bot.core.outgoing import CannotStart, PostFailed, Target, Trouble
from bot.core.reply import Reply
from bot.models import Handle, Place
from bot.services.comings import Comings
from bot.wiring import House
from tests.adapters.slack.conftest import QUICK, Quiet, connected, living
from tests.clock import ManualClock
from tests.fakes.slack import FakeSlack
from tests.fakes.slack.member import together

SECRET = "a long secret of an operator"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def account_for_many(world: FakeSlack, port: int) -> Account:
    return Account(
        signing_secret=world.app.signing_secret,
        client_id=world.app.client_id,
        client_secret=world.app.client_secret,
        secret=SECRET,
        api_url=world.api_url,
        authorize_url=world.authorize_url,
        port=port,
        public_url=f"http://127.0.0.1:{port}",
        pace=QUICK,
    )


@dataclass
class Served:
    """A bot that workspaces install."""

    presence: Presence
    world: FakeSlack
    house: House
    file: Path

    @property
    def page(self) -> str:
        return f"http://127.0.0.1:{self.presence.port}/slack/install"

    def traces(self, *secrets: str) -> list[str]:
        """Look for secrets in everything that lies beside the database."""
        found = b"".join(one.read_bytes() for one in self.file.parent.glob(f"{self.file.name}*"))
        return [one for one in secrets if one.encode() in found]


@asynccontextmanager
async def serving(house: House, world: FakeSlack, rotating: bool = True) -> AsyncIterator[Served]:
    account = account_for_many(world, free_port())
    async with connected(house.dispatcher, house.services.get(Comings), world, account) as presence:
        world.app.rotating = rotating
        path = house.settings.database_url.removeprefix("sqlite:///")
        yield Served(presence, world, house, Path(path))


@pytest.fixture
async def served(house: House, world: FakeSlack) -> AsyncIterator[Served]:
    async with serving(house, world) as found:
        yield found


async def test_somebody_installs_it_and_is_welcomed(served: Served) -> None:
    lab = served.world.workspace("Lab", install=False)
    general, olga = lab.channel("general"), lab.member("olga")
    landing = await olga.installs(served.page)
    assert (landing.status, "Stepwise is installed" in landing.text) == (200, True)
    await served.world.until(lambda: olga.direct.messages)
    assert "Thank you for taking me into" in next(iter(olga.direct.messages.values())).text
    assert "For organisers" in (await olga.opens_home()).text  # whoever installs it looks after it
    assert "Only the organisers" in (await lab.member("ada").types(general, "/mentor setup")).text


async def test_nobody_is_asked_whose_key_it_is(served: Served) -> None:
    lab = served.world.workspace("Lab", install=False)
    general, ada = lab.channel("general"), lab.member("ada")
    await ada.installs(served.page)
    await ada.types(general, "/mentor about")
    await ada.types(general, "/mentor about")
    assert served.world.called("auth.test") == []


async def test_two_workspaces_keep_apart(served: Served) -> None:
    for name in ("Lab", "Club"):
        team = served.world.workspace(name, install=False)
        await team.member("olga").installs(served.page)
    one, other = served.world.teams.values()
    await one.member("ada").types(one.channel("general"), "/mentor start")
    await other.member("bob").types(other.channel("general"), "/mentor start")
    assert {call.team for call in served.world.called("users.info")} == {one.id, other.id}


async def test_an_organisation_installs_it_for_all(served: Served) -> None:
    org = served.world.organisation("Org", install=False)
    lab = org.workspace("Lab")
    general, olga = lab.channel("general"), lab.member("olga")
    await olga.installs(served.page, org=True)
    heard = await lab.member("ada").types(general, "/mentor start")
    assert "Welcome, ada" in heard.text
    posted = await served.presence.poster.post(Target(Place("slack", lab.id), general.id), Reply(md("Hi.")), "k")
    assert general.messages[posted].text == "Hi."
    assert await served.presence.poster.tell(Handle("slack", org.id, olga.id), Reply(md("You.")))


async def test_whoever_refuses_nothing_happens(served: Served) -> None:
    lab = served.world.workspace("Lab", install=False)
    landing = await lab.member("olga").installs(served.page, denies=True)
    assert "Not installed" in landing.text
    assert lab.token is None


async def test_a_state_counts_once_in_its_own_browser_and_in_time(served: Served, clock: ManualClock) -> None:
    lab = served.world.workspace("Lab", install=False)
    olga = lab.member("olga")
    assert (await olga.installs(served.page, cookies=False)).status == 400
    forged = f"{served.page.replace('install', 'oauth_redirect')}?code=guessed&state=guessed"
    assert (await olga.installs(forged)).status == 400
    landing = await olga.installs(served.page)
    assert landing.status == 200
    assert (await olga.installs(landing.address)).status == 400


async def test_a_code_that_slack_does_not_take_is_a_page(served: Served) -> None:
    served.world.fails("oauth.v2.access", "invalid_code")
    lab = served.world.workspace("Lab", install=False)
    landing = await lab.member("olga").installs(served.page)
    assert (landing.status, "That did not work" in landing.text) == (502, True)


async def test_twenty_commands_with_an_expiring_key_refresh_once(served: Served, clock: ManualClock) -> None:
    lab = served.world.workspace("Lab", install=False)
    general, ada = lab.channel("general"), lab.member("ada")
    await ada.installs(served.page)
    clock.advance(hours=11, minutes=30)
    heard = await together(*(ada.types(general, "/mentor about") for _ in range(20)))
    assert len(heard) == 20
    assert served.world.vault.refreshes == 1
    assert served.world.refusals == []


async def test_a_key_that_cannot_be_renewed_is_told_to_members(served: Served, clock: ManualClock) -> None:
    lab = served.world.workspace("Lab", install=False)
    general, ada = lab.channel("general"), lab.member("ada")
    await ada.installs(served.page)
    clock.advance(hours=13)
    served.world.fails("oauth.v2.access", "invalid_refresh_token", times=9)
    assert "install me again" in (await ada.types(general, "/mentor about")).text


@pytest.mark.parametrize("order", [("app_uninstalled", "tokens_revoked"), ("tokens_revoked", "app_uninstalled")])
async def test_after_an_uninstall_no_key_is_left(served: Served, order: tuple[str, str]) -> None:
    lab = served.world.workspace("Lab", install=False)
    general, ada = lab.channel("general"), lab.member("ada")
    await ada.installs(served.page)
    await ada.types(general, "/mentor start")
    sealed = await served.house.store.secrets.get(f"slack:install:{lab.id}")
    tokens = [one.value for one in served.world.vault.tokens.values()]
    assert sealed
    assert served.traces(sealed) == [sealed]
    assert served.traces(*tokens, *served.world.vault.refreshers) == []  # encrypted as long as it is there
    await lab.uninstalls(order, times=2)
    await served.presence.bot.drain(5)
    assert await served.house.store.secrets.get(f"slack:install:{lab.id}") is None
    assert served.traces(sealed) == []


async def test_a_workspace_may_come_back(served: Served, clock: ManualClock) -> None:
    lab = served.world.workspace("Lab", install=False)
    general, ada = lab.channel("general"), lab.member("ada")
    await ada.installs(served.page)
    await ada.types(general, "/mentor path choose garden")
    await lab.uninstalls()
    gone = served.world.deliveries[-1]
    await served.presence.bot.drain(5)
    clock.advance(minutes=1)
    await ada.installs(served.page)
    await served.world.again(gone, reason="http_error")  # an old message, brought late
    await served.presence.bot.drain(5)
    assert "The garden road" in (await ada.types(general, "/mentor path show")).text
    assert any("Good to be back" in one.text for one in ada.direct.messages.values())


async def test_users_tokens_that_are_revoked_are_none_of_ours(served: Served) -> None:
    lab = served.world.workspace("Lab", install=False)
    general, ada = lab.channel("general"), lab.member("ada")
    await ada.installs(served.page)
    await lab.hears({"type": "tokens_revoked", "tokens": {"oauth": [ada.id], "bot": []}})
    await served.presence.bot.drain(5)
    assert "Stepwise" in (await ada.types(general, "/mentor about")).text


async def test_a_workspace_without_a_key_gets_kind_words(served: Served) -> None:
    lab = served.world.workspace("Lab")  # installed once, but not with us
    heard = await lab.member("ada").types(lab.channel("general"), "/mentor about")
    assert "install me again" in heard.text


async def test_posts_say_why_they_failed(served: Served) -> None:
    poster, lab = served.presence.poster, served.world.workspace("Lab", install=False)
    general, ada = lab.channel("general"), lab.member("ada")
    with pytest.raises(PostFailed) as failed:
        await poster.post(Target(Place("slack", lab.id), general.id), Reply(md("Hi.")), "k")
    assert failed.value.trouble is Trouble.EXPELLED
    await ada.installs(served.page)
    general.archived = True
    with pytest.raises(PostFailed) as failed:
        await poster.post(Target(Place("slack", lab.id), general.id), Reply(md("Hi.")), "k")
    assert failed.value.trouble is Trouble.GONE
    assert await poster.tell_organiser(Place("slack", lab.id), Reply(md("It is archived.")))
    assert any(one.text == "It is archived." for one in ada.direct.messages.values())
    assert not await poster.tell(Handle("slack", "T000", ada.id), Reply(md("Nobody.")))


async def test_acknowledgements_are_not_polled_for(house: House, world: FakeSlack) -> None:
    """The SDK looks for an acknowledgement every ten milliseconds, unless the response waits for the handler."""
    lab = world.workspace("Lab")
    general, ada = lab.channel("general"), lab.member("ada")
    async with living(house, world, "http"):
        for _ in range(20):
            await ada.types(general, "/mentor about")
    assert min(one.acks[-1].seconds for one in world.deliveries) < 0.009


async def test_slack_can_check_the_address(house: House, world: FakeSlack) -> None:
    world.workspace("Lab")
    async with living(house, world, "http") as presence:
        courier = world.listens_at(f"http://127.0.0.1:{presence.port}/slack/events")
        assert await courier.verifies()
        await courier.close()


@pytest.mark.parametrize(
    ("missing", "named"),
    [
        ({"bot_token": "xoxb-wrong"}, "SLACK_BOT_TOKEN"),
        ({"app_token": "xapp-wrong"}, "SLACK_APP_TOKEN"),
        ({"app_token": "", "signing_secret": ""}, "SLACK_SIGNING_SECRET"),
        ({"bot_token": ""}, "SLACK_BOT_TOKEN"),
        ({"client_id": "1.2"}, "SLACK_CLIENT_SECRET"),
        ({"client_id": "1.2", "client_secret": "s", "public_url": "https://x.example", "secret": "short"}, "SECRET"),
    ],
)
async def test_what_is_wrong_is_one_line_without_a_key(
    house: House, world: FakeSlack, missing: dict[str, str], named: str
) -> None:
    lab = world.workspace("Lab")
    assert lab.token is not None
    keys = {"bot_token": lab.token.value, "app_token": world.app_token, **missing}
    account = Account(**keys, api_url=world.api_url, port=0, pace=QUICK)  # type: ignore[arg-type]
    with pytest.raises(CannotStart) as stopped:
        async with connected(house.dispatcher, Quiet(), world, account):
            pass
    assert named in str(stopped.value)
    assert "\n" not in str(stopped.value)
    told = f"{stopped.value} {account!r}"
    assert [one for one in (lab.token.value, world.app_token, "xoxb-wrong", "xapp-wrong") if one in told] == []


async def test_a_port_that_is_taken_is_one_line(house: House, world: FakeSlack) -> None:
    world.workspace("Lab")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(CannotStart, match="is not free"):
            async with living(house, world, "http", port=int(taken.getsockname()[1])):
                pass


async def test_the_settings_of_the_sdk_itself_disturb_nothing(
    house: House, world: FakeSlack, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """slack-bolt reads the same variables of the environment, and would make an installation flow of its own."""
    names = ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET")
    for name in names:
        monkeypatch.setenv(name, "xoxb-another")
    lab = world.workspace("Lab")
    async with living(house, world, "http"):
        assert "Stepwise" in (await lab.member("ada").types(lab.channel("general"), "/mentor about")).text
    assert caplog.text == ""


async def test_a_slack_that_is_down_is_waited_for(
    house: House, world: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.slack.own_workspace.FIRST_WAIT", 0.01)
    monkeypatch.setattr("adapters.slack.socket.FIRST_WAIT", 0.01)
    lab = world.workspace("Lab")
    world.fails("auth.test", status=503)
    world.fails("apps.connections.open", lost="before")
    async with living(house, world, "socket"):
        assert "Stepwise" in (await lab.member("ada").types(lab.channel("general"), "/mentor about")).text


async def test_a_bot_that_is_sent_away_says_so_once(house: House, world: FakeSlack) -> None:
    lab, door = world.workspace("Lab"), Quiet()
    assert lab.token is not None
    account = Account(lab.token.value, world.app_token, api_url=world.api_url, pace=QUICK)
    async with connected(house.dispatcher, door, world, account):
        await lab.uninstalls()
        await asyncio.sleep(0)
    assert set(door.gone) == {Place("slack", lab.id)}
