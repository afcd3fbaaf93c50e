"""Names for small worlds."""

from __future__ import annotations


def several(words: str) -> tuple[str, ...]:
    """Return words that are separated by spaces."""
    return tuple(words.split())


PEOPLE = several(
    "Ada Ben Chen Dina Emil Fatou Goran Hana Ines Jomo Kira Luis Mina Nils Olga Pavel Quinn Rosa Sami Tove "
    "Uma Vito Wen Xenia Yara Zeno"
)
CITIES = several("Lyon Porto Graz Turin Ghent Lublin Malmo Cork")
TOWNS = several(
    "Aldby Birk Corrin Dale Elmsted Fenwick Garth Holm Isling Jarrow Kelby Lund Marl Norby Oakham Penn Quarley "
    "Rosby Selby Thorn Ulver Vane Wold Yarm Zell"
)
DEVICES = ("phone", "laptop", "tablet")


def ids(prefix: str, count: int) -> list[str]:
    """Return ids of one width: p001, p002 and so on."""
    width = max(2, len(str(count)))
    return [f"{prefix}{number:0{width}}" for number in range(1, count + 1)]
