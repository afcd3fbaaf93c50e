"""Take a typed line apart: quotes, `key:value`, and a last argument that is the rest of the line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import pairwise

from bot.core.errors import Unreadable
from bot.core.markup import Markdown, md
from bot.core.params import Kind, Param

_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_TOKEN = re.compile(
    r"""(?:(?P<key>[A-Za-z][\w-]*):)?"(?P<quoted>(?:[^"\\]|\\["\\])*)"(?=\s|$)   # "…" or key:"…"
      | (?P<bare>\S+)""",
    re.VERBOSE,
)
# Kinds whose values may hold spaces.
_SPACED = (Kind.TEXT, Kind.DATE, Kind.DURATION)
_BARE_KEY = re.compile(r"(?P<key>[A-Za-z][\w-]*):(?P<value>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of the line, and where it stood."""

    text: str
    start: int
    end: int
    key: str = ""
    quoted: bool = False

    @property
    def waits(self) -> bool:
        """Say whether this is a name with nothing behind its colon."""
        return bool(self.key) and not self.text and not self.quoted


def split(text: str, params: Sequence[Param]) -> list[Word]:
    """Cut a line into words. `key:` counts only when it names a parameter, so addresses survive."""
    names = {param.name for param in params}
    words = [_word(match, names) for match in _TOKEN.finditer(text.translate(_QUOTES))]
    return _with_late_values(words, _running(params))


def _running(params: Sequence[Param]) -> set[str]:
    """Name the parameters whose value, given by name, runs to the next name: `zone:New York`.

    Beside a parameter that takes the rest of the line, no other one runs.
    """
    rest = {param.name for param in params if param.arg.rest}
    return rest or {param.name for param in params if param.kind in _SPACED}


def _with_late_values(words: list[Word], running: set[str]) -> list[Word]:
    """Put a name and its value together where a space came between: `level: beginner`."""
    found: list[Word] = []
    for word in words:
        before = found[-1] if found else None
        if before and not word.key and before.waits and (word.quoted or before.key not in running):
            found[-1] = replace(word, start=before.start, key=before.key)
        else:
            found.append(word)
    return found


def _word(match: re.Match[str], names: set[str]) -> Word:
    start, end = match.span()
    if match["quoted"] is not None:
        key, text = match["key"] or "", re.sub(r"\\([\"\\])", r"\1", match["quoted"])
        name = _as_name(key)
        if not key or name in names:
            return Word(text, start, end, name, quoted=True)
        return Word(f'{key}:"{text}"', start, end)
    bare = match["bare"]
    pair = _BARE_KEY.fullmatch(bare)
    if pair and _as_name(pair["key"]) in names:
        return Word(pair["value"], start, end, _as_name(pair["key"]))
    return Word(bare, start, end)


def _as_name(key: str) -> str:
    return key.lower().replace("-", "_")


def assign(text: str, params: Sequence[Param], usage: str) -> dict[str, str]:
    """Give every word of a line to a parameter; what nobody takes is an error, never ignored."""
    text = text.strip()
    words = split(text, params)
    _refuse_misspelt_keys(words, params, usage)
    words = _plain_rest(words, params, text)
    values = _keyed(text, words, params, usage)
    loose = _loose(words, params)
    for param in params:
        if param.name in values or param.kind is Kind.FILE or not param.asked:
            continue
        if param.arg.rest:
            values.update({param.name: _rest(text, loose)} if loose else {})
            loose = []
        elif loose:
            values[param.name] = _unbroken(loose.pop(0), usage).text
    if loose:
        raise Unreadable(
            md(
                "I don't know what to do with {word:code} here. {usage}",
                word=_short(loose[0].text),
                usage=_usage(usage),
            )
        )
    return values


def _plain_rest(words: list[Word], params: Sequence[Param], text: str) -> list[Word]:
    """Take the name of the rest for a word like any other where the rest has begun: `faq one question: how …`."""
    rest = next((param.name for param in params if param.arg.rest), "")
    keyed = {word.key for word in words}
    takers = sum(
        param.asked and not param.arg.rest and param.kind is not Kind.FILE and param.name not in keyed
        for param in params
    )
    found, loose = list[Word](), 0
    for word in words:
        if word.key == rest and loose > takers:
            word = Word(text[word.start : word.end], word.start, word.end)  # noqa: PLW2901
        loose += not word.key
        found.append(word)
    return found


def _keyed(text: str, words: list[Word], params: Sequence[Param], usage: str) -> dict[str, str]:
    running, rest_names = _running(params), {param.name for param in params if param.arg.rest}
    values: dict[str, str] = {}
    for n, word in enumerate(words):
        if not word.key:
            continue
        if word.key in values:
            raise Unreadable(
                md(
                    "{key:code} is there twice. Keep one of them. {usage}",
                    key=f"{word.key}:",
                    usage=_usage(usage),
                )
            )
        if word.key not in rest_names:
            _unbroken(word, usage)
        runs = word.key in running and not word.quoted
        values[word.key] = _until_next_key(text, words, n) if runs else word.text
        if not values[word.key] and not word.quoted:
            raise Unreadable(md("Write something behind {key:code}. {usage}", key=f"{word.key}:", usage=_usage(usage)))
    return values


def _until_next_key(text: str, words: list[Word], n: int) -> str:
    """Cut a value that runs to the next name from the raw text."""
    end = next((word.start for word in words[n + 1 :] if word.key), len(text))
    return text[words[n].start : end].partition(":")[2].strip()


def _loose(words: list[Word], params: Sequence[Param]) -> list[Word]:
    """List the words that belong to no name, not even to a value that runs to the next name."""
    running = _running(params)
    loose: list[Word] = []
    current = ""
    for word in words:
        if word.key:
            current = "" if word.quoted else word.key
        elif current not in running:
            loose.append(word)
    return loose


def _rest(text: str, loose: list[Word]) -> str:
    """Cut the rest of the line from the raw text, without the `key:value` pairs that stand in it."""
    if len(loose) == 1 and loose[0].quoted:
        return loose[0].text
    pieces, start, end = [], loose[0].start, loose[0].end
    for before, word in pairwise(loose):
        gap = text[before.end : word.start]
        if gap.strip():
            pieces.append(text[start:end])
            start = word.start
        end = word.end
    return " ".join([*pieces, text[start:end]])


def _unbroken(word: Word, usage: str) -> Word:
    if not word.quoted and word.text.startswith('"'):
        raise Unreadable(md("A quotation mark is missing, or has no space behind it. {usage}", usage=_usage(usage)))
    return word


def _refuse_misspelt_keys(words: list[Word], params: Sequence[Param], usage: str) -> None:
    names = [param.name for param in params if param.asked]
    for word in words:
        pair = None if word.key or word.quoted else _BARE_KEY.fullmatch(word.text)
        if pair is None or pair["value"].startswith("/"):
            continue
        near = get_close_matches(_as_name(pair["key"]), names, n=1, cutoff=0.75)
        if near:
            raise Unreadable(
                md(
                    "I don't know {key:code}. Did you mean {near:code}? {usage}",
                    key=f"{_short(pair['key'])}:",
                    near=f"{near[0]}:",
                    usage=_usage(usage),
                )
            )


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


def _usage(usage: str) -> Markdown:
    return md("Write it like this: {usage:code}", usage=usage)
