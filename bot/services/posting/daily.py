"""The tip of the day for a channel: every tip once before any comes again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from bot.core.markup import Markdown, md
from bot.core.registry import Registry
from bot.core.reply import Field, Reply, Style
from content.model import Tip


@dataclass(frozen=True, slots=True)
class TipPost:
    """Knows how a tip is posted."""

    registry: Registry

    def of(self, tip: Tip) -> Reply:
        """Return the post."""
        return Reply(
            Markdown(tip.text),
            title=f"Tip of the day: {tip.title}",
            fields=(Field("Try it", Markdown(tip.try_it)), Field("Done when", Markdown(tip.done))),
            rows=((self.registry.route("tip").button("A tip for me", style=Style.PRIMARY),),),
            footer=md("{level}. {how:code} gives you one of your own.", level=tip.level.value.capitalize(), how="/tip"),
        )


def tip_of(tips: Sequence[Tip], community: int, day: date) -> Tip | None:
    """Return the tip of a day: in an order of the community's own, one after the other."""
    if not tips:
        return None
    own = sorted(tips, key=lambda tip: blake2b(f"{community}:{tip.id}".encode(), digest_size=8).digest())
    return own[day.toordinal() % len(own)]
