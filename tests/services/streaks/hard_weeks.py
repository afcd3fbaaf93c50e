"""Hard cases of the weekly streak; every number is worked out by hand."""

from __future__ import annotations

from datetime import date

from bot.models import Excused
from tests.services.streaks.scenes import Scene, days, did, down, weekly

BERLIN, KIRITIMATI, HONOLULU = "Europe/Berlin", "Pacific/Kiritimati", "Pacific/Honolulu"
EIGHT_WEEKS = weekly("UTC", "Tue 2026-01-06 10:00", 8)  # until Tue 2026-02-24: eight weeks, two freezes
TWO_WEEKS = did("UTC", "Tue 2026-03-03 10:00", "Tue 2026-03-10 10:00")  # then nothing in the week of 16 March


def _while_the_bot_was_down(words: str, *times: tuple[str, str], weeks: str, **numbers: object) -> Scene:
    """Miss the week of 9 March, with the bot down in it, and come back on Tuesday."""
    done = did(BERLIN, "Tue 2026-03-03 10:00", "Tue 2026-03-17 10:00")
    return Scene(words, done, "Tue 2026-03-17 12:00", BERLIN, down(BERLIN, *times), weeks, numbers)


WEEK_ENDS = [
    Scene(
        "03:59 on Monday still belongs to last week, 04:01 to this one: two weeks within two minutes",
        did(BERLIN, "Mon 2026-03-09 03:59", "Mon 2026-03-09 04:01"),
        "Mon 2026-03-09 12:00",
        BERLIN,
        weeks="AA",
        numbers={"count": 2, "daily": 2, "days_this_week": (date(2026, 3, 9),), "monday": date(2026, 3, 9)},
    ),
    Scene(
        "at 03:59 on Monday nothing is lost yet",
        did(BERLIN, "Tue 2026-03-03 10:00"),
        "Mon 2026-03-16 03:59",
        BERLIN,
        weeks="AO",
        numbers={"count": 1, "kept": False, "loss": None},
    ),
    Scene(
        "at 04:00 on Monday it is lost, and can be repaired until this week ends",
        did(BERLIN, "Tue 2026-03-03 10:00"),
        "Mon 2026-03-16 04:00",
        BERLIN,
        weeks="ALO",
        numbers={"count": 0, "best": 1, "loss": (date(2026, 3, 9), 1, True), "monday": date(2026, 3, 16)},
    ),
    Scene(
        "a week is not over in Honolulu when it is over in Kiritimati, where the member was last active",
        did(KIRITIMATI, "Tue 2026-03-03 09:00"),
        "Sun 2026-03-15 05:00",
        HONOLULU,
        weeks="AO",
        numbers={"count": 1, "monday": date(2026, 3, 9)},
    ),
    Scene(
        "the same moment without leaving Kiritimati: Monday, 05:00",
        did(KIRITIMATI, "Tue 2026-03-03 09:00"),
        "Mon 2026-03-16 05:00",
        KIRITIMATI,
        weeks="ALO",
        numbers={"count": 0, "monday": date(2026, 3, 16)},
    ),
    Scene(
        "nor the other way round: Monday in Kiritimati is still Sunday in Honolulu, where they came from",
        did(HONOLULU, "Tue 2026-03-03 10:00"),
        "Mon 2026-03-16 05:00",
        KIRITIMATI,
        weeks="AO",
        numbers={"count": 1, "loss": None, "monday": date(2026, 3, 9)},
    ),
    Scene(
        "Kiritimati's Monday, then Honolulu's Sunday: the new week is kept already, and the old one too",
        did(KIRITIMATI, "Mon 2026-03-09 05:00") + did(HONOLULU, "Sun 2026-03-08 20:00"),
        "Sun 2026-03-08 21:00",
        HONOLULU,
        weeks="AA",
        numbers={"count": 2, "daily": 2, "kept": True, "monday": date(2026, 3, 9), "activities_this_week": 1},
    ),
    Scene(
        "Kiritimati, Honolulu and back again within three days",
        did(KIRITIMATI, "Mon 2026-03-09 05:00", "Wed 2026-03-11 09:00") + did(HONOLULU, "Sun 2026-03-08 20:00"),
        "Wed 2026-03-11 12:00",
        KIRITIMATI,
        weeks="AA",
        numbers={"count": 2, "daily": 3, "active_days": 3, "days_this_week": (date(2026, 3, 9), date(2026, 3, 11))},
    ),
    Scene(
        "a week missed in Honolulu is forgiven when its Sunday was spent in Kiritimati's Monday",
        did(HONOLULU, "Tue 2026-03-03 10:00") + did(KIRITIMATI, "Mon 2026-03-16 05:00"),
        "Mon 2026-03-16 12:00",
        KIRITIMATI,
        weeks="AEA",
        numbers={"count": 2, "loss": None},
    ),
    Scene(
        "2020 has a week 53, which ends on 3 January",
        did("UTC", "Mon 2020-12-21 10:00", "Sun 2021-01-03 10:00", "Mon 2021-01-04 10:00"),
        "Mon 2021-01-04 12:00",
        weeks="AAA",
        numbers={"count": 3, "monday": date(2021, 1, 4)},
    ),
    Scene(
        "2026 has one too: active on both sides of the new year is one gold week",
        did("UTC", "Wed 2026-12-23 10:00", "Thu 2026-12-31 10:00", "Fri 2027-01-01 10:00", "Sat 2027-01-02 10:00"),
        "Mon 2027-01-04 03:00",
        weeks="AA",
        numbers={"count": 2, "gold": True, "gold_weeks": 1, "monday": date(2026, 12, 28), "activities_this_week": 3},
    ),
    Scene(
        "week 53 missed is one week missed, not two",
        did("UTC", "Wed 2026-12-23 10:00", "Mon 2027-01-04 10:00"),
        "Mon 2027-01-04 12:00",
        weeks="ALA",
        numbers={"count": 1, "loss": (date(2026, 12, 28), 1, True)},
    ),
]

EXCUSES = [
    _while_the_bot_was_down(
        "the bot was down for half of a Sunday: the week costs nothing",
        ("Sun 2026-03-15 10:00", "Sun 2026-03-15 22:00"),
        weeks="AEA",
        count=2,
        loss=None,
    ),
    _while_the_bot_was_down(
        "down for 59 minutes: the member could have come",
        ("Sun 2026-03-15 10:00", "Sun 2026-03-15 10:59"),
        weeks="ALA",
        count=1,
        loss=(date(2026, 3, 9), 1, True),
        comebacks=1,
    ),
    _while_the_bot_was_down(
        "down for 61 minutes",
        ("Sun 2026-03-15 10:00", "Sun 2026-03-15 11:01"),
        weeks="AEA",
        count=2,
    ),
    _while_the_bot_was_down(
        "down for one hour exactly, in two halves",
        ("Sun 2026-03-15 10:00", "Sun 2026-03-15 10:30"),
        ("Mon 2026-03-16 03:00", "Mon 2026-03-16 03:30"),
        weeks="AEA",
        count=2,
    ),
    _while_the_bot_was_down(
        "the same forty minutes, noted twice, are forty minutes",
        ("Sun 2026-03-15 10:00", "Sun 2026-03-15 10:40"),
        ("Sun 2026-03-15 10:00", "Sun 2026-03-15 10:40"),
        weeks="ALA",
        count=1,
    ),
    _while_the_bot_was_down(
        "down for two hours around four in the morning, 59 minutes of them on Sunday",
        ("Mon 2026-03-16 03:01", "Mon 2026-03-16 05:01"),
        weeks="ALA",
        count=1,
    ),
    Scene(
        "a pause of four weeks",
        did("UTC", "Fri 2026-03-06 10:00", "Mon 2026-04-06 10:00"),
        "Mon 2026-04-06 12:00",
        excused=Excused(pauses=(days("Mon 2026-03-09", "Sun 2026-04-05"),)),
        weeks="AEEEEA",
        numbers={"count": 2, "daily": 2, "held": 0, "loss": None},
    ),
    Scene(
        "the week after a pause of four weeks counts again",
        did("UTC", "Fri 2026-03-06 10:00"),
        "Mon 2026-04-13 04:00",
        excused=Excused(pauses=(days("Mon 2026-03-09", "Sun 2026-04-05"),)),
        weeks="AEEEELO",
        numbers={"count": 0, "daily": 0, "loss": (date(2026, 4, 6), 1, True)},
    ),
    Scene(
        "an organiser excuses Christmas Eve to 3 January: two weeks",
        did("UTC", "Wed 2026-12-16 10:00", "Tue 2027-01-05 10:00"),
        "Tue 2027-01-05 12:00",
        excused=Excused(excuses=(days("Thu 2026-12-24", "Sun 2027-01-03"),)),
        weeks="AEEA",
        numbers={"count": 2, "daily": 1, "loss": None},
    ),
    Scene(
        "three excused days without the Sunday forgive no week",
        did("UTC", "Wed 2026-12-16 10:00", "Tue 2026-12-29 10:00"),
        "Tue 2026-12-29 12:00",
        excused=Excused(excuses=(days("Thu 2026-12-24", "Sat 2026-12-26"),)),
        weeks="ALA",
        numbers={"count": 1},
    ),
    Scene(
        "four do",
        did("UTC", "Wed 2026-12-16 10:00", "Tue 2026-12-29 10:00"),
        "Tue 2026-12-29 12:00",
        excused=Excused(excuses=(days("Wed 2026-12-23", "Sat 2026-12-26"),)),
        weeks="AEA",
        numbers={"count": 2},
    ),
]

FREEZES_AND_REPAIRS = [
    Scene(
        "eight weeks earn two freezes",
        EIGHT_WEEKS,
        "Tue 2026-02-24 12:00",
        weeks="AAAAAAAA",
        numbers={"count": 8, "held": 2, "weeks_to_freeze": None, "active_weeks": 8, "last_frozen": None},
    ),
    Scene(
        "two freezes used in a row, then the streak is lost, and can be repaired",
        EIGHT_WEEKS,
        "Wed 2026-03-25 10:00",
        weeks="AAAAAAAAFFLO",
        numbers={
            "count": 0,
            "best": 8,
            "held": 0,
            "last_frozen": date(2026, 3, 9),
            "loss": (date(2026, 3, 16), 8, True),
            "weeks_to_freeze": 4,
        },
    ),
    Scene(
        "a week later the window has closed",
        EIGHT_WEEKS,
        "Wed 2026-04-01 10:00",
        weeks="AAAAAAAAFFLMO",
        numbers={"count": 0, "loss": (date(2026, 3, 16), 8, False)},
    ),
    Scene(
        "the second freeze saves the last week, and the ninth active week counts nine",
        EIGHT_WEEKS + did("UTC", "Tue 2026-03-17 10:00"),
        "Tue 2026-03-17 12:00",
        weeks="AAAAAAAAFFA",
        numbers={"count": 9, "held": 0, "weeks_to_freeze": 3},
    ),
    Scene(
        "repaired in the last minute: once on Sunday, once more on Monday at 03:59",
        TWO_WEEKS + did("UTC", "Sun 2026-03-29 10:00", "Mon 2026-03-30 03:59"),
        "Mon 2026-03-30 03:59",
        weeks="AARA",
        numbers={"count": 3, "best": 3, "loss": None, "comebacks": 0},
    ),
    Scene(
        "before that it was lost, and could be repaired",
        TWO_WEEKS + did("UTC", "Sun 2026-03-29 10:00"),
        "Mon 2026-03-30 03:58",
        weeks="AALA",
        numbers={"count": 1, "best": 2, "loss": (date(2026, 3, 16), 2, True), "comebacks": 1, "kept": True},
    ),
    Scene(
        "at 04:00 it is too late",
        TWO_WEEKS + did("UTC", "Sun 2026-03-29 10:00", "Mon 2026-03-30 04:00"),
        "Mon 2026-03-30 04:00",
        weeks="AALAA",
        numbers={"count": 2, "loss": (date(2026, 3, 16), 2, False), "comebacks": 1},
    ),
    Scene(
        "the week of the repair is excused: the one after it is the chance",
        TWO_WEEKS + did("UTC", "Tue 2026-03-31 10:00", "Tue 2026-03-31 11:00"),
        "Tue 2026-03-31 12:00",
        excused=Excused(pauses=(days("Mon 2026-03-23", "Sun 2026-03-29"),)),
        weeks="AAREA",
        numbers={"count": 3, "loss": None},
    ),
    Scene(
        "as long as only one activity is there, it is still open",
        TWO_WEEKS + did("UTC", "Tue 2026-03-31 10:00"),
        "Tue 2026-03-31 12:00",
        excused=Excused(pauses=(days("Mon 2026-03-23", "Sun 2026-03-29"),)),
        weeks="AALEA",
        numbers={"count": 1, "loss": (date(2026, 3, 16), 2, True)},
    ),
    Scene(
        "who comes back once in the excused week has had the chance",
        TWO_WEEKS + did("UTC", "Tue 2026-03-24 10:00", "Tue 2026-03-31 10:00", "Tue 2026-03-31 11:00"),
        "Tue 2026-03-31 12:00",
        excused=Excused(pauses=(days("Mon 2026-03-23", "Sun 2026-03-29"),)),
        weeks="AALAA",
        numbers={"count": 2, "loss": (date(2026, 3, 16), 2, False)},
    ),
    Scene(
        "of two missed weeks the second is repaired by nobody",
        TWO_WEEKS + did("UTC", "Tue 2026-03-31 10:00", "Tue 2026-03-31 11:00"),
        "Tue 2026-03-31 12:00",
        weeks="AALMA",
        numbers={"count": 1, "loss": (date(2026, 3, 16), 2, False), "comebacks": 1, "best": 2},
    ),
    Scene(
        "a comeback after half a year",
        TWO_WEEKS + did("UTC", "Tue 2026-09-01 10:00", "Tue 2026-09-08 10:00", "Wed 2026-09-16 10:00"),
        "Wed 2026-09-16 12:00",
        weeks="AAL" + "M" * 23 + "AAA",
        numbers={"count": 3, "best": 3, "comebacks": 1, "active_weeks": 5, "loss": (date(2026, 3, 16), 2, False)},
    ),
    Scene(
        "three active days make a gold week",
        did("UTC", "Mon 2026-03-09 04:00", "Wed 2026-03-11 12:00", "Mon 2026-03-16 03:59"),
        "Mon 2026-03-16 03:59",
        weeks="A",
        numbers={"gold": True, "gold_weeks": 1, "count": 1},
    ),
    Scene(
        "three activities on two days do not",
        did("UTC", "Mon 2026-03-09 04:00", "Wed 2026-03-11 12:00", "Wed 2026-03-11 13:00"),
        "Sun 2026-03-15 12:00",
        weeks="A",
        numbers={"gold": False, "gold_weeks": 0, "activities_this_week": 3},
    ),
]
