"""Posts that were planned by an older version are posted, looked up or left alone as they deserve."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.models import PostState, Slot
from bot.models.posting import Post
from storage.driver import connect
from storage.migrate import migrate, shipped
from tests.storage.conftest import GUILD, Reopen, SetClock

DUE = datetime(2026, 3, 1, 9, tzinfo=UTC)
_DUE, _LEASE = "2026-03-01T09:00:00.000000+00:00", "2026-03-01T09:02:00.000000+00:00"
SEVENTH_VERSION = (
    f"INSERT INTO communities (id, platform, place_key, name) VALUES (3, '{GUILD.platform}', '{GUILD.key}', 'Guild')",
    "INSERT INTO posts (id, community_id, job, due, state, fence, worker, lease_until, message) VALUES "
    f"(1, 3, 'a', '{_DUE}', 'sent', 1, NULL, NULL, 'm1'), (2, 3, 'b', '{_DUE}', 'pending', 0, NULL, NULL, NULL), "
    f"(3, 3, 'c', '{_DUE}', 'sending', 4, 'w', '{_LEASE}', NULL)",
)


async def test_posts_of_the_seventh_version_go_on(path: Path, clock: SetClock, reopen: Reopen) -> None:
    connection = connect(str(path), busy_seconds=1)
    migrate(connection, path, shipped()[:7])
    for statement in SEVENTH_VERSION:
        connection.execute(statement)
    connection.close()
    store = await reopen()

    def post(number: int, job: str, state: PostState, fence: int, **more: object) -> Post:
        window = DUE + timedelta(hours=48)
        return Post(number, Slot(3, job, DUE), "discord", state, until=window, turn=DUE, fence=fence, **more)  # type: ignore[arg-type]

    assert sorted(await store.posts.log(3, 9), key=lambda one: one.id) == [
        post(1, "a", PostState.SENT, 1, began=DUE, message="m1"),
        post(2, "b", PostState.PENDING, 0),
        post(3, "c", PostState.SENDING, 4, began=DUE),
    ]
    minute = timedelta(minutes=1)
    assert [one.id for one in await store.posts.claim("w", "discord", lease=minute, limit=9)] == [2]
    clock.forward(minute)
    await store.posts.recover("discord", doubt=minute)
    clock.forward(minute)
    assert {one.id for one in await store.posts.claim("w", "discord", lease=minute, limit=9)} == {2, 3}
