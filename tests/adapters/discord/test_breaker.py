"""The fuse blows in time, says so once, and comes back carefully."""

from __future__ import annotations

import logging

import pytest

from adapters.discord.breaker import Breaker
from tests.adapters.discord.virtual_time import HastyTime


class Fuse:
    """A breaker that trips after ten refusals, and how often it said so."""

    def __init__(self) -> None:
        self.clock, self.told = HastyTime(), 0
        self.breaker = Breaker(self.clock, threshold=10, on_open=self._tell)

    def _tell(self) -> None:
        self.told += 1

    def is_open(self) -> bool:
        return self.breaker.open

    def refuse(self, times: int, status: int = 403) -> None:
        for _ in range(times):
            self.breaker.saw(status, paced=True)


@pytest.fixture
def fuse() -> Fuse:
    return Fuse()


@pytest.mark.parametrize("status", [401, 403, 429])
def test_ten_refusals_are_enough(fuse: Fuse, status: int) -> None:
    fuse.refuse(9, status)
    assert not fuse.is_open()
    assert fuse.breaker.hold() == 0
    fuse.refuse(1, status)
    assert fuse.is_open()
    assert fuse.breaker.hold() == 300


@pytest.mark.parametrize("status", [200, 204, 400, 404, 500, 503])
def test_other_answers_do_not_count(fuse: Fuse, status: int) -> None:
    fuse.refuse(100, status)
    assert not fuse.is_open()


def test_refusals_of_long_ago_do_not_count(fuse: Fuse) -> None:
    for _ in range(100):
        fuse.refuse(1)
        fuse.clock.now += 70
    assert not fuse.is_open()


def test_refusals_of_interactions_count_too(fuse: Fuse) -> None:
    for _ in range(10):
        fuse.breaker.saw(401, paced=False)
    assert fuse.is_open()


def test_it_is_said_once_and_plainly(fuse: Fuse, caplog: pytest.LogCaptureFixture) -> None:
    fuse.refuse(500)
    assert fuse.told == 1
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert "rest for 5 minutes" in caplog.text


def test_a_probe_that_is_refused_brings_another_rest_and_no_new_message(fuse: Fuse) -> None:
    fuse.refuse(10)
    fuse.clock.now += 300
    assert fuse.breaker.hold() <= 0
    fuse.breaker.gave_turn()
    assert fuse.breaker.hold() == 10
    fuse.refuse(1)
    assert fuse.breaker.hold() == 300
    assert fuse.told == 1


def test_a_probe_that_is_lost_is_followed_by_another(fuse: Fuse) -> None:
    fuse.refuse(10)
    fuse.clock.now += 300
    fuse.breaker.gave_turn()
    fuse.breaker.saw(502, paced=True)
    assert fuse.is_open()
    fuse.clock.now += 10
    assert fuse.breaker.hold() <= 0


def test_a_probe_that_is_taken_makes_everything_as_before(fuse: Fuse, caplog: pytest.LogCaptureFixture) -> None:
    fuse.refuse(10)
    fuse.clock.now += 300
    fuse.breaker.saw(200, paced=False)
    assert fuse.is_open()
    fuse.breaker.saw(404, paced=True)
    assert not fuse.is_open()
    assert fuse.breaker.hold() == 0
    assert "takes our requests again" in caplog.text
    fuse.refuse(9)
    assert not fuse.is_open()
    fuse.refuse(1)
    assert fuse.told == 2
