"""The words in which people write to a help desk."""

from __future__ import annotations

from content.generators.dice import Dice
from content.generators.words import several

_COMMON = several("the a my is and to it was not with on for this after still again please since when but")
LABELS = {
    "billing": several(
        "invoice payment refund charge card price receipt amount tax discount account month twice euro subscription"
    ),
    "delivery": several(
        "parcel courier address late box street door tracking driver package van broken wrong empty neighbour"
    ),
    "technical": several(
        "screen login error button crash update password page slow browser version freeze battery sound cable"
    ),
}
_RARE = several(
    "attic basil canyon dune ember fjord glacier harbour island jungle kettle lantern meadow nectar orchard pebble "
    "quarry ribbon saddle timber umbrella velvet willow yonder zephyr anchor bramble cinder drizzle"
)


def _pool(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the first words often and the last ones rarely, to draw from."""
    return tuple(word for place, word in enumerate(words) for _ in range(60 // (place + 3)))


_COMMON_POOL = _pool(_COMMON)
_POOLS = {label: _pool(words) for label, words in LABELS.items()}


def words_about(label: str, usual: int, clarity: float, dice: Dice) -> list[str]:
    """Draw the words of a note; the clearer, the more of them belong to its label."""
    count = usual + dice.integer(-usual // 4, usual // 4)
    words: list[str] = []
    while len(words) < count:
        word = _word(label, clarity, dice)
        words += [word] if word not in words[-1:] else []
    return words


def _word(label: str, clarity: float, dice: Dice) -> str:
    kind = dice.number()
    if kind < 0.5:
        return dice.choice(_COMMON_POOL)
    if kind < clarity:
        return dice.choice(_POOLS[label])
    if kind < 0.92:
        return dice.choice(LABELS[dice.choice(tuple(LABELS))])
    return _RARE[min(int(dice.exponential(7)), len(_RARE) - 1)]


def sentence(words: list[str], dice: Dice) -> str:
    """Write words as a sentence with one comma."""
    comma = dice.integer(2, len(words) - 2)
    return f"{' '.join(words[:comma])}, {' '.join(words[comma:])}".capitalize() + dice.choice((".", "!", "?"))
