"""Translations of commands for Discord, which shows members their own language: one YAML file for each locale."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot.core.declare import Command
from bot.core.registry import Registry

# fmt: off
LOCALES = frozenset((
    "bg", "cs", "da", "de", "el", "en-GB", "en-US", "es-419", "es-ES", "fi", "fr", "hi", "hr", "hu", "id", "it", "ja",
    "ko", "lt", "nl", "no", "pl", "pt-BR", "ro", "ru", "sv-SE", "th", "tr", "uk", "vi", "zh-CN", "zh-TW",
))
# fmt: on
# What a command is called that stands beside its own subcommands.
SHOW = "show"
NAME, TEXT, MENU_LABEL = 32, 100, 32
SECTIONS = ("names", "options", "texts")
# Written with marks that belong to the letters before them: Devanagari and Thai.
_MARKED = (range(0x0900, 0x0980), range(0x0E01, 0x0E3F), range(0x0E40, 0x0E5C), range(0xA8E0, 0xA900))
_GUIDE = """\
# Save a copy as <locale>.yaml, for example de.yaml, and write the translations between the quotes.
# names: the last word of a command. options: the name of an option. Both small letters without blanks.
# texts: summaries, descriptions, choices and menu entries. What stays empty is shown in English.
"""


@dataclass(frozen=True, slots=True)
class Words:
    """One language: last words of commands by dotted name, names of options, and texts by their English."""

    names: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend in a file of translations."""

    file: str
    key: str
    cure: str

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.file, self.key])) + f": {self.cure}"


class BadLocale(Exception):
    """Everything that Discord would refuse in the translations, each with file, key and cure."""

    def __init__(self, found: Iterable[Finding]) -> None:
        self.found = tuple(found)
        super().__init__("The translations cannot be used like this:\n" + "\n".join(f"- {one}" for one in self.found))


def read_locales(folder: Path, registry: Registry) -> dict[str, Words]:
    """Read every `<locale>.yaml` of a folder, or raise `BadLocale` with all that is wrong in any of them."""
    if not folder.is_dir():
        raise BadLocale([Finding(str(folder), "", "There is no such folder. Make it, or name another one.")])
    found: list[Finding] = []
    words: dict[str, Words] = {}
    for file in sorted(one for one in folder.iterdir() if one.suffix in (".yaml", ".yml")):
        try:
            words[file.stem] = _words(file, registry)
        except BadLocale as error:
            found += error.found
    if found:
        raise BadLocale(found)
    return words


def template(registry: Registry) -> str:
    """Write the YAML that a translator fills in."""
    parts = [_GUIDE]
    for section, known in _vocabulary(registry).items():
        lines = yaml.safe_dump(dict.fromkeys(known, ""), allow_unicode=True, sort_keys=False, width=1000)
        parts.append(f"{section}:\n" + "".join(f"  {line}\n" for line in lines.splitlines()))
    return "".join(parts)


def dotted(path: Iterable[str]) -> str:
    """Join the words of a command as its name does."""
    return ".".join(path)


def _words(file: Path, registry: Registry) -> Words:
    vocabulary = _vocabulary(registry)
    content = _load(file)
    sections = {section: _section(content.get(section)) for section in SECTIONS}
    words = Words(sections["names"], sections["texts"], sections["options"])
    problems = [*_structure(content), *_misplaced(sections, vocabulary), *_twice(words, registry)]
    problems += [(f"options.{name}", cure) for name, text in words.options.items() if (cure := _refused(text))]
    problems += [(f"names.{name}", cure) for name, text in words.names.items() if (cure := _refused(text))]
    problems += _long(words.texts, vocabulary["texts"])
    if file.stem not in LOCALES or file.suffix != ".yaml":
        problems.insert(0, ("", f"Discord knows no such locale. Name the file <locale>.yaml, with one of {_known()}."))
    if problems:
        raise BadLocale(Finding(file.name, key, cure) for key, cure in problems)
    return words


def _known() -> str:
    return ", ".join(sorted(LOCALES))


def _load(file: Path) -> Mapping[Any, Any]:
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, OSError, ValueError, RecursionError) as error:
        cure = f"It cannot be read ({' '.join(str(error).split())}). Mend it, and keep it as UTF-8."
        raise BadLocale([Finding(file.name, "", cure)]) from error
    return content if isinstance(content, dict) else {} if content is None else {"": content}


def _section(content: object) -> dict[str, str]:
    """Keep what is translated; what is no text is reported by `_structure`."""
    if not isinstance(content, dict):
        return {}
    texts = {key: value.strip() for key, value in content.items() if isinstance(key, str) and isinstance(value, str)}
    return {key: unicodedata.normalize("NFC", value) for key, value in texts.items() if value}


def _structure(content: Mapping[Any, Any]) -> Iterator[tuple[str, str]]:
    for name, section in content.items():
        if name not in SECTIONS:
            yield str(name), f"There is no such section. Use {', '.join(SECTIONS)}."
        elif section is not None and not isinstance(section, dict):
            yield name, "This has to be a list of `English: translation` lines."
        elif section is not None:
            wrong = [key for key, value in section.items() if not _is_pair(key, value)]
            yield from (
                (f"{name}.{key}", "YAML does not read this as text. Put both sides in quotes.") for key in wrong
            )


def _is_pair(key: object, value: object) -> bool:
    return isinstance(key, str) and (value is None or isinstance(value, str))


def _misplaced(
    sections: Mapping[str, Mapping[str, str]], vocabulary: Mapping[str, Mapping[str, int]]
) -> Iterator[tuple[str, str]]:
    cures = {
        "names": "No command has this name. Write it with dots, as the template does, or drop it.",
        "options": "No command has an option of this name. Write it as the template does, or drop it.",
        "texts": "No command has this text. It may have been reworded: take the English from the template.",
    }
    for section, texts in sections.items():
        yield from ((f"{section}.{key}", cures[section]) for key in texts if key not in vocabulary[section])


def _long(texts: Mapping[str, str], most: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    for english, text in texts.items():
        limit = most.get(english, TEXT)
        if len(text) > limit:
            yield f"texts.{english}", f"It has {len(text)} characters, {limit} are the most. Shorten it."


def _refused(name: str) -> str:
    """Say how to mend a name that Discord would refuse."""
    if len(name) > NAME:
        return f"It has {len(name)} characters, {NAME} are the most. Shorten it."
    if not all(_fits(letter) for letter in name):
        return "Discord takes letters, digits, '-', '_' and ''' here, no blanks. Write another name."
    return "" if name == name.lower() else f"Discord takes small letters only. Write {name.lower()!r}."


def _fits(letter: str) -> bool:
    kind = unicodedata.category(letter)[0]
    return letter in "-_'" or kind in "LN" or (kind == "M" and any(ord(letter) in block for block in _MARKED))


def _twice(words: Words, registry: Registry) -> Iterator[tuple[str, str]]:
    """Find names that are taken already by what stands beside them."""
    seen: set[tuple[str, str]] = set()
    for name in _names(registry.commands):
        above, _, last = name.rpartition(".")
        place = (above, words.names.get(name, last))
        if place in seen:
            yield f"names.{name}", f"Another command beside it is called {place[1]!r} too. Choose two different names."
        seen.add(place)
    for command in registry.commands:
        taken: set[str] = set()
        for param in command.params:
            shown = words.options.get(param.name, param.name)
            if shown in taken:
                cure = f"Another option of /{command.words} is called {shown!r} too. Choose two different names."
                yield f"options.{param.name}", cure
            taken.add(shown)


def _vocabulary(registry: Registry) -> dict[str, dict[str, int]]:
    """List what can be translated, by section, each with the most characters that its translation may have."""
    params = [param for command in registry.commands for param in command.params]
    texts = [text for command in registry.commands for text in _texts(command)]
    short = {shortcut.label: MENU_LABEL for shortcut in registry.shortcuts}
    return {
        "names": dict.fromkeys(_names(registry.commands), NAME),
        "options": dict.fromkeys((param.name for param in params), NAME),
        "texts": dict.fromkeys(texts, TEXT) | short,
    }


def _names(commands: Iterable[Command]) -> list[str]:
    """List every word that Discord shows, by the dotted path to it: commands, groups, and `show`."""
    own = {command.name for command in commands}
    paths = {".".join(name.split(".")[:length]) for name in own for length in range(1, name.count(".") + 2)}
    groups = {path for path in paths if any(other.startswith(f"{path}.") for other in paths)}
    return sorted(paths | {f"{group}.{SHOW}" for group in groups & own})


def _texts(command: Command) -> Iterator[str]:
    yield command.summary
    for param in command.params:
        yield param.arg.description
        yield from (choice.label for choice in param.choices)
