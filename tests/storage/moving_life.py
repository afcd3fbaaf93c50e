"""A community in which a little of everything has happened, for moving it about."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.models import Activity, Community, DayRange, Handle, Person, Place
from bot.ports import Store
from bot.services.days import member_day
from storage.driver import connect
from tests.storage.conftest import SetClock

SLACK, ELSEWHERE = Place("slack", "T1"), Place("slack", "T2")
MEMBERS = {"ada": Handle("slack", "T1", "UADA"), "bo": Handle("slack", "T1", "UBO"), "cy": Handle("slack", "T1", "UCY")}
SECOND_OF_BO = Handle("discord", "", "77")

# What no repository writes at once, as it stands in the file.
_MORE = """
INSERT INTO rounds (id, community_id, challenge, content, opens, closes, wound_up)
VALUES (1, 1, 'c.one', '{}', '2026-03-02T00:00:00.000000+00:00', '2026-03-09T00:00:00.000000+00:00', NULL);
INSERT INTO round_plans VALUES (1, '2026-03-09T00:00:00.000000+00:00', 'c.two');
INSERT INTO efforts (round_id, person_id, opened, tried, parts, points)
VALUES (1, 1, '2026-03-02T10:00:00.000000+00:00', 2, 1, 20), (1, 2, '2026-03-02T11:00:00.000000+00:00', 1, 0, 0);
INSERT INTO attempts (round_id, person_id, part, at, correct, mark)
VALUES (1, 1, 0, '2026-03-02T10:01:00.000000+00:00', 1, 'm');
INSERT INTO hints_opened VALUES (1, 1, 0);
INSERT INTO handins (id, round_id, person_id, link, words, at)
VALUES (1, 1, 1, 'https://example.org', 'mine', '2026-03-02T12:00:00.000000+00:00'),
    (2, 1, 2, 'https://example.net', 'ours', '2026-03-02T12:00:00.000000+00:00');
INSERT INTO reviews (handin_id, reviewer_id, assigned) VALUES (1, 2, '2026-03-03T00:00:00.000000+00:00');
INSERT INTO activities (person_id, community_id, kind, subject, at, zone, day, key, credited, points) VALUES
    (1, 1, 'challenge-done', 'c.one:1:part:2', '2026-03-02T10:01:00.000000+00:00', 'UTC', '2026-03-02',
     'challenge-done:c.one:1:part:2', 0, 20),
    (2, 1, 'review-done', '1:2', '2026-03-02T13:00:00.000000+00:00', 'UTC', '2026-03-02', 'review-done:1:2', 0, 5);
INSERT INTO outages (start, until) VALUES ('2026-02-01T00:00:00.000000+00:00', '2026-02-02T00:00:00.000000+00:00');
INSERT INTO posts (community_id, platform, job, due, until, turn, state) VALUES
    (1, 'slack', 'tip', '2026-03-01T09', '2026-03-03T09', '2026-03-01T09', 'sent'),
    (1, 'slack', 'tip', '2026-03-02T09', '2026-03-04T09', '2026-03-02T09', 'sending'),
    (1, 'slack', 'tip', '2026-03-03T09', '2026-03-05T09', '2026-03-03T09', 'pending');
INSERT INTO schedules (community_id, job, wall, zone, since, next, reckoned)
VALUES (1, 'tip', '09:00', 'UTC', '2026-03-01', '2026-03-03', '2026-03-01');
INSERT INTO weekly (community_id, channel) VALUES (1, 'C1');
UPDATE memberships SET nudge = 1, nudged = 1 WHERE person_id = 1;
INSERT INTO secrets VALUES ('challenges', 'aa');
INSERT INTO sealed VALUES ('slack:token', 'never to leave');
INSERT INTO calls (id, outcome, at) VALUES ('call', '{}', '2026-03-01');
"""


async def live(store: Store, path: Path, clock: SetClock) -> None:
    """Let a little of everything happen."""
    guild = await store.communities.enter(SLACK, "Study group")
    await store.communities.set_zone(guild.id, "Europe/Rome")
    people = [await store.people.enter(handle, name.title()) for name, handle in MEMBERS.items()]
    for number, person in enumerate(people):
        await _study(store, guild, person, clock.now() - timedelta(days=20 - number))
    await store.boards.join(guild.id, people[0].id)
    await store.boards.join(guild.id, people[1].id)
    await _join_accounts(store, people[1], clock)
    await store.gaps.ask(guild.id, "Why does it not converge?", people[0].id)
    await store.streaks.excuse(guild.id, DayRange(date(2026, 2, 10), date(2026, 2, 11)), "exams")
    await store.saves.keep(people[0].id, "tip", "tip.one")
    await store.votes.cast(people[0].id, "faq.one", helped=True)
    await store.notices.leave(people[2].id, "Somebody answered.")
    connection = connect(str(path), busy_seconds=5)
    connection.executescript(_MORE)
    connection.close()


async def _study(store: Store, guild: Community, person: Person, start: datetime) -> None:
    for day in range(12):
        at = (start + timedelta(days=day)).astimezone(UTC)
        where = guild.id if day % 3 else None
        fact = Activity(person.id, where, "tip", f"t{day}", at, "UTC", member_day(at), f"tip:t{day}", points=3)
        await store.activities.record(fact)
    last = await store.activities.last(person.id)
    assert last is not None and last.id is not None
    await store.activities.take_back(person.id, last.id)
    await store.check_ins.write(person.id, member_day(start), f"{person.name} learnt something")


async def _join_accounts(store: Store, person: Person, clock: SetClock) -> None:
    second = await store.people.enter(SECOND_OF_BO, "Bo elsewhere")
    at = clock.now().astimezone(UTC)
    await store.activities.record(Activity(second.id, None, "tip", "x", at, "UTC", member_day(at), "tip:x", points=3))
    await store.joins.offer(person.id, "ABCDEF", clock.now() + timedelta(hours=1))
    assert await store.joins.join("ABCDEF", SECOND_OF_BO)
