"""The post that opens a week: the challenge with everything that one can do about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.core.markup import Markdown, join, md
from bot.core.registry import Registry
from bot.core.reply import Button, Field, Reply, Style
from bot.services.challenges.predicting import metric_of
from bot.services.challenges.rounds import Current
from bot.services.challenges.telling import about, score
from bot.services.days import spoken_moment
from content.challenge_model import AnswerChallenge, PredictionsChallenge, ProjectChallenge, QuizChallenge

LATE = "This comes late, because I was away at its time. The week ends as it would have."


@dataclass(frozen=True, slots=True)
class WeekPost:
    """Knows how a week is announced."""

    registry: Registry

    def opened(self, current: Current, zone: ZoneInfo, *, late: bool = False) -> Reply:
        """Return the post."""
        challenge = current.challenge
        closes = current.round.closes.astimezone(zone)
        until = md("Open until {closes} ({zone}).", closes=spoken_moment(closes), zone=zone.key)
        return Reply(
            join(filter(None, [md(LATE) if late else Markdown(""), Markdown(challenge.task)]), "\n\n"),
            title=f"This week: {challenge.title}",
            fields=tuple(self._fields(current)),
            rows=(self._buttons(current),),
            footer=join([about(challenge), until], " "),
        )

    def _fields(self, current: Current) -> Iterator[Field]:
        challenge = current.challenge
        if isinstance(challenge, AnswerChallenge):
            several = len(challenge.parts) > 1
            yield Field("Part 1" if several else "Your task", Markdown(challenge.parts[0].ask))
        elif isinstance(challenge, PredictionsChallenge):
            metric = metric_of(challenge)
            said = md(
                "By {metric}, {better} is better. The baseline to beat: {base}.",
                metric=metric.title,
                better=metric.better.value,
                base=score(challenge, challenge.baseline),
            )
            yield Field("How it is scored", said)

    def _buttons(self, current: Current) -> tuple[Button, ...]:
        route, number = self.registry.route, current.round.id
        board = route("challenge.board-of").button("Board", round=number)
        remind = route("challenge.remind").button("Remind me", round=number)
        match current.challenge:
            case QuizChallenge():
                return self._open(current, "Take the quiz"), board, remind
            case ProjectChallenge():
                return self._open(current, "Open it"), board, remind
            case found:
                data = route("challenge.data").button("Get my data", style=Style.PRIMARY, round=number)
                hints = (route("challenge.hints-of").button("Hint", round=number),) if found.hints else ()
                return data, route("challenge.send").button("Submit", round=number), *hints, board, remind

    def _open(self, current: Current, label: str) -> Button:
        route = self.registry.route("challenge.show")
        return route.button(label, style=Style.PRIMARY, round=current.round.id)
