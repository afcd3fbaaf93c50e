"""Hard cases of days and of the daily streak; every number is worked out by hand."""

from __future__ import annotations

from datetime import date

from bot.models import Excused
from tests.services.streaks.scenes import Scene, days, did, down

BERLIN, CAIRO, CASEY, APIA = "Europe/Berlin", "Africa/Cairo", "Antarctica/Casey", "Pacific/Apia"

DAY_ENDS = [
    Scene(
        "03:59 belongs to yesterday and 04:01 to today",
        did(BERLIN, "Tue 2026-03-03 03:59", "Tue 2026-03-03 04:01"),
        "Tue 2026-03-03 12:00",
        BERLIN,
        weeks="A",
        numbers={"daily": 2, "days_this_week": (date(2026, 3, 2), date(2026, 3, 3)), "activities_this_week": 2},
    ),
    Scene(
        "04:00 itself is today already",
        did(BERLIN, "Tue 2026-03-03 04:00", "Wed 2026-03-04 03:59"),
        "Wed 2026-03-04 03:59",
        BERLIN,
        weeks="A",
        numbers={"daily": 1, "active_days": 1, "days_this_week": (date(2026, 3, 3),)},
    ),
    Scene(
        "the night without 02:30 makes a day of 23 hours, and the day of 29 March begins at its 04:00",
        did(BERLIN, "Sat 2026-03-28 04:00", "Sun 2026-03-29 02:30", "Sun 2026-03-29 03:59", "Sun 2026-03-29 04:00"),
        "Sun 2026-03-29 12:00",
        BERLIN,
        weeks="A",
        numbers={"days_this_week": (date(2026, 3, 28), date(2026, 3, 29)), "activities_this_week": 4, "daily": 2},
    ),
    Scene(
        "the night in which 02:30 comes twice: both belong to the same day",
        did(BERLIN, "Sun 2026-10-25 02:30") + did(BERLIN, "Sun 2026-10-25 02:30", second_time=True),
        "Sun 2026-10-25 03:59",
        BERLIN,
        weeks="A",
        numbers={"days_this_week": (date(2026, 10, 24),), "activities_this_week": 2, "daily": 1},
    ),
    Scene(
        "a day of 27 hours: at 04:00 the clocks go back to 01:00, and only the next 04:00 ends it",
        did(CASEY, "Sat 2018-03-10 04:00") + did(CASEY, "Sun 2018-03-11 03:59", second_time=True),
        "Sun 2018-03-11 04:00",
        CASEY,
        weeks="A",
        numbers={"days_this_week": (date(2018, 3, 10),), "daily": 1},
    ),
    Scene(
        "there is no 04:00 when the clocks leap from there to 07:00: the day of 21 hours begins at 07:00",
        did(CASEY, "Sun 2018-10-07 03:59", "Sun 2018-10-07 07:00", "Mon 2018-10-08 03:59"),
        "Mon 2018-10-08 03:59",
        CASEY,
        weeks="A",
        numbers={"days_this_week": (date(2018, 10, 6), date(2018, 10, 7)), "activities_this_week": 3},
    ),
    Scene(
        "Apia had no 30 December 2011: Thursday, then Saturday, is one day after the other",
        did(APIA, "Thu 2011-12-29 10:00", "Sat 2011-12-31 10:00", "Sun 2012-01-01 10:00"),
        "Mon 2012-01-02 03:59",
        APIA,
        weeks="A",
        numbers={"daily": 3, "days_this_week": (date(2011, 12, 29), date(2011, 12, 31), date(2012, 1, 1))},
    ),
    Scene(
        "its night belongs to the day that never was, and the week has seven days all the same",
        did(APIA, "Thu 2011-12-29 10:00", "Sat 2011-12-31 03:00", "Sat 2011-12-31 04:00"),
        "Sat 2011-12-31 12:00",
        APIA,
        weeks="A",
        numbers={"daily": 3, "gold": True, "active_days": 3},
    ),
    Scene(
        "29 February is a day like any other",
        did("UTC", "Mon 2028-02-28 10:00", "Tue 2028-02-29 22:00", "Wed 2028-03-01 23:00"),
        "Thu 2028-03-02 12:00",
        weeks="A",
        numbers={"daily": 3, "gold": True},
    ),
    Scene(
        "so leaving it out ends the daily streak",
        did("UTC", "Mon 2028-02-28 10:00", "Wed 2028-03-01 23:00"),
        "Wed 2028-03-01 23:30",
        weeks="A",
        numbers={"daily": 1, "best_daily": 1, "active_days": 2},
    ),
    Scene(
        "in other years 1 March follows 28 February",
        did("UTC", "Thu 2030-02-28 05:00", "Fri 2030-03-01 23:00"),
        "Fri 2030-03-01 23:30",
        weeks="A",
        numbers={"daily": 2},
    ),
]

CHAINS = [
    Scene(
        "a weekend off: Friday, then Monday evening",
        did("UTC", "Fri 2026-03-06 10:00", "Mon 2026-03-09 23:00"),
        "Mon 2026-03-09 23:30",
        weeks="AA",
        numbers={"daily": 2},
    ),
    Scene(
        "an active Sunday counts, and Saturday is still free",
        did("UTC", "Fri 2026-03-06 10:00", "Sun 2026-03-08 10:00", "Mon 2026-03-09 23:00"),
        "Mon 2026-03-09 23:30",
        weeks="AA",
        numbers={"daily": 3, "gold_weeks": 0},
    ),
    Scene(
        "Friday keeps it alive until Tuesday, 04:00",
        did("UTC", "Thu 2026-03-05 10:00", "Fri 2026-03-06 10:00"),
        "Tue 2026-03-10 03:59",
        weeks="AO",
        numbers={"daily": 2},
    ),
    Scene(
        "then it is over, and the weekly one is not",
        did("UTC", "Thu 2026-03-05 10:00", "Fri 2026-03-06 10:00"),
        "Tue 2026-03-10 04:00",
        weeks="AO",
        numbers={"daily": 0, "best_daily": 2, "count": 1},
    ),
    Scene(
        "Thursday, then Monday: Friday is missing",
        did("UTC", "Thu 2026-03-05 10:00", "Mon 2026-03-09 10:00"),
        "Mon 2026-03-09 12:00",
        weeks="AA",
        numbers={"daily": 1, "count": 2},
    ),
    Scene(
        "36 hours are enough wherever the days end",
        did("UTC", "Mon 2026-03-02 20:00", "Wed 2026-03-04 08:00"),
        "Wed 2026-03-04 08:00",
        weeks="A",
        numbers={"daily": 2},
    ),
    Scene(
        "one minute more is too late",
        did("UTC", "Mon 2026-03-02 20:00", "Wed 2026-03-04 08:01"),
        "Wed 2026-03-04 08:01",
        weeks="A",
        numbers={"daily": 1},
    ),
    Scene(
        "hours are counted as they pass: the night in Cairo with one more makes it 36 by 07:00",
        did(CAIRO, "Wed 2026-10-28 20:00", "Fri 2026-10-30 07:00"),
        "Fri 2026-10-30 07:00",
        CAIRO,
        weeks="A",
        numbers={"daily": 2},
    ),
    Scene(
        "and 07:01 is too late",
        did(CAIRO, "Wed 2026-10-28 20:00", "Fri 2026-10-30 07:01"),
        "Fri 2026-10-30 07:01",
        CAIRO,
        weeks="A",
        numbers={"daily": 1},
    ),
    Scene(
        "the night with one hour less leaves time until 09:00",
        did(CAIRO, "Wed 2026-04-22 20:00", "Fri 2026-04-24 09:00"),
        "Fri 2026-04-24 09:00",
        CAIRO,
        weeks="A",
        numbers={"daily": 2},
    ),
    Scene(
        "the bot was down for 61 minutes of Wednesday",
        did("UTC", "Tue 2026-03-03 10:00", "Thu 2026-03-05 22:00"),
        "Thu 2026-03-05 22:00",
        excused=down("UTC", ("Thu 2026-03-05 02:00", "Thu 2026-03-05 03:01")),
        weeks="A",
        numbers={"daily": 2},
    ),
    Scene(
        "for 59 minutes",
        did("UTC", "Tue 2026-03-03 10:00", "Thu 2026-03-05 22:00"),
        "Thu 2026-03-05 22:00",
        excused=down("UTC", ("Thu 2026-03-05 02:00", "Thu 2026-03-05 02:59")),
        weeks="A",
        numbers={"daily": 1},
    ),
    Scene(
        "a paused Thursday and Friday bridge Wednesday and Monday",
        did("UTC", "Wed 2026-03-04 10:00", "Mon 2026-03-09 22:00"),
        "Mon 2026-03-09 22:00",
        excused=Excused(pauses=(days("Thu 2026-03-05", "Fri 2026-03-06"),)),
        weeks="AA",
        numbers={"daily": 2},
    ),
    Scene(
        "48 hours in the air are too long, and a minute less is not",
        did(BERLIN, "Mon 2026-03-02 10:00") + did("Pacific/Kiritimati", "Wed 2026-03-04 22:59"),
        "Wed 2026-03-04 23:00",
        "Pacific/Kiritimati",
        weeks="A",
        numbers={"daily": 2},
    ),
    Scene(
        "48 hours",
        did(BERLIN, "Mon 2026-03-02 10:00") + did("Pacific/Kiritimati", "Wed 2026-03-04 23:00"),
        "Wed 2026-03-04 23:00",
        "Pacific/Kiritimati",
        weeks="A",
        numbers={"daily": 1},
    ),
    Scene(
        "Wednesday was done in Kiritimati before Tuesday in Honolulu, so Thursday follows",
        did("Pacific/Kiritimati", "Wed 2026-03-04 05:00")
        + did("Pacific/Honolulu", "Tue 2026-03-03 06:00", "Thu 2026-03-05 22:00"),
        "Thu 2026-03-05 22:00",
        "Pacific/Honolulu",
        weeks="A",
        numbers={"daily": 3, "best_daily": 3},
    ),
    Scene(
        "until then it lives, because of Wednesday",
        did("Pacific/Kiritimati", "Wed 2026-03-04 05:00") + did("Pacific/Honolulu", "Tue 2026-03-03 06:00"),
        "Thu 2026-03-05 21:59",
        "Pacific/Honolulu",
        weeks="A",
        numbers={"daily": 2},
    ),
    Scene(
        "around the world and active every waking day, with one date twice and one skipped",
        did(BERLIN, "Mon 2026-03-02 09:00", "Sun 2026-03-08 09:00")
        + did("Asia/Kathmandu", "Tue 2026-03-03 12:00")
        + did("Pacific/Kiritimati", "Thu 2026-03-05 10:00")
        + did("Pacific/Honolulu", "Wed 2026-03-04 21:00")
        + did("America/New_York", "Fri 2026-03-06 20:00"),
        "Sun 2026-03-08 10:00",
        BERLIN,
        weeks="A",
        numbers={"daily": 6, "best_daily": 6, "active_days": 6, "activities_this_week": 6, "gold": True},
    ),
    Scene(
        "two activities at once from two platforms are two activities on one day",
        did("UTC", "Mon 2026-03-02 10:00") + did("UTC", "Mon 2026-03-02 10:00", community=2),
        "Mon 2026-03-02 10:00",
        weeks="A",
        numbers={"count": 1, "daily": 1, "active_days": 1, "activities_this_week": 2},
    ),
    Scene(
        "the same once more a week after a missed one repairs it: two are two",
        did("UTC", "Mon 2026-03-02 10:00", "Mon 2026-03-16 10:00") + did("UTC", "Mon 2026-03-16 10:00", community=2),
        "Mon 2026-03-16 10:00",
        weeks="ARA",
        numbers={"count": 2, "loss": None, "activities_this_week": 2},
    ),
]
