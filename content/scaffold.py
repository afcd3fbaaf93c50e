"""New entries to fill in: the right fields in the right order, with a placeholder where words are wanted."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from content.challenge_templates import CHALLENGE_TEMPLATES
from content.edits import write_atomically
from content.kinds import FOLDERS, PLACEHOLDER, TOPICS_FILE
from content.loader import load_pack
from content.model import ID_PATTERN, LONGEST_ID
from content.schema import editor_comment

_SOURCES = "sources:\n  - title: {p} what the page is called\n    url: {p} https address of the page\n"
_TEMPLATES = {
    "tip": """id: {id}
title: {p} what to do, as an order, at most 80 characters
text: |
  {p} the advice and why it pays, 20 to 110 words.
try: {p} one thing to do now.
done: {p} how one knows that it is done.
minutes: 10
level: beginner
topics: ["{p} a topic id"]
as_of: "{month}"
sources: []
""",
    "faq": """id: {id}
question: {p} the question as people ask it?
also:
  - {p} another wording, as people type in a chat
  - {p} a second one
  - {p} a third one
answer: |
  {p} an answer of 40 to 180 words that decides something.
topics: ["{p} a topic id"]
level: beginner
related: []
as_of: "{month}"
"""
    + _SOURCES,
    "resource": """id: {id}
title: {p} its own name
url: {p} https address
kind: course
level: beginner
cost: free
hours: 10
topics: ["{p} a topic id"]
why: {p} why this one, and for whom.
as_of: "{month}"
"""
    + _SOURCES,
    "path": """id: {id}
title: {p} the name of the path
summary: {p} whom it leads where.
suits: {p} one sentence, for whom it is.
starts: beginner
branch_of: null
draws: [models]
as_of: "{month}"
stages:
  - id: {id}-begin
    title: {p} the name of the stage
    expects: {p} what employers expect of somebody here.
    sources: []
    steps:
      - id: {id}-first-step
        title: {p} what is done in this step
        why: {p} why it pays.
        do: {p} what to do.
        done: {p} how one knows that it is done.
        hours: 5
        topics: ["{p} a topic id"]
        resources: ["{p} a resource id"]
        challenges: []
        needs: []
""",
    "topic": """  - id: {id}
    title: "{p} the name that members read"
    synonyms: ["{p} other words for it"]
    abbreviations: []
""",
}
KINDS = (*_TEMPLATES, "challenge")
_FOLDER = {kind: folder for folder, kind in FOLDERS.items()}


class CannotScaffold(Exception):
    """Say why no new entry was written."""


def scaffold(kind: str, entry_id: str, pack: Path, today: date, form: str = "number") -> Path:
    """Write a new entry into a pack and return its file; `form` is the kind of a challenge."""
    _refuse_bad_id(entry_id)
    template = _template(kind, form)
    if not pack.is_dir():
        raise CannotScaffold(f"The folder {pack} is missing. Name the folder of a pack with --pack.")
    known = {entry.id: entry for entry in load_pack(pack).everything() if (entry.kind == "topic") == (kind == "topic")}
    if entry_id in known:
        raise CannotScaffold(f"The id {entry_id!r} is taken, at {known[entry_id].place('id')}. Choose another id.")
    body = _quoted(template).format(id=entry_id, p=PLACEHOLDER, month=today.strftime("%Y-%m"))
    return _add_topic(pack, body) if kind == "topic" else _write_file(kind, entry_id, pack, body)


def _template(kind: str, form: str) -> str:
    if kind != "challenge":
        return _TEMPLATES[kind]
    if form not in CHALLENGE_TEMPLATES:
        raise CannotScaffold(f"There is no {form!r} challenge. Choose one of {', '.join(CHALLENGE_TEMPLATES)}.")
    return CHALLENGE_TEMPLATES[form]


def _refuse_bad_id(entry_id: str) -> None:
    if not re.match(ID_PATTERN, entry_id) or len(entry_id) > LONGEST_ID:
        advice = "Use small letters and digits with single hyphens between, such as one-small-step."
        raise CannotScaffold(f"{entry_id!r} is not an id. {advice}")


def _quoted(template: str) -> str:
    """Put quotes round one-line placeholders: they hold a colon."""
    return re.sub(r"^(\s*(?:- )?(?:\w+: |- ))(\{p\}[^\n\"]*)$", r'\1"\2"', template, flags=re.MULTILINE)


def _write_file(kind: str, entry_id: str, pack: Path, body: str) -> Path:
    folder = pack / _FOLDER[kind]
    folder.mkdir(exist_ok=True)
    path = folder / f"{entry_id}.yaml"
    if path.exists():
        raise CannotScaffold(f"The file {path} exists already. Choose another id, or write the entry there.")
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(editor_comment(_FOLDER[kind], folder) + body)
    return path


def _add_topic(pack: Path, body: str) -> Path:
    path = pack / TOPICS_FILE
    if not path.exists():
        path.write_text(editor_comment("topics", pack) + "topics:\n" + body, encoding="utf-8", newline="\n")
        return path
    entry = next((entry for entry in load_pack(pack).entries if entry.kind == "topics"), None)
    last = max((topic.node.end for topic in entry.inner("topics", "topic")), default=0) if entry else 0
    if not last:
        raise CannotScaffold(f"{path} holds no list of topics to add to. Mend it first: stepwise content check {pack}")
    text = path.read_text(encoding="utf-8")
    head = text[:last].rstrip()
    write_atomically(path, f"{head}\n{body}{text[len(head) :].lstrip(chr(10))}".encode())
    return path
