"""Rounds for tests: a challenge of the small pack that is on for a week."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.models import Activity, Handle, Place
from bot.models.challenges import Round
from bot.services.answers import Answers
from bot.services.challenges.data import make_data, members_seed
from bot.services.challenges.rounds import pin, read_pinned
from bot.wiring import House
from content.challenge_model import AnswerChallenge, AnyChallenge, challenge_to_json
from tests.fakes.platform import Member

WEEK = timedelta(weeks=1)


def challenge_named(house: House, name: str, **changes: Any) -> AnyChallenge:
    """Return a challenge of the small pack, changed where a test needs it."""
    found = house.services.get(Answers).base.catalog.challenge(name)
    assert found is not None
    return found.model_copy(update=changes)


async def open_week(house: House, member: Member, name: str, **changes: Any) -> Round:
    """Let a challenge be on where this member is, from now on for a week."""
    place = member.speaker.place
    assert place is not None
    community = await house.store.communities.enter(place, member.speaker.place_name)
    challenge, now = challenge_named(house, name, **changes), house.dispatcher.clock.now()
    return await house.store.rounds.open(community.id, challenge.id, challenge_to_json(challenge), now, now + WEEK)


async def person_id(house: House, member: Member) -> int:
    """Return a member's number."""
    person = await house.store.people.find(member.speaker.handle)
    assert person is not None
    return person.id


async def facts_of(house: House, member: Member) -> list[Activity]:
    """Return what stands in a member's ledger."""
    return list(await house.store.activities.of(await person_id(house, member)))


async def gained(house: House, member: Member) -> list[tuple[str, int]]:
    """Return kinds and points of a member's facts."""
    return [(fact.kind, fact.points) for fact in await facts_of(house, member)]


def content_of(found: Round) -> AnyChallenge:
    """Return the challenge of a round."""
    return pin(found).challenge


async def answers_of(house: House, handle: Handle, place: Place) -> dict[str, object]:
    """Look up what is right for a member in the round that is on, as only a test can."""
    person, community = await house.store.people.find(handle), await house.store.communities.find(place)
    assert person is not None
    assert community is not None
    (latest, *_) = await house.store.rounds.of(community.id)
    challenge = read_pinned(latest.content)
    assert isinstance(challenge, AnswerChallenge)
    seed = members_seed(await house.store.rounds.secret(), community.id, challenge.id, person.id)
    return dict(make_data(challenge.data, seed).answers)
