"""Tips, questions and resources of the community's own: the forms in which they are written."""

from __future__ import annotations

from typing import Annotated, Literal

from bot.commands.saved import NAMES
from bot.commands.tip import topic_names
from bot.core.context import Ctx
from bot.core.declare import PRIVATE, Form, On, Shortcut, command, form
from bot.core.errors import BadField, Refused
from bot.core.guards import community_only
from bot.core.markup import Markdown, md
from bot.core.params import Arg
from bot.core.reply import OpenForm, Reply, Tone
from bot.models import Addition, AdditionState
from bot.services.editing import keep_entry, title
from bot.services.own_entries import WORDING, WORDING_SIZE, read
from content.model import Cost, Faq, Level, Resource, ResourceKind, Tip

Kind = Literal["tip", "faq", "resource"]
Topic = Annotated[str, Arg("The topic it belongs to, like statistics", suggest=topic_names)]
Question = Annotated[str, Arg("The question, as members ask it", max_length=120)]
AnswerText = Annotated[str, Arg("The answer", label="Answer", multiline=True, max_length=1600)]
Wordings = Annotated[str, Arg("Other ways to ask it, one on each line", label="Other wordings", multiline=True)]
SourcePage = Annotated[str, Arg("A page that says so, if there is one: https://…", label="Source")]


@command(
    "suggest",
    summary="Suggest a tip, an answer or a resource to your community",
    section="Together",
    visibility=PRIVATE,
    examples=("suggest tip", "suggest resource"),
    guards=(community_only,),
    opens_form=True,
    shortcuts=(Shortcut("Save as FAQ suggestion", On.MESSAGE, "text", {"kind": "faq"}),),
)
async def suggest(
    ctx: Ctx,
    kind: Annotated[Kind, Arg("What you would like to suggest")],
    text: Annotated[str, Arg("What you have already, to begin with", rest=True)] = "",
) -> OpenForm:
    """Open the form of a suggestion.

    An organiser reads it, and I tell you what became of it.
    """
    chosen = FORMS[kind]
    begun = next(param for param in chosen.fields if param.name == BEGINS[kind])
    most = begun.arg.max_length or len(text)
    if len(text) > most:
        raise BadField("text", md("Only {most} characters fit here, and this has {size}.", most=most, size=len(text)))
    return chosen.open({begun.name: text} if text else None)


@form("own.tip", title="A tip", guards=(community_only,))
async def tip_form(
    ctx: Ctx,
    title: Annotated[str, Arg("What to do, in a few words", max_length=80)],
    text: Annotated[str, Arg("The advice, and why it pays", multiline=True, max_length=700)],
    what: Annotated[str, Arg("One thing to do right now", label="Try it", max_length=200)],
    done: Annotated[str, Arg("How one knows that it is done", label="Done when", max_length=200)],
    topic: Topic,
    addition: int = 0,
    own: bool = False,
) -> Reply:
    """Keep a tip."""
    fields = {"title": title, "text": text, "try": what, "done": done, "topic": topic}
    return await _keep(ctx, "tip", {**fields, "minutes": 10, "level": "beginner"}, addition, own)


@form("own.faq", title="An answer", guards=(community_only,))
async def faq_form(
    ctx: Ctx,
    question: Question,
    answer: AnswerText,
    topic: Topic,
    also: Wordings = "",
    source: SourcePage = "",
    addition: int = 0,
    own: bool = False,
) -> Reply:
    """Keep an answer."""
    fields = {"question": question, "answer": answer, "topic": topic, "source": source}
    return await _keep(ctx, "faq", {**fields, "also": wordings_of(also)}, addition, own)


@form("own.resource", title="A resource", guards=(community_only,))
async def resource_form(
    ctx: Ctx,
    title: Annotated[str, Arg("Its name", max_length=100)],
    url: Annotated[str, Arg("Its address: https://…", label="Address", max_length=500)],
    why: Annotated[str, Arg("Why this one, and for whom", label="Why", max_length=200)],
    topic: Topic,
    details: Annotated[str, Arg("Like: course, beginner, free")] = "article, beginner, free",
    addition: int = 0,
    own: bool = False,
) -> Reply:
    """Keep a resource."""
    fields = {"title": title, "url": url, "why": why, "topic": topic}
    return await _keep(ctx, "resource", {**fields, **_details(details)}, addition, own)


HEADINGS = {**NAMES, WORDING: "Wording"}
# Which field takes what somebody has already.
BEGINS = {"tip": "text", "faq": "answer", "resource": "url"}
FORMS: dict[str, Form] = {"tip": tip_form, "faq": faq_form, "resource": resource_form}


def wordings_of(typed: str) -> list[str]:
    """Read other wordings, one on each line."""
    return [line.strip()[:WORDING_SIZE] for line in typed.splitlines() if line.strip()]


async def _keep(ctx: Ctx, kind: str, fields: dict[str, object], addition: int, own: bool) -> Reply:
    """Keep an entry. A form can be forged, so whoever changes or adds one directly is asked for their role again."""
    if (addition or own) and not ctx.is_admin:
        raise Refused(md("Only the organisers can do that. Suggest it instead: {how:code}.", how=f"/suggest {kind}"))
    state = AdditionState.LIVE if own else AdditionState.SUGGESTED
    kept = await keep_entry(ctx, kind, fields, addition, state)
    return Reply(_said(kept, changed=bool(addition)), title="Thank you", tone=Tone.GOOD)


def _said(kept: Addition, *, changed: bool) -> Markdown:
    waits = kept.state is AdditionState.SUGGESTED
    if changed and waits:
        return md("Changed. It still waits for your yes under {where:code}.", where="/content suggestions")
    if changed and kept.state is not AdditionState.LIVE:
        return md("Changed. Nobody finds it before you bring it back.")
    if changed:
        return md("Changed. Everybody finds the new wording from now on.")
    if not waits:
        return md(
            "Added. Everybody here finds it from now on. {how:code} changes it or takes it back.", how="/content list"
        )
    return md("Your suggestion is with the organisers. I will tell you what becomes of it.")


def _details(typed: str) -> dict[str, str]:
    """Read `course, beginner, free` in any order."""
    found: dict[str, str] = {"kind": "article", "level": "beginner", "cost": "free"}
    for word in filter(None, (part.strip().lower() for part in typed.split(","))):
        for name, values in (("kind", ResourceKind), ("level", Level), ("cost", Cost)):
            if word in [one.value for one in values]:
                found[name] = word
                break
        else:
            known = ", ".join(one.value for one in ResourceKind)
            raise BadField("details", md("I do not know “{word}”. Kinds are {known}.", word=word, known=known))
    return found


def edit_form(addition: Addition) -> OpenForm:
    """Open the form of an entry that is there, filled in."""
    entry = read(addition)
    first = entry.topics[0]
    match entry:
        case Tip():
            values = {"title": entry.title, "text": entry.text, "what": entry.try_it, "done": entry.done}
        case Resource():
            details = f"{entry.kind.value}, {entry.level.value}, {entry.cost.value}"
            values = {"title": entry.title, "url": entry.url, "why": entry.why, "details": details}
        case Faq():
            source = entry.sources[0].url if entry.sources else ""
            wordings = "\n".join(entry.also)
            values = {"question": entry.question, "answer": entry.answer, "also": wordings, "source": source}
    return FORMS[addition.kind].open({**values, "topic": first}, addition=addition.id)


def heading(addition: Addition) -> str:
    """Say what sort of entry this is and what it is called."""
    return f"{HEADINGS[addition.kind]}: {title(addition)}"
