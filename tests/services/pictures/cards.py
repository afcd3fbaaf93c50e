"""Members to draw: somebody new, somebody in the middle, somebody with everything, and anybody at all."""

from __future__ import annotations

import random
from datetime import date, timedelta

from hypothesis import strategies as st

from bot.services.pictures import Card, StageBar

TODAY = date(2026, 11, 21)
HOLIDAY = frozenset(date(2026, 7, 20) + timedelta(days=day) for day in range(9))
STAGES = (
    StageBar("Foundations", 5, 5),
    StageBar("Entry level", 3, 8),
    StageBar("Mid-career", 0, 7),
    StageBar("Senior and leadership", 0, 6),
    StageBar("A voice in the field", 0, 5),
)


def busy(*weeks: int, most: int = 5) -> dict[date, int]:
    """Fill some weeks, told by how long ago they were, as people do: some days more, some days nothing."""
    chance = random.Random(12)  # the same every time
    monday = TODAY - timedelta(days=TODAY.weekday())
    days: dict[date, int] = {}
    for ago in weeks:
        length = 7 if ago else TODAY.weekday() + 1
        for day in chance.sample(range(length), k=chance.randint(1, most) if ago else 3):
            days[monday + timedelta(days=day - 7 * ago)] = chance.choice((1, 1, 1, 1, 2, 2, 3, 4))
    return {day: count for day, count in days.items() if day not in HOLIDAY}


# Seven weeks now; twelve before, in which the holiday is excused; a first try in spring.
MEMBERS_WEEKS = (*range(7), *range(9, 22), *range(25, 29), 31)
NEWCOMER = Card("No path yet", (), 0, 0, 0, {}, frozenset(), TODAY, ())
MEMBER = Card(
    "The common road",
    STAGES,
    7,
    12,
    3,
    busy(*MEMBERS_WEEKS),
    HOLIDAY,
    TODAY,
    ("First step", "Ten tips tried", "Comeback"),
)
FULLEST = Card(
    "Machine learning operations and platform engineering for everyone",
    tuple(StageBar(f"Stage {number} with quite a long title", 3 * number, 24) for number in range(8)),
    52,
    52,
    7,
    busy(*range(53), most=7),
    HOLIDAY,
    TODAY,
    tuple(f"Badge of honour {number}" for number in range(12)),
)
WIDEST = Card(
    "W" * 400,
    tuple(StageBar("W" * 400, 10**9, 10**12) for _ in range(40)),
    10**9,
    10**12,
    10**9,
    {TODAY - timedelta(days=back): 10**9 for back in range(1, 400)},
    frozenset({TODAY}),
    TODAY,
    ("W" * 400,) * 40,
)
SAMPLES = {"newcomer": NEWCOMER, "member": MEMBER, "fullest": FULLEST, "widest": WIDEST}

_numbers = st.one_of(st.integers(-3, 400), st.integers())
_texts = st.one_of(
    st.sampled_from(["Foundations", "Глубокое", "深度", "", "Éclair – ½", "W" * 90]), st.text(max_size=90)
)
_stages = st.builds(StageBar, _texts, _numbers, _numbers)


@st.composite
def any_cards(draw: st.DrawFn) -> Card:
    """Draw a card that nobody has thought of."""
    today = draw(st.dates())
    near = st.integers(-400, 30).map(lambda days: date.fromordinal(min(max(today.toordinal() + days, 1), 3652059)))
    return Card(
        draw(_texts),
        tuple(draw(st.lists(_stages, max_size=12))),
        draw(_numbers),
        draw(_numbers),
        draw(_numbers),
        draw(st.dictionaries(near, _numbers, max_size=40)),
        draw(st.frozensets(near, max_size=20)),
        today,
        tuple(draw(st.lists(_texts, max_size=12))),
    )
