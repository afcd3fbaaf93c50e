"""A reference solution in a process of its own: called over pipes, ended when its time is over.

Only `stepwise challenge check` uses this. The bot neither reads nor runs what lies in a pack's `solutions/`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import Any, cast

from bot.clock import Clock

_CHILD = Path(__file__).with_name("solution_child.py")
# Alone, with the standard library only: neither the environment nor installed packages can be reached.
_PYTHON = (sys.executable, "-I", "-S", "-B", "-X", "utf8")
_TO_END = 1.0
_ENVIRONMENT = ("SYSTEMROOT", "TMPDIR", "TEMP", "TMP")


class SolutionFailed(Exception):
    """A solution that broke off: what happened, and what to do."""

    def __init__(self, says: str, hint: str) -> None:
        super().__init__(says)
        self.says, self.hint = says, hint


class Solution:
    """Calls the functions of a solution; use it with `with`. All calls together may take `seconds`."""

    def __init__(self, path: Path, seconds: float, clock: Clock) -> None:
        self._path, self._limit, self._left, self._clock = path.resolve(), seconds, seconds, clock
        self._over = False

    def __enter__(self) -> Solution:
        self._folder = tempfile.TemporaryDirectory(prefix="stepwise-", ignore_cleanup_errors=True)
        environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
        self._process = subprocess.Popen(  # noqa: S603 - it runs what the author of a challenge asks to be run
            [*_PYTHON, str(_CHILD), str(self._path), str(self._limit)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self._folder.name,
            env=environment,
        )
        try:
            self._loaded()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def call(self, function: str, files: Mapping[str, str], whose: str) -> Any:
        """Return what a function makes of somebody's files; SolutionFailed says whose when it breaks off."""
        request = json.dumps({"call": function, "files": dict(files)})
        return self._reply(f"{request}\n", f"{function}() broke off for {whose}")

    def _loaded(self) -> None:
        missing = self._reply("", f"{self._path.name} cannot be loaded")
        if missing:
            names = " and no ".join(f"{name}()" for name in missing)
            raise SolutionFailed(f"{self._path.name} defines no {names}", "Define solve(files) and naive(files).")

    def _reply(self, request: str, otherwise: str) -> Any:
        began = self._clock.monotonic()
        timer = Timer(max(self._left, 0.0), self._stop)
        timer.start()
        try:
            line = self._exchange(request)
        finally:
            timer.cancel()
        self._left -= self._clock.monotonic() - began
        # Whoever was killed has said nothing more.
        return _read(line, otherwise) if line.endswith(b"\n") else self._silence(otherwise)

    def _stop(self) -> None:
        self._over = True
        self._process.kill()

    def _exchange(self, request: str) -> bytes:
        asked, told = cast("tuple[Any, Any]", (self._process.stdin, self._process.stdout))
        with suppress(BrokenPipeError):
            asked.write(request.encode())
            asked.flush()
        return cast("bytes", told.readline())

    def _silence(self, otherwise: str) -> None:
        if self._over:
            raise SolutionFailed(
                f"{otherwise}: its {self._limit:g} s were over",
                "All members together have to be done in that time. Look for a loop that never ends, or a quicker way.",
            )
        try:
            ending = f"the process ended by itself ({self._process.wait(_TO_END)})"
        except subprocess.TimeoutExpired:
            ending = "it stopped talking"
        raise SolutionFailed(f"{otherwise}: {ending}", "Return the answers, never exit, and leave open files alone.")

    def _end(self) -> None:
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        self._process.wait()
        self._folder.cleanup()


def _read(line: bytes, otherwise: str) -> Any:
    reply: dict[str, Any] = json.loads(line)
    if "returned" in reply:
        return reply["returned"]
    if "odd" in reply:
        raise SolutionFailed(f"{otherwise}: it returned {reply['odd']}", "Return texts only.")
    where = f" in line {reply['line']}" if reply["line"] else ""
    raise SolutionFailed(f"{otherwise}{where}: {reply['failed']}", _advice(reply["failed"]))


def _advice(failed: str) -> str:
    at_import = failed.startswith(("ModuleNotFoundError", "ImportError"))
    return "Use the standard library only." if at_import else "Mend it there."
