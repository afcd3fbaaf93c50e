"""The kinds of entries: where they lie, which model they follow, how their texts must be."""

from __future__ import annotations

from dataclasses import dataclass

from content.challenge_model import Challenge
from content.model import EvalQuestion, Faq, Pack, Resource, Tip, Topics, Value
from content.path_model import Path

PACK_FILE, TOPICS_FILE = "pack.yaml", "topics.yaml"
LOCK_FILE, RELEASED_FILE = "checked.lock", "released.yaml"
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
    "challenge": Challenge,
    "question": EvalQuestion,
}
# The lists of an entry that hold entries of their own.
INNER: dict[str, tuple[tuple[str, str], ...]] = {
    "topics": (("topics", "topic"),),
    "path": (("stages", "stage"),),
    "stage": (("steps", "step"),),
    "challenge": (("hints", "hint"), ("parts", "part"), ("questions", "quiz question"), ("rubric", "criterion")),
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
    "hint": "hint",
    "part": "part",
    "quiz question": "quiz question",
    "criterion": "criterion",
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
    "path": {"title": _TITLE, "summary": _TEXT, "suits": _LINE},
    "stage": {"title": _TITLE, "expects": _TEXT},
    "step": {"title": _TITLE, "why": _TEXT, "do": _TEXT, "done": _TEXT},
    "challenge": {"title": _TITLE, "task": _TEXT, "asks_for": _TEXT, "solution": _TEXT},
    "hint": {"text": _TEXT},
    "part": {"ask": _TEXT},
    "quiz question": {"ask": _TEXT, "options": _TITLE, "explain": _TEXT},
    "criterion": {"title": _TITLE, "levels": _LINE},
}
