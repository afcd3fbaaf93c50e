"""The bytes of an upload as text with plain line ends, in the encodings that spreadsheets and notebooks write."""

from __future__ import annotations

import codecs
import re

from bot.core.markup import md
from bot.services.grading.faults import UploadProblem

# The longer marks first: the one for UTF-32 begins with the one for UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 200
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_UNSEEN = re.compile("[\ufeff\u200b\u2060]")


def decode(data: bytes) -> str:
    """Return the text of a file, its lines ended by a newline; UploadProblem where it is no text."""
    text = _UNSEEN.sub("", _decoded(data)).replace("\r\n", "\n").replace("\r", "\n")
    if found := _NOT_TEXT.search(text):
        row = text.count("\n", 0, found.start()) + 1
        raise UploadProblem(
            [
                md(
                    "Row {row} holds a character that is not text (number {number}), so this is hardly a CSV file. "
                    "Save the predictions as CSV in UTF-8 and send them again.",
                    row=row,
                    number=ord(found[0]),
                )
            ]
        )
    return text


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding)
    wide = _without_a_mark(data[:_SAMPLE])
    if wide:
        return _strictly(data, wide)
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _without_a_mark(sample: bytes) -> str | None:
    """Guess UTF-16 from zeros in every other byte, as plain letters and digits have them."""
    pairs = len(sample) // 2
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    if pairs and odd > 0.6 * pairs and not even:
        return "utf-16-le"
    return "utf-16-be" if pairs and even > 0.6 * pairs and not odd else None


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise UploadProblem(
            [
                md(
                    "This file looks like {encoding}, but it is broken. Save it as UTF-8 and send it again.",
                    encoding=encoding.removesuffix("-le").removesuffix("-be").upper(),
                )
            ]
        ) from None
