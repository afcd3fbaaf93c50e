"""Letters: the one font, how wide a text is in it, and texts that it can show."""

from __future__ import annotations

import string
import unicodedata
from functools import cache

from PIL import ImageFont

SHOWABLE = frozenset(string.ascii_letters + string.digits + string.punctuation + " ©«°±·»‘’“”…⁄™")
# What Unicode does not take apart by itself.
SPELLED = {
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **{"ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"},
    **{"đ": "d", "Đ": "D", "ð": "d", "þ": "th", "ı": "i", "×": "x", "•": "·", "→": ">", "←": "<"},
}


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """Return the font that comes with Pillow; the simple layout draws the same on every machine."""
    regular = ImageFont.load_default(size)
    assert isinstance(regular, ImageFont.FreeTypeFont)  # noqa: S101 - what a size asks for
    return regular.font_variant(layout_engine=ImageFont.Layout.BASIC)


def width(text: str, size: int) -> int:
    """Measure a text."""
    left, _, right, _ = font(size).getbbox(text, anchor="ls")
    return round(right - left)


def fit(text: str, size: int, room: int) -> str:
    """Shorten a text with an ellipsis until it has room."""
    if width(text, size) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if width(_cut(text, middle), size) <= room else (low, middle - 1)
    return _cut(text, low)


def _cut(text: str, length: int) -> str:
    return text[:length].rstrip(" .,:;-") + "…"


def legible(text: str, otherwise: str) -> str:
    """Return the text in letters that the font has; words that it cannot write are left out."""
    words = (_word(word) for word in text.split())
    return " ".join(word for word in words if word) or otherwise


def _word(word: str) -> str:
    shown = [_sign(sign) for sign in word]
    # A word without some of its letters would be another word; one without its emoji is the same.
    lost = any(not new and unicodedata.category(old)[0] in "LN" for old, new in zip(word, shown, strict=True))
    return "" if lost else "".join(shown)


def _sign(sign: str) -> str:
    if sign in SHOWABLE:
        return sign
    if sign in SPELLED:
        return SPELLED[sign]
    return "".join(part for part in unicodedata.normalize("NFKD", sign) if part in SHOWABLE).strip()
