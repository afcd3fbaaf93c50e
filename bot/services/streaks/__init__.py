"""Streaks: the numbers that the ledger's facts come to, in whole weeks and in days. Pure, and without a clock."""

from __future__ import annotations

from bot.services.streaks.advancing import advance
from bot.services.streaks.excusing import Excusing
from bot.services.streaks.looking import Streak, look
from bot.services.streaks.recomputing import recompute
from bot.services.streaks.state import State
from bot.services.streaks.story import Week, weeks
from bot.services.streaks.weekly import Loss, WeekKind

__all__ = ["Excusing", "Loss", "State", "Streak", "Week", "WeekKind", "advance", "look", "recompute", "weeks"]
