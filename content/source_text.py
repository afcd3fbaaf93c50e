"""One file of a pack as text, with whatever is wrong with the file itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from content.codes import problem
from content.problem import Place, Problem

LARGEST = 16 * 1024 * 1024
BOM = "\ufeff"
# Control characters, line separators that editors do not count, and marks that hide or turn text round.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
TRAILING = re.compile(r"[ \t]+(?=\r?$)", re.MULTILINE)
_MAYBE_TRAILING = (" \n", "\t\n", " \r", "\t\r")


@dataclass(frozen=True, slots=True)
class SourceText:
    """Hold the text of a file, without a byte order mark and with blanks for invisible characters."""

    path: Path
    text: str


def read_source(path: Path) -> tuple[SourceText | None, list[Problem]]:
    """Read one file; everything that can be wrong with it is a problem, not an exception."""
    try:
        if not path.is_file():
            return None, [_unreadable(path, "it is not a file")]
        if path.stat().st_size > LARGEST:
            return None, [_too_large(path)]
        raw = path.read_bytes()
    except (OSError, RuntimeError, ValueError) as error:
        return None, [_unreadable(path, getattr(error, "strerror", None) or str(error))]
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None, [_not_utf8(path, 1)]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, [_not_utf8(path, raw.count(b"\n", 0, error.start) + 1)]
    return _look_over(path, text)


def _look_over(path: Path, text: str) -> tuple[SourceText, list[Problem]]:
    problems: list[Problem] = []
    if text.startswith(BOM):
        text = text[1:]
        problems.append(
            problem(
                "FIL003",
                Place(path),
                "The file starts with a byte order mark.",
                "Run with --fix to remove it.",
            )
        )
    if "\r\n" in text:
        problems.append(
            problem("FIL007", Place(path), "The file has Windows line ends.", "Run with --fix to change them.")
        )
    problems += _trailing(path, text)
    hidden = _invisible(path, text)
    return SourceText(path, INVISIBLE.sub(" ", text) if hidden else text), [*problems, *hidden]


def place_at(path: Path, text: str, index: int) -> Place:
    """Return the place of a character."""
    return Place(path, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


def _trailing(path: Path, text: str) -> list[Problem]:
    # Nearly no file has any, and a search for plain text is many times as quick.
    if not (text.endswith((" ", "\t")) or any(one in text for one in _MAYBE_TRAILING)):
        return []
    first = TRAILING.search(text)
    if first is None:
        return []
    count = sum(1 for _ in TRAILING.finditer(text))
    message = "This line ends with spaces." if count == 1 else f"{count} lines end with spaces, the first here."
    return [problem("FIL010", place_at(path, text, first.start()), message, "Run with --fix to remove them.")]


def _invisible(path: Path, text: str) -> list[Problem]:
    found: dict[str, list[int]] = {}
    for match in INVISIBLE.finditer(text):
        found.setdefault(match[0], []).append(match.start())
    return [_hidden(place_at(path, text, places[0]), sign, len(places)) for sign, places in found.items()]


def _hidden(place: Place, sign: str, count: int) -> Problem:
    often = "" if count == 1 else f" and {count - 1} times below"
    message = f"The invisible character U+{ord(sign):04X} hides here{often}."
    return problem("FIL011", place, message, "Remove it, or type a plain space.")


def _unreadable(path: Path, why: str) -> Problem:
    return problem("FIL006", Place(path), f"This cannot be read: {why}.", "Check the file and its rights.")


def _too_large(path: Path) -> Problem:
    limit = LARGEST // (1024 * 1024)
    return problem("FIL004", Place(path), f"The file is larger than {limit} MB.", "Split it into several files.")


def _not_utf8(path: Path, line: int) -> Problem:
    return problem("FIL002", Place(path, line), "The file is not UTF-8 text.", "Save it again as UTF-8.")
