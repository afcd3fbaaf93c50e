"""The log of a small service, one request a line, to be read and counted."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Annotated

from pydantic import Field

from content.generators.arithmetic import mean, nearest_rank
from content.generators.clear import highest, require
from content.generators.dice import Dice
from content.generators.generator import Generator, Params, number, text, whole
from content.generators.made import Answer, Made, Text
from content.generators.words import ids

_PATHS = ("/predict", "/search", "/train", "/health", "/upload", "/export")
_FIRST = datetime(2024, 1, 1, 6)
_LONGEST_PAUSE = 1800


class EventLog(Params):
    """Say how much happens in the log."""

    requests: Annotated[int, Field(ge=100, le=3000, description="How many requests there are.")] = 400
    users: Annotated[int, Field(ge=5, le=60, description="How many people use the service.")] = 20
    failing: Annotated[float, Field(ge=0.03, le=0.4, description="Share of requests that fail.")] = 0.08


@dataclass(frozen=True, slots=True)
class _Request:
    second: int
    user: str
    path: str
    status: int
    takes: int


def _build(params: EventLog, dice: Dice) -> Made:
    start = _FIRST + timedelta(days=dice.integer(0, 364))
    users = dice.shuffled(ids("u", params.users))
    risks = [dice.between(0.2, 2.0) * params.failing for _ in _PATHS]
    speeds = [dice.between(3.0, 5.5) for _ in _PATHS]
    requests: list[_Request] = []
    while len(requests) < params.requests:
        requests += _visit(users, risks, speeds, dice)
    requests = sorted(requests[: params.requests], key=lambda each: each.second)
    lines = [_line(start + timedelta(seconds=each.second), each) for each in requests]
    return Made({"requests": Text(tuple(lines))}, _answers(start, requests))


def _visit(users: list[str], risks: list[float], speeds: list[float], dice: Dice) -> list[_Request]:
    user = users[min(int(dice.exponential(len(users) / 3)), len(users) - 1)]
    second, found = dice.integer(0, 12 * 3600), []
    for _ in range(1 + dice.poisson(4)):
        place = dice.integer(0, len(_PATHS) - 1)
        failed = dice.chance(min(0.8, risks[place]))
        status = dice.choice((500, 503)) if failed else dice.weighted((200, 201, 404), (12, 2, 1))
        found.append(_Request(second, user, _PATHS[place], status, round(math.exp(dice.normal(speeds[place], 0.5)))))
        second += 1 + int(dice.exponential(90))
    return found


def _line(moment: datetime, each: _Request) -> str:
    return f"{moment.isoformat()}Z user={each.user} GET {each.path} {each.status} {each.takes}ms"


def _answers(start: datetime, requests: list[_Request]) -> dict[str, Answer]:
    failed = Counter(each.path for each in requests if each.status >= 500)
    by_path = Counter(each.path for each in requests)
    speed = {path: mean([each.takes for each in requests if each.path == path]) for path in by_path}
    quarters = Counter(each.second // 900 for each in requests)
    seconds: dict[str, list[int]] = {}
    for each in requests:
        seconds.setdefault(each.user, []).append(each.second)
    pauses = [two - one for each in seconds.values() for one, two in pairwise(each)]
    require(failed.total() > 0)
    return {
        "users": len(seconds),
        "error_rate": failed.total() / len(requests),
        "least_sure_path": highest({path: failed[path] / times for path, times in by_path.items()}),
        "slowest_path": highest(speed),
        "slowest_path_mean": max(speed.values()),
        "p95": nearest_rank([each.takes for each in requests], 95),
        "busiest_quarter": f"{start + timedelta(minutes=15 * highest(quarters, 0.5)):%H:%M}",
        "sessions": len(seconds) + sum(pause > _LONGEST_PAUSE for pause in pauses),
        "longest_session": max(map(_longest, seconds.values())),
        "busiest_user": highest({user: len(each) for user, each in seconds.items()}, 0.5),
    }


def _longest(seconds: list[int]) -> int:
    """Return how long the longest session lasts, in seconds."""
    longest, begin = 0, seconds[0]
    for one, two in pairwise(seconds):
        begin = two if two - one > _LONGEST_PAUSE else begin
        longest = max(longest, two - begin)
    return longest


_SESSION = "A session of a user ends when the next request comes more than 1800 seconds later."
GENERATOR = Generator(
    "event-log",
    "The log of a service: time, user, path, status and milliseconds, one request a line.",
    EventLog,
    _build,
    {
        "users": whole("How many different users there are."),
        "error_rate": number("The share of requests with a status of 500 or more."),
        "least_sure_path": text("The path with the highest share of requests with a status of 500 or more."),
        "slowest_path": text("The path with the highest mean of milliseconds."),
        "slowest_path_mean": number("The highest mean of milliseconds of a path."),
        "p95": whole("The smallest time in milliseconds that at least 95 percent of all requests do not exceed."),
        "busiest_quarter": text("The start of the quarter of an hour with the most requests, such as 14:15."),
        "sessions": whole(f"{_SESSION} How many sessions are there?"),
        "longest_session": whole(f"{_SESSION} The seconds from first to last request of the longest one."),
        "busiest_user": text("The user with the most requests."),
    },
)
