"""Dice: the same numbers on every machine and every Python, shaped as they say."""

from __future__ import annotations

from statistics import fmean, pstdev

from hypothesis import given
from hypothesis import strategies as st

from content.generators.clear import highest, ranked
from content.generators.dice import Dice
from content.generators.generator import Unclear


def test_the_sequence_stays() -> None:
    dice = Dice(b"stepwise")
    assert [dice.integer(0, 999) for _ in range(6)] == [299, 349, 964, 952, 437, 971]
    assert "".join(dice.shuffled("abcdef")) == "bdafce"


def test_shapes() -> None:
    dice = Dice(b"shapes")
    normal = [dice.normal(10, 2) for _ in range(4000)]
    assert abs(fmean(normal) - 10) < 0.15
    assert abs(pstdev(normal) - 2) < 0.1
    assert abs(fmean(dice.exponential(3) for _ in range(4000)) - 3) < 0.2
    for mean in (0.5, 4, 75):
        counts = [dice.poisson(mean) for _ in range(3000)]
        assert abs(fmean(counts) - mean) < 0.2 * mean**0.5
        assert abs(pstdev(counts) - mean**0.5) < 0.1 * mean**0.5
    drawn = [dice.weighted("abc", (6, 3, 1)) for _ in range(4000)]
    assert abs(drawn.count("a") - 2400) < 150
    assert abs(drawn.count("c") - 400) < 80
    assert abs(sum(dice.chance(0.3) for _ in range(4000)) - 1200) < 130


@given(st.binary(max_size=8), st.integers(-50, 50), st.integers(0, 40))
def test_whole_numbers_keep_their_bounds(seed: bytes, low: int, width: int) -> None:
    dice = Dice(seed)
    assert all(low <= dice.integer(low, low + width) <= low + width for _ in range(20))


@given(st.binary(max_size=8), st.lists(st.integers(), max_size=20, unique=True), st.data())
def test_shuffles_and_samples_lose_nothing(seed: bytes, items: list[int], data: st.DataObject) -> None:
    dice = Dice(seed)
    count = data.draw(st.integers(0, len(items)))
    assert sorted(dice.shuffled(items)) == sorted(items)
    assert len(set(dice.sample(items, count)) & set(items)) == count


def test_every_order_comes_up() -> None:
    dice = Dice(b"orders")
    orders = ["".join(dice.shuffled("abc")) for _ in range(600)]
    assert len(set(orders)) == 6
    assert min(orders.count(order) for order in set(orders)) > 60


def test_a_tie_is_not_clear() -> None:
    assert highest({"a": 2.0, "b": 1.0}) == "a"
    assert ranked({"a": 2.0, "b": 1.0, "c": 1.0}, 1) == ["a"]
    for scores, count in (({"a": 1.0, "b": 1.0}, 1), ({"a": 2.0, "b": 1.0, "c": 1.0}, 2)):
        try:
            ranked(scores, count)
        except Unclear:
            continue
        raise AssertionError(scores)
