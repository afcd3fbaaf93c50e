"""Draw numbers as SVG: bars over weeks, and bars beside names. The same numbers stand in a table below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from adapters.web.html import Html, tag

WIDE, HIGH, LEFT, BELOW, ABOVE = 640, 220, 36, 26, 12
LINE = 30
SHADES = 6


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a plot: its name, and its parts from the bottom up."""

    name: str
    parts: Mapping[str, int]

    @property
    def total(self) -> int:
        """Add the parts up."""
        return sum(self.parts.values())


def columns(title: str, shown: Sequence[Column]) -> Html:
    """Draw columns over time, each in parts of its own shade."""
    names = list(dict.fromkeys(name for one in shown for name in one.parts))
    top = nice_top(max((one.total for one in shown), default=0))
    step = (WIDE - LEFT) / max(1, len(shown))
    drawn = [_grid(top)]
    for place, one in enumerate(shown):
        x = LEFT + place * step
        drawn.append(_column(one, names, x, step, top))
        if place % max(1, len(shown) // 8) == 0:
            drawn.append(tag("text", one.name, x=_at(x + step / 2), y=HIGH - 8, text_anchor="middle"))
    alt = f"{title}. " + ", ".join(f"{one.name}: {one.total}" for one in shown)
    return tag("figure", _svg(alt, HIGH, drawn), _legend(names) if len(names) > 1 else None, class_="plot")


def bars(title: str, shown: Sequence[Column]) -> Html:
    """Draw one bar beside each name; where there are several parts, one over the other."""
    top = max((max(one.parts.values(), default=0) for one in shown), default=0) or 1
    names = list(dict.fromkeys(name for one in shown for name in one.parts))
    high = LINE * len(names) + 12
    drawn: list[Html] = []
    for place, one in enumerate(shown):
        y = place * high
        drawn.append(tag("text", one.name, x=0, y=_at(y + 12), class_="name"))
        for number, name in enumerate(names):
            drawn.append(_bar(one.parts.get(name, 0), number, y + 18 + number * (LINE - 8), top))
    alt = f"{title}. " + "; ".join(f"{one.name}: {_spoken(one.parts)}" for one in shown)
    return tag("figure", _svg(alt, high * len(shown) + 4, drawn), _legend(names), class_="plot")


def nice_top(most: int) -> int:
    """Return a round number that is not smaller."""
    size = 5
    while size < most:
        size = size * 2 if str(size)[0] in "15" else size * 5 // 2
    return size


def _bar(value: int, shade: int, y: float, top: int) -> Html:
    width = (WIDE - 60) * value / top
    box = tag("rect", x=0, y=_at(y), width=_at(max(1.5, width)), height=14, rx=3, class_=f"shade{shade % SHADES}")
    return Html(box + tag("text", str(value), x=_at(width + 8), y=_at(y + 12)))


def _column(one: Column, names: Sequence[str], x: float, step: float, top: int) -> Html:
    drawn, y = [], float(HIGH - BELOW)
    for number, name in enumerate(names):
        height = (HIGH - BELOW - ABOVE) * one.parts.get(name, 0) / top
        y -= height
        if height:
            said = tag("title", f"{one.name}, {name}: {one.parts[name]}")
            drawn.append(
                tag(
                    "rect",
                    said,
                    x=_at(x + step * 0.15),
                    y=_at(y),
                    width=_at(step * 0.7),
                    height=_at(height),
                    class_=f"shade{number % SHADES}",
                )
            )
    return tag("g", drawn)


def _grid(top: int) -> Html:
    lines = []
    for share in (0, 0.5, 1):
        y = HIGH - BELOW - (HIGH - BELOW - ABOVE) * share
        lines.append(tag("line", x1=LEFT, x2=WIDE, y1=_at(y), y2=_at(y)))
        lines.append(tag("text", f"{top * share:g}", x=LEFT - 6, y=_at(y + 4), text_anchor="end"))
    return tag("g", lines, class_="grid")


def _svg(alt: str, high: float, drawn: Sequence[Html]) -> Html:
    return tag(
        "svg",
        tag("title", alt),
        drawn,
        viewBox=f"0 0 {WIDE} {_at(high)}",
        role="img",
        xmlns="http://www.w3.org/2000/svg",
    )


def _legend(names: Sequence[str]) -> Html:
    items = [tag("li", tag("span", class_=f"key shade{number % SHADES}"), name) for number, name in enumerate(names)]
    return tag("figcaption", tag("ul", items, class_="legend"))


def _spoken(parts: Mapping[str, int]) -> str:
    return ", ".join(f"{value} {name}" for name, value in parts.items())


def _at(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
