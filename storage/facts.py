"""Facts of the ledger as rows."""

from __future__ import annotations

from datetime import date

from bot.models import Activity
from storage.instants import from_text, to_text
from storage.reads import Row

SELECT = """
SELECT person_id, community_id, kind, subject, at, zone, day, key, credited, points, origin_id, id FROM activities
"""


def values_of(fact: Activity) -> tuple[object, ...]:
    """Return what is written of a fact: all columns but the id, which the store gives."""
    return (
        fact.person_id,
        fact.community_id,
        fact.kind,
        fact.subject,
        to_text(fact.at),
        fact.zone,
        fact.day.isoformat(),
        fact.key,
        int(fact.credited),
        fact.points,
        fact.origin_id,
    )


def fact_of(row: Row) -> Activity:
    """Return the fact of a row that SELECT gives."""
    person_id, community_id, kind, subject, at, zone, day, key, credited, points, origin_id, number = row
    return Activity(
        person_id=person_id,
        community_id=community_id,
        kind=kind,
        subject=subject,
        at=from_text(at),
        zone=zone,
        day=date.fromisoformat(day),
        key=key,
        credited=bool(credited),
        points=points,
        origin_id=origin_id,
        id=number,
    )
