"""Moments and times of day as text that sorts as they do."""

from __future__ import annotations

from datetime import UTC, datetime, time


def to_text(moment: datetime) -> str:
    """Return a moment as text in UTC; texts compare as their moments do."""
    if moment.tzinfo is not UTC:
        if moment.tzinfo is None:
            raise ValueError("A moment without a time zone cannot be kept.")
        moment = moment.astimezone(UTC)
    return moment.isoformat(timespec="microseconds")


def from_text(text: str) -> datetime:
    """Return the moment of a text, in UTC."""
    return datetime.fromisoformat(text)


def time_to_text(moment: time) -> str:
    """Return a time of day as text."""
    return moment.isoformat()


def time_from_text(text: str) -> time:
    """Return the time of day of a text."""
    return time.fromisoformat(text)
