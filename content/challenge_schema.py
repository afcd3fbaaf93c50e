"""The schema of challenge files: one shape for each kind, with the parameters and answers of every generator."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from content.challenge_model import AnyChallenge
from content.generators import GENERATORS, Generator


def challenge_schema() -> dict[str, Any]:
    """Return the schema of one challenge, its parts under $defs."""
    adapter: TypeAdapter[AnyChallenge] = TypeAdapter(Annotated[AnyChallenge, Field(discriminator="kind")])
    schema = adapter.json_schema(by_alias=True, ref_template="#/$defs/{model}")
    parts = schema["$defs"]
    parts["Data"]["properties"]["generator"]["enum"] = [*GENERATORS]
    parts["Data"]["allOf"] = [_if_generator(each, {"with": _params(each)}) for each in GENERATORS.values()]
    parts["AnswerChallenge"]["allOf"] = [_answers(each) for each in GENERATORS.values() if each.makes == "data"]
    return {"oneOf": schema["oneOf"], "$defs": parts}


def _if_generator(generator: Generator[Any], properties: dict[str, Any]) -> dict[str, Any]:
    chosen = {"properties": {"generator": {"const": generator.name}}, "required": ["generator"]}
    return {"if": chosen, "then": {"properties": properties}}


def _params(generator: Generator[Any]) -> dict[str, Any]:
    schema: dict[str, Any] = generator.params.model_json_schema()
    return {**schema, "description": generator.summary}


def _answers(generator: Generator[Any]) -> dict[str, Any]:
    chosen = {"properties": {"data": {"properties": {"generator": {"const": generator.name}}}}}
    names = [{"const": name, "description": answer.meaning} for name, answer in generator.answers.items()]
    part = {"properties": {"answer": {"description": "The name of a generator's answer.", "anyOf": names}}}
    return {"if": chosen, "then": {"properties": {"parts": {"items": part}}}}
