"""What there is to see in a server: weeks of each kind, on now or over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.core.declare import Command
from bot.core.registry import Registry
from bot.models import Place
from bot.wiring import House
from content.challenge_model import challenge_to_json
from tests.commands.weeks import WEEK, challenge_named


@dataclass(frozen=True, slots=True)
class Scene:
    """A challenge, since when it is on, and forms that a member must meet then."""

    challenge: str
    days_ago: int
    forms: frozenset[str]

    @property
    def ways(self) -> int:
        """Say how many controls of the same route to try: a quiz has many that look alike."""
        return 9 if self.challenge else 6

    def __str__(self) -> str:
        return f"{self.challenge or 'everyday'}{'-over' if self.days_ago else ''}"

    async def open(self, house: House, guild: str) -> None:
        """Let the challenge be on."""
        if self.challenge:
            community = await house.store.communities.enter(Place("discord", guild), "Lab")
            challenge = challenge_named(house, self.challenge)
            begin = house.dispatcher.clock.now() - timedelta(days=self.days_ago)
            await house.store.rounds.open(community.id, challenge.id, challenge_to_json(challenge), begin, begin + WEEK)

    def commands(self, registry: Registry) -> list[Command]:
        """List what is worth trying here; what erases everything comes last."""
        here = [one for one in registry.commands if one.words.startswith("challenge") == bool(self.challenge)]
        return sorted(here, key=lambda one: one.words == "forget")


EVERYDAY = (
    "checkin.words community.zone forget.sure gaps.answer-form own.faq own.resource own.tip path.questions "
    "settings.quiet settings.zone"
)
SCENES = [
    Scene(name, days, frozenset(forms.split()))
    for name, days, forms in (
        ("", 0, EVERYDAY),
        ("seed-orders", 0, "challenge.answer"),
        ("seed-orders", 10, "practice.answer"),
        ("who-will-leave", 0, "challenge.upload"),
        ("who-will-leave", 10, "practice.upload"),
        ("project-bed", 0, "project.hand-in"),
        ("quiz-heap", 0, "quiz.number quiz.order"),
        ("quiz-heap", 10, ""),
    )
]
