"""Calls to served language models: tokens, times and what they cost."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from content.generators.arithmetic import mean, nearest_rank
from content.generators.clear import highest
from content.generators.dice import Dice
from content.generators.generator import Generator, Params, number, text, whole
from content.generators.made import Answer, Made, Table
from content.generators.words import ids, several

_MODELS = ("small", "middle", "large")
_TEAMS = several("chat search mail code legal sales labs press ops docs maps kids")
Prices = dict[str, tuple[float, float, float]]


class ServingLog(Params):
    """Say how many calls there are and who makes them."""

    calls: Annotated[int, Field(ge=50, le=2000, description="How many calls there are.")] = 300
    teams: Annotated[int, Field(ge=3, le=12, description="How many teams make them.")] = 6


@dataclass(frozen=True, slots=True)
class _Call:
    start: int
    team: str
    model: str
    prompt: int
    cached: int
    answer: int
    first: int
    total: int


def _build(params: ServingLog, dice: Dice) -> Made:
    prices = _prices(dice)
    teams = dice.sample(_TEAMS, params.teams)
    speed = {model: dice.between(20, 120) for model in _MODELS}
    start, calls = 0, []
    for _ in range(params.calls):
        start += 1 + int(dice.exponential(900))
        calls.append(_call(start, teams, speed, dice))
    rows = [
        (name, each.start, each.team, each.model, each.prompt, each.cached, each.answer, each.first, each.total)
        for name, each in zip(ids("k", params.calls), calls, strict=True)
    ]
    header = "call start_ms team model prompt_tokens cached_tokens answer_tokens first_token_ms total_ms"
    files = {
        "calls": Table.of(header, rows),
        "prices": Table.of("model prompt cached answer", [(model, *each) for model, each in prices.items()]),
    }
    return Made(files, _answers(calls, prices))


def _prices(dice: Dice) -> Prices:
    found: Prices = {}
    for place, model in enumerate(_MODELS):
        prompt = dice.integer(10, 40) * 4**place
        found[model] = prompt / 100, prompt * dice.choice((10, 25, 50)) / 10000, prompt * dice.integer(3, 5) / 100
    return found


def _call(start: int, teams: list[str], speed: dict[str, float], dice: Dice) -> _Call:
    model = dice.weighted(_MODELS, (5, 3, 2))
    prompt = 50 + round(math.exp(dice.normal(6.5, 0.9)))
    cached = dice.integer(0, prompt * 3 // 4) if dice.chance(0.4) else 0
    answer = 1 + round(math.exp(dice.normal(5.0, 0.8)))
    first = 80 + (prompt - cached) // 20 + dice.poisson(60)
    total = first + 1 + round(answer * 1000 / speed[model])
    return _Call(start, dice.choice(teams), model, prompt, cached, answer, first, total)


def _answers(calls: list[_Call], prices: Prices) -> dict[str, Answer]:
    costs = [_cost(each, prices[each.model]) for each in calls]
    teams = {each.team: 0.0 for each in calls}
    for team in teams:
        teams[team] = math.fsum(cost for each, cost in zip(calls, costs, strict=True) if each.team == team)
    models = sorted({each.model for each in calls})
    waits = {model: mean([each.first for each in calls if each.model == model]) for model in models}
    uncached = [_cost(each, (prices[each.model][0],) * 2 + prices[each.model][2:]) for each in calls]
    return {
        "total_cost": math.fsum(costs),
        "mean_cost": mean(costs),
        "dearest_team": highest(teams),
        "dearest_team_cost": max(teams.values()),
        "cost_without_cache": math.fsum(uncached),
        "cost_all_small": math.fsum(_cost(each, prices["small"]) for each in calls),
        "cached_share": sum(each.cached for each in calls) / sum(each.prompt for each in calls),
        "p95_total": nearest_rank([each.total for each in calls], 95),
        "slowest_start_model": highest(waits),
        "tokens_a_second": 1000 * sum(each.answer for each in calls) / sum(each.total - each.first for each in calls),
        "most_at_once": _most_at_once(calls),
    }


def _cost(call: _Call, price: tuple[float, ...]) -> float:
    prompt, cached, answer = price
    return ((call.prompt - call.cached) * prompt + call.cached * cached + call.answer * answer) / 1e6


def _most_at_once(calls: list[_Call]) -> int:
    steps = sorted([(each.start, 1) for each in calls] + [(each.start + each.total, -1) for each in calls])
    most = running = 0
    for _, step in steps:
        running += step
        most = max(most, running)
    return most


_PRICES = "Prices are dollars for a million tokens; cached tokens are part of the prompt and cost the cached price."
GENERATOR = Generator(
    "serving-log",
    "Calls to three language models with tokens, times and teams, and a list of prices.",
    ServingLog,
    _build,
    {
        "total_cost": number(f"What all calls cost. {_PRICES}"),
        "mean_cost": number(f"What a call costs on average. {_PRICES}"),
        "dearest_team": text(f"The team whose calls cost most. {_PRICES}"),
        "dearest_team_cost": number(f"What the calls of this team cost. {_PRICES}"),
        "cost_without_cache": number("What all calls would cost if cached tokens had the full price of the prompt."),
        "cost_all_small": number("What all calls would cost at the prices of the small model."),
        "cached_share": number("Cached tokens of all calls divided by prompt tokens of all calls."),
        "p95_total": whole("The smallest total_ms that at least 95 percent of the calls do not exceed."),
        "slowest_start_model": text("The model with the highest mean of first_token_ms."),
        "tokens_a_second": number("All answer tokens divided by all seconds between the first token and the end."),
        "most_at_once": whole("The most calls in work at once, from start_ms on and no more at start_ms + total_ms."),
    },
)
