"""Turn what arrived into a function's arguments: one binder for lines, buttons, selects and forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.core.errors import BadFields
from bot.core.markup import md
from bot.core.params import Param
from bot.core.values import BadValue, Raw, Today, read


def missing(params: tuple[Param, ...], raw: Mapping[str, Raw]) -> list[Param]:
    """List the required parameters that nothing was given for."""
    return [param for param in params if param.required and _is_blank(raw.get(param.name))]


def bind(params: tuple[Param, ...], raw: Mapping[str, Raw], today: Today) -> dict[str, Any]:
    """Read every value; raise `BadFields` with all that is wrong, not with the first."""
    values: dict[str, Any] = {}
    errors = [(param, md("This is needed: {what}.", what=param.arg.description)) for param in missing(params, raw)]
    for param in params:
        given = raw.get(param.name)
        if given is None or _is_blank(given):
            values[param.name] = param.default
            continue
        try:
            values[param.name] = read(param, given, today)
        except BadValue as error:
            errors.append((param, error.message))
    if errors:
        raise BadFields(errors)
    return values


def _is_blank(value: Raw | None) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
