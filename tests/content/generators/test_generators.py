"""What holds for every generator: the same for ever, different for everybody, and sane for all parameters."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from pydantic.fields import FieldInfo

from content.generators import GENERATORS, Answer, AnswerKind, Made, make
from tests.content.generators.test_answers import OTHERWISE

NAMES = list(GENERATORS)
GOLDEN = Path(__file__).with_name("golden.json")
TYPES: Mapping[AnswerKind, type | tuple[type, ...]] = {
    AnswerKind.NUMBER: (int, float),
    AnswerKind.WHOLE: int,
    AnswerKind.TEXT: str,
    AnswerKind.LIST: tuple,
}


def fingerprint(made: Made) -> str:
    """Hash what a member is sent, exactly, and the answers to nine digits, as the last ones hang on the machine."""
    answers = {name: _nine_digits(answer) for name, answer in sorted(made.answers.items())}
    hidden = sorted(made.split.truth.items()) if made.split else []
    text = json.dumps([made.written("csv"), made.written("json"), answers, hidden], sort_keys=True)
    return sha256(text.encode()).hexdigest()[:20]


def _nine_digits(answer: Answer) -> object:
    return f"{answer:.9g}" if isinstance(answer, float) else answer


def golden() -> dict[str, str]:
    """Return the fingerprints of every generator now."""
    return {
        f"{name} {label}": fingerprint(make(name, params, b"the same for ever"))
        for name in NAMES
        for label, params in (("defaults", {}), ("otherwise", OTHERWISE.get(name, {})))
    }


def test_nothing_ever_changes() -> None:
    # A running round keeps no data, only its secret: members' data must come out the same after every update.
    # New ideas get a new name, or a new parameter whose default changes nothing.
    assert golden() == json.loads(GOLDEN.read_text())


@pytest.mark.parametrize("name", NAMES)
def test_the_same_seed_gives_the_same(name: str) -> None:
    assert make(name, {}, b"ada") == make(name, {}, b"ada")


@pytest.mark.parametrize("name", NAMES)
def test_everybody_has_different_data(name: str) -> None:
    seeds = [b"", b"\0", b"\0\0", b"a", b"b", *(bytes([n]) * 32 for n in range(20))]
    assert len({tuple(make(name, {}, seed).written("csv").values()) for seed in seeds}) == len(seeds)


@pytest.mark.parametrize("name", [name for name in NAMES if GENERATORS[name].answers])
def test_answers_vary_over_two_hundred_members(name: str) -> None:
    seen: dict[str, list[Answer]] = {answer: [] for answer in GENERATORS[name].answers}
    for count in range(200):
        for answer, value in make(name, {}, b"member %d" % count).answers.items():
            seen[answer].append(value)
    for answer, values in seen.items():
        most = max(values.count(value) for value in set(values))
        kind = GENERATORS[name].answers[answer].kind
        assert most <= (150 if kind is not AnswerKind.NUMBER else 100), (answer, most)


@pytest.mark.parametrize("name", NAMES)
def test_parameters_have_defaults_bounds_and_words(name: str) -> None:
    generator = GENERATORS[name]
    for field in generator.params.model_fields.values():
        assert not field.is_required()
        assert field.description
        assert _low_and_high(field) is not None or get_origin(field.annotation) is Literal or field.annotation is bool
    with pytest.raises(ValidationError):
        generator.make({"colour": 1}, b"")
    assert generator.summary.endswith(".")
    assert all(answer.meaning.endswith((".", "?")) for answer in generator.answers.values())


def _low_and_high(field: FieldInfo) -> tuple[float, float] | None:
    bounds = {key: getattr(each, key) for each in field.metadata for key in ("ge", "le") if hasattr(each, key)}
    return (bounds["ge"], bounds["le"]) if len(bounds) == 2 else None


def _any_value(field: FieldInfo) -> st.SearchStrategy[Any]:
    if get_origin(field.annotation) is Literal:
        return st.sampled_from(get_args(field.annotation))
    bounds = _low_and_high(field)
    if bounds is None:
        return st.booleans()
    if field.annotation is int:
        # Small worlds are the ones where things go wrong, and large ones take their time.
        return st.integers(int(bounds[0]), min(int(bounds[1]), 4 * int(bounds[0])))
    return st.floats(*bounds)


@st.composite
def worlds(draw: st.DrawFn) -> tuple[str, dict[str, Any], bytes]:
    name = draw(st.sampled_from(NAMES))
    fields = GENERATORS[name].params.model_fields
    return name, {key: draw(_any_value(field)) for key, field in fields.items()}, draw(st.binary(max_size=4))


@given(worlds())
@example(("graph", {"towns": 12, "roads": 1.0}, b""))
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_all_parameters_give_sane_data(world: tuple[str, dict[str, Any], bytes]) -> None:
    name, params, seed = world
    generator = GENERATORS[name]
    made = make(name, params, seed)
    assert set(made.answers) == set(generator.answers)
    assert all(isinstance(made.answers[key], TYPES[answer.kind]) for key, answer in generator.answers.items())
    assert all(math.isfinite(value) for value in made.answers.values() if isinstance(value, float))
    assert all(len(text) < 400_000 for text in made.written("csv").values())
    for text in made.written("json").values():
        json.loads(text)
    assert (made.split is None) == (generator.makes == "data")


def test_the_largest_worlds_are_made_too() -> None:
    for name, generator in GENERATORS.items():
        largest = {
            key: int(bounds[1])
            for key, field in generator.params.model_fields.items()
            if field.annotation is int and (bounds := _low_and_high(field))
        }
        files = make(name, largest, b"large").written("csv")
        assert sum(map(len, files.values())) < 1_000_000, name
