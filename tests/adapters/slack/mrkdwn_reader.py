"""A little reader of mrkdwn, written from Slack's documentation and not from our drawing.

It is a suspicious one: where Slack might format, mention or link, it does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_TOKEN = re.compile(r"<([^<>]*)>")
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}
_ENTITY = re.compile("|".join(_ENTITIES))
_EMOJI = re.compile(r":[\w+'-]+:")
_MARKS = {"*": "bold", "_": "italic", "~": "strike", "＊": "bold", "＿": "italic", "～": "strike"}
# A letter that was shown by a token or stood in code; no formatting reads it.
_INERT = "\ue000"


@dataclass
class Seen:
    """What somebody sees: the letters, and everything that is more than letters."""

    text: str = ""
    formats: list[tuple[str, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    pings: list[str] = field(default_factory=list)
    emoji: list[str] = field(default_factory=list)


def read(source: str) -> Seen:
    """Read mrkdwn as Slack's clients would show it."""
    seen = Seen()
    shown, live = _tokens(source, seen)
    shown, live = _fences(shown, live, seen)
    lines = [_line(a, b, seen) for a, b in _line_pairs(shown, live)]
    seen.text = "\n".join(lines)
    return seen


def _tokens(source: str, seen: Seen) -> tuple[str, str]:
    """Take `<…>` and entities out. Return what is shown, and the same with inert letters where nothing may format."""
    shown, live, at = "", "", 0
    for found in [*_TOKEN.finditer(source), None]:
        plain = source[at : found.start() if found else len(source)]
        assert "<" not in plain, f"an open < in {plain!r}"
        decoded = _ENTITY.sub(lambda one: _ENTITIES[one[0]], plain)
        shown, live = shown + decoded, live + decoded
        if found is None:
            return shown, live
        words = _token(found[1], seen)
        shown, live, at = shown + words, live + _INERT * len(words), found.end()
    raise AssertionError("unreachable")


def _token(inside: str, seen: Seen) -> str:
    target, _, words = inside.partition("|")
    if target.startswith("!date^"):
        assert "&" not in words, "the words of a date read no entities"
        return words
    if target.startswith(("!", "@", "#")):
        seen.pings.append(target)
        return words or target
    target, words = (_ENTITY.sub(lambda one: _ENTITIES[one[0]], text) for text in (target, words))
    seen.links.append((target, words or target))
    return words or target


def _fences(shown: str, live: str, seen: Seen) -> tuple[str, str]:
    while (start := live.find("```")) >= 0 and (end := live.find("```", start + 3)) > start + 3:
        code = shown[start + 3 : end].strip("\n")
        seen.formats.append(("block", code))
        shown = shown[:start] + code + shown[end + 3 :]
        live = live[:start] + re.sub(r"[^\n]", _INERT, code) + live[end + 3 :]
    return shown, live


def _line_pairs(shown: str, live: str) -> list[tuple[str, str]]:
    pairs, at = [], 0
    for line in shown.split("\n"):
        pairs.append((line, live[at : at + len(line)]))
        at += len(line) + 1
    return pairs


def _line(shown: str, live: str, seen: Seen) -> str:
    quote = re.match(r"[ \t]*[>＞]", live)
    if quote:
        rest = live[quote.end() :]
        space = 1 if rest.startswith(" ") else 0
        seen.formats.append(("quote", shown[quote.end() + space :]))
        shown, live = shown[quote.end() + space :], rest[space:]
    shown, live = _code(shown, live, seen)
    for mark, name in _MARKS.items():
        shown, live = _marked(shown, live, mark, name, seen)
    seen.emoji += _EMOJI.findall(live)
    return shown


def _code(shown: str, live: str, seen: Seen) -> tuple[str, str]:
    for tick in "`｀":
        while (start := live.find(tick)) >= 0 and (end := live.find(tick, start + 1)) > start:
            seen.formats.append(("code", shown[start + 1 : end]))
            shown = shown[:start] + shown[start + 1 : end] + shown[end + 1 :]
            live = live[:start] + _INERT * (end - start - 1) + live[end + 1 :]
    return shown, live


def _marked(shown: str, live: str, mark: str, name: str, seen: Seen) -> tuple[str, str]:
    """Take pairs of a mark away: it opens where no letter stands before it, and closes where none follows."""
    start = 0
    while (start := live.find(mark, start)) >= 0:
        opens = not live[start - 1 : start].isalnum() if start else True
        end = start + 1
        while opens and not live[start + 1 : start + 2].isspace() and (end := live.find(mark, end)) > start:
            if end > start + 1 and not live[end - 1].isspace() and not live[end + 1 : end + 2].isalnum():
                seen.formats.append((name, shown[start + 1 : end]))
                shown = shown[:start] + shown[start + 1 : end] + shown[end + 1 :]
                live = live[:start] + live[start + 1 : end] + live[end + 1 :]
                break
            end += 1
        else:
            start += 1
    return shown, live
