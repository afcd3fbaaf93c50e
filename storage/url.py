"""Reads the address of the database."""

from __future__ import annotations

from pathlib import Path

from bot.ports import StoreError, Trouble

_PREFIX = "sqlite:///"
_FORMS = (
    "Set STEPWISE_DATABASE_URL to sqlite:///stepwise.db for a file in the current folder, "
    "or to sqlite:////home/me/stepwise.db for a full path."
)


def sqlite_path(url: str) -> Path:
    """Return the file that a URL such as sqlite:///stepwise.db names."""
    if not url.startswith(_PREFIX):
        # Only the scheme is shown: the rest may hold a password.
        scheme = url.partition(":")[0] if "://" in url else "no scheme"
        raise _refusal(f"The database URL has a form that is not known here ({scheme}).")
    name = url.removeprefix(_PREFIX)
    if name.startswith(":memory:"):
        raise _refusal("A database in memory would forget everybody at the next start.")
    if not name or name.endswith("/"):
        raise _refusal("The database URL names no file.")
    if "?" in name or "#" in name:
        raise _refusal("The database URL has options behind its file name, and none are known here.")
    return Path(name).expanduser().absolute()


def _refusal(what: str) -> StoreError:
    return StoreError(Trouble.UNREACHABLE, what, _FORMS)
