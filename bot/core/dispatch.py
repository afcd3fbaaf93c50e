"""The one door through which every call comes in, and the one place where every mistake is caught."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.core import forms, limits
from bot.core.bind import bind, missing
from bot.core.callers import Callers
from bot.core.calls import Answer, Call, Source, Status
from bot.core.context import Ctx, Shelf
from bot.core.declare import Action, Command, Form, Route
from bot.core.errors import BadField, BadFields, Outdated, UserError
from bot.core.guards import Visits, refuse_flood
from bot.core.help import usage
from bot.core.markup import Markdown, join, md, plain
from bot.core.params import Asking, Choice, Param
from bot.core.registry import Registry
from bot.core.replays import Replays
from bot.core.reply import FieldErrors, Outcome, Reply, Row, Select, Tone, Update, Visibility
from bot.core.resolve import resolve
from bot.core.values import Raw, Today
from bot.models import Person, Place
from bot.ports import Store, StoreError

log = logging.getLogger(__name__)
UTC = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class Manners:
    """How the dispatcher behaves where the house rules leave a choice."""

    default_zone: ZoneInfo = UTC
    # In tests a reply over a limit is an error; in production it is logged and said in plain text.
    strict: bool = False


class News(Protocol):
    """Has words that wait for a member."""

    async def news(self, store: Store, person: Person | None) -> Sequence[Markdown]:
        """Return what waits for this member, once."""


class Dispatcher:
    """Answers calls: finds the route, reads the arguments, asks the guards, runs the handler."""

    def __init__(
        self,
        registry: Registry,
        store: Store,
        services: Shelf,
        clock: Clock,
        manners: Manners = Manners(),
        *,
        news: News | None = None,
    ) -> None:
        self.registry, self._news = registry, news
        self.store, self.services, self.clock, self.manners = store, services, clock, manners
        self._replays = Replays(store, clock)
        self._callers = Callers(store, clock)
        self._visits = Visits(clock)

    async def start(self) -> None:
        """Learn what was answered before the restart."""
        await self._replays.load()

    async def close(self) -> None:
        """Finish the calls that run."""
        await self._replays.close()

    async def handle(self, call: Call) -> Answer:
        """Answer a call. Always returns an answer, never raises for what a member did."""
        try:
            return await self._replays.once(call.id, lambda store: self._answer(call, store), call.speaker.handle)
        except Exception as error:  # the last net: nobody stays without an answer
            return self.apologise(error)

    def visibility(self, call: Call) -> Visibility:
        """Say who may see the answer, before it is there: platforms must know first."""
        try:
            return resolve(call, self.registry)[0].visibility
        except UserError:
            return Visibility.PRIVATE

    def opens_form(self, call: Call) -> bool:
        """Say whether the answer may be a form, which can only come first."""
        try:
            return resolve(call, self.registry)[0].opens_form
        except UserError:
            return False

    def suggest(self, command: str, param: str, typed: str, place: Place | None = None) -> tuple[Choice, ...]:
        """Complete what somebody is typing; from memory, and never an error."""
        found = self.registry.command(command)
        wanted = next((one for one in found.params if one.name == param), None) if found else None
        return self.complete(wanted, typed, place) if wanted else ()

    def complete(self, param: Param, typed: str, place: Place | None = None) -> tuple[Choice, ...]:
        """Complete a value of this parameter."""
        if param.arg.suggest is None:
            return ()
        try:
            choices = list(param.arg.suggest(Asking(self.services, place), typed))[: limits.OPTIONS]
        except Exception:
            log.exception("Suggestions for %s failed.", param.name)
            return ()
        return tuple(_narrow(one) for one in choices if one.label and len(one.value) <= limits.OPTION_VALUE)

    async def home(self, call: Call) -> Answer:
        """Put together a member's home page."""
        try:
            ctx = await self._context(call, self.store)
            parts = [await part.handler(ctx) for part in self.registry.home_parts]
            return self._checked(_one_page(parts), Visibility.PRIVATE)
        except Exception as error:
            return self.apologise(error)

    async def _answer(self, call: Call, store: Store) -> Answer:
        try:
            refuse_flood(call.speaker, self._visits)
            route, raw = resolve(call, self.registry)
            for guard in route.guards:
                guard.check(route.name, call.speaker, self._visits)
            form = self._form_to_open(call, route, raw)
            outcome = form or await self._run(call, route, raw, store)
            return await self._with_news(call, store, self._checked(outcome, route.visibility))
        except UserError as error:
            return self._refusal(error)
        except StoreError:
            raise  # not remembered as the answer: what the store could not do now may work at the next delivery
        except Exception as error:
            return self.apologise(error)

    async def _with_news(self, call: Call, store: Store, answer: Answer) -> Answer:
        """Add what waits for the member, where only they can see it."""
        if self._news is None or answer.visibility is Visibility.PUBLIC:
            return answer
        if not isinstance(answer.outcome, Reply | Update):
            return answer
        try:
            person = await self._callers.person(call.speaker.handle)
            news = await self._news.news(store, person)
            return replace(answer, notes=tuple(news)) if news else answer
        except StoreError as error:  # what was asked is done; the news can wait
            log.error("News could not be read: %s", error)
            return answer

    def _form_to_open(self, call: Call, route: Route, raw: Mapping[str, Raw]) -> Outcome | None:
        """Open a form when a button leads to one, or when a command lacks what it needs."""
        if call.source is Source.FORM:
            return None
        if isinstance(route, Form):
            return forms.open_with(route, raw)
        if isinstance(route, Command) and missing(route.params, raw):
            return forms.ask_for_missing(route, raw)
        return None

    async def _run(self, call: Call, route: Route, raw: Mapping[str, Raw], store: Store) -> Outcome:
        ctx = await self._context(call, store)
        try:
            values = bind(route.params, raw, Today(ctx.today))
            for guard in route.guards:
                guard.enter(route.name, call.speaker, self._visits)
            outcome: Outcome = await route.handler(ctx, **values)
        except (BadFields, BadField) as error:
            return _field_errors(call, route, raw, error)
        return outcome

    async def _context(self, call: Call, store: Store) -> Ctx:
        person = await self._callers.person(call.speaker.handle)
        community = await self._callers.community(call.speaker.place)
        zone = (person and person.preferences.zone) or (community and community.zone)
        return Ctx(
            call=call,
            store=store,
            services=self.services,
            callers=self._callers,
            clock=self.clock,
            zone=self._zone(zone or ""),
            known=person,
            community=community,
        )

    def _zone(self, name: str) -> ZoneInfo:
        try:
            return ZoneInfo(name) if name else self.manners.default_zone
        except (KeyError, ValueError, OSError):
            log.warning("The time zone %r is not known any more; using the default.", name)
            return self.manners.default_zone

    def _checked(self, outcome: Outcome, declared: Visibility) -> Answer:
        found = limits.problems(outcome)
        if found and self.manners.strict:
            raise limits.OverLimit("; ".join(found))
        if found:
            log.error("A reply is over the limits: %s", "; ".join(found))
            outcome = _degraded(outcome)
        return Answer(outcome, _visibility(outcome) or declared)

    def _refusal(self, error: UserError) -> Answer:
        answer = self._checked(Reply(error.message, rows=error.rows, tone=Tone.WARNING), Visibility.PRIVATE)
        return replace(answer, status=Status.REFUSED)

    def apologise(self, error: BaseException) -> Answer:
        """Say sorry with an incident number; the log has the rest under it."""
        incident = secrets.token_hex(4)
        if isinstance(error, StoreError):
            log.error("Incident %s: %s", incident, error)
        else:
            log.error("Incident %s", incident, exc_info=error)
        if self.manners.strict and isinstance(error, limits.OverLimit):
            raise error
        return Answer(Reply(_sorry(error, incident), tone=Tone.PROBLEM), Visibility.PRIVATE, Status.FAILED, incident)


def _narrow(choice: Choice) -> Choice:
    if len(choice.label) <= limits.OPTION_LABEL:
        return choice
    return Choice(f"{choice.label[: limits.OPTION_LABEL - 1]}…", choice.value)


def _sorry(error: BaseException, incident: str) -> Markdown:
    lead = md("Something went wrong on my side, not on yours. Please try again.")
    if isinstance(error, StoreError):
        lead = md(
            "I cannot reach my notebook right now, so nothing of this was saved. Please try again in a few minutes."
        )
    tail = md("If it happens again, give an organiser this number: {incident:code}.", incident=incident)
    return join([lead, tail], " ")


def _field_errors(call: Call, route: Route, raw: Mapping[str, Raw], error: BadFields | BadField) -> Outcome:
    """A form comes back with what to mend; a typed line is refused with its usage."""
    if isinstance(error, BadFields) and not all(_is_typed(route, param) for param, _ in error.found):
        raise Outdated  # nobody types what a button carries, so nobody can mend it
    if call.source is not Source.FORM:
        if isinstance(error, BadFields) and isinstance(route, Command):
            raise error.with_usage(md("Write it like this: {usage:code}", usage=usage(route)))
        raise error
    found = {error.name: plain(error.message)} if isinstance(error, BadField) else error.errors
    form = forms.open_with(route, raw)
    if not found.keys() <= {param.name for param in form.fields}:
        raise error  # no field of the form could show it
    return FieldErrors(replace(form, errors=found))


def _is_typed(route: Route, param: Param) -> bool:
    return param.asked and not isinstance(route, Action)


def _visibility(outcome: Outcome) -> Visibility | None:
    match outcome:
        case Update(reply) | (Reply() as reply):
            return reply.visibility
        case _:
            return Visibility.PRIVATE


def _degraded(outcome: Outcome) -> Outcome:
    match outcome:
        case Reply():
            return limits.degrade(outcome)
        case Update(reply):
            return Update(limits.degrade(reply))
        case _:
            raise limits.OverLimit("A form is over the limits.")


def _once_each(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Leave out controls that lead where an earlier one leads already: parts of a page know nothing of each other."""
    seen: set[str] = set()
    kept: list[Row] = []
    for row in rows:
        if isinstance(row, Select):
            fresh: Row = row if row.token not in seen else ()
            seen.add(row.token)
        else:
            fresh = tuple(one for one in row if not one.token or one.token not in seen)
            seen.update(one.token for one in row)
        kept += [fresh] if fresh else []
    return tuple(kept)


def _one_page(parts: list[Reply]) -> Reply:
    texts = [
        join(filter(None, [md("**{title}**", title=p.title) if p.title else Markdown(""), p.text]), "\n\n")
        for p in parts
    ]
    return Reply(
        text=join(filter(None, texts), "\n\n"),
        title="Your home",
        fields=tuple(field for part in parts for field in part.fields),
        progress=tuple(bar for part in parts for bar in part.progress),
        image=next((part.image for part in parts if part.image), None),
        files=tuple(file for part in parts for file in part.files),
        rows=_once_each([row for part in parts for row in part.rows]),
        footer=join(filter(None, [part.footer for part in parts]), " "),
    )
