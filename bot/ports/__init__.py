"""What the domain asks of storage. Whoever keeps these promises can stand behind the bot."""

from __future__ import annotations

from bot.ports.challenges import Efforts, Reviews, Rounds
from bot.ports.faults import StoreError, Trouble
from bot.ports.learning import Additions, Gaps, Notices, Saves, TipLog, Votes
from bot.ports.people import Communities, Joins, People
from bot.ports.progress import Activities, Boards, CheckIns, Streaks, Told
from bot.ports.secrets import Secrets
from bot.ports.store import Store
from bot.ports.work import Calls, Posts, Reminders, Stash

__all__ = [
    "Activities",
    "Additions",
    "Boards",
    "Calls",
    "CheckIns",
    "Communities",
    "Efforts",
    "Gaps",
    "Joins",
    "Notices",
    "People",
    "Posts",
    "Reminders",
    "Reviews",
    "Rounds",
    "Saves",
    "Secrets",
    "Stash",
    "Store",
    "StoreError",
    "Streaks",
    "TipLog",
    "Told",
    "Trouble",
    "Votes",
]
