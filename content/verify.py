"""Many links verified politely: few at a time, one at a time on each host, the doubtful ones twice."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

from content.address import host_of
from content.probe import Answer, State, probe

Probe = Callable[[str], Answer]
AT_A_TIME = 6
BETWEEN_TWO = 0.5
_WORTH_A_SECOND_LOOK = frozenset((State.DEAD, State.NO_HOST, State.UNSURE))
_REACHED = frozenset((State.ALIVE, State.GUARDED, State.MOVED, State.DEAD))


def verify(urls: Iterable[str], ask: Probe = probe, pause: Callable[[float], None] = time.sleep) -> dict[str, Answer]:
    """Return what became of each link; a link is dead only when it was so twice."""
    answers = _round(dict.fromkeys(urls), ask, pause)
    doubtful = [url for url, answer in answers.items() if answer.state in _WORTH_A_SECOND_LOOK]
    if not doubtful:
        return answers
    pause(BETWEEN_TWO)
    second = _round(doubtful, ask, pause)
    settled = {url: _settle(answers[url], second[url]) for url in doubtful}
    return _unless_offline({**answers, **settled})


def _round(urls: Iterable[str], ask: Probe, pause: Callable[[float], None]) -> dict[str, Answer]:
    by_host: dict[str, list[str]] = {}
    for url in urls:
        by_host.setdefault(host_of(url), []).append(url)

    def visit(queue: list[str]) -> list[tuple[str, Answer]]:
        found: list[tuple[str, Answer]] = []
        for number, url in enumerate(queue):
            if number:
                pause(BETWEEN_TWO)
            found.append((url, ask(url)))
        return found

    with ThreadPoolExecutor(AT_A_TIME) as pool:
        return {url: answer for found in pool.map(visit, by_host.values()) for url, answer in found}


def _settle(first: Answer, second: Answer) -> Answer:
    if second.state in (State.DEAD, State.NO_HOST) and first.state is not second.state:
        return Answer(State.UNSURE, f"{first.detail}, then {second.detail}")
    return second


def _unless_offline(answers: dict[str, Answer]) -> dict[str, Answer]:
    """Take back "no such host" when no host at all answered: then this machine is offline."""
    if any(answer.state in _REACHED for answer in answers.values()):
        return answers
    offline = Answer(State.UNSURE, "no host answered; is this machine online?")
    return {url: offline if found.state is State.NO_HOST else found for url, found in answers.items()}
