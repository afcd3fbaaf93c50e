"""Whatever comes over the wire, nothing breaks."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.parse import Happening, completing, is_link, is_spoken, twin_id, who
from bot.core.errors import UserError
from tests.adapters.slack.sent import (
    FORM,
    KINDS,
    PAYLOADS,
    Json,
    event,
    file,
    read,
    submitted,
)

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4), max_leaves=12
)
WHOLE: list[tuple[Happening, Json]] = [
    *PAYLOADS[:7],
    ("message", event("challenge submit", files=[file()])),
    ("suggestion", submitted({"paper": {"type": "file_input", "files": [file()]}}, token=FORM)),
]


def survives(kind: Happening, payload: Any) -> None:
    """Whatever comes, the call is there or its sender gets a word; the rest never raises at all."""
    try:
        call = read(kind, payload)
    except UserError as error:
        assert error.message
    else:
        assert call.id.startswith("slack:")
        call.id.encode()
    assert all(isinstance(value, str) for value in dataclasses.astuple(who(payload)))
    completing(payload)
    is_spoken(payload)
    is_link(payload)
    twin_id(payload)


@given(st.sampled_from(KINDS), st.dictionaries(st.text(), JSON, max_size=5))
def test_junk_is_survived(kind: Happening, payload: Json) -> None:
    survives(kind, payload)


@given(st.sampled_from(KINDS), st.sampled_from(WHOLE), JSON, st.randoms(use_true_random=False))
def test_a_payload_with_something_strange_in_it_is_survived(
    kind: Happening, known: tuple[Happening, Json], strange: object, random: Any
) -> None:
    payload = copy.deepcopy(known[1])
    places = list(spots(payload))
    replace, drop = random.choice(places)
    drop() if random.random() < 0.3 else replace(strange)
    survives(kind if random.random() < 0.3 else known[0], payload)


def spots(node: Any) -> list[tuple[Callable[[object], None], Callable[[], object]]]:
    """List every place of a payload: how to put something else there, and how to drop it."""
    found: list[tuple[Callable[[object], None], Callable[[], object]]] = []
    keys = list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else []
    for key in keys:
        found.append((lambda value, k=key: node.__setitem__(k, value), lambda k=key: node.pop(k)))  # type: ignore[misc]
        found += spots(node[key])
    return found
