"""The kinds of entries: where they lie, which model they follow, how their texts must be."""

from __future__ import annotations

from dataclasses import dataclass

from content.model import EvalQuestion, Faq, Pack, Resource, Tip, Topics, Value
from content.path_model import ChallengeName, Path

PACK_FILE, TOPICS_FILE, LOCK_FILE = "pack.yaml", "topics.yaml", "checked.lock"
PLACEHOLDER = "TODO:"
FOLDERS = {
    "tips": "tip",
    "faqs": "faq",
    "resources": "resource",
    "paths": "path",
    "challenges": "challenge",
    "eval": "question",
}
MODELS: dict[str, type[Value]] = {
    "pack": Pack,
    "topics": Topics,
    "tip": Tip,
    "faq": Faq,
    "resource": Resource,
    "path": Path,
    "challenge": ChallengeName,
    "question": EvalQuestion,
}
NAMES = {
    "pack": "pack",
    "topics": "topic file",
    "topic": "topic",
    "tip": "tip",
    "faq": "question",
    "resource": "resource",
    "path": "path",
    "stage": "stage",
    "step": "step",
    "challenge": "challenge",
    "question": "evaluation question",
}


@dataclass(frozen=True, slots=True)
class TextRule:
    """Say how one field of text must be."""

    markdown: bool = False
    full_stop: bool = False
    one_line: bool = False
    words: tuple[int, int] | None = None


_TITLE = TextRule(one_line=True)
_LINE = TextRule(markdown=True, full_stop=True, one_line=True)
_TEXT = TextRule(markdown=True, full_stop=True)
TEXT_RULES: dict[str, dict[str, TextRule]] = {
    "pack": {"title": _TITLE, "summary": _TEXT},
    "topic": {"title": _TITLE, "synonyms": _TITLE, "abbreviations": _TITLE},
    "tip": {
        "title": _TITLE,
        "text": TextRule(markdown=True, full_stop=True, words=(20, 110)),
        "try": _LINE,
        "done": _LINE,
    },
    "faq": {
        "question": _TITLE,
        "also": _TITLE,
        "answer": TextRule(markdown=True, full_stop=True, words=(40, 180)),
    },
    "resource": {"title": _TITLE, "why": _LINE},
    "path": {"title": _TITLE, "summary": _TEXT},
    "stage": {"title": _TITLE, "expects": _TEXT},
    "step": {"title": _TITLE, "why": _TEXT, "do": _TEXT, "done": _TEXT},
}
