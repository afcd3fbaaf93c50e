"""The fake of Slack is held to what Slack does, through an unmodified bolt app in both modes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import FileInstallationStore
from slack_sdk.oauth.state_store import FileOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack import CannotSend, FakeSlack, Member, NoAck, NoAnswer
from tests.fakes.slack.channels import Channel
from tests.fakes.slack.team import Team
from tests.fakes.slack.tiny_bolt import Mode, running, tiny_app


@dataclass(frozen=True)
class Lab:
    world: FakeSlack
    team: Team
    general: Channel
    ada: Member


@pytest.fixture
async def world() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as opened:
        yield opened


@pytest.fixture(params=["socket", "http"])
def mode(request: pytest.FixtureRequest) -> Mode:
    chosen: Mode = request.param
    return chosen


@pytest.fixture
async def lab(world: FakeSlack, mode: Mode) -> AsyncIterator[Lab]:
    team = world.workspace("Lab")
    assert team.token is not None
    world.app.shortcuts["Ask the mentors"] = ("message", "ask")
    async with running(world, tiny_app(world, team.token.value), mode):
        yield Lab(world, team, team.channel("general"), team.member("ada"))
    assert world.complaints == []


async def test_a_command_is_answered_in_the_acknowledgement(lab: Lab) -> None:
    heard = await lab.ada.types(lab.general, "/mentor faq @ada & <b> #general https://example.org/?a=1")
    ada, general = lab.ada.id, lab.general.id
    assert heard.fallback == (
        f"You typed faq <@{ada}|ada> &amp; &lt;b&gt; <#{general}|general> <https://example.org/?a=1>"
    )
    assert heard.ephemeral and not heard.updated


async def test_buttons_and_selects_come_back(lab: Lab) -> None:
    heard = await lab.ada.types(lab.general, "/mentor card")
    assert heard.text == "Pick *one* & go"
    assert heard.labels() == ["Change", "Remove", "Form", "Read", "Easy", "Hard"]
    assert (await heard.choose("Hard")).text == "Level hard"
    assert (await heard.choose(lab.general)).text == f"In {lab.general.id}"
    await heard.press("Read")
    changed = await heard.press("Change")
    assert changed.updated and changed.text == "Changed"
    assert (await changed.more()).text == "And a note"
    with pytest.raises(AssertionError, match="There is no 'Change'"):
        await heard.press("Change")


async def test_what_everybody_sees_can_be_removed(lab: Lab) -> None:
    heard = await lab.ada.types(lab.general, "/mentor public")
    assert not heard.ephemeral and [one.text for one in lab.general.posts] == ["For all"]
    assert (await heard.press("Remove")).deleted
    assert lab.general.posts == []


async def test_a_form_is_filled_and_sent(lab: Lab) -> None:
    heard = await lab.ada.types(lab.general, "/mentor form")
    assert heard.is_modal and heard.modal.title == "A form"
    assert [one.name for one in heard.modal.fields] == ["answer", "level", "topic", "file"]
    assert await lab.ada.suggests(heard, "topic", "Big") == ["Big Math", "Big Code"]
    again = await heard.fills(answer="wrong")
    assert again.errors == {"answer": "Please try again."}
    done = await again.fills(answer="forty", topic="Code", level="Easy", file=("a.csv", b"1,2"))
    assert done.text == "Got forty, code, ['a.csv']"
    assert lab.world.views.pile(lab.ada) == []
    with pytest.raises(AssertionError, match="no form"):
        await again.fills(answer="twice")


async def test_a_form_refuses_what_the_client_would(lab: Lab) -> None:
    heard = await lab.ada.types(lab.general, "/mentor slowform")
    assert heard.updated and heard.modal.title == "A form"
    with pytest.raises(CannotSend, match="required"):
        await heard.fills(answer="")
    with pytest.raises(CannotSend, match="too long"):
        await heard.fills(answer="x" * 51)
    assert (await heard.fills(answer="more")).text == "A form\nOn top"
    assert len(lab.world.views.pile(lab.ada)) == 2
    await heard.closes()


async def test_a_form_can_turn_into_an_answer(lab: Lab) -> None:
    card = await lab.ada.types(lab.general, "/mentor card")
    shown = await (await card.press("Form")).fills(answer="shown")
    assert shown.updated and shown.text == "A form\nThank you"


async def test_mentions_direct_messages_and_shortcuts(lab: Lab) -> None:
    heard = await lab.ada.mentions(lab.general, "how much math")
    assert heard.text == f"Heard: <@{lab.team.bot}> how much math"
    assert heard.message and heard.message.thread_ts
    answer = await lab.ada.mentions(lab.general, "and code?", thread=heard)
    assert answer.message and answer.message.thread_ts == heard.message.thread_ts
    wrote = await lab.ada.writes_to_bot("hello", files=[("a.csv", b"1")])
    assert wrote.text == "You wrote hello with 1 files"
    about = await lab.ada.uses_shortcut("Ask the mentors", lab.ada.says(lab.general, "What is a p-value?"))
    assert about.text == "About: What is a p-value?" and about.ephemeral


async def test_the_home_is_published_and_pressed(lab: Lab) -> None:
    home = await lab.ada.opens_home()
    assert home.text == "Welcome home" and home.labels() == ["Refresh"]
    assert (await home.press("Refresh")).text == "Fresh"
    assert lab.ada.home.text == "Fresh"
    await lab.ada.opens_home("messages")


async def test_one_event_can_come_several_times_and_under_two_names(lab: Lab) -> None:
    await lab.ada.mentions(lab.general, "thrice", times=3)
    await lab.world.quiet()
    assert len(lab.general.posts) == 1 + 3
    await lab.world.again(retry=2, reason="http_timeout")
    await lab.world.quiet()
    assert len(lab.general.posts) == 1 + 4
    await lab.ada.mentions(lab.general, "twins", names=2)
    ids = {one.payload["event_id"] for one in lab.world.deliveries if "twins" in str(one.payload)}
    assert len(ids) == 2


async def test_silence_is_noticed(lab: Lab) -> None:
    lab.world.patience = lab.world.ack_seconds = 0.2
    with pytest.raises(NoAck):
        await lab.ada.types(lab.general, "/mentor silent")
    lab.world.app.commands = {"/mentor"}
    with pytest.raises(AssertionError, match="not a valid command"):
        await lab.ada.types(lab.general, "/tip")
    with pytest.raises(NoAck):
        await lab.team.hears({"type": "reaction_added", "user": lab.ada.id})


async def test_an_acknowledged_command_without_an_answer_is_noticed(lab: Lab) -> None:
    lab.world.patience = 0.2
    lab.world.fails("response_url", "no_service")
    with pytest.raises(NoAnswer, match="response_url no_service"):
        await lab.ada.types(lab.general, "/mentor card")


async def test_an_uninstall_ends_the_token(lab: Lab) -> None:
    await lab.team.uninstalls(("app_uninstalled", "tokens_revoked"))
    assert [one.name for one in lab.world.deliveries] == ["app_uninstalled", "tokens_revoked"]
    lab.world.patience = 0.2
    with pytest.raises((NoAnswer, NoAck)):
        await lab.ada.mentions(lab.general, "anybody there?")
    assert {one.error for one in lab.world.refusals} == {"account_inactive"}


async def test_organisations_and_strangers(world: FakeSlack, mode: Mode) -> None:
    org = world.organisation("Org")
    team, partner = org.workspace("Lab"), world.workspace("Partner", install=False)
    grace, zoe, general = team.member("grace"), partner.member("zoe"), team.channel("general")
    team.shares(general, zoe)
    assert org.token is not None
    async with running(world, tiny_app(world, org.token.value), mode):
        card = await grace.types(general, "/mentor card")
        await card.choose("Easy")
        assert (await zoe.mentions(general, "hello")).text.endswith("hello")
    slash, pressed, mention = (one.payload for one in world.deliveries)
    assert grace.id.startswith("W") and slash["enterprise_id"] == org.id and slash["is_enterprise_install"] == "true"
    assert pressed["team"] is None and pressed["user"]["team_id"] == team.id and pressed["enterprise"]["id"] == org.id
    assert mention["authorizations"][0]["team_id"] is None and mention["is_ext_shared_channel"]
    assert mention["event"]["user_team"] == partner.id


async def test_sockets_are_replaced_and_lost_envelopes_come_again(world: FakeSlack) -> None:
    team = world.workspace("Lab")
    assert team.token is not None
    ada, general = team.member("ada"), team.channel("general")
    async with running(world, tiny_app(world, team.token.value), "socket"):
        await world.sockets.all[0].disconnects("refresh_requested")
        await world.sockets.connected(opened=2)
        assert (await ada.types(general, "/mentor hello")).text == "You typed hello"
        world.sockets.all[-1].drops()
        assert (await ada.types(general, "/mentor again")).text == "You typed again"
        world.sockets.all[-1].goes_deaf()
        assert (await ada.types(general, "/mentor deaf")).text == "You typed deaf"
        assert world.sockets.opened == 4


async def test_an_envelope_without_an_acknowledgement_goes_out_again(world: FakeSlack) -> None:
    team = world.workspace("Lab")
    async with aiohttp.ClientSession() as browser:
        async with browser.ws_connect(world.sockets.ticket()) as socket:
            assert (await socket.receive_json())["type"] == "hello"
            telling = asyncio.ensure_future(team.hears({"type": "app_uninstalled"}))
            first = await socket.receive_json()
        async with browser.ws_connect(world.sockets.ticket()) as socket:
            assert (await socket.receive_json())["num_connections"] == 1
            second = await socket.receive_json()
            await socket.send_json({"envelope_id": second["envelope_id"]})
            assert (await telling).attempts == 2
    assert (first["payload"], first["retry_attempt"]) == (second["payload"], 0) and second["retry_attempt"] == 1


async def test_strangers_at_the_http_door(world: FakeSlack) -> None:
    team = world.workspace("Lab")
    assert team.token is not None
    ada, general = team.member("ada"), team.channel("general")
    async with running(world, tiny_app(world, team.token.value), "http"):
        hostile = world.hostile
        for status in (hostile.unsigned(), hostile.bad_signature(), hostile.changed_body(), hostile.replayed()):
            assert await status == 401
        assert await hostile.huge(10 * 2**20, signed=False) in (401, 413)
        assert await hostile.broken_json() >= 400
        async with hostile.slow(50):
            assert (await ada.types(general, "/mentor hello")).text == "You typed hello"
        assert len(world.deliveries) == 1 and world.deliveries[0].acks[0].seconds < 3


@pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")
async def test_the_installation_page_of_bolt_leads_to_a_token(world: FakeSlack, tmp_path: Path) -> None:
    app, team = world.app, world.workspace("Office", install=False)
    boss, general = team.member("boss"), team.channel("general")
    settings = AsyncOAuthSettings(
        client_id=app.client_id,
        client_secret=app.client_secret,
        scopes=list(app.scopes),
        authorization_url=world.authorize_url,
        installation_store=FileInstallationStore(base_dir=str(tmp_path / "installs")),
        state_store=FileOAuthStateStore(expiration_seconds=60, base_dir=str(tmp_path / "states")),
    )
    async with running(world, tiny_app(world, None, oauth_settings=settings), "http") as address:
        app.redirect_url = f"{address}/slack/oauth_redirect"
        assert "access_denied" in (await boss.installs(f"{address}/slack/install", denies=True)).address
        assert (await boss.installs(f"{address}/slack/install", cookies=False)).status == 400
        assert team.token is None
        assert (await boss.installs(f"{address}/slack/install")).status == 200
        assert (await boss.mentions(general, "hello")).text.endswith("hello")


async def test_an_app_gets_what_its_manifest_asks_for(lab: Lab) -> None:
    features = {"slash_commands": [{"command": "/mentor", "should_escape": True}]}
    features["shortcuts"] = [{"name": "Ask", "type": "message", "callback_id": "ask"}]
    events = {"event_subscriptions": {"bot_events": ["app_mention"]}}
    lab.world.app.configure({"features": features, "settings": events})
    assert (await lab.ada.uses_shortcut("Ask", lab.ada.says(lab.general, "this"))).text == "About: this"
    with pytest.raises(AssertionError, match=r"does not listen to message\.im"):
        await lab.ada.writes_to_bot("hello")
    with pytest.raises(AssertionError, match="does not listen to app_home_opened"):
        await lab.ada.opens_home()


async def test_what_was_done_can_come_again(lab: Lab) -> None:
    heard = await lab.ada.writes_to_bot("hello")
    await heard.again()
    (second,) = await heard.follow_ups(1)
    assert second.text == heard.text and lab.world.deliveries[-1].attempts == 2


async def test_the_bot_is_told_of_its_own_words_where_a_test_wants_it(lab: Lab) -> None:
    lab.world.echoes = True
    await lab.ada.writes_to_bot("hello")
    await lab.world.quiet()
    assert [one.payload["event"]["user"] for one in lab.world.deliveries] == [lab.ada.id, lab.team.bot]
    assert len(lab.ada.direct.posts) == 2


async def test_double_clicks_and_others_press_the_same_button(lab: Lab) -> None:
    grace = lab.team.member("grace")
    heard = await lab.ada.types(lab.general, "/mentor public")
    easy = await lab.ada.sees(lab.general.posts[0]).press("Easy", times=2)
    assert [one.text for one in (easy, *await easy.follow_ups(1))] == ["Level easy"] * 2
    hers = await heard.press("Hard", by=grace)
    assert hers.message and hers.message.seen_by == grace.id


async def test_a_bot_that_gives_its_token_back_is_told_so(lab: Lab) -> None:
    client = AsyncWebClient(lab.team.token.value if lab.team.token else None, base_url=lab.world.api_url)
    assert (await client.auth_revoke())["revoked"]
    await lab.world.until(lambda: lab.world.deliveries and lab.world.deliveries[0].acks)
    assert lab.world.deliveries[0].name == "tokens_revoked"
    with pytest.raises(SlackApiError, match="token_revoked"):
        await client.auth_test()
