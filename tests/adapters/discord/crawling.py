"""Go wherever buttons, lines and forms lead, and look at everything as a member does."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from bot.core.declare import Command
from bot.core.tokens import take_apart
from tests.adapters.discord.pages import Gone, Guest, Json, Page, controls_of, fields_of, words_of
from tests.clock import ManualClock

APOLOGY, AGAIN = "went wrong on my side", "Try again"
INPUT, CHOICE, UPLOAD = 4, 3, 19
DEEPEST, LINES_OF_ONE = 10, 2
LONGEST = 4000
# What stands in fields, by their names; everything else gets the words of the last entry.
SENSIBLE: Json = {
    "answer": "42",
    "at": "18:30",
    "code": "ABCD-EFGH",
    "file": ("mine.csv", b"member,left\n1,0.5\n"),
    "hours": "5",
    "letters": "b a c d",
    "link": "https://example.org/mine",
    "quiet": "22:00 to 07:00",
    "topic": "soil",
    "url": "https://example.org/soil",
    "value": "3",
    "word": "delete",
    "zone": "Tokyo",
    "": "How often do I turn the heap?",
}
RUBBISH: Json = {"file": ("cat.png", b"\x89PNG\r\n"), "": "\U0001f422 @everyone <@1> **"}


@dataclass(frozen=True, slots=True)
class Way:
    """How one came to a page: a command, then what was pressed or filled in."""

    command: Command
    example: str = ""
    steps: tuple[Step, ...] = ()

    def then(self, step: Step) -> Way:
        return replace(self, steps=(*self.steps, step))

    def __str__(self) -> str:
        return " > ".join([f"/{self.example or self.command.words}", *map(str, self.steps)])


@dataclass(frozen=True, slots=True)
class Press:
    """Use a control of this route with these words on it."""

    route: str
    label: str
    token: str

    def __str__(self) -> str:
        return f"{self.label} ({self.route})"

    async def take(self, page: Page) -> Page:
        for control, label, value in controls_of(page):
            if (route_of(control), label) == (self.route, self.label):
                return await page.use(control, value)
        raise Gone


@dataclass(frozen=True, slots=True)
class FillIn:
    """Send a form."""

    sensibly: bool

    async def take(self, page: Page) -> Page:
        if page.form is None:
            raise Gone
        return await page.fill(values_for(page.form, sensibly=self.sensibly))


Step = Press | FillIn


def route_of(part: Json) -> str:
    return take_apart(part["custom_id"])[0]


def values_for(form: Json, *, sensibly: bool) -> Json:
    """Say what to write into a form."""
    said = SENSIBLE if sensibly else RUBBISH
    values: Json = {}
    for one in fields_of(form):
        name = one["custom_id"]
        if one["type"] == INPUT:
            values[name] = str(said.get(name, said[""]))[: one.get("max_length", LONGEST)]
        elif one["type"] == CHOICE:
            values[name] = one["options"][0]["value"]
        elif one["type"] == UPLOAD:
            values[name] = said["file"]
    return values


@dataclass(slots=True)
class Crawler:
    """Walks each way once, and keeps what it saw."""

    guest: Guest
    clock: ManualClock
    ways: int = 6  # as many different ones of the same route are tried
    forms: set[str] = field(default_factory=set)
    taken: set[Step] = field(default_factory=set)
    seen: Counter[str] = field(default_factory=Counter)
    mended: int = 0
    pages: int = 0

    async def explore(self, commands: Iterable[Command]) -> None:
        """Begin with these commands, alone and with each of their examples, and go on from there."""
        for one in commands:
            ways = deque(Way(one, example) for example in ("", *one.examples))
            while ways:
                ways.extend(await self.follow(ways.popleft()))

    async def follow(self, way: Way) -> Iterable[Way]:
        """Go one way, if it is open, and say where it leads on."""
        try:
            return self.look(await self.walk(way), way)
        except Gone:
            if way.steps:
                self.taken.discard(way.steps[-1])  # it may still be met elsewhere
            return ()

    async def walk(self, way: Way) -> Page:
        """Go a whole way again; a member does all that in no hurry."""
        self.clock.advance(minutes=2)
        page = await self.guest.types(way.command, way.example)
        for step in way.steps:
            self.clock.advance(minutes=2)
            before = page
            page = await step.take(page)
            if before.form is not None and isinstance(step, FillIn):
                await self.look_for_mistakes(values_for(before.form, sensibly=step.sensibly), page, way)
        return page

    def look(self, page: Page, way: Way) -> Iterable[Way]:
        """Check what is shown, and say where one can go from here."""
        self.pages += 1
        if page.form is not None:
            return self.steps_in(page.form, way)
        words = words_of(page)
        assert words.strip(), f"{way}: there are no words."
        assert APOLOGY not in words, f"{way}: {words}"
        return [] if len(way.steps) >= DEEPEST else [way.then(one) for one in self.steps_on(page)]

    def steps_in(self, form: Json, way: Way) -> list[Way]:
        self.forms.add(route_of(form))
        key = f"form {route_of(form)}"
        self.seen[key] += 1
        return [way.then(FillIn(sensibly)) for sensibly in (False, True)] if self.seen[key] <= LINES_OF_ONE else []

    def steps_on(self, page: Page) -> list[Step]:
        """Choose what is worth pressing: nothing twice, and of many alike only some."""
        steps: list[Step] = []
        for control, label, _ in controls_of(page):
            step = Press(route_of(control), label, control["custom_id"])
            alike = self.seen[step.token] >= LINES_OF_ONE or self.seen[step.route] >= self.ways
            if step not in self.taken and not alike:
                self.taken.add(step)
                self.seen.update([step.token, step.route])
                steps.append(step)
        return steps

    async def look_for_mistakes(self, typed: Json, page: Page, way: Way) -> None:
        """Where something has to be mended, the form comes back with all that was typed."""
        again = next((one for one in controls_of(page) if one[1] == AGAIN), None)
        if page.form is not None or again is None:
            return
        assert page.private, way
        offered = await page.use(again[0], again[2])
        assert offered.form is not None, way
        shown = {one["custom_id"]: one.get("value", "") for one in fields_of(offered.form) if one["type"] == INPUT}
        assert shown == {name: typed[name] for name in shown}, way
        self.mended += 1
