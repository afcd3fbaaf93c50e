"""The words of a sentence model: a text is cut into the pieces that the model knows."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

_LONGEST_WORD = 100
_UNKNOWN, _BEGIN, _END = "[UNK]", "[CLS]", "[SEP]"
_EAST_ASIAN = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B820, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)


class WordPiece:
    """Cut texts into numbered pieces, longest piece first, as uncased BERT models expect."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self._unknown = self._numbers[_UNKNOWN]
        self._begin, self._end = self._numbers[_BEGIN], self._numbers[_END]
        self._remembered = lru_cache(maxsize=16_384)(self._pieces)

    def numbers(self, text: str, most: int) -> list[int]:
        """Return the numbers of the pieces of a text, begin and end marks included, at most so many."""
        found = [self._begin]
        for word in _words(text):
            found += self._remembered(word)
            if len(found) >= most:
                break
        return [*found[: most - 1], self._end]

    def _pieces(self, word: str) -> tuple[int, ...]:
        if len(word) > _LONGEST_WORD:
            return (self._unknown,)
        found: list[int] = []
        at = 0
        while at < len(word):
            start, end = at, len(word)
            while end > at:
                piece = word[at:end] if at == 0 else f"##{word[at:end]}"
                if (number := self._numbers.get(piece)) is not None:
                    found.append(number)
                    at = end
                    break
                end -= 1
            if at == start:
                return (self._unknown,)
        return tuple(found)


def _words(text: str) -> Iterator[str]:
    for chunk in _plain(text).split():
        word = ""
        for letter in chunk:
            if _stands_alone(letter):
                if word:
                    yield word
                yield letter
                word = ""
            else:
                word += letter
        if word:
            yield word


def _plain(text: str) -> str:
    """Lower the case and take off accents, control characters and odd blanks."""
    if text.isascii() and text.isprintable():
        return text.lower()
    kept = "".join(_letter(letter) for letter in text)
    split = unicodedata.normalize("NFD", kept.lower())
    return "".join(letter for letter in split if unicodedata.category(letter) != "Mn")


def _letter(letter: str) -> str:
    if letter in "\t\n\r":
        return " "
    if letter in "\0\ufffd":
        return ""
    category = unicodedata.category(letter)
    if category == "Zs":
        return " "
    return "" if category.startswith("C") else letter


def _stands_alone(letter: str) -> bool:
    if letter.isalnum():
        code = ord(letter)
        return any(first <= code <= last for first, last in _EAST_ASIAN) if code > 0x3000 else False
    return letter.isascii() or unicodedata.category(letter).startswith("P")
