"""Text: fit to be read on every platform, finished, and free of markup that only some understand."""

from __future__ import annotations

from collections.abc import Iterator

from content.checks.reading import Reading
from content.codes import problem
from content.entry import RawEntry
from content.kinds import INNER, PLACEHOLDER, TEXT_RULES, TextRule
from content.markdown import PLATFORM, Finding, findings
from content.problem import Problem

_ENDS = frozenset(".!?\u2026\u3002\uff01\uff1f\uff0e\u061f\u06d4\u0964\u055e\u1362")
_CLOSERS = ")]}\"'\u201d\u2019\u00bb\u300d\u300f*_` \n"
_MESSAGES = {
    "TXT004": ("holds raw HTML: {}", "Say it in Markdown, or put `code marks` around it."),
    "TXT005": ("holds the markup of one platform: {}", "Write plain words, or put `code marks` around it."),
    "TXT006": ("holds {}", "Use paragraphs, bold, italic, code, links, lists and quotes only."),
}


def check_text(reading: Reading) -> Iterator[Problem]:
    """Find texts that a reader should not see like this."""
    for kind, rules in TEXT_RULES.items():
        for entry in reading.of(kind):
            for field, rule in rules.items():
                yield from _field(entry, field, rule)
    for entry in reading.entries:
        yield from _other_placeholders(entry)


def ends_well(text: str) -> bool:
    """Tell whether a text ends with a full stop, a mark or a block of code."""
    stripped = text.rstrip()
    if stripped.endswith(("```", "~~~")):
        return True
    return stripped.rstrip(_CLOSERS)[-1:] in _ENDS


def _field(entry: RawEntry, field: str, rule: TextRule) -> Iterator[Problem]:
    if text := entry.text(field):
        yield from _text(entry, (field,), text, rule)
    for number, item in entry.texts(field):
        yield from _text(entry, (field, number), item, rule)


def _text(entry: RawEntry, path: tuple[str | int, ...], text: str, rule: TextRule) -> Iterator[Problem]:
    name = path[0]
    if not text.strip():
        yield problem("TXT007", entry.place(*path), f"{name} holds only spaces.", "Write its text.")
        return
    if text.lstrip().startswith(PLACEHOLDER):
        yield _placeholder(entry, path)
        return
    if rule.one_line and "\n" in text.strip():
        yield problem("TXT009", entry.place(*path), f"{name} has several lines.", "Write it as one line.")
    if rule.full_stop and not ends_well(text):
        message = f"{name} does not end with a full stop."
        yield problem("TXT003", entry.place(*path), message, "Finish the sentence with one.")
    if rule.words:
        yield from _count(entry, path, text, rule.words)
    for found in findings(text) if rule.markdown else _plain_findings(text):
        message, hint = _MESSAGES[found.code]
        where = entry.place_in_text(found.line, *path)
        yield problem(found.code, where, f"{name} {message.format(found.what)}.", hint)


def _plain_findings(text: str) -> tuple[Finding, ...]:
    return tuple(Finding("TXT005", 0, match[0]) for match in PLATFORM.finditer(text))


def _count(entry: RawEntry, path: tuple[str | int, ...], text: str, words: tuple[int, int]) -> Iterator[Problem]:
    fewest, most = words
    count = len(text.split())
    if not fewest <= count <= most:
        message = f"{path[0]} has {count} words; {fewest} to {most} read well."
        hint = "Say what to do, and why." if count < fewest else "Cut what is not needed."
        yield problem("TXT002", entry.place(*path), message, hint)


def _other_placeholders(entry: RawEntry) -> Iterator[Problem]:
    """Look where no text rule looks: addresses, titles of sources, topics, lists of ids."""
    if entry.id == f"new-{entry.kind}":
        yield problem("TXT008", entry.place("id"), f"{entry.id!r} is not yet an id of its own.", "Name the entry.")
    elsewhere = {*TEXT_RULES.get(entry.kind, {}), *(name for name, _ in INNER.get(entry.kind, ()))}
    for field, value in entry.data.items():
        if field in elsewhere:
            continue
        for path, text in _strings((field,), value):
            if text.lstrip().startswith(PLACEHOLDER):
                yield _placeholder(entry, path)


def _strings(path: tuple[str | int, ...], value: object) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _strings((*path, number), item)
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _strings((*path, name), item)


def _placeholder(entry: RawEntry, path: tuple[str | int, ...]) -> Problem:
    message = f"{path[0]} still holds the placeholder {PLACEHOLDER.rstrip(':')}."
    return problem("TXT008", entry.place(*path), message, "Write what belongs there.")
