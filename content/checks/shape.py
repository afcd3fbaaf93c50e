"""Shape: every field known, present, of the right type and among the choices."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from content.challenge_model import CHALLENGE_MODELS, Accept, Criterion, Data, Hint, Part, UnknownChallenge
from content.codes import problem
from content.entry import RawEntry
from content.kinds import MODELS, NAMES
from content.model import Source, Topic, Value
from content.nearest import did_you_mean
from content.path_model import Stage, Step
from content.problem import Problem
from content.quiz_model import Question, Tolerance

_PARTS: dict[str, type[Value]] = {
    "sources": Source,
    "stages": Stage,
    "steps": Step,
    "topics": Topic,
    "hints": Hint,
    "data": Data,
    "parts": Part,
    "tolerance": Tolerance,
    "accept": Accept,
    "questions": Question,
    "rubric": Criterion,
}
_PART_NAMES = {"questions": "quiz question", "rubric": "criterion", "data": "data", "accept": "rule"}
_OLD_IDS = {"was", "retired"}
_TYPES = {
    "string_type": "text",
    "tuple_type": "a list",
    "int_type": "a whole number",
    "float_type": "a number",
    "model_type": "fields",
    "dict_type": "fields",
}
_RANGES = {"greater_than": "more than {gt}", "greater_than_equal": "at least {ge}",
           "less_than": "less than {lt}", "less_than_equal": "at most {le}"}  # fmt: skip


def validate(entry: RawEntry) -> tuple[Value | None, list[Problem]]:
    """Build the value of an entry, or say all that keeps it from being one."""
    try:
        return _model_of(entry).model_validate(entry.data), []
    except ValidationError as error:
        found = [_translate(entry, dict(each)) for each in error.errors(include_url=False)]
        return None, found


def _model_of(entry: RawEntry) -> type[Value]:
    if entry.kind != "challenge":
        return MODELS[entry.kind]
    kind = entry.data.get("kind")
    return CHALLENGE_MODELS.get(kind, UnknownChallenge) if isinstance(kind, str) else UnknownChallenge


def _translate(entry: RawEntry, error: dict[str, Any]) -> Problem:
    path: tuple[str | int, ...] = error["loc"]
    kind: str = error["type"]
    context: dict[str, Any] = error.get("ctx", {})
    if kind == "extra_forbidden":
        return _unknown_field(entry, path)
    if kind == "missing":
        return _missing(entry, path)
    if _is_id(path, entry.kind):
        return _bad_id(entry, path, error["input"])
    if kind in _TYPES:
        return _wrong_type(entry, path, _TYPES[kind], error["input"])
    if kind in ("enum", "literal_error"):
        return _not_a_choice(entry, path, context, error["input"])
    if kind in _RANGES:
        return _out_of_range(entry, path, _RANGES[kind].format(**context))
    if kind in ("too_short", "too_long"):
        return _wrong_count(entry, path, kind, context)
    if kind in ("string_too_short", "string_too_long"):
        return _wrong_length(entry, path, kind, context, error["input"])
    message = f"{_label(path)} is written in the wrong form."
    return problem("SHP007", entry.place(*path), message, _form(path, error["msg"]))


def _label(path: tuple[str | int, ...]) -> str:
    """Write a path as people do: sources[2].url."""
    words = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path)
    return words.removeprefix(".") or "this"


def _unknown_field(entry: RawEntry, path: tuple[str | int, ...]) -> Problem:
    known = _fields_at(_model_of(entry), path[:-1])
    hint = did_you_mean(str(path[-1]), known, "Known here: " + ", ".join(known) + ".")
    message = f"Nobody knows the field {_label(path)}."
    return problem("SHP001", entry.place(*path), message, hint)


def _fields_at(model: type[Value], path: tuple[str | int, ...]) -> list[str]:
    for part in path:
        model = _PARTS.get(part, model) if isinstance(part, str) else model
    return [field.alias or name for name, field in model.model_fields.items() if name != "checked"]


def _missing(entry: RawEntry, path: tuple[str | int, ...]) -> Problem:
    message = f"The field {_label(path)} is missing."
    hint = f"Every {_owner(entry.kind, path)} needs it; the schema in your editor says what it is."
    return problem("SHP002", entry.place(*path[:-1]), message, hint)


def _owner(kind: str, path: tuple[str | int, ...]) -> str:
    named = [part for part in path[:-1] if isinstance(part, str)]
    return _PART_NAMES.get(named[-1], named[-1].removesuffix("s")) if named else NAMES[kind]


def _is_id(path: tuple[str | int, ...], kind: str) -> bool:
    return kind != "question" and (path[-1:] == ("id",) or not _OLD_IDS.isdisjoint(path))


def _bad_id(entry: RawEntry, path: tuple[str | int, ...], value: object) -> Problem:
    old = not _OLD_IDS.isdisjoint(path)
    message = f"{value!r:.80} is not an id." if not isinstance(value, list) else "The old ids are not ids."
    hint = "Small letters and digits with single hyphens between, at most 60, such as one-assert-a-day."
    if not isinstance(value, str):
        hint = "Write a list of old ids." if old else "An id is text: put quotes around it."
    return problem("HIS003" if old else "ID001", entry.place(*path), message, hint)


def _wrong_type(entry: RawEntry, path: tuple[str | int, ...], wanted: str, value: object) -> Problem:
    message = f"{_label(path)} must be {wanted}, and is {_seen(value)}."
    hints = {
        "text": "Put quotes around it." if isinstance(value, bool | int | float) else "Write the text after the colon.",
        "a list": "Write it as a list: [one, another].",
        "fields": "Write its fields as 'name: value'.",
    }
    hint = hints.get(wanted, "Write it without quotes, such as 10.")
    return problem("SHP003", entry.place(*path), message, hint)


def _seen(value: object) -> str:
    if value is None:
        return "empty"
    kinds = {bool: "true or false", int: "a number", float: "a number", str: "text", list: "a list"}
    return kinds.get(type(value), "a set of fields")


def _not_a_choice(entry: RawEntry, path: tuple[str | int, ...], context: dict[str, Any], value: object) -> Problem:
    choices = [word for word in str(context["expected"]).replace(" or ", ", ").replace("'", "").split(", ") if word]
    message = f"{_label(path)} cannot be {value!r:.60}."
    hint = did_you_mean(str(value), choices, "Choose one of " + ", ".join(choices) + ".")
    return problem("SHP004", entry.place(*path), message, hint)


def _out_of_range(entry: RawEntry, path: tuple[str | int, ...], bound: str) -> Problem:
    return problem("SHP005", entry.place(*path), f"{_label(path)} must be {bound}.", "Change the number.")


def _wrong_count(entry: RawEntry, path: tuple[str | int, ...], kind: str, context: dict[str, Any]) -> Problem:
    few = kind == "too_short"
    bound = f"at least {context['min_length']}" if few else f"at most {context['max_length']}"
    message = f"{_label(path)} needs {bound} and has {context['actual_length']}."
    return problem("SHP006", entry.place(*path), message, "Add what is missing." if few else "Keep the best ones.")


def _wrong_length(
    entry: RawEntry, path: tuple[str | int, ...], kind: str, context: dict[str, Any], value: str
) -> Problem:
    if kind == "string_too_short":
        return problem("TXT007", entry.place(*path), f"{_label(path)} is empty.", "Write its text.")
    limit = context["max_length"]
    message = f"{_label(path)} has {len(value)} characters; at most {limit} fit."
    return problem("TXT001", entry.place(*path), message, f"Cut {len(value) - limit} or more.")


def _form(path: tuple[str | int, ...], said: str) -> str:
    forms = {"as_of": 'Write the month in quotes: "2026-11".', "checked": "Remove it; the online check writes it.",
             "language": "Write the short name of the language, such as en."}  # fmt: skip
    return forms.get(str(path[-1]) if path else "", f"{said}.")
