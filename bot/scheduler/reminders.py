"""Send the reminders whose time has come."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.core.outgoing import Messenger
from bot.core.registry import Registry
from bot.core.reply import Reply, Row, Style
from bot.models import Person, Reminder
from bot.ports import Store
from bot.scheduler.rounds import Round
from bot.services.days import member_day
from bot.services.quiet import is_quiet
from bot.services.reminding import PATIENCE, answered, is_needed, next_due, words
from bot.services.standing import state_of
from bot.services.streaks import look

log = logging.getLogger(__name__)

EVERY = timedelta(seconds=60)
AT_ONCE = 200
# A reminder that is later than this waits for its usual time again.
LATE = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class ReminderRound:
    """Knows how to remind."""

    store: Store
    clock: Clock
    registry: Registry
    messengers: Mapping[str, Messenger]
    default_zone: ZoneInfo

    def round(self) -> Round:
        """Return the work as a round."""
        return Round("reminders", EVERY, self.once)

    async def once(self) -> int:
        """Send what is due; return how many were sent."""
        sent = 0
        for reminder in await self.store.reminders.due(AT_ONCE, tuple(self.messengers)):
            try:
                sent += await self._one(reminder)
            except Exception:  # one that cannot be sent must not hold up the others
                log.exception("A reminder could not be sent.")
        return sent

    async def _one(self, reminder: Reminder) -> bool:
        person = await self.store.people.named(reminder.person_id)
        if person is None:
            return False
        last = await self.store.activities.last(person.id)
        current = replace(reminder, ignored=0) if answered(reminder, last.at if last else None) else reminder
        if current.ignored >= PATIENCE:
            await self.store.reminders.stop(person.id)
            return False
        return await self._remind(current, person, reminder.due)

    async def _remind(self, reminder: Reminder, person: Person, was_due: datetime) -> bool:
        now, zone = self.clock.now(), self._zone(person, reminder)
        state, excused = await state_of(self.store, person.id)
        streak = look(state, excused, now, zone)
        due = next_due(reminder.wall, zone, person.preferences.quiet, now)
        wanted = is_needed(streak, excused, now.astimezone(zone)) and self._may_write(reminder, person, now, zone)
        after = (
            replace(reminder, due=due, sent=now, ignored=reminder.ignored + 1) if wanted else replace(reminder, due=due)
        )
        # Written down first: a reminder that is lost is a pity, one that comes twice is a nuisance.
        if not await self.store.reminders.move(after, was_due) or not wanted:
            return False
        reply = Reply(words(streak, last_one=after.ignored >= PATIENCE), title="A word from me", rows=self._buttons())
        return await self.messengers[reminder.handle.platform].tell(reminder.handle, reply)

    def _may_write(self, reminder: Reminder, person: Person, now: datetime, zone: ZoneInfo) -> bool:
        """Say whether this is a good moment: not too late, not in quiet hours, not a second time on this day."""
        local = now.astimezone(zone)
        again = reminder.sent is not None and member_day(reminder.sent.astimezone(zone)) == member_day(local)
        return now - reminder.due <= LATE and not again and not is_quiet(person.preferences.quiet, local.time())

    def _buttons(self) -> tuple[Row, ...]:
        check_in = self.registry.route("checkin").button("Check in", style=Style.PRIMARY)
        return ((check_in, self.registry.route("reminders.off").button("No more reminders")),)

    def _zone(self, person: Person, reminder: Reminder) -> ZoneInfo:
        zone = person.preferences.zone or reminder.zone
        try:
            return ZoneInfo(zone) if zone else self.default_zone
        except (KeyError, ValueError, OSError):
            return self.default_zone
