"""The post after a week: who took part, who finished, who came back, and where the solution is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.markup import Markdown, join, md
from bot.core.registry import Registry
from bot.core.reply import Button, Field, Reply, Style
from bot.models.challenges import Effort
from bot.ports import Store
from bot.services.challenges.rounds import Current
from bot.services.challenges.telling import counted, spoken_list
from content.challenge_model import PredictionsChallenge, ProjectChallenge

# Whoever did nothing for so long has come back.
AWAY = timedelta(days=21)
# More names than this nobody reads.
NAMES = 25


@dataclass(frozen=True, slots=True)
class RecapPost:
    """Knows how a week is looked back on. Names are only of those who are on the board."""

    store: Store
    registry: Registry

    async def of(self, current: Current) -> Reply:
        """Return the post."""
        efforts = await self.store.efforts.all(current.round.id)
        tried = [one for one in efforts if one.tried or one.points]
        names = await self.store.boards.names(current.round.community_id, [one.person_id for one in tried])
        back = await self._came_back(current.round.opens, names)
        return Reply(
            _lead(current, len(efforts), tried),
            title=f"Last week: {current.challenge.title}",
            fields=tuple(_fields(current, tried, names, back)),
            rows=(self._buttons(current),),
            footer=md("Names only of those who are on the board. {how:code} lets you join.", how="/board"),
        )

    def _buttons(self, current: Current) -> tuple[Button, ...]:
        route, number = self.registry.route, current.round.id
        return (
            route("challenge.solution").button("Solution", style=Style.PRIMARY, round=number),
            route("challenge.board-of").button("Board", round=number),
            route("challenge").button("This week's challenge"),
        )

    async def _came_back(self, opened: datetime, names: Mapping[int, str]) -> list[str]:
        """Return who took part and had done nothing for long before."""
        back = []
        for person, name in list(names.items())[:NAMES]:
            facts = await self.store.activities.of(person)
            before = [fact.at for fact in facts if fact.at < opened]
            if before and opened - max(before) > AWAY:
                back.append(name)
        return back


def _lead(current: Current, opened: int, tried: Sequence[Effort]) -> Markdown:
    if not tried:
        return md("Nobody sent anything in this time. The solution is worth a look all the same.")
    solved = sum(one.solved is not None for one in tried)
    finished = {0: "nobody", 1: "one"}.get(solved, str(solved))
    took = md("{who} took part, and {finished} finished.", who=_members(len(tried)), finished=finished)
    looked = opened - len(tried)
    more = md("{who} more had a look.", who=counted(looked, "member")) if looked > 0 else Markdown("")
    waits = Markdown("")
    if isinstance(current.challenge, ProjectChallenge):
        waits = md("The reviews go on for some days.")
    return join(filter(None, [took, more, waits]), " ")


def _fields(
    current: Current, tried: Sequence[Effort], names: Mapping[int, str], back: Sequence[str]
) -> Iterator[Field]:
    solved = [one.person_id for one in tried if one.solved is not None]
    if solved:
        beat = isinstance(current.challenge, PredictionsChallenge)
        yield Field("Beat the baseline" if beat else "Finished", _named(solved, names))
    if back:
        yield Field("Back after a while", md("Good to see you again: {names}.", names=spoken_list(back)))


def _named(people: Collection[int], names: Mapping[int, str]) -> Markdown:
    listed = [names[one] for one in people if one in names][:NAMES]
    others = len(people) - len(listed)
    more = [f"{counted(others, 'member')}{' more' if listed else ''}"] if others else []
    return md("{names}", names=spoken_list([*listed, *more]))


def _members(count: int) -> str:
    return "One member" if count == 1 else f"{count} members"
