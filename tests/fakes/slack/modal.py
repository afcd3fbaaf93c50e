"""A modal as a member sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.fakes.slack.blocks import elements
from tests.fakes.slack.controls import texts


@dataclass(frozen=True, slots=True)
class Field:
    """Something to fill in."""

    name: str
    label: str
    kind: str
    optional: bool
    element: dict[str, Any]

    @property
    def value(self) -> Any:
        """What stands in it at first."""
        return next((held for key, held in self.element.items() if key.startswith("initial_")), None)


@dataclass(frozen=True, slots=True)
class Modal:
    """What stands on it, and what can be filled in."""

    body: dict[str, Any]

    @property
    def title(self) -> str:
        """What stands on top."""
        return str(self.body["title"]["text"])

    @property
    def text(self) -> str:
        """All words that stand on it."""
        return "\n".join(texts([self.body["title"], *self.body["blocks"]]))

    @property
    def fields(self) -> list[Field]:
        """What can be filled in."""
        found = [(block, element) for block, element in elements(self.body["blocks"]) if block["type"] == "input"]
        return [
            Field(element["action_id"], block["label"]["text"], element["type"], bool(block.get("optional")), element)
            for block, element in found
        ]

    def field(self, name: str) -> Field:
        """Return a field by its name or its label."""
        for one in self.fields:
            if name in (one.name, one.label):
                return one
        raise AssertionError(f"There is no field {name!r}, only {[one.name for one in self.fields]}.")
