"""A modal as a member sees it and fills it in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.fakes.discord.component_rules import INPUT, LABEL, ROW, STRING, UPLOAD
from tests.fakes.discord.resolved import NotOffered, Resolved

LONGEST_INPUT = 4000


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in."""

    label: str
    description: str
    component: dict[str, Any]

    @property
    def name(self) -> str:
        """Return the name that the bot gave it."""
        return str(self.component["custom_id"])

    @property
    def kind(self) -> int:
        """Return the type of its component."""
        return int(self.component["type"])

    @property
    def required(self) -> bool:
        """Say whether it has to be filled in."""
        return bool(self.component.get("required", True))

    @property
    def value(self) -> Any:
        """Return what is filled in already: a text, or the values of chosen options."""
        if self.kind == INPUT:
            return self.component.get("value") or ""
        if self.kind == STRING:
            return [one["value"] for one in self.component["options"] if one.get("default")]
        return [one["id"] for one in self.component.get("default_values") or ()]

    @property
    def options(self) -> list[str]:
        """Return the labels of what can be chosen."""
        return [str(one["label"]) for one in self.component.get("options") or ()]


@dataclass(frozen=True, slots=True)
class Modal:
    """A form over the window."""

    body: dict[str, Any]

    @property
    def title(self) -> str:
        """Return what stands on top."""
        return str(self.body["title"])

    @property
    def custom_id(self) -> str:
        """Return the name that the bot gave it."""
        return str(self.body["custom_id"])

    @property
    def fields(self) -> list[Field]:
        """Return what can be filled in."""
        return [field for one in self.body["components"] for field in _fields(one)]

    @property
    def text(self) -> str:
        """Return all words that stand in it."""
        lines = [self.title]
        for one in self.body["components"]:
            lines += [one[part] for part in ("label", "description", "content") if one.get(part)]
        return "\n".join(lines)

    def field(self, name: str) -> Field:
        """Return a field by its name or its label."""
        for one in self.fields:
            if name in (one.name, one.label):
                return one
        raise NotOffered(f"There is no field {name!r}, only {[one.name for one in self.fields]}.")

    def filled(self, values: Mapping[str, Any], resolved: Resolved, permissions: int) -> dict[str, Any]:
        """Return what is sent when these values are filled in; the others stay as they were shown."""
        own = {self.field(name).name: value for name, value in values.items()}
        clerk = _Clerk(own, resolved, permissions)
        components = [clerk.row(one, number) for number, one in enumerate(self.body["components"], 1)]
        return resolved.around({"custom_id": self.custom_id, "components": components})


class _Clerk:
    """Writes values into fields, and minds their limits."""

    def __init__(self, values: Mapping[str, Any], resolved: Resolved, permissions: int) -> None:
        self._values, self._resolved, self._permissions = values, resolved, permissions

    def row(self, one: dict[str, Any], number: int) -> dict[str, Any]:
        """Return one row with its answer."""
        said: dict[str, Any] = {"type": one["type"], "id": number}
        answers = [self._answer(field) for field in _fields(one)]
        if one["type"] == LABEL:
            return said | {"component": answers[0]}
        return said | ({"components": answers} if one["type"] == ROW else {})

    def _answer(self, field: Field) -> dict[str, Any]:
        said = {"type": field.kind, "custom_id": field.name}
        value = self._values.get(field.name, field.value)
        if field.kind == INPUT:
            return said | {"value": _text(field, value)}
        return said | {"values": self._several(field, value)}

    def _several(self, field: Field, value: Any) -> list[str]:
        several = [] if value is None else list(value) if isinstance(value, list) else [value]
        least = field.component.get("min_values", 1) if field.required else field.component.get("min_values", 0)
        if several and not least <= len(several) <= field.component.get("max_values", 1):
            raise NotOffered(f"{field.label!r} does not take {len(several)} values.")
        if not several and field.required:
            raise NotOffered(f"{field.label!r} has to be filled in.")
        return [one if field.name not in self._values else self._picked(field, one) for one in several]

    def _picked(self, field: Field, value: Any) -> str:
        if field.kind == STRING:
            return _option(field, value)
        if field.kind == UPLOAD:
            return self._resolved.file(value)
        return self._resolved.any(value, self._permissions)


def _text(field: Field, value: Any) -> str:
    text = "" if value is None else value
    if not isinstance(text, str):
        raise NotOffered(f"{field.label!r} takes text, not {value!r}.")
    if not text and field.required:
        raise NotOffered(f"{field.label!r} has to be filled in.")
    least = field.component.get("min_length") or 0
    if text and not least <= len(text) <= (field.component.get("max_length") or LONGEST_INPUT):
        raise NotOffered(f"{field.label!r} does not take {len(text)} characters.")
    if field.component["style"] == 1 and "\n" in text:
        raise NotOffered(f"{field.label!r} has one line.")
    return text


def _option(field: Field, value: Any) -> str:
    for one in field.component["options"]:
        if value in (one["label"], one["value"]):
            return str(one["value"])
    raise NotOffered(f"{field.label!r} has no option {value!r}, only {field.options}.")


def _fields(one: dict[str, Any]) -> Sequence[Field]:
    if one["type"] == LABEL:
        return (Field(one["label"], one.get("description") or "", one["component"]),)
    if one["type"] == ROW:
        return [Field(inner.get("label") or "", "", inner) for inner in one["components"]]
    return ()
