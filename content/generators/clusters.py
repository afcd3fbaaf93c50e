"""Points in the plane and where to begin: k-means by hand, and the direction in which the cloud lies."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field

from content.generators.arithmetic import mean, products, rounded, squares
from content.generators.clear import highest, lowest, require
from content.generators.dice import Dice
from content.generators.generator import Generator, Params, Unclear, number, text, whole
from content.generators.made import Answer, Made, Table
from content.generators.words import ids

Point = tuple[float, float]
_MOST_ROUNDS = 60


class Clusters(Params):
    """Say how many points there are and into how many groups they fall."""

    points: Annotated[int, Field(ge=30, le=600, description="How many points there are.")] = 120
    groups: Annotated[int, Field(ge=2, le=6, description="How many groups they are put into.")] = 3
    spread: Annotated[float, Field(ge=0.3, le=3, description="How wide each group is.")] = 1.0


def _build(params: Clusters, dice: Dice) -> Made:
    middles = [(dice.between(-6, 6), dice.between(-4, 4)) for _ in range(params.groups)]
    points = [_near(dice.choice(middles), params.spread, dice) for _ in range(params.points)]
    starts = dict(zip("abcdef", dice.sample(points, params.groups), strict=False))
    require(len(set(starts.values())) == params.groups)
    names = ids("p", params.points)
    files = {
        "points": Table.of("point x y", [(name, *point) for name, point in zip(names, points, strict=True)]),
        "starts": Table.of("group x y", [(group, *point) for group, point in starts.items()]),
    }
    return Made(files, _answers(dict(zip(names, points, strict=True)), starts))


def _near(middle: Point, spread: float, dice: Dice) -> Point:
    x, y = middle
    return rounded(dice.normal(x, spread), 2), rounded(dice.normal(y, spread), 2)


def _answers(points: dict[str, Point], starts: dict[str, Point]) -> dict[str, Answer]:
    groups, centres, rounds = _settled(points, starts)
    sizes = {group: sum(each == group for each in groups.values()) for group in centres}
    far = {name: _squared(points[name], centres[group]) for name, group in groups.items()}
    return {
        "rounds": rounds,
        "inertia": math.fsum(far.values()),
        "first_inertia": math.fsum(
            min(_squared(point, start) for start in starts.values()) for point in points.values()
        ),
        "largest_group": highest(sizes, 0.5),
        "largest_size": max(sizes.values()),
        "farthest_point": highest(far),
        "farthest_distance": math.sqrt(max(far.values())),
        "silhouette": _silhouette(points, groups),
        "first_component_share": _first_share(list(points.values())),
    }


def _settled(points: dict[str, Point], starts: dict[str, Point]) -> tuple[dict[str, str], dict[str, Point], int]:
    """Assign and move until no point changes its group; count the rounds in which some did."""
    centres, groups = dict(starts), dict[str, str]()
    for rounds in range(_MOST_ROUNDS):
        fresh = {
            name: lowest({group: _squared(point, centre) for group, centre in centres.items()})
            for name, point in points.items()
        }
        if fresh == groups:
            return groups, centres, rounds
        groups = fresh
        centres = {group: _middle([points[name] for name in groups if groups[name] == group]) for group in centres}
    raise Unclear


def _middle(points: list[Point]) -> Point:
    require(bool(points))
    return mean([x for x, _ in points]), mean([y for _, y in points])


def _squared(one: Point, two: Point) -> float:
    return (one[0] - two[0]) ** 2 + (one[1] - two[1]) ** 2


def _silhouette(points: dict[str, Point], groups: dict[str, str]) -> float:
    members: dict[str, list[Point]] = {}
    for name, group in groups.items():
        members.setdefault(group, []).append(points[name])
    require(min(map(len, members.values())) > 1)
    return mean([_fit(points[name], group, members) for name, group in groups.items()])


def _fit(point: Point, own: str, members: dict[str, list[Point]]) -> float:
    totals = {group: math.fsum([math.dist(point, other) for other in each]) for group, each in members.items()}
    inside = totals[own] / (len(members[own]) - 1)
    outside = min(total / len(members[group]) for group, total in totals.items() if group != own)
    return (outside - inside) / max(inside, outside)


def _first_share(points: list[Point]) -> float:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    both, apart = squares(xs) + squares(ys), squares(xs) - squares(ys)
    return (1 + math.sqrt(apart**2 + 4 * products(xs, ys) ** 2) / both) / 2


_KMEANS = "Run k-means from the starts until no point changes its group."
GENERATOR = Generator(
    "clusters",
    "Points in the plane and the places where the centres of k-means begin.",
    Clusters,
    _build,
    {
        "rounds": whole(
            f"{_KMEANS} How many rounds change the group of some point? The first assignment to the starts is round 1."
        ),
        "inertia": number(f"{_KMEANS} The sum of squared distances to the centre of the own group."),
        "first_inertia": number("The sum of squared distances to the nearest of the starts."),
        "largest_group": text(f"{_KMEANS} The group with the most points, by the name of its start."),
        "largest_size": whole(f"{_KMEANS} How many points the largest group has."),
        "farthest_point": text(f"{_KMEANS} The point that is farthest from the centre of its own group."),
        "farthest_distance": number(f"{_KMEANS} The distance of that point from its centre."),
        "silhouette": number(f"{_KMEANS} The mean silhouette of all points, Euclidean."),
        "first_component_share": number("The share of variance along the first principal component of all points."),
    },
)
