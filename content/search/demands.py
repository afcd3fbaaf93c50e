"""What a pack asks of the search: figures for its questions as written that must be reached."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from content.search.evaluation import Scores


@dataclass(frozen=True, slots=True)
class Demands:
    """Hold the least that is asked for, and the most of wrong silence; None asks for nothing."""

    hit_at_1: float | None = None
    hit_at_3: float | None = None
    abstained_rightly: float | None = None
    abstained_wrongly: float | None = None

    def unmet(self, scores: Scores) -> Iterator[str]:
        """Tell what is short of what was asked for."""
        least = (
            ("hit@1", scores.hit_at_1, self.hit_at_1),
            ("hit@3", scores.hit_at_3, self.hit_at_3),
            ("abstained rightly", scores.abstained_rightly, self.abstained_rightly),
        )
        for name, reached, asked in least:
            if asked is not None and reached is not None and reached < asked:
                yield f"{name} is {reached:.3f}; at least {asked:.3f} is asked for."
        wrong, most = scores.abstained_wrongly, self.abstained_wrongly
        if most is not None and wrong > most:
            yield f"abstained wrongly is {wrong:.3f}; at most {most:.3f} is asked for."
