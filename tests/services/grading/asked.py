"""What the challenges of these tests ask for."""

from __future__ import annotations

from bot.services.grading.values import Needs, Wanted

ROWS = 12
IDS = tuple(f"r{number}" for number in range(1, ROWS + 1))
LABELS = Wanted("id", "class", IDS, Needs.LABEL, ("cat", "dog"))
FLAGS = Wanted("id", "class", IDS, Needs.LABEL, ("0", "1"))
NUMBERS = Wanted("id", "price", IDS, Needs.NUMBER)
PROBABILITIES = Wanted("id", "p", IDS, Needs.PROBABILITY)
RANKINGS = Wanted("id", "items", IDS, Needs.RANKING, ("a1", "b2", "c3", "d4"))
ALL = (LABELS, FLAGS, NUMBERS, PROBABILITIES, RANKINGS)

GOOD = {
    Needs.LABEL: ("cat", "dog"),
    Needs.NUMBER: ("12.5", "-3", "1e-3"),
    Needs.PROBABILITY: ("0.25", "1", "0"),
    Needs.RANKING: ("a1 b2", "d4 c3 b2 a1"),
}


def good_cells(wanted: Wanted) -> list[str]:
    """Return a right cell for each row."""
    some = wanted.choices if wanted.needs is Needs.LABEL else GOOD[wanted.needs]
    return [some[at % len(some)] for at in range(len(wanted.ids))]


def good_lines(wanted: Wanted, delimiter: str = ",") -> list[str]:
    """Return a right file, line by line."""
    rows = zip(wanted.ids, good_cells(wanted), strict=True)
    return [f"{wanted.id_column}{delimiter}{wanted.column}", *(f"{own}{delimiter}{cell}" for own, cell in rows)]


def good_file(wanted: Wanted, delimiter: str = ",") -> bytes:
    """Return a right file."""
    return ("\n".join(good_lines(wanted, delimiter)) + "\n").encode()
