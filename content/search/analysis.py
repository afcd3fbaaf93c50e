"""Turn text into words: case, accents, technical names such as c++ and node.js, compounds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

LONGEST_TEXT = 20_000
"""Characters of a question that are read; nobody types more, and work stays bounded."""

_SPELT_OUT = (
    ("+", re.compile(r"(?<!\w)c\+\+(?!\w)"), " cplusplus "),
    ("#", re.compile(r"(?<!\w)([cfjq])#(?!\w)"), r" \1sharp "),
    (".net", re.compile(r"(?<!\w)\.net\b"), " dotnet "),
    ("/", re.compile(r"\b([a-z])\s?/\s?([a-z])\b"), r" \1-\2 "),
    ("&", re.compile(r"\b([a-z])\s?&\s?([a-z])\b"), r" \1-\2 "),
    ("'", re.compile(r"(?<=\w)'(?:s|re|ve|ll|d|m)\b"), " "),
    ("'", re.compile(r"(?<=\w)'(?=\w)"), ""),
)
_EAST_ASIAN = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_WORD = re.compile(rf"[{_EAST_ASIAN}]|[^\W_{_EAST_ASIAN}]+(?:[-.][^\W_{_EAST_ASIAN}]+)*")
_PLAIN_WORD = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
_PARTS = re.compile(r"[-.]")


def fold(text: str) -> str:
    """Lower the case, take accents off and spell technical names out."""
    text = text[:LONGEST_TEXT].casefold()
    if not text.isascii():
        text = text.replace("’", "'")
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    for sign, pattern, words in _SPELT_OUT:
        if sign in text:
            text = pattern.sub(words, text)
    return text


def words_of(text: str) -> list[str]:
    """List the words of a text in order; a compound such as k-means stays one word."""
    folded = fold(text)
    return (_PLAIN_WORD if folded.isascii() else _WORD).findall(folded)


def parts_of(word: str) -> list[str]:
    """Split a compound at its hyphens and dots."""
    return [part for part in _PARTS.split(word) if part] if "-" in word or "." in word else [word]


def joined(word: str) -> str:
    """Write a compound as one word."""
    return _PARTS.sub("", word)


def index_words(words: Iterable[str]) -> list[str]:
    """List the words under which a text is found: a compound counts whole and in parts."""
    found: list[str] = []
    for word in words:
        parts = parts_of(word)
        if len(parts) > 1:
            found.append(joined(word))
        found += parts
    return found


def line_of(words: Iterable[str]) -> str:
    """Return words as one padded line, for comparing letters."""
    return f" {' '.join(words)} "


def trigrams(line: str) -> frozenset[str]:
    """Cut a padded line into the sequences of three letters that it is made of."""
    return frozenset(line[at : at + 3] for at in range(len(line) - 2))
