"""Files that are no CSV, known by their first bytes. Nothing is opened, unpacked or run to find out."""

from __future__ import annotations

import re

from bot.core.markup import Markdown, md

_CSV = md("Save the predictions as a CSV file and send that.")
_SHEET = md("In your spreadsheet choose File, Save as, CSV, and send that file.")
_FRAME = md("Write a CSV with `to_csv` and send that.")
_UNPACK = md("Unpack it and send the CSV file itself.")
_NOTEBOOK = md("Let your notebook write the predictions to a CSV file and send that.")

# More telling beginnings stand before shorter ones that they begin with.
_STARTS: tuple[tuple[bytes, str, Markdown], ...] = (
    (b"\x1f\x8b", "a gzip archive", _UNPACK),
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ\x00", "an xz archive", _UNPACK),
    (b"(\xb5/\xfd", "a zstd archive", _UNPACK),
    (b"7z\xbc\xaf'\x1c", "a 7z archive", _UNPACK),
    (b"Rar!\x1a\x07", "a rar archive", _UNPACK),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file", _SHEET),
    (b"PAR1", "a Parquet file", _FRAME),
    (b"ARROW1", "an Arrow or Feather file", _FRAME),
    (b"FEA1", "a Feather file", _FRAME),
    (b"\x89HDF", "an HDF5 file", _FRAME),
    (b"\x93NUMPY", "a NumPy file", _CSV),
    (b"SQLite format 3", "a database", _CSV),
    (b"\x89PNG", "a picture (PNG)", _CSV),
    (b"\xff\xd8\xff", "a picture (JPEG)", _CSV),
    (b"GIF8", "a picture (GIF)", _CSV),
    (b"RIFF", "a picture or sound", _CSV),
    (b"%PDF", "a PDF", _CSV),
    (b"{\\rtf", "a text document (RTF)", _CSV),
    (b"\x7fELF", "a program", _CSV),
    (b"MZ\x90", "a program", _CSV),
    (b"#!", "a script", _NOTEBOOK),
    (b"\x80\x02", "a pickle", _FRAME),
    (b"\x80\x03", "a pickle", _FRAME),
    (b"\x80\x04", "a pickle", _FRAME),
    (b"\x80\x05", "a pickle", _FRAME),
)
_IN_ZIP: tuple[tuple[bytes, str, Markdown], ...] = (
    (b"[Content_Types].xml", "an Excel or Word file", _SHEET),
    (b"xl/", "an Excel file", _SHEET),
    (b"opendocument", "a LibreOffice file", _SHEET),
    (b".npy", "a NumPy file", _CSV),
)
_TEXTS: tuple[tuple[str, str, Markdown], ...] = (
    ("<!doctype", "a web page", _CSV),
    ("<html", "a web page", _CSV),
    ("<", "XML", _CSV),
)
_PYTHON = re.compile(r"import [\w.]+|from [\w.]+ import |def \w+\(")
_HEAD = 4_096


def other_kind(data: bytes) -> Markdown | None:
    """Say what a file is, and what to send in its place, when its first bytes are not those of a CSV."""
    head = data[:_HEAD]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        found = next((row for row in _IN_ZIP if row[0] in head), (b"", "a zip archive", _UNPACK))
        return _say(found[1], found[2])
    if head[257:262] == b"ustar":
        return _say("a tar archive", _UNPACK)
    return next((_say(what, cure) for start, what, cure in _STARTS if head.startswith(start)), None)


def other_text(text: str) -> Markdown | None:
    """Say what a text is, and what to send in its place, when its shape is not that of a CSV."""
    head = text[:_HEAD].lstrip().lower()
    if head.startswith(("{", "[")):
        notebook = '"cells"' in head or '"nbformat"' in text[-_HEAD:]
        return _say("a notebook", _NOTEBOOK) if notebook else _say("JSON", _CSV)
    if _PYTHON.match(head):
        return _say("Python code", _NOTEBOOK)
    return next((_say(what, cure) for start, what, cure in _TEXTS if head.startswith(start)), None)


def _say(what: str, cure: Markdown) -> Markdown:
    return md("This is {what}, and predictions come as a CSV file. {cure}", what=what, cure=cure)
