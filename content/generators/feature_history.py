"""What was known of customers, with both times: when it happened, and when one learned of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from pydantic import Field

from content.generators.arithmetic import mean, rounded
from content.generators.clear import away_from_zero, require
from content.generators.dice import Dice
from content.generators.generator import Generator, Params, number, whole
from content.generators.made import Answer, Made, Table
from content.generators.words import ids

_FIRST = date(2025, 1, 1)
_DAYS = 180


class FeatureHistory(Params):
    """Say how many customers and cases there are, and how late news arrives."""

    customers: Annotated[int, Field(ge=5, le=60, description="How many customers there are.")] = 15
    cases: Annotated[int, Field(ge=20, le=400, description="How many predictions were made.")] = 60
    late: Annotated[float, Field(ge=2, le=40, description="How many days late news arrives on average.")] = 10.0


@dataclass(frozen=True, slots=True)
class _News:
    happened: int
    learned: int
    balance: float


@dataclass(frozen=True, slots=True)
class _Case:
    customer: str
    asked: int


def _build(params: FeatureHistory, dice: Dice) -> Made:
    names = ids("k", params.customers)
    history = {name: _news(params.late, dice) for name in names}
    cases = [_Case(dice.choice(names), dice.integer(10, _DAYS)) for _ in range(params.cases)]
    rows = [(name, _day(each.happened), _day(each.learned), each.balance) for name in names for each in history[name]]
    asked = [(case, each.customer, _day(each.asked)) for case, each in zip(ids("c", params.cases), cases, strict=True)]
    files = {
        "history": Table.of("customer happened learned balance", dice.shuffled(rows)),
        "cases": Table.of("case customer asked", asked),
    }
    return Made(files, _answers(history, cases))


def _news(late: float, dice: Dice) -> list[_News]:
    balance = dice.between(100, 900)
    news = []
    for happened in sorted(dice.sample(range(_DAYS), dice.integer(4, 9))):
        balance = max(5.0, balance + dice.normal(15, 90))
        delay = 0 if dice.chance(0.3) else round(dice.exponential(late))
        news.append(_News(happened, happened + delay, rounded(balance, 2)))
    return news


def _day(number: int) -> str:
    return (_FIRST + timedelta(days=number)).isoformat()


def _answers(history: dict[str, list[_News]], cases: list[_Case]) -> dict[str, Answer]:
    known = [_latest([n for n in history[each.customer] if n.learned <= each.asked]) for each in cases]
    peeped = [_latest([n for n in history[each.customer] if n.happened <= each.asked]) for each in cases]
    last = [history[each.customer][-1].balance for each in cases]
    ages = [case.asked - news.happened for case, news in zip(cases, known, strict=True) if news]
    changed = [one is not two for one, two in zip(known, peeped, strict=True)]
    require(any(changed) and len(ages) > len(cases) // 2)
    away_from_zero(mean(ages), least=0.5)
    return {
        "known_mean": mean([news.balance for news in known if news]),
        "peeped_mean": mean([news.balance for news in peeped if news]),
        "last_mean": mean(last),
        "nothing_known": sum(news is None for news in known),
        "changed_cases": sum(changed),
        "mean_age": mean(ages),
    }


def _latest(news: list[_News]) -> _News | None:
    return max(news, key=lambda each: each.happened, default=None)


_KNOWN = (
    "The balance known in a case: of the customer's rows with learned on or before asked, the one that happened last."
)
_HAPPENED = "the last row with happened on or before asked, learned or not"
GENERATOR = Generator(
    "feature-history",
    "Balances of customers with the day they happened and the day one learned of them, and cases with a day.",
    FeatureHistory,
    _build,
    {
        "known_mean": number(f"{_KNOWN} Its mean over the cases in which anything was known."),
        "peeped_mean": number(f"Take {_HAPPENED}. The mean of these balances over the cases that have one."),
        "last_mean": number("The mean over all cases of the customer's balance that happened last of all."),
        "nothing_known": whole(f"{_KNOWN} In how many cases was nothing known?"),
        "changed_cases": whole(f"{_KNOWN} In how many cases is it another row than {_HAPPENED}, or none?"),
        "mean_age": number(
            f"{_KNOWN} The mean days from happened to asked, over the cases in which anything was known."
        ),
    },
)
