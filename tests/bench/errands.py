"""What members do while a bot's processor time is measured, and the table of what it cost."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

READ, WRITE = 1.5, 2.5
# The answers to reads are stored together, half a second later; that is part of their price.
SETTLE_SECONDS = 0.7


@dataclass(slots=True)
class Costs:
    """What one thing may cost, if that is said, and what it cost in each round, in seconds for each time."""

    name: str
    target: float = 0.0
    rounds: list[float] = field(default_factory=list)

    @property
    def warm(self) -> list[float]:
        """Leave out the first round, which only warms up."""
        return self.rounds[1:]


def table(baseline: Costs, ours: Sequence[Costs]) -> Iterator[str]:
    """Set each cost beside the baseline's of the same round."""
    yield f"  {baseline.name:<34} {_middle(baseline.warm) * 1e6:>6.0f} us"
    for costs in ours:
        ratios = sorted(cost / beside for cost, beside in zip(costs.warm, baseline.warm, strict=True))
        missed = "" if _middle(ratios) <= costs.target else "  MISSED"
        verdict = f"   at most {costs.target}{missed}" if costs.target else ""
        yield (
            f"  {costs.name:<34} {_middle(costs.warm) * 1e6:>6.0f} us   ratio {_middle(ratios):>5.2f} "
            f"({ratios[0]:.2f}-{ratios[-1]:.2f}){verdict}"
        )


def _middle(values: Sequence[float]) -> float:
    return statistics.median(values)
