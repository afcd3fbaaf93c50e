"""The weekly challenge: data, answers, waits, hints, and what comes after the close."""

from __future__ import annotations

import asyncio
import csv
import io
from dataclasses import replace

import pytest

from bot.core.calls import Pressed, Source
from bot.core.errors import UserError
from bot.core.markup import md
from bot.core.params import Upload
from bot.scheduler.rounds_end import EndOfRounds, ways_of
from bot.services.challenges import answering, predicting
from bot.services.challenges.data import common_seed, make_data
from bot.services.challenges.rounds import read_pinned
from bot.services.challenges.weeks import usual_rule, week_around
from bot.services.grading.scoring import Grade
from bot.services.notices import Notices
from bot.wiring import House
from content.challenge_model import PredictionsChallenge
from tests.clock import ManualClock
from tests.commands.weeks import answers_of, gained
from tests.fakes.platform import Heard, Member, Platform


def upload(data: bytes, name: str = "mine.csv") -> Upload:
    async def read() -> bytes:
        return data

    return Upload(name, len(data), read)


async def _answers(house: House, member: Member) -> dict[str, object]:
    assert member.speaker.place is not None
    return await answers_of(house, member.speaker.handle, member.speaker.place)


async def _solve(house: House, member: Member) -> Heard:
    await member.says("/challenge")
    right = await _answers(house, member)
    await member.says(f"/challenge submit {right['mean_amount']:.2f}")
    return await member.says(f"/challenge submit {right['best_city']}")


async def _plan(house: House, clock: ManualClock, member: Member, challenge: str) -> None:
    """Let this week have a certain challenge."""
    assert member.speaker.place is not None
    community = await house.store.communities.enter(member.speaker.place, "lab")
    opens, _ = week_around(clock.now(), usual_rule(community))
    await house.store.rounds.plan(community.id, opens, challenge)


async def test_the_card_says_the_task_the_time_and_what_it_is_worth(ada: Member) -> None:
    await ada.says("/settings zone:Tokyo")
    card = await ada.says("/challenge")
    assert card.reply.title == "The seed orders"
    assert "Beginner, about 20 minutes, 10 points." in card.text
    assert "Open until Monday 23 November, 18:00, your time: 2 days left." in card.text
    assert "It opens when the first is right." in card.text
    assert "Which city" not in card.text
    assert card.labels() == ["Get my data", "Submit", "Hint", "Board"]


async def test_everybody_has_data_of_their_own_that_stays_the_same(ada: Member, grace: Member) -> None:
    mine = await (await ada.says("/challenge")).press("Get my data")
    again = await (await ada.says("/challenge")).press("Get my data")
    theirs = await (await grace.says("/challenge")).press("Get my data")
    assert mine.reply.files[0].name == "orders.csv"
    assert mine.reply.files == again.reply.files
    assert mine.reply.files[0].data != theirs.reply.files[0].data


async def test_right_answers_open_the_second_part_and_give_points(ada: Member, house: House) -> None:
    card = await ada.says("/challenge")
    right = await _answers(house, ada)
    form = await card.press("Submit")
    first = await ada.fills(form, answer=f"about = {right['mean_amount']:.4f}")
    assert "Now the second part is open. You have 5 points for it." in first.text
    assert "Your streak begins" in first.text
    assert "Which city" in first.text
    done = await ada.fills(await first.press("Submit"), answer=f" {str(right['best_city']).upper()} ")
    assert "**All done.** You have 10 points for it." in done.text
    assert "all of it is right" in (await ada.says("/challenge submit 1")).text
    card = await ada.says("/challenge")
    assert "Finished, with 10 points" in card.text
    assert "Submit" not in card.labels()
    await (await ada.says("/board")).press("Be on the board")
    assert "with 11 points" in (await ada.says("/board")).text


async def test_the_button_of_a_solved_part_leads_to_the_next_and_judges_nothing(ada: Member, house: House) -> None:
    data = await (await ada.says("/challenge")).press("Get my data")
    right, form = await _answers(house, ada), await data.press("Submit")
    await ada.fills(form, answer=f"{right['mean_amount']:.2f}")
    for typed in (str(right["best_city"]), "12"):
        old = await ada.fills(form, answer=typed)
        assert "Part 1 is right already, so this answer was not counted." in old.text
        assert "Which city" in old.text
    await ada.fills(await old.press("Submit"), answer=str(right["best_city"]))
    assert "You have answered everything" in (await ada.fills(form, answer="12")).text


async def test_killed_before_the_points_they_come_with_the_next_word_or_at_the_close(
    ada: Member, grace: Member, house: House, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds = EndOfRounds(house.store, clock, ways_of(Notices()))
    for member in (ada, grace):
        await member.says("/challenge")
        right = await _answers(house, member)
        await member.says(f"/challenge submit {right['mean_amount']:.2f}")
        with monkeypatch.context() as patched:
            patched.setattr(answering, "reward", _killed)
            await member.says(f"/challenge submit {right['best_city']}")
    assert "5 points so far" in (await ada.says("/challenge")).text
    assert "You have answered everything" in (await ada.says("/challenge submit 1")).text
    assert "Finished, with 10 points" in (await ada.says("/challenge")).text
    clock.advance(days=3)
    await rounds.once()
    for member in (ada, grace):
        assert "finished, 10 points" in (await member.says("/challenge history")).text
        assert [points for kind, points in await gained(house, member) if kind == "challenge-done"] == [5, 5]


async def _killed(*_: object) -> None:
    raise UserError(md("The process is gone."))


async def test_wrong_answers_wait_longer_and_longer_and_keep_the_streak(ada: Member, clock: ManualClock) -> None:
    await ada.says("/challenge")
    for minutes in (1, 5, 15, 60, 60):
        wrong = await ada.says("/challenge submit 1")
        assert wrong.reply.title == "Not yet"
        spoken = {1: "1 minute", 60: "1 hour"}.get(minutes, f"{minutes} minutes")
        assert f"try again in {spoken} (at" in wrong.text
        early = await ada.says("/challenge submit 2")
        assert "was not counted" in early.text
        clock.advance(minutes=minutes)
    assert "One week in a row" in (await ada.says("/streak")).text


async def test_an_answer_that_cannot_be_read_costs_nothing(ada: Member) -> None:
    await ada.says("/challenge")
    assert "cannot read “many”" in (await ada.says("/challenge submit many")).text
    assert "Not yet" in (await ada.says("/challenge submit 1")).text


async def test_fifty_answers_at_once_count_as_one(ada: Member, house: House) -> None:
    await ada.says("/challenge")
    await asyncio.gather(*(ada.says(f"/challenge submit {n}") for n in range(25)))
    person = await house.store.people.find(ada.speaker.handle)
    assert person is not None
    (latest, *_) = await house.store.rounds.of(1)
    effort = await house.store.efforts.of(latest.id, person.id)
    assert effort is not None
    assert effort.tried == 1


async def test_hints_are_opened_on_purpose_and_cost_what_they_say(ada: Member, house: House) -> None:
    page = await (await ada.says("/challenge")).press("Hint")
    assert "Hint 1 costs 2 points" in page.text
    assert "column" not in page.text
    first = await page.press("Open hint 1 for 2 points")
    assert "Look at the column" in first.text
    second = await first.press("Open hint 2 for 3 points")
    assert "These are all the hints" in second.text
    assert "You have 5 points for it" in (await _solve(house, ada)).text


async def test_a_hint_pressed_twice_costs_once(ada: Member, house: House) -> None:
    page = await ada.says("/challenge hint")
    for _ in range(2):
        await page.press("Open hint 1 for 2 points")
    assert "You have 8 points for it" in (await _solve(house, ada)).text


async def test_the_board_names_only_those_who_want_to_be_seen(ada: Member, grace: Member, house: House) -> None:
    assert "could be the first" in (await ada.says("/challenge board")).text
    await _solve(house, ada)
    shown = await grace.says("/challenge board")
    assert "1 took part, 1 finished. One of them is not listed." in shown.text
    assert "ada" not in shown.text
    assert "**ada (you)**, 10 points" in (await ada.says("/challenge board")).text
    await (await ada.says("/board")).press("Be on the board")
    assert "1\\. ada, 10 points" in (await grace.says("/challenge board")).text


async def test_after_the_close_there_is_the_solution_and_practice_without_points(
    ada: Member, house: House, clock: ManualClock
) -> None:
    card = await ada.says("/challenge")
    form = await card.press("Submit")
    assert "Practice begins" in (await ada.says("/challenge practice")).text
    running = await (await ada.says("/challenge history")).press("2026-11-16: The seed orders")
    assert "Solution" not in running.labels()
    clock.advance(days=3)
    past = await (await ada.says("/challenge history")).press("2026-11-16: The seed orders")
    assert "Drop repeated orders" in (await past.press("Solution")).text
    right = await _answers(house, ada)
    late = await ada.fills(form, answer=f"{right['mean_amount']:.2f}")
    assert "That is right. Well done! The round is over" in late.text
    assert "0 points" in (await ada.says("/challenge history")).text


async def test_practice_has_fresh_data_each_time(ada: Member, clock: ManualClock) -> None:
    await ada.says("/challenge")
    clock.advance(days=3)
    card = await (await ada.says("/challenge practice")).press("The seed orders")
    first = await card.press("Get my data")
    tried = await ada.fills(await card.press("Submit part 1"), answer="1")
    assert "as often as you like" in tried.text
    fresh = await (await tried.press("Fresh data")).press("Get my data")
    assert first.reply.files[0].data != fresh.reply.files[0].data
    assert "Drop repeated orders" in (await card.press("Solution")).text
    assert "not open for practice" in (await ada.says("/challenge practice who will leave")).text


async def test_the_next_week_has_the_next_challenge(ada: Member, clock: ManualClock) -> None:
    assert (await ada.says("/challenge")).reply.title == "The seed orders"
    clock.advance(days=2)
    assert (await ada.says("/challenge")).reply.title == "Who will leave the garden club?"


async def _predictions(house: House, member: Member, flip: bool = False) -> bytes:
    (latest, *_) = await house.store.rounds.of(1)
    challenge = read_pinned(latest.content)
    assert isinstance(challenge, PredictionsChallenge)
    split = make_data(challenge.data, common_seed(await house.store.rounds.secret(), 1, challenge.id)).split
    assert split is not None
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([challenge.id_column, challenge.prediction_column])
    for own, truth in split.truth.items():
        writer.writerow([own, 1 - int(str(truth)) if flip else truth])
    return out.getvalue().encode()


async def test_predictions_are_scored_and_the_baseline_is_beaten(ada: Member, house: House, clock: ManualClock) -> None:
    await _plan(house, clock, ada, "who-will-leave")
    card = await ada.says("/challenge")
    assert "Send a CSV with the columns `member` and `left`. Scored by ROC AUC, higher is better." in card.text
    data = await card.press("Get my data")
    assert len(data.reply.files) >= 2
    bad = await ada.says("/challenge submit", files=(upload(await _predictions(house, ada, flip=True)),))
    assert "Your public score is now **ROC AUC 0**" in bad.text
    assert "You have 10 points for it" in bad.text
    assert "4 files more today" in bad.text
    good = await ada.says("/challenge submit", files=(upload(await _predictions(house, ada)),))
    assert "**ROC AUC 1**. **You beat the baseline.** You have 20 points for it." in good.text
    same = await ada.says("/challenge submit", files=(upload(await _predictions(house, ada)),))
    assert "stays ROC AUC 1" in same.text
    await ada.says("/challenge submit", files=(upload(await _predictions(house, ada)),))
    await ada.says("/challenge submit", files=(upload(await _predictions(house, ada)),))
    enough = await ada.says("/challenge submit", files=(upload(await _predictions(house, ada)),))
    assert "limit of 5 scored files" in enough.text
    clock.advance(days=1)
    assert (
        "Read and scored" in (await ada.says("/challenge submit", files=(upload(await _predictions(house, ada)),))).text
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "There is nothing in this file"),
        (b"PK\x03\x04 zip", "zip"),
        (b"member,left\nnobody,0.5\n", "nobody"),
        (b"=cmd|' /C calc'!A0", "column"),
    ],
)
async def test_a_file_that_cannot_be_read_costs_nothing_and_says_what_to_do(
    ada: Member, house: House, clock: ManualClock, data: bytes, said: str
) -> None:
    await _plan(house, clock, ada, "who-will-leave")
    await ada.says("/challenge")
    heard = await ada.says("/challenge submit", files=(upload(data),))
    assert said in heard.text
    assert await house.store.efforts.numbers(1, 1) is not None
    good = await ada.says("/challenge submit", files=(upload(await _predictions(house, ada)),))
    assert "4 files more today" in good.text


async def test_a_file_that_is_too_large_is_not_even_read(ada: Member, house: House, clock: ManualClock) -> None:
    await _plan(house, clock, ada, "who-will-leave")
    await ada.says("/challenge")

    async def never() -> bytes:
        raise AssertionError("it was read")

    heard = await ada.says("/challenge submit", files=(Upload("big.csv", 50_000_000, never),))
    assert "too large: at most 2 MB" in heard.text


async def test_the_board_says_who_beat_the_baseline_and_after_the_close_the_private_scores(
    ada: Member, grace: Member, house: House, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _plan(house, clock, ada, "who-will-leave")
    for member, public, private in ((ada, 0.7035, 0.61), (grace, 0.6951, 0.72)):
        await member.says("/challenge")
        monkeypatch.setattr(predicting, "grade", lambda *_, public=public, private=private: Grade(public, private))
        await member.says("/challenge submit", files=(upload(b"any"),))
    # Both are shown as 0.7, and the baseline is 0.7.
    assert "20 points (ROC AUC 0.7, beat the baseline)" in (await ada.says("/challenge board")).text
    assert "10 points (ROC AUC 0.7)" in (await grace.says("/challenge board")).text
    clock.advance(days=3)
    board = await ada.sends(Source.BUTTON, Pressed("a1:challenge.board-of:1"))
    assert "20 points (ROC AUC 0.61 on the private half, beat the baseline)" in board.text


async def test_whoever_asks_stands_on_the_board_however_long_it_is(
    ada: Member, house: House, platform: Platform
) -> None:
    await ada.says("/challenge submit 1")
    for number in range(12):
        member = platform.member(f"m{number}")
        await _solve(house, member)
        await (await member.says("/board")).press("Be on the board")
    board = await ada.says("/challenge board")
    assert board.text.count("1\\. m") == 10
    assert "13\\. **ada (you)**, 0 points" in board.text


async def test_after_the_close_the_private_score_and_the_best_are_shown(
    ada: Member, house: House, clock: ManualClock
) -> None:
    await _plan(house, clock, ada, "who-will-leave")
    await ada.says("/challenge")
    await ada.says("/challenge submit", files=(upload(await _predictions(house, ada)),))
    running = await (await ada.says("/challenge history")).press("2026-11-16: Who will leave the garden club?")
    assert "private" not in running.text
    clock.advance(days=3)
    past = await (await ada.says("/challenge history")).press("2026-11-16: Who will leave the garden club?")
    assert "private half ROC AUC 1" in past.text


async def test_an_edit_of_the_pack_changes_no_running_round(ada: Member, house: House) -> None:
    await ada.says("/challenge")
    (latest, *_) = await house.store.rounds.of(1)
    assert '"seed-orders"' in latest.content
    assert (await ada.says("/challenge")).reply.title == read_pinned(latest.content).title


async def test_a_round_of_another_community_is_out_of_reach(
    ada: Member, house: House, platform: Platform, clock: ManualClock
) -> None:
    await _solve(house, ada)
    eve = platform.member("eve", community="elsewhere")
    await eve.says("/challenge")
    clock.advance(days=3)
    for token in (
        "a1:challenge.data:1",
        "a1:challenge.open-hint:1,0",
        "a1:challenge.answer:1,0",
        "a1:challenge.board-of:1",
        "a1:challenge.solution:1",
    ):
        heard = await eve.sends(Source.FORM, Pressed(token, fields={"answer": "1"}))
        assert "older message" in heard.text


async def test_history_leads_to_board_and_solution_in_a_direct_message(
    ada: Member, house: House, clock: ManualClock
) -> None:
    await _solve(house, ada)
    clock.advance(days=3)
    alone = replace(ada, speaker=replace(ada.speaker, place=None, place_name=""))
    past = await (await alone.says("/challenge history")).press("2026-11-16: The seed orders")
    assert "**ada (you)**, 10 points" in (await past.press("Board")).text
    assert "Drop repeated orders" in (await past.press("Solution")).text


async def test_forged_buttons_reach_nothing(ada: Member) -> None:
    await ada.says("/challenge")
    for token in (
        "a1:challenge.data:999",
        "a1:challenge.open-hint:1,99",
        "a1:challenge.answer:1,1",
        "a1:practice.data:x,1",
    ):
        heard = await ada.sends(Source.FORM, Pressed(token, fields={"answer": "1"}))
        assert "older message" in heard.text
