"""Long lists, one page at a time. The page travels in the buttons, so it works after a restart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.core.declare import Action
from bot.core.markup import Markdown, md
from bot.core.reply import Row, Style


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list; the first is 0."""

    number: int
    pages: int
    size: int

    @classmethod
    def of(cls, count: int, wanted: int, size: int) -> Page:
        """Return the wanted page of so many things, or the nearest that there is."""
        pages = max(1, (count - 1) // size + 1)
        return cls(min(max(wanted, 0), pages - 1), pages, size)

    @property
    def start(self) -> int:
        """Return where the page begins."""
        return self.number * self.size

    @property
    def part(self) -> slice:
        """Return which part of the list the page shows."""
        return slice(self.start, self.start + self.size)

    @property
    def note(self) -> Markdown:
        """Say which page this is; nothing when there is only one."""
        here = md("Page {number} of {pages}.", number=self.number + 1, pages=self.pages)
        return here if self.pages > 1 else Markdown("")

    def turns(self, to: Action, **state: Any) -> tuple[Row, ...]:
        """Make the buttons that turn the page: none, one or both."""
        back = [to.button("Back", page=self.number - 1, **state)] if self.number > 0 else []
        rest = self.number + 1 < self.pages
        more = [to.button("Next", style=Style.PRIMARY, page=self.number + 1, **state)] if rest else []
        return ((*back, *more),) if back or more else ()
