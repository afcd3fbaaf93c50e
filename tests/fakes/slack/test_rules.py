"""The rules of the Web API, seen by a plain client: what is refused, and what is remembered."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable
from dataclasses import dataclass

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient
from yarl import URL

from tests.clock import ManualClock
from tests.fakes.slack import FakeSlack, Member
from tests.fakes.slack.acting import begin
from tests.fakes.slack.channels import Channel
from tests.fakes.slack.oauth import install_url
from tests.fakes.slack.team import Team
from tests.fakes.slack.tiny_bolt import FORM, modal
from tests.fakes.slack.tokens import Token


@dataclass(frozen=True)
class Quiet:
    """A workspace whose bot speaks only when the test does."""

    world: FakeSlack
    clock: ManualClock
    team: Team
    general: Channel
    ada: Member
    client: AsyncWebClient

    @property
    def token(self) -> Token:
        assert self.team.token is not None
        return self.team.token


@pytest.fixture
async def bare() -> AsyncIterator[Quiet]:
    clock = ManualClock()
    async with FakeSlack(clock) as world:
        team = world.workspace("Lab")
        assert team.token is not None
        client = AsyncWebClient(team.token.value, base_url=world.api_url, retry_handlers=[], timeout=1)
        ada = team.member("ada")
        yield Quiet(world, clock, team, team.channel("general"), ada, client)


async def refusal(call: Awaitable[object]) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


async def test_posts_are_held_to_the_rules(bare: Quiet) -> None:
    post, general = bare.client.chat_postMessage, bare.general.id
    secret, outside = bare.team.channel("secret", private=True, bot=False), bare.team.channel("outside", bot=False)
    old, closed = bare.team.channel("old"), bare.team.channel("closed")
    old.archived = closed.restricted = True
    assert await refusal(post(channel="C404", text="hello")) == "channel_not_found"
    assert await refusal(post(channel=secret.id, text="hello")) == "channel_not_found"
    assert await refusal(post(channel=outside.id, text="hello")) == "not_in_channel"
    assert await refusal(post(channel=old.id, text="hello")) == "is_archived"
    assert await refusal(post(channel=closed.id, text="hello")) == "restricted_action"
    assert await refusal(post(channel=general, text="x" * 40_001)) == "msg_too_long"
    assert await refusal(bare.client.api_call("chat.postMessage", json={"channel": general})) == "no_text"
    long = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}]
    twice = [{"type": "divider", "block_id": "b"}] * 2
    unknown = [{"type": "image", "slack_file": {"id": "F404"}, "alt_text": "chart"}]
    for blocks in (long, twice, unknown, [{"type": "nonsense"}], [{"type": "divider"}] * 51):
        assert await refusal(post(channel=general, text="hello", blocks=blocks)) == "invalid_blocks"
    assert await refusal(post(channel=general, text="hello", thread_ts="1.1")) == "thread_not_found"
    assert bare.world.posts == []


async def test_messages_are_changed_taken_back_and_linked(bare: Quiet) -> None:
    client, general = bare.client, bare.general
    done = await client.chat_postMessage(channel=general.id, text="First <!channel>")
    assert general.messages[done["ts"]].pings == ["<!channel>"]
    await client.chat_update(channel=general.id, ts=done["ts"], text="Second")
    link = (await client.chat_getPermalink(channel=general.id, message_ts=done["ts"]))["permalink"]
    assert link == f"https://lab.slack.com/archives/{general.id}/p{done['ts'].replace('.', '')}"
    assert await refusal(client.chat_update(channel=general.id, ts=done["ts"], text="x" * 4001)) == "msg_too_long"
    await client.chat_delete(channel=general.id, ts=done["ts"])
    assert await refusal(client.chat_update(channel=general.id, ts=done["ts"], text="Third")) == "message_not_found"
    hers = bare.ada.says(general, "mine")
    assert await refusal(client.chat_update(channel=general.id, ts=hers.ts, text="yours")) == "cant_update_message"
    zoe = bare.world.workspace("Elsewhere").member("zoe")
    alone = client.chat_postEphemeral(channel=general.id, user=zoe.id, text="psst")
    assert await refusal(alone) == "user_not_in_channel"


async def test_tokens_open_what_they_may(bare: Quiet) -> None:
    client, world, token = bare.client, bare.world, bare.token
    assert (await client.auth_test())["team"] == "Lab"
    assert await refusal(client.auth_test(token="xoxb-guessed")) == "invalid_auth"
    assert await refusal(client.api_call("chat.postNothing")) == "unknown_method"
    assert await refusal(client.apps_connections_open(app_token=token.value)) == "not_allowed_token_type"
    token.scopes = ("users:read",)
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=bare.general.id, text="hello")
    assert caught.value.response.data == {
        "ok": False, "error": "missing_scope", "needed": "chat:write", "provided": "users:read",
    }  # fmt: skip
    token.expires = world.vault.now() + 60
    assert (await client.users_info(user=bare.ada.id))["user"]["name"] == "ada"
    bare.clock.advance(seconds=60)
    assert await refusal(client.auth_test()) == "token_expired"
    token.expires, token.revoked = 0, True
    assert await refusal(client.auth_test()) == "token_revoked"


async def test_what_comes_too_often_is_put_off(bare: Quiet) -> None:
    client, general = bare.client, bare.general.id
    await client.conversations_history(channel=general)
    with pytest.raises(SlackApiError) as caught:
        await client.conversations_history(channel=general)
    assert caught.value.response.status_code == 429 and caught.value.response.headers["Retry-After"] == "60"
    bare.world.rates.per_channel = True
    await client.chat_postMessage(channel=general, text="one")
    assert await refusal(client.chat_postMessage(channel=general, text="two")) == "ratelimited"
    bare.clock.advance(seconds=60)
    await client.chat_postMessage(channel=general, text="two")
    await client.conversations_history(channel=general)


async def test_faults_strike_before_or_after_the_effect(bare: Quiet) -> None:
    world, post, general = bare.world, bare.client.chat_postMessage, bare.general.id
    world.fails("chat.postMessage", lost="before")
    with pytest.raises(aiohttp.ClientError):
        await post(channel=general, text="never")
    world.fails("chat.postMessage", lost="after")
    with pytest.raises(aiohttp.ClientError):
        await post(channel=general, text="unheard")
    world.fails("chat.postMessage", "fatal_error", after=True)
    assert await refusal(post(channel=general, text="half")) == "fatal_error"
    world.fails("chat.postMessage", status=503)
    with pytest.raises(SlackApiError) as caught:
        await post(channel=general, text="never")
    assert caught.value.response.status_code == 503
    world.fails("chat.postMessage", hang=True)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(post(channel=general, text="never"), 0.1)
    await post(channel=general, text="well")
    assert [one.text for one in bare.general.posts] == ["unheard", "half", "well"]
    assert [one.error for one in world.called("chat.postMessage")] == [
        "lost", "lost", "fatal_error", "service_unavailable", "",
    ]  # fmt: skip


async def test_a_response_url_counts_its_uses_and_its_minutes(bare: Quiet) -> None:
    act = begin(bare.ada, channel=bare.general.id)
    hook = AsyncWebhookClient(bare.world.response_urls.new(act))
    assert (await hook.send(text="one")).body == "ok"
    assert (await hook.send(text="two", replace_original=True)).status_code == 200
    assert [(one.text, one.seen_by) for one in bare.world.posts] == [("two", bare.ada.id)]
    public = await hook.send(text="three", replace_original=True, response_type="in_channel")
    assert "cannot_change_visibility" in public.body and public.status_code == 400
    assert [(await hook.send(text="more")).status_code for _ in range(3)] == [200, 200, 404]
    late = AsyncWebhookClient(bare.world.response_urls.new(act))
    bare.clock.advance(minutes=31)
    assert "expired_url" in (await late.send(text="late")).body


async def test_triggers_expire_and_views_have_versions(bare: Quiet) -> None:
    client, views = bare.client, bare.world.views
    act = begin(bare.ada, channel=bare.general.id)
    trigger = views.trigger(act)
    wrong = modal({"type": "alert"}, {"type": "divider"}, title={"type": "plain_text", "text": "x" * 25})
    assert await refusal(client.views_open(trigger_id=trigger, view=wrong)) == "invalid_arguments"
    opened = (await client.views_open(trigger_id=trigger, view=FORM))["view"]
    assert await refusal(client.views_open(trigger_id=trigger, view=FORM)) == "exchanged_trigger_id"
    assert await refusal(client.views_open(trigger_id="1.2.3", view=FORM)) == "invalid_trigger_id"
    late = views.trigger(act)
    bare.clock.advance(seconds=3.1)
    assert await refusal(client.views_open(trigger_id=late, view=FORM)) == "expired_trigger_id"
    changed = await client.views_update(view_id=opened["id"], hash=opened["hash"], view=FORM)
    stale = client.views_update(view_id=opened["id"], hash=opened["hash"], view=FORM)
    assert await refusal(stale) == "hash_conflict"
    assert changed["view"]["hash"] != opened["hash"]
    assert await refusal(client.views_update(view_id="V404", view=FORM)) == "not_found"
    for _ in range(2):
        await client.views_push(trigger_id=views.trigger(act), view=FORM)
    assert await refusal(client.views_push(trigger_id=views.trigger(act), view=FORM)) == "push_limit_reached"
    home = {"type": "home", "blocks": [{"type": "divider"}]}
    await client.views_publish(user_id=bare.ada.id, view=home)
    assert await refusal(client.views_publish(user_id=bare.ada.id, hash="old", view=home)) == "hash_conflict"


async def test_files_go_up_in_three_steps_and_come_down_with_a_token(bare: Quiet) -> None:
    done = await bare.client.files_upload_v2(filename="plot.png", content=b"png!", title="Plot", alt_txt="a plot")
    picture = [{"type": "image", "slack_file": {"id": done["file"]["id"]}, "alt_text": "a plot"}]
    await bare.client.chat_postMessage(channel=bare.general.id, text="A plot", blocks=picture)
    await bare.client.files_upload_v2(filename="a.csv", content="1,2", channel=bare.general.id, initial_comment="Data")
    assert [one.text for one in bare.general.posts] == ["A plot", "Data"]
    address = (await bare.client.files_info(file=done["file"]["id"]))["file"]["url_private_download"]
    async with aiohttp.ClientSession() as browser:
        async with browser.get(address, headers={"Authorization": f"Bearer {bare.token.value}"}) as page:
            assert await page.read() == b"png!"
        async with browser.get(address) as page:
            assert "Sign in" in await page.text()


@pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")
async def test_an_app_is_installed_and_its_tokens_rotate(bare: Quiet) -> None:
    world, client = bare.world, AsyncWebClient(base_url=bare.world.api_url)
    team, app = world.workspace("Office", install=False), world.app
    app.rotating, redirect = True, "app://back"
    page = install_url(world, redirect, "state-1", ("chat:write",))
    boss = team.member("boss", admin=True)
    assert URL((await boss.installs(page, denies=True)).address).query["error"] == "access_denied"
    landing = URL((await boss.installs(page)).address)
    assert landing.query["state"] == "state-1"
    keys = {"client_id": app.client_id, "client_secret": app.client_secret}
    code = {"code": landing.query["code"], "redirect_uri": redirect}
    assert await refusal(client.oauth_v2_access(**{**keys, "client_secret": "no"}, **code)) == "bad_client_secret"
    granted = await client.oauth_v2_access(**keys, **code)
    assert granted["team"]["id"] == team.id and granted["scope"] == "chat:write" and granted["expires_in"] == 43_200
    assert await refusal(client.oauth_v2_access(**keys, **code)) == "invalid_code"
    renewal = {"grant_type": "refresh_token", "refresh_token": granted["refresh_token"]}
    renewed = await client.oauth_v2_access(**keys, **renewal)
    assert await refusal(client.oauth_v2_access(**keys, **renewal)) == "invalid_refresh_token"
    assert world.vault.refreshes == 1
    bare.clock.advance(hours=11)
    assert (await client.auth_test(token=renewed["access_token"]))["team_id"] == team.id
    bare.clock.advance(hours=1)
    assert await refusal(client.auth_test(token=granted["access_token"])) == "token_expired"


async def test_the_directory_is_read_page_by_page(bare: Quiet) -> None:
    client, general = bare.client, bare.general
    grace = bare.team.member("grace", admin=True)
    bare.team.channel("secret", private=True, bot=False)
    bare.team.channel("closed", private=True)
    both = await client.conversations_list(types="public_channel,private_channel")
    assert [one["name"] for one in both["channels"]] == ["general", "closed"]
    first = await client.conversations_members(channel=general.id, limit=2)
    rest = await client.conversations_members(
        channel=general.id, limit=2, cursor=first["response_metadata"]["next_cursor"]
    )
    assert {*first["members"], *rest["members"]} == {bare.team.bot, bare.ada.id, grace.id}
    assert rest["response_metadata"]["next_cursor"] == ""
    mine = await client.users_conversations(user=grace.id)
    assert [one["id"] for one in mine["channels"]] == [general.id]
    direct = (await client.conversations_open(users=grace.id))["channel"]["id"]
    assert (await client.conversations_info(channel=direct))["channel"]["user"] == grace.id
    assert (await client.users_info(user=grace.id))["user"]["is_admin"]
    assert await refusal(client.users_info(user="U404")) == "user_not_found"
    elsewhere = bare.world.workspace("Elsewhere")
    assert await refusal(client.conversations_info(channel=elsewhere.channel("general").id)) == "channel_not_found"
