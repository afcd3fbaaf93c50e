"""Read lines from the terminal without holding up the rest of the bot."""

from __future__ import annotations

import asyncio
import contextlib
import io
import sys
import threading
from collections.abc import Iterator

from adapters.console.plain import shown

with contextlib.suppress(ImportError):  # gives the prompt a history and arrow keys, where there is one
    import readline  # noqa: F401


class Lines:
    """Asks for one line at a time in a thread of its own, which never keeps the process alive."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self.interactive = sys.stdin.isatty()

    async def ask(self, prompt: str) -> str | None:
        """Return the next line, or None at the end of the input."""
        answer: asyncio.Future[str | None] = self._loop.create_future()
        threading.Thread(target=self._read, args=(prompt, answer), daemon=True).start()
        line = await answer
        if line is not None and not self.interactive:
            print(shown(f"{prompt}{line}"))
        return line

    def _read(self, prompt: str, answer: asyncio.Future[str | None]) -> None:
        line: str | None
        try:
            line = input(prompt) if self.interactive else _piped()
        except (EOFError, UnicodeDecodeError, OSError, ValueError):
            line = None
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
            self._loop.call_soon_threadsafe(_settle, answer, line)


def _piped() -> str:
    """Read a line without the lock of `sys.stdin`: Python aborts if a thread still holds that at the end."""
    with io.FileIO(sys.stdin.fileno(), closefd=False) as raw:
        line = raw.readline()
    if not line:
        raise EOFError
    return line.decode(sys.stdin.encoding, "replace").rstrip("\r\n")


def _settle(answer: asyncio.Future[str | None], line: str | None) -> None:
    if not answer.done():
        answer.set_result(line)


@contextlib.contextmanager
def kept_terminal() -> Iterator[None]:
    """Leave the terminal as it was, even when somebody leaves in the middle of a line."""
    try:
        import termios

        before = termios.tcgetattr(sys.stdin.fileno())
    except (ImportError, OSError, ValueError, termios.error):
        yield
        return
    try:
        yield
    finally:
        termios.tcsetattr(sys.stdin.fileno(), termios.TCSADRAIN, before)
