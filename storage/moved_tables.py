"""Which tables make up one community, in the order in which they can be written, and what their columns point at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

_OF_PEOPLE = "person_id IN chosen"
_OF_ROUNDS = "round_id IN (SELECT id FROM rounds WHERE community_id = :community) AND person_id IN chosen"


@dataclass(frozen=True, slots=True)
class Moved:
    """A table that moves: which rows, what its columns point at, and by what a row is known again elsewhere."""

    name: str
    rows: str
    points_at: Mapping[str, str] = field(default_factory=lambda: {"person_id": "people"})
    known_by: tuple[str, ...] = ()
    # What is not taken along but made anew: leases of a machine, counts that triggers keep.
    instead: Mapping[str, object] = field(default_factory=dict)
    order: str = "rowid"
    of_effort: bool = False


_IN_ROUND = {"round_id": "rounds", "person_id": "people"}

# The order of the file: what is pointed at comes first. People who wait beside another come after that one.
MOVED: tuple[Moved, ...] = (
    Moved(
        "identities",
        _OF_PEOPLE,
        {"person_id": "people", "born_id": "people"},
        ("platform", "realm", "account"),
        order="platform, realm, account",
    ),
    Moved("people", "id IN chosen", {"joined_to": "people"}, ("id",), order="joined_to IS NOT NULL, id"),
    Moved("pauses", _OF_PEOPLE),
    Moved("check_ins", _OF_PEOPLE),
    Moved("reminders", _OF_PEOPLE),
    Moved("told", _OF_PEOPLE, order="person_id, what"),
    Moved("saves", _OF_PEOPLE),
    Moved("tip_log", _OF_PEOPLE),
    Moved("votes", _OF_PEOPLE, order="person_id, faq"),
    Moved("notices", _OF_PEOPLE),
    Moved("outages", "TRUE", {}),
    Moved("excuses", "community_id = :community", {"community_id": "communities"}),
    Moved(
        "gaps",
        "community_id = :community",
        {"community_id": "communities"},
        ("community_id", "folded"),
        {"asked": 0},
    ),
    Moved(
        "gap_askers",
        "gap_id IN (SELECT id FROM gaps WHERE community_id = :community)",
        {"gap_id": "gaps", "person_id": "people"},
        order="gap_id, person_id",
    ),
    Moved(
        "additions",
        "community_id = :community",
        {"community_id": "communities", "author_id": "people"},
        ("community_id", "entry"),
    ),
    Moved(
        "rounds", "community_id = :community", {"community_id": "communities"}, ("community_id", "opens"), order="id"
    ),
    Moved(
        "memberships",
        "community_id = :community",
        {"community_id": "communities", "person_id": "people", "nudged": "rounds"},
        ("community_id", "person_id"),
        order="person_id",
    ),
    Moved("round_plans", "community_id = :community", {"community_id": "communities"}, order="opens"),
    Moved("efforts", _OF_ROUNDS, _IN_ROUND, ("round_id", "person_id"), order="round_id, person_id"),
    Moved("attempts", _OF_ROUNDS, _IN_ROUND, of_effort=True),
    Moved("hints_opened", _OF_ROUNDS, _IN_ROUND, order="round_id, person_id, hint", of_effort=True),
    Moved("uploads", _OF_ROUNDS, _IN_ROUND, of_effort=True),
    Moved("quiz_answers", _OF_ROUNDS, _IN_ROUND, order="round_id, person_id, question", of_effort=True),
    Moved("handins", _OF_ROUNDS, _IN_ROUND, ("round_id", "person_id"), of_effort=True),
    Moved(
        "reviews",
        "handin_id IN (SELECT h.id FROM handins AS h JOIN rounds AS r ON r.id = h.round_id "
        "WHERE r.community_id = :community) AND reviewer_id IN chosen",
        {"handin_id": "handins", "reviewer_id": "people"},
        ("handin_id", "reviewer_id"),
    ),
    # After the rounds and projects, which facts name by number.
    Moved(
        "activities",
        "person_id IN chosen AND (community_id = :community OR community_id IS NULL)",
        {"person_id": "people", "origin_id": "people", "community_id": "communities"},
        order="id",
    ),
    Moved("weekly", "community_id = :community", {"community_id": "communities"}, ("community_id",)),
    Moved("schedules", "community_id = :community", {"community_id": "communities"}, order="job"),
    # What was begun may have been sent: it comes along so that nothing is posted twice, and nobody knows how it ended.
    Moved(
        "posts",
        "community_id = :community AND state <> 'pending'",
        {"community_id": "communities"},
        ("community_id", "job", "due"),
        {"worker": None, "lease_until": None, "news": None, "news_until": None},
        order="id",
    ),
    Moved("joined_rows", "joined_id IN chosen", {"joined_id": "people"}, order="joined_id, tab, row_key"),
)

# These may point at what did not come along, and then at nothing.
LOOSE = {"origin_id", "born_id", "author_id", "nudged"}
# These belong to channels of the old place.
OF_CHANNELS = {"weekly", "schedules", "posts"}

# Made anew from what moves.
DERIVED = {"streaks", "streak_revision", "board_scores", "board_steps", "board_counts"}
# Belongs to the machine, to a platform, or to the next few days.
LEFT = {"audit", "calls", "call_steps", "stash", "link_codes", "sealed", "heartbeat", "communities", "secrets"}
