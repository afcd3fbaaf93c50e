"""A community's own tips, questions and resources: what a form gives, checked like a pack's entries."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import Field, ValidationError

from bot.models import Addition
from content.kinds import TEXT_RULES
from content.markdown import PLATFORM, findings
from content.model import Faq, Resource, Source, Tip

Entry = Tip | Faq | Resource
SLUG_SIZE = 50
# One more way to ask a question that has its answer: the question's id, and the words.
WORDING = "wording"
WORDING_SIZE = 150


class OwnFaq(Faq):
    """A question of the community's own; it knows its answer without a source."""

    sources: Annotated[tuple[Source, ...], Field()] = ()


class OwnResource(Resource):
    """A resource of the community's own; it vouches for the address itself."""

    sources: Annotated[tuple[Source, ...], Field()] = ()


KINDS: Mapping[str, type[Entry]] = {"tip": Tip, "faq": OwnFaq, "resource": OwnResource}


class BadEntry(Exception):
    """Fields that do not fit, each with what to do about it."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {text}" for name, text in problems.items()))
        self.problems = dict(problems)


def build(kind: str, fields: Mapping[str, Any]) -> Entry:
    """Make an entry of its fields, or raise `BadEntry` with all that is wrong."""
    problems = {
        name: "Use an address that begins with https://." for name in ("url", "source") if _is_bad(fields.get(name))
    }
    problems.update(_markup(kind, fields))
    values = {name: value for name, value in fields.items() if name != "source"}
    source = str(fields.get("source") or fields.get("url") or "")
    if source and not problems:
        values["sources"] = [{"title": _host(source), "url": source}]
    try:
        entry = KINDS[kind].model_validate(values)
    except ValidationError as error:
        problems.update({str(one["loc"][0]): _say(one) for one in error.errors()})
        raise BadEntry(problems) from None
    if problems:
        raise BadEntry(problems)
    return entry


def _markup(kind: str, fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each text with what only some platforms understand, or nobody should be pinged by."""
    for name, rule in TEXT_RULES[kind].items():
        value = fields.get(name) or ""
        for text in [value] if isinstance(value, str) else value:
            marks = (
                (one.what for one in findings(text)) if rule.markdown else (one[0] for one in PLATFORM.finditer(text))
            )
            if mark := next(marks, None):
                yield name, f"Please say this in plain words, without {mark}."


def _is_bad(url: Any) -> bool:
    return bool(url) and not re.fullmatch(r"https://[^\s<>\"]+\.[^\s<>\"]+", str(url))


def _host(url: str) -> str:
    return url.removeprefix("https://").split("/")[0].removeprefix("www.")


def _say(error: Any) -> str:
    limits = error.get("ctx", {})
    match error["type"]:
        case "string_too_long":
            return f"Please shorten this to {limits['max_length']} characters."
        case "string_too_short" | "missing" | "too_short":
            return "Write something here, please."
        case _:
            return f"{error['msg']}."


def read(addition: Addition) -> Entry:
    """Read an entry that was kept."""
    return KINDS[addition.kind].model_validate_json(addition.body)


def write(entry: Entry) -> str:
    """Write an entry down."""
    return json.dumps(entry.model_dump(mode="json", by_alias=True, exclude_defaults=True), ensure_ascii=False)


def write_wording(faq: str, text: str) -> str:
    """Write one more wording of a question down."""
    return json.dumps({"faq": faq, "text": text}, ensure_ascii=False)


def read_wording(addition: Addition) -> tuple[str, str]:
    """Read a wording that was kept: the question's id, and the words."""
    kept = json.loads(addition.body)
    return str(kept["faq"]), str(kept["text"])


def free_id(title: str, taken: Collection[str]) -> str:
    """Make an id of a title that nobody has yet."""
    plain = unicodedata.normalize("NFKD", title.lower()).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:SLUG_SIZE].strip("-") or "entry"
    names = [slug, *(f"{slug}-{n}" for n in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)


def month_of(day: date) -> str:
    """Say the month of a day as entries do."""
    return f"{day:%Y-%m}"


def title_of(entry: Entry) -> str:
    """Say what an entry is called."""
    return entry.question if isinstance(entry, Faq) else entry.title


def kind_of(entry: Entry) -> str:
    """Say what sort of entry this is."""
    return "faq" if isinstance(entry, Faq) else "tip" if isinstance(entry, Tip) else "resource"
