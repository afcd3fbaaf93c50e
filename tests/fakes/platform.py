"""A chat platform in memory that refuses what real ones refuse: late, loud, twice, or at the wrong moment.

It has rules of its own, written from what platforms demand and not from the limits of the code that it tests.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.core.answering import answer_in_time
from bot.core.calls import Answer, Call, Pressed, Source, Speaker, Typed
from bot.core.dispatch import Dispatcher
from bot.core.params import Upload
from bot.core.reply import FieldErrors, OpenForm, Reply, Select, Update, Visibility
from bot.core.values import Raw
from bot.models import Handle, Place
from tests.clock import ManualClock

FIRST_ANSWER_SECONDS, LAST_ANSWER_SECONDS = 3.0, 900.0


class Refusal(AssertionError):
    """What the platform would have answered with an error."""


@dataclass(frozen=True, slots=True)
class Customs:
    """Where platforms differ."""

    name: str
    form_after_form: bool
    errors_in_form: bool


STRICT = Customs("strict", form_after_form=False, errors_in_form=False)
EASY = Customs("easy", form_after_form=True, errors_in_form=True)


@dataclass(slots=True)
class Interaction:
    """One interaction: a first answer or a deferral, then at most follow-ups."""

    customs: Customs
    source: Source
    clock: ManualClock
    born: float = field(init=False)
    promised: Visibility | None = None
    shown: list[Answer] = field(default_factory=list)
    deferred: bool = False

    def __post_init__(self) -> None:
        self.born = self.clock.monotonic()

    @property
    def takes_form(self) -> bool:
        return self.customs.form_after_form or self.source is not Source.FORM

    @property
    def takes_field_errors(self) -> bool:
        return self.customs.errors_in_form

    async def respond(self, answer: Answer) -> None:
        self._first()
        if isinstance(answer.outcome, OpenForm) and not self.takes_form:
            raise Refusal("A form cannot follow a form here.")
        if isinstance(answer.outcome, FieldErrors) and (self.source is not Source.FORM or not self.takes_field_errors):
            raise Refusal("Field errors can only go into an open form that shows them.")
        self.promised = answer.visibility
        self._show(answer)

    async def defer(self, visibility: Visibility) -> None:
        self._first()
        self.deferred, self.promised = True, visibility

    async def withdraw(self) -> None:
        if not self.deferred or self.shown:
            raise Refusal("There is no deferral to take back.")
        self.promised = Visibility.PRIVATE

    async def follow_up(self, answer: Answer) -> None:
        if not self.deferred:
            raise Refusal("A follow-up needs a first answer.")
        if self.clock.monotonic() - self.born > LAST_ANSWER_SECONDS:
            raise Refusal("The interaction is over.")
        if isinstance(answer.outcome, OpenForm | FieldErrors):
            raise Refusal("A form can only be the first answer.")
        if answer.visibility is not self.promised:
            raise Refusal("The first answer fixed who sees this.")
        self._show(answer)

    def _first(self) -> None:
        if self.promised is not None:
            raise Refusal("This interaction was answered already.")
        if self.clock.monotonic() - self.born > FIRST_ANSWER_SECONDS:
            raise Refusal("The first answer came too late.")

    def _show(self, answer: Answer) -> None:
        inspect(answer)
        self.shown.append(answer)


def inspect(answer: Answer) -> None:
    """Refuse what no platform would draw."""
    match answer.outcome:
        case Update(reply) | (Reply() as reply):
            _inspect_reply(reply)
        case FieldErrors(form) | (OpenForm() as form):
            _inspect_form(form)


def _inspect_reply(reply: Reply) -> None:
    if not (reply.text or reply.title or reply.fields or reply.image):
        raise Refusal("An empty message.")
    texts = [reply.title, reply.text, reply.footer, *(f.name + f.value for f in reply.fields)]
    if sum(map(len, texts)) > 4000 or len(reply.text) > 3000 or len(reply.title) > 150 or len(reply.fields) > 10:
        raise Refusal("Too much text.")
    if len(reply.rows) > 5:
        raise Refusal("Too many rows.")
    tokens: list[str] = []
    for row in reply.rows:
        if isinstance(row, Select):
            tokens.append(row.token)
            if not 1 <= len(row.options) <= 25 or any(not 1 <= len(one.label) <= 75 for one in row.options):
                raise Refusal("A select that cannot be drawn.")
        else:
            tokens += [button.token for button in row if button.token]
            if not 1 <= len(row) <= 5 or any(not 1 <= len(one.label) <= 75 for one in row):
                raise Refusal("A row that cannot be drawn.")
    _inspect_tokens(tokens)


def _inspect_tokens(tokens: list[str]) -> None:
    if len(tokens) != len(set(tokens)):
        raise Refusal("Two controls with one token.")
    for token in tokens:
        if not 1 <= len(token.encode("utf-16-le")) // 2 <= 100 or not token.isprintable():
            raise Refusal(f"A token that does not travel: {token!r}.")


def _inspect_form(form: OpenForm) -> None:
    if not 1 <= len(form.title) <= 24 or not 1 <= len(form.fields) <= 5 or not 1 <= len(form.submit) <= 24:
        raise Refusal("A form that cannot be drawn.")
    if any(not 1 <= len(param.label) <= 45 or len(param.arg.description) > 100 for param in form.fields):
        raise Refusal("A field that cannot be drawn.")
    _inspect_tokens([form.token])


class Platform:
    """Carries calls to a dispatcher and holds it to the platform's rules."""

    def __init__(self, dispatcher: Dispatcher, clock: ManualClock, customs: Customs = STRICT) -> None:
        self.dispatcher, self.clock, self.customs = dispatcher, clock, customs
        self._count = 0

    def member(self, name: str, *, community: str | None = "lab", admin: bool = False) -> Member:
        """Let somebody join."""
        place = Place("fake", community) if community else None
        return Member(self, Speaker(Handle("fake", "", name), name, place, community or "", admin))

    def next_id(self) -> str:
        """Give an interaction its id."""
        self._count += 1
        return f"fake:{self._count}"

    async def deliver(self, call: Call, *, patience: float | None = None) -> Interaction:
        """Carry a call; every interaction has to be answered."""
        interaction = Interaction(self.customs, call.source, self.clock)
        await answer_in_time(self.dispatcher, call, interaction, patience)
        if not interaction.shown:
            raise Refusal("The application did not respond.")
        return interaction


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who talks to the bot."""

    platform: Platform
    speaker: Speaker

    async def says(self, line: str, *, files: tuple[Upload, ...] = (), patience: float | None = None) -> Heard:
        """Type a command."""
        return await self.sends(Source.SLASH, Typed(line, files), patience=patience)

    async def fills(self, heard: Heard, **fields: Raw) -> Heard:
        """Send a form that was opened."""
        form = heard.form
        return await self.sends(Source.FORM, Pressed(form.token, fields={**form.values, **fields}))

    async def sends(
        self, source: Source, target: Typed | Pressed, *, call_id: str = "", patience: float | None = None
    ) -> Heard:
        """Send any call, under an id of one's own if need be."""
        call = Call(call_id or self.platform.next_id(), source, self.speaker, target)
        interaction = await self.platform.deliver(call, patience=patience)
        return Heard(self, interaction.shown[-1], interaction)


@dataclass(frozen=True, slots=True)
class Heard:
    """What a member got to see."""

    member: Member
    answer: Answer
    interaction: Interaction

    @property
    def reply(self) -> Reply:
        """The message."""
        match self.answer.outcome:
            case Update(reply) | (Reply() as reply):
                return reply
            case other:
                raise AssertionError(f"No message but {other}")

    @property
    def form(self) -> OpenForm:
        """The form."""
        match self.answer.outcome:
            case FieldErrors(form) | (OpenForm() as form):
                return form
            case other:
                raise AssertionError(f"No form but {other}")

    @property
    def text(self) -> str:
        """Everything that the message says."""
        fields = [f"{field.name}: {field.value}" for field in self.reply.fields]
        return "\n".join([self.reply.title, self.reply.text, *fields, self.reply.footer])

    def labels(self) -> list[str]:
        """The words on everything that can be pressed."""
        return [label for label, _ in self._controls()]

    async def press(self, label: str, *, call_id: str = "") -> Heard:
        """Press a button or choose a line."""
        for name, target in self._controls():
            if name == label:
                source = Source.SELECT if target.picked else Source.BUTTON
                return await self.member.sends(source, target, call_id=call_id)
        raise AssertionError(f"There is no {label!r}, only {self.labels()}")

    def _controls(self) -> list[tuple[str, Pressed]]:
        found: list[tuple[str, Pressed]] = []
        for row in self.reply.rows:
            if isinstance(row, Select):
                found += [(one.label, Pressed(row.token, picked=(one.value,))) for one in row.options]
            else:
                found += [(one.label, Pressed(one.token)) for one in row if one.token]
        return found
