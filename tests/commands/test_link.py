"""Two accounts, one person."""

from __future__ import annotations

import re

from tests.clock import ManualClock
from tests.fakes.platform import Member, Platform


def _code(text: str) -> str:
    found = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", text)
    assert found is not None
    return found[0]


async def _joined(first: Member, second: Member) -> str:
    code = _code((await first.says("/link")).text)
    asked = await second.says(f"/link {code}")
    return (await asked.press("Yes, join them")).text


async def test_two_accounts_become_one_without_counting_twice(ada: Member, grace: Member) -> None:
    await ada.says("/checkin")
    await grace.says("/checkin")
    await (await (await grace.says("/tip")).press("Try it")).press("I did it")
    await (await ada.says("/board")).press("Be on the board")
    assert "are one now" in await _joined(ada, grace)
    assert "with 3 points" in (await ada.says("/board")).text
    assert "with 3 points" in (await grace.says("/board")).text
    assert "already" in (await grace.says("/checkin")).text


async def test_unlink_gives_each_its_own_back(ada: Member, grace: Member, clock: ManualClock) -> None:
    await ada.says("/checkin")
    await (await (await grace.says("/tip")).press("Try it")).press("I did it")
    await _joined(ada, grace)
    clock.advance(days=1)
    await grace.says("/checkin")
    assert "with 3 activities" in (await grace.says("/progress")).text
    assert "with 3 activities" in (await ada.says("/progress")).text
    assert "stands for itself again" in (await grace.says("/unlink")).text
    assert "with one activity" in (await ada.says("/progress")).text
    assert "with 2 activities" in (await grace.says("/progress")).text
    assert "not joined" in (await grace.says("/unlink")).text


async def test_private_words_part_with_the_account_that_wrote_them(
    ada: Member, grace: Member, clock: ManualClock
) -> None:
    await ada.says("/checkin before")
    await _joined(ada, grace)
    clock.advance(days=1)
    await grace.says("/checkin of grace alone")
    clock.advance(days=1)
    await grace.says("/checkin replaced")
    assert "took the place" in (await ada.says("/checkin of ada alone")).text
    await grace.says("/unlink")
    hers, other = (await ada.says("/learned")).text, (await grace.says("/learned")).text
    assert ("of ada alone" in hers, "of grace alone" in hers) == (True, False)
    assert ("of ada alone" in other, "of grace alone" in other) == (False, True)


async def test_a_code_works_once_and_for_a_quarter_of_an_hour(
    ada: Member, grace: Member, platform: Platform, clock: ManualClock
) -> None:
    code = _code((await ada.says("/link")).text)
    clock.advance(minutes=16)
    assert "not valid" in (await grace.says(f"/link {code}")).text
    code = _code((await ada.says("/link")).text)
    asked = await grace.says(f"/link {code.lower().replace('-', ' ')}")
    await asked.press("Yes, join them")
    assert "not valid" in (await platform.member("third").says(f"/link {code}")).text


async def test_nobody_can_try_codes_for_long(ada: Member) -> None:
    for _ in range(6):
        await ada.says("/link ABCD-EFGH")
    assert "enough of this for now" in (await ada.says("/link ABCD-EFGH")).text


async def test_ones_own_code_is_for_the_other_account(ada: Member) -> None:
    code = _code((await ada.says("/link")).text)
    assert "your own code" in (await ada.says(f"/link {code}")).text
