"""What a picture is made of: slabs and letters, each with its place."""

from __future__ import annotations

from dataclasses import dataclass

from bot.services.pictures.lettering import font
from bot.services.pictures.paints import Paint

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Slab:
    """A filled box with round corners."""

    left: int
    top: int
    width: int
    height: int
    radius: int
    paint: Paint

    @property
    def box(self) -> Box:
        """Return left, top, right and bottom."""
        return self.left, self.top, self.left + self.width, self.top + self.height


@dataclass(frozen=True, slots=True)
class Letters:
    """A line of text that stands on a baseline."""

    left: int
    baseline: int
    text: str
    size: int
    paint: Paint

    @property
    def box(self) -> Box:
        """Return left, top, right and bottom of what will be inked."""
        left, top, right, bottom = font(self.size).getbbox(self.text, anchor="ls")
        return self.left + int(left), self.baseline + int(top), self.left + int(right), self.baseline + int(bottom)


Mark = Slab | Letters


@dataclass(frozen=True, slots=True)
class Section:
    """Some marks and where the next ones may begin."""

    marks: tuple[Mark, ...]
    bottom: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole picture before it is painted; later marks lie on earlier ones."""

    width: int
    height: int
    marks: tuple[Mark, ...]
