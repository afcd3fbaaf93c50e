"""Says what must never be, by what is true in the world and by an oracle of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from bot.models import PostState
from bot.models.posting import Post, Rule, Why
from bot.scheduler.jobs import key_of
from tests.scheduler.dst_oracle import daily, on_the_wall, soon_first_minute, weekly
from tests.simulation.platforms import BLIND
from tests.simulation.stage import Stage
from tests.simulation.world import BEGIN, Message

# What organisers are promised: so long after its time a post still comes.
CATCH_UP = timedelta(hours=48)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
# What is younger may still be under way.
SETTLED = 12 * DAY
# Nothing that can be posted stays unposted for so long.
ENOUGH = 14 * HOUR


class Window(NamedTuple):
    """When a slot was to be posted, whatever the scheduler thinks of it."""

    start: datetime
    end: datetime


def findings(stage: Stage) -> list[str]:
    """Return all that must not be."""
    end = stage.world.true_now() - SETTLED
    found = list(stage.world.violations)
    for number in stage.platforms:
        posts = _posts(stage, number, end)
        found += _wrong_slots(stage, number, posts, end)
        for post, following in zip(posts, [*posts[1:], None], strict=False):
            end_of_window = post.slot.due + CATCH_UP
            window = Window(post.slot.due, min(end_of_window, following.slot.due) if following else end_of_window)
            found += [f"{key_of(post.slot)}: {problem}" for problem in _problems(stage, post, window)]
    return found


def _posts(stage: Stage, number: int, end: datetime) -> list[Post]:
    posts = [row.post for row in stage.tables.rows.values() if row.post.slot.community_id == number]
    return sorted((post for post in posts if post.slot.due < end), key=lambda post: post.slot.due)


def _wrong_slots(stage: Stage, number: int, posts: list[Post], end: datetime) -> Iterator[str]:
    dues = [post.slot.due for post in posts]
    if len(stage.rules[number]) > 1:
        yield from _wrong_weeks(stage.rules[number], dues)
        return
    ((_, rule),) = stage.rules[number]
    expected = [due for due in _expected(rule, end) if BEGIN < due < end]
    if dues != expected:
        lost, invented = sorted({*expected} - {*dues}), sorted({*dues} - {*expected})
        yield f"community {number}: lost {lost[:3]}, invented {invented[:3]}"


def _expected(rule: Rule, end: datetime) -> Iterator[datetime]:
    first, last = BEGIN.date() - 2 * DAY, end.date() + 2 * DAY
    if rule.weekday is None:
        return daily(first, last, rule.wall, rule.zone)
    return weekly(first, last, rule.wall, rule.zone, rule.weekday)


def _wrong_weeks(rules: list[tuple[datetime, Rule]], dues: list[datetime]) -> Iterator[str]:
    for before, after in pairwise(dues):
        if after - before < 5 * DAY:
            yield f"two weeks in one: {before} and {after}"
        changed_late = any(9 * DAY < since - before < after - before for since, _ in rules)
        if after - before >= 10 * DAY and not changed_late:
            yield f"no week between {before} and {after}"
    for due in dues:
        rule = [one for since, one in rules if since < due][-1]
        local = on_the_wall(due, rule.zone).date()
        if due not in {soon_first_minute(local + n * DAY, rule.wall, rule.zone) for n in (-1, 0, 1)}:
            yield f"{due} is not {rule.wall} in {rule.zone}"


def _problems(stage: Stage, post: Post, window: Window) -> Iterator[str]:
    messages = stage.world.by_key.get(key_of(post.slot), [])
    if len(messages) > 1:
        yield f"posted {len(messages)} times"
    for message in messages:
        yield from _wrong_message(message, post)
    if post.state in (PostState.PENDING, PostState.SENDING):
        yield f"still {post.state}"
    elif post.state is PostState.SENT and not messages:
        yield "kept as sent, and nowhere to be seen"
    elif post.state is PostState.SENT and post.message not in {None, *(message.id for message in messages)}:
        yield "kept with another message"
    elif post.state is PostState.UNKNOWN:
        yield from _unknown(stage, post, window)
    elif post.state is PostState.MISSED:
        yield from _missed(stage, post, messages, window)


def _wrong_message(message: Message, post: Post) -> Iterator[str]:
    if message.shown < post.slot.due:
        yield f"posted at {message.shown}, before its time"
    least, most = message.wall_time - post.slot.due, message.shown - post.slot.due
    if message.late and most <= 15 * MINUTE:
        yield f"posted {most} after its time, and called late"
    if not message.late and least > HOUR:
        yield f"posted {least} after its time, and not called late"


def _unknown(stage: Stage, post: Post, window: Window) -> Iterator[str]:
    key = key_of(post.slot)
    if key not in stage.world.doubted:
        yield "unknown, and nothing had happened to it"
    if not any(one == key and news == "unsure" for _, one, news, _ in stage.world.told):
        yield "unknown, and nobody was told"
    if post.platform != BLIND and stage.world.good_stretch(*window, str(post.slot.community_id)) > ENOUGH:
        yield "unknown, and could have been looked up"


def _missed(stage: Stage, post: Post, messages: list[Message], window: Window) -> Iterator[str]:
    if messages:
        yield "kept as missed, and there it is"
    if post.why is Why.REFUSED:
        if key_of(post.slot) not in stage.world.refused:
            yield "missed as refused, and nobody had"
    elif post.platform == BLIND and key_of(post.slot) in stage.world.doubted:
        return  # an organiser looked, perhaps too late to post it again
    elif (good := stage.world.good_stretch(*window, str(post.slot.community_id))) > ENOUGH:
        yield f"missed ({post.why}), and for {good} nothing was in its way"
