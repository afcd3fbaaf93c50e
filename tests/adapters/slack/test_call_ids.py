"""What happened has one id, however often Slack says so; and who speaks is found in every payload."""

from __future__ import annotations

import json

import pytest

from adapters.slack.parse import Happening, Who, twin_id, who
from tests.adapters.slack.sent import (
    FORM,
    PAYLOADS,
    TOKEN,
    Json,
    event,
    pressed,
    read,
    shortcut,
    slash,
    submitted,
    text,
)


def test_ids_are_slack_s_own() -> None:
    view = read("view", submitted({}, token=FORM)).id
    ids = [
        read("slash", slash("tip")).id,
        read("action", pressed({"type": "button", "value": TOKEN})).id,
        read("shortcut", shortcut("Ask the mentors", "x")).id,
        read("mention", event("tip")).id,
    ]
    assert ids == [
        "slack:slash:13345224609.738474920.8088930838",
        "slack:action:1.2.3",
        "slack:shortcut:7.8.9",
        "slack:event:Ev1",
    ]
    assert view.startswith("slack:view:V1:156.abc:")


@pytest.mark.parametrize(("kind", "payload"), PAYLOADS)
def test_a_second_delivery_has_the_same_id_and_fits_everywhere(kind: Happening, payload: Json) -> None:
    again = json.loads(json.dumps(payload))
    first = read(kind, payload).id
    assert read(kind, again).id == first
    assert len(first.encode()) <= 260


@pytest.mark.parametrize(
    ("kind", "payload", "other"),
    [
        ("slash", {"text": "tip"}, {"text": "faq x"}),
        ("action", pressed({"value": "a"}, trigger_id=""), pressed({"value": "a", "action_ts": "2.1"}, trigger_id="")),
        ("message", event("tip") | {"event_id": ""}, event("tip", ts="3", event_ts="3") | {"event_id": ""}),
        ("view", submitted({"what": text("x")}, token=FORM), submitted({"what": text("y")}, token=FORM)),
        ("view", submitted({}, token=FORM), submitted({}, token=FORM, hash_="157.abc")),
    ],
)
def test_what_is_done_anew_has_another_id(kind: Happening, payload: Json, other: Json) -> None:
    assert read(kind, payload).id != read(kind, other).id


def test_one_message_is_known_under_several_event_ids() -> None:
    first, second = event("tip"), event("tip", "message") | {"event_id": "Ev2"}
    assert twin_id(first) == twin_id(second) != ""
    assert twin_id(event("tip", ts="3", event_ts="3")) != twin_id(first)
    assert twin_id({}) == ""


# Who speaks


def test_who_speaks_is_found_in_every_payload() -> None:
    ada = Who("U1", "ada", "T1", "", "C1", "", "https://hooks.example/1", "13345224609.738474920.8088930838")
    assert who(slash("tip")) == ada
    button = who(pressed({"type": "button", "value": TOKEN}))
    assert (button.user, button.team, button.channel) == ("U1", "T1", "C1")
    assert (button.thread, button.response_url) == ("1700000000.000001", "https://hooks.example/2")
    said = who(event("tip", thread_ts="1.0"))
    assert said == Who(user="U1", team="T1", channel="C1", thread="1.0")


def test_a_form_remembers_where_its_answer_goes() -> None:
    assert who(submitted({}, token=FORM, url="https://hooks.example/9")).response_url == "https://hooks.example/9"


def test_an_organisation_is_the_realm_of_its_members() -> None:
    assert who(submitted({}, token=FORM)).realm == "E1"
    assert who(slash("tip") | {"enterprise_id": "E1"}).realm == "E1"
    assert who(slash("tip")).realm == "T1"


def test_an_organisation_s_own_installation_may_name_no_workspace() -> None:
    button = pressed({"value": TOKEN}) | {"team": None, "enterprise": {"id": "E1"}, "is_enterprise_install": True}
    assert (who(button).team, who(button).enterprise) == ("T1", "E1")
    del button["user"]["team_id"]
    assert (who(button).team, who(button).realm) == ("", "E1")


def test_the_workspace_is_where_the_bot_was_invited_not_where_a_stranger_comes_from() -> None:
    assert who(event("tip", team="T2", user_team="T2")).team == "T1"
