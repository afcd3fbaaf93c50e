"""Roads between towns: parts, triangles, short ways and the town where everybody passes."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator
from itertools import combinations
from typing import Annotated

from pydantic import Field

from content.generators.arithmetic import mean
from content.generators.clear import highest, require
from content.generators.dice import Dice
from content.generators.generator import Generator, Params, listed, number, text, whole
from content.generators.made import Answer, Made, Table
from content.generators.words import TOWNS

_START, _GOAL = "Aldby", "Zell"
_NAMES = (*TOWNS, *(f"{side}-{town}" for side in ("North", "Old", "Upper") for town in TOWNS))
Links = dict[str, dict[str, int]]


class Graph(Params):
    """Say how many towns there are and how well they are linked."""

    towns: Annotated[int, Field(ge=12, le=100, description="How many towns there are at most.")] = 30
    roads: Annotated[float, Field(ge=1.0, le=3.0, description="How many roads there are for each town.")] = 1.1


def _build(params: Graph, dice: Dice) -> Made:
    others = dice.sample([name for name in _NAMES[: params.towns + 2] if name not in (_START, _GOAL)], params.towns - 2)
    towns = [_START, *others, _GOAL]
    roads: dict[tuple[str, str], int] = {}
    while len(roads) < round(params.towns * params.roads):
        one, two = dice.choice(towns), dice.choice(towns)
        if one != two and (two, one) not in roads:
            roads.setdefault((one, two), dice.integer(5, 60))
    links: Links = {}
    for (one, two), minutes in roads.items():
        links.setdefault(one, {})[two] = minutes
        links.setdefault(two, {})[one] = minutes
    rows = [(one, two, minutes) for (one, two), minutes in roads.items()]
    return Made({"roads": Table.of("from to minutes", rows)}, _answers(links, len(roads)))


def _answers(links: Links, roads: int) -> dict[str, Answer]:
    require(_START in links and _GOAL in links)
    parts = list(_parts(links))
    hops = _hops(links, _START)
    require(hops.get(_GOAL, 0) > 1)
    minutes, route = _quickest(links)
    importance = _importance(links)
    central = highest(importance)
    corners = [_corners(links, town) for town in links]
    return {
        "towns": len(links),
        "parts": len(parts),
        "largest_part": max(map(len, parts)),
        "busiest_town": highest({town: len(near) for town, near in links.items()}, 0.5),
        "triangles": sum(linked for linked, _ in corners) // 3,
        "clustering": mean([linked / pairs if pairs else 0.0 for linked, pairs in corners]),
        "hops": hops[_GOAL],
        "farthest_hops": max(hops.values()),
        "quickest_minutes": minutes,
        "quickest_route": route,
        "central_town": central,
        "central_score": importance[central],
    }


def _parts(links: Links) -> Iterator[set[str]]:
    left = dict.fromkeys(links)
    while left:
        part = set(_hops(links, next(iter(left))))
        left = dict.fromkeys(town for town in left if town not in part)
        yield part


def _hops(links: Links, start: str) -> dict[str, int]:
    found, waiting = {start: 0}, [start]
    for town in waiting:
        for near in links[town]:
            if near not in found:
                found[near] = found[town] + 1
                waiting.append(near)
    return found


def _quickest(links: Links) -> tuple[int, tuple[str, ...]]:
    """Find the quickest way, and throw again when there are two."""
    far: dict[str, int] = {}
    waiting = [(0, _START)]
    while waiting:
        minutes, town = heapq.heappop(waiting)
        if far.setdefault(town, minutes) == minutes:
            for near, takes in links[town].items():
                if near not in far:
                    heapq.heappush(waiting, (minutes + takes, near))
    route = [_GOAL]
    while route[0] != _START:
        before = [near for near, takes in links[route[0]].items() if far[near] + takes == far[route[0]]]
        require(len(before) == 1)
        route = [*before, *route]
    return far[_GOAL], tuple(route)


def _corners(links: Links, town: str) -> tuple[int, int]:
    pairs = list(combinations(links[town], 2))
    return sum(two in links[one] for one, two in pairs), len(pairs)


def _importance(links: Links) -> dict[str, float]:
    """Let a walker follow roads, and jump anywhere with 15 in 100: PageRank."""
    score = dict.fromkeys(links, 1 / len(links))
    for _ in range(400):
        spread = {town: 0.85 * each / len(links[town]) for town, each in score.items()}
        fresh = {town: 0.15 / len(links) + math.fsum(spread[near] for near in links[town]) for town in links}
        change = math.fsum(abs(fresh[town] - score[town]) for town in links)
        score = fresh
        if change < 1e-13:
            break
    return score


GENERATOR = Generator(
    "graph",
    "Roads between towns with minutes, in both directions; Aldby and Zell are always there.",
    Graph,
    _build,
    {
        "towns": whole("How many towns have a road."),
        "parts": whole("How many connected parts the roads form."),
        "largest_part": whole("How many towns the largest connected part has."),
        "busiest_town": text("The town with the most roads."),
        "triangles": whole("How many sets of three towns are all linked with each other."),
        "clustering": number("The mean of the local clustering coefficients; a town with one road counts as 0."),
        "hops": whole("The fewest roads from Aldby to Zell."),
        "farthest_hops": whole("The fewest roads from Aldby to the town that is farthest in this count."),
        "quickest_minutes": whole("The minutes of the quickest way from Aldby to Zell."),
        "quickest_route": listed("The towns of the quickest way from Aldby to Zell, both of them included."),
        "central_town": text("The town with the highest PageRank: damping 0.85, no weights, both directions."),
        "central_score": number("That highest PageRank, when all of them sum to 1."),
    },
)
