"""Questions as people really type them: with slips, or cut down to a few words."""

from __future__ import annotations

import random
import re

from content.search.stopwords import STOP_WORDS

SLIPS = 0.1
_SHORTEST = 4
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_WORD = re.compile(r"[^\s,;:!?()\"]+")


def with_slips(question: str, seed: int) -> str:
    """Misspell one word in ten, at least one, always the same ones for the same seed."""
    chance = random.Random(f"{seed}:{question}")  # noqa: S311 - nothing secret
    words = question.split()
    long = [at for at, word in enumerate(words) if len(word) >= _SHORTEST and word.isalpha()]
    for at in chance.sample(long, min(len(long), max(1, round(len(words) * SLIPS)))):
        words[at] = _slip(words[at], chance)
    return " ".join(words)


def cut_short(question: str, seed: int) -> str:
    """Keep three or four telling words, as somebody types into a search box."""
    chance = random.Random(f"{seed}:{question}")  # noqa: S311 - nothing secret
    words: list[str] = [word.rstrip(".") for word in _WORD.findall(question)]
    telling = [word for word in words if word.casefold() not in STOP_WORDS] or words
    count = min(len(telling), chance.choice((3, 4)))
    return " ".join(telling[at] for at in sorted(chance.sample(range(len(telling)), count)))


def _slip(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word) - 1)
    before, here, after = word[:at], word[at : at + 2], word[at + 2 :]
    other = chance.choice(_LETTERS)
    return chance.choice(
        (
            before + here[::-1] + after,
            before + here[1:] + after,
            before + other + here + after,
            before + other + here[1:] + after,
        )
    )
