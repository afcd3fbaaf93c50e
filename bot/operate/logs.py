"""The log: as text, pretty for a terminal, or as JSON. It has ids, and neither members' words nor secrets.

What an unforeseen error says may be what somebody wrote, so that is left out unless the level is DEBUG: the kind of
the error and the places in the code are enough to find it.
"""

from __future__ import annotations

import json
import logging
import re
import traceback
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from pydantic import SecretStr

from bot.settings import Settings

TEXT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
HIDDEN = "********"
# Libraries write what they send and get when they are asked for details, so only our own rooms are.
OURS = ("stepwise", "bot", "adapters", "content", "storage")
_INCIDENT = re.compile(r"\bIncident ([0-9a-f]{8})\b")
# What tokens look like, wherever they come from.
_TOKEN = re.compile(
    r"\b(?:xox[a-z]|xapp|xoxe)[-.][\w.-]{8,}|\b[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}|(?<=Bearer )[\w.~+/-]+"
)
_SHORTEST = 6


class Scrubber:
    """Hides secrets, wherever they turn up."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        known = sorted({one for one in secrets if len(one) >= _SHORTEST}, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, known))) if known else None

    def clean(self, text: str) -> str:
        """Return the text without secrets."""
        text = self._known.sub(HIDDEN, text) if self._known else text
        return _TOKEN.sub(HIDDEN, text)


class CleanText(logging.Formatter):
    """Writes lines for people."""

    def __init__(self, scrubber: Scrubber, *, wordy: bool) -> None:
        super().__init__(TEXT)
        self._scrubber, self._wordy = scrubber, wordy

    def format(self, record: logging.LogRecord) -> str:
        """Write one record."""
        text = super().format(record)
        text = f"{text} {_pairs(_told(record))}" if _told(record) else text
        return self._scrubber.clean(text)

    def formatException(self, ei: object) -> str:
        """Write an error without what it says, which may be somebody's words."""
        error = ei[1] if isinstance(ei, tuple) else None
        return _without_words(error, wordy=self._wordy) if isinstance(error, BaseException) else ""


class CleanJson(logging.Formatter):
    """Writes one JSON object a line for machines."""

    def __init__(self, scrubber: Scrubber, *, wordy: bool) -> None:
        super().__init__()
        self._scrubber, self._wordy = scrubber, wordy

    def format(self, record: logging.LogRecord) -> str:
        """Write one record."""
        message = record.getMessage()
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": message,
            **_told(record),
        }
        incident = _INCIDENT.search(message)
        if incident:
            line["incident"] = incident[1]
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            line |= {"error": type(error).__name__, "trace": _without_words(error, wordy=self._wordy)}
        return self._scrubber.clean(json.dumps(line, ensure_ascii=False, default=str))


def set_up(settings: Settings) -> None:
    """Let the log be as the settings say."""
    handler = _handler(settings)
    level = logging.getLevelName(settings.log_level)
    logging.basicConfig(level=max(level, logging.INFO), handlers=[handler], force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(level)


def secrets_of(settings: Settings) -> list[str]:
    """List what must never be read in a log; a secret with commas counts as several."""
    values = [getattr(settings, name) for name in type(settings).model_fields]
    whole = [one.get_secret_value() for one in values if isinstance(one, SecretStr)]
    return [part.strip() for one in whole for part in (one, *one.split(",")) if part.strip()]


def _handler(settings: Settings) -> logging.Handler:
    scrubber, wordy = Scrubber(secrets_of(settings)), settings.log_level == "DEBUG"
    file = settings.log_file
    handler = logging.FileHandler(file, encoding="utf-8") if file else logging.StreamHandler()
    if settings.log_format == "json":
        handler.setFormatter(CleanJson(scrubber, wordy=wordy))
        return handler
    if settings.log_format == "pretty" and file is None:
        from rich.console import Console  # noqa: PLC0415 - only who looks at it pays for it
        from rich.logging import RichHandler  # noqa: PLC0415

        pretty = RichHandler(console=Console(stderr=True), show_path=False, markup=False)
        pretty.setFormatter(CleanText(scrubber, wordy=wordy))
        pretty.formatter._style._fmt = "%(name)s: %(message)s"  # type: ignore[union-attr]
        return pretty
    handler.setFormatter(CleanText(scrubber, wordy=wordy))
    return handler


def _told(record: logging.LogRecord) -> Mapping[str, object]:
    told = getattr(record, "told", None)
    return told if isinstance(told, Mapping) else {}


def _pairs(told: Mapping[str, object]) -> str:
    return " ".join(f"{name}={value}" for name, value in told.items() if value != "")


def _without_words(error: BaseException, *, wordy: bool) -> str:
    """Write the chain of an error: kinds and places, and what it says only where that is wanted."""
    if wordy:
        return "".join(traceback.format_exception(error)).rstrip()
    chain: list[str] = []
    seen: set[int] = set()
    found: BaseException | None = error
    while found is not None and id(found) not in seen:
        seen.add(id(found))
        places = [f"  {one.filename}:{one.lineno} {one.name}" for one in traceback.extract_tb(found.__traceback__)]
        chain.append("\n".join([type(found).__name__, *places]))
        found = found.__cause__ or (None if found.__suppress_context__ else found.__context__)
    return "\ncaused by ".join(chain)
