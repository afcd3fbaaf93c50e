"""How "When does a visit end?" is solved: the pause belongs to the user, not to the log."""

from __future__ import annotations

from datetime import datetime

_PAUSE = 1800


def solve(files: dict[str, str]) -> list[str]:
    """Remember for each user when the visit began and when they were last seen."""
    return _visits(_requests(files))


def naive(files: dict[str, str]) -> list[str]:
    """Wait for a pause of the whole log, as if there were one visitor."""
    return _visits([("anybody", moment) for _, moment in _requests(files)])


def _visits(requests: list[tuple[str, int]]) -> list[str]:
    began: dict[str, int] = {}
    last: dict[str, int] = {}
    visits = longest = 0
    for user, moment in requests:
        if user not in last or moment - last[user] > _PAUSE:
            visits += 1
            began[user] = moment
        last[user] = moment
        longest = max(longest, moment - began[user])
    return [str(visits), str(longest)]


def _requests(files: dict[str, str]) -> list[tuple[str, int]]:
    parts = [line.split() for line in files["requests.txt"].splitlines()]
    return [(user, int(datetime.fromisoformat(moment).timestamp())) for moment, user, *_ in parts]
