"""Parameters as a file gives them: what is wrong with each, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from content.generators.generator import Generator


def faults(generator: Generator[Any], params: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Yield the name of each parameter that cannot be, and why."""
    try:
        generator.params.model_validate(dict(params))
    except ValidationError as error:
        for each in error.errors(include_url=False):
            name = str(each["loc"][0]) if each["loc"] else "with"
            unknown = each["type"] == "extra_forbidden"
            yield name, "nobody knows it" if unknown else f"{each['msg'][:1].lower()}{each['msg'][1:]}"
