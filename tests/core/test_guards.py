"""A limit on how often: told kindly, counted only when something was done."""

from __future__ import annotations

from datetime import timedelta

from bot.core.calls import Status
from bot.core.guards import FLOOD_SECONDS, FLOOD_TIMES, Visits, admin_only, community_only, cooldown
from bot.models import Handle
from tests.clock import ManualClock
from tests.fakes.platform import Member


async def test_a_cooldown_lets_through_so_many_and_says_how_long_to_wait(ada: Member, clock: ManualClock) -> None:
    assert (await ada.says("/ask how")).reply.text == "Asked: how"
    clock.advance(minutes=10)
    refused = await ada.says("/ask how again")
    assert refused.answer.status is Status.REFUSED
    assert "in 50 minutes" in refused.reply.text
    clock.advance(minutes=50)
    assert (await ada.says("/ask how again")).reply.text == "Asked: how again"


async def test_a_cooldown_is_of_one_member_only(ada: Member, grace: Member) -> None:
    await ada.says("/ask how")
    assert (await grace.says("/ask how")).answer.status is Status.DONE


async def test_opening_the_form_and_a_slip_do_not_count_as_doing_it(ada: Member) -> None:
    form = await ada.says("/ask")
    form = await ada.says("/ask")
    assert (await ada.fills(form, question="how")).reply.text == "Asked: how"
    assert (await ada.says("/ask")).answer.status is Status.REFUSED
    assert (await ada.fills(form, question="how")).answer.status is Status.REFUSED


async def test_a_flood_is_slowed_down_and_ebbs_away(ada: Member, grace: Member, clock: ManualClock) -> None:
    for _ in range(FLOOD_TIMES):
        assert (await ada.says("/today")).answer.status is Status.DONE
    slowed = await ada.says("/today")
    assert slowed.answer.status is Status.REFUSED
    assert "Take a breath and try again in 20 seconds." in slowed.reply.text
    assert (await grace.says("/today")).answer.status is Status.DONE
    clock.advance(seconds=FLOOD_SECONDS)
    assert (await ada.says("/today")).answer.status is Status.DONE


def test_notes_say_whom_a_guard_keeps_out() -> None:
    assert cooldown(1, per=timedelta(minutes=1)).note == "At most once in 1 minute."
    assert cooldown(3, per=timedelta(days=2)).note == "At most 3 times in 2 days."
    assert admin_only.note == "For organisers."
    assert "direct message" in community_only.note


def test_only_those_whom_a_limit_may_still_stop_are_remembered(clock: ManualClock) -> None:
    visits = Visits(clock)
    visits.visit(("", Handle("fake", "", "ada")), 30, 20.0)
    visits.visit(("ask", Handle("fake", "", "ada")), 1, 3600.0)
    clock.advance(minutes=1)
    visits.visit(("", Handle("fake", "", "grace")), 30, 20.0)
    assert len(visits) == 2
    assert visits.wait(("ask", Handle("fake", "", "ada")), 1, 3600.0) == 3540.0
