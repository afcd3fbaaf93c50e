"""What runs in a process of its own: one reference solution, called with a line of JSON and answering with one.

It is started by its path and imports nothing of this project. Only authors and CI start it, never the bot.
"""

from __future__ import annotations

import json
import math
import os
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, TextIO

_LONGEST = 300


def main(path: str, seconds: float) -> None:
    """Load the solution, say how that went, then answer calls until there are no more."""
    _end_after(seconds)
    asked, told = _own_pipes()
    module = ModuleType("solution")
    _tell(told, _tried(partial(_load, module, path), path))
    for line in asked:
        request = json.loads(line)
        _tell(told, _tried(partial(getattr(module, request["call"]), request["files"]), path))


def _end_after(seconds: float) -> None:
    """Let no endless loop outlive whoever started this process, should that one be killed."""
    try:
        import resource  # noqa: PLC0415 - there is none on Windows
    except ImportError:
        return
    most = math.ceil(seconds) + 5
    with suppress(ValueError, OSError):  # whoever allows less already
        resource.setrlimit(resource.RLIMIT_CPU, (most, most))


def _own_pipes() -> tuple[TextIO, TextIO]:
    """Keep the pipes for the questions and the answers; whatever the solution reads or prints goes nowhere."""
    asked = os.fdopen(os.dup(0), encoding="utf-8")
    told = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    return asked, told


def _load(module: ModuleType, path: str) -> list[str]:
    """Run the file, and return which of the two functions it does not define."""
    # Dataclasses and pickles look for the module by its name.
    sys.modules[module.__name__] = module
    code = compile(Path(path).read_bytes(), path, "exec")
    exec(code, module.__dict__)  # noqa: S102 - this process is there for nothing else
    return [name for name in ("solve", "naive") if not callable(getattr(module, name, None))]


def _tried(work: Callable[[], object], path: str) -> dict[str, Any]:
    """Return what came back, or what went wrong and in which line of the solution."""
    try:
        returned = work()
    except BaseException as error:  # a solution may even try to leave
        return {"failed": f"{type(error).__name__}: {error}"[:_LONGEST], "line": _line(error, path)}
    try:
        json.dumps(returned)
    except (TypeError, ValueError, RecursionError):
        return {"odd": f"a {type(returned).__name__}"}
    return {"returned": returned}


def _line(error: BaseException, path: str) -> int | None:
    if isinstance(error, SyntaxError) and error.filename == path:
        return error.lineno
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == path]
    return lines[-1] if lines else None


def _tell(told: TextIO, reply: dict[str, Any]) -> None:
    told.write(json.dumps(reply) + "\n")
    told.flush()


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
