"""The organiser's page: how a community fares, as plots with their numbers beside them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from adapters.web.html import Html, page, tag
from adapters.web.plots import Column, bars, columns
from bot.models.reports import Report

KINDS = {
    "check-in": "Check-ins",
    "tip-tried": "Tips tried",
    "resource-done": "Resources finished",
    "step-done": "Steps done",
    "challenge-tried": "Challenges tried",
    "challenge-done": "Challenges solved",
    "review-done": "Reviews",
}
POSTS = {
    "challenge": "Weekly challenge",
    "recap": "Recap",
    "tip": "Tip of the day",
    "digest": "Letter to organisers",
    "now": "Challenge, by hand",
}
STATES = {"sent": "posted", "missed": "not posted", "pending": "waits", "sending": "under way", "unknown": "unsure"}
STYLES = ("style.css", "organiser.css")
Row = Sequence[str | int]


def organiser_page(report: Report | None) -> str:
    """Write the page."""
    if report is None:
        empty = tag("p", "There is no community yet. It appears here when somebody has talked to the bot in one.")
        return page(
            "Organiser’s page", tag("main", tag("h1", "Organiser’s page"), empty, class_="report"), styles=STYLES
        )
    parts = (_activity, _paths, _challenges, _members, _gaps, _schedule)
    body = tag("main", _head(report), [part(report) for part in parts], class_="report", id="main")
    return page(
        f"{report.community.name}: how it goes",
        tag("a", "Skip to the numbers", href="#main", class_="skip"),
        body,
        styles=STYLES,
    )


def _head(report: Report) -> Html:
    this_week = report.weeks[-1] if report.weeks else None
    facts = [
        ("Members active this week", this_week.members if this_week else 0),
        ("Activities this week", this_week.activities if this_week else 0),
        ("Open questions", len(report.gaps)),
        ("Weeks of challenges", len(report.rounds)),
    ]
    tiles = [tag("div", tag("dt", name), tag("dd", str(count))) for name, count in facts]
    return tag(
        "header",
        tag("p", tag("a", "← Back to the chat", href="/")),
        tag("h1", report.community.name),
        tag(
            "p",
            f"As of {_moment(report.at)} UTC. No member is named here who does not want to be seen.",
            class_="small",
        ),
        _choice(report),
        tag("dl", tiles, class_="tiles"),
    )


def _choice(report: Report) -> Html | None:
    if len(report.others) < 2:
        return None
    options = [
        tag("option", f"{one.name} ({one.platform})", value=one.id, selected=one.id == report.community.id)
        for one in report.others
    ]
    label = tag("label", "Community", for_="community")
    box = tag("select", options, id="community", name="community")
    return tag(
        "form", label, box, tag("button", "Show", type="submit"), method="get", action="/organiser", class_="choose"
    )


def _activity(report: Report) -> Html:
    kinds = sorted(
        {kind for week in report.weeks for kind in week.kinds}, key=list(KINDS).index if _all_known(report) else None
    )
    shown = [
        Column(f"{week.monday:%d %b}", {KINDS.get(kind, kind): week.kinds.get(kind, 0) for kind in kinds})
        for week in report.weeks
    ]
    active = [Column(f"{week.monday:%d %b}", {"Members": week.members}) for week in report.weeks]
    rows: list[Row] = [
        (f"{week.monday:%d %B %Y}", week.members, *(week.kinds.get(kind, 0) for kind in kinds)) for week in report.weeks
    ]
    return _section(
        report,
        "Activity by week",
        "weeks",
        columns("Activities by week", shown),
        tag("h3", "Active members"),
        columns("Active members by week", active),
        table=(("Week of", "Active members", *(KINDS.get(kind, kind) for kind in kinds)), rows),
    )


def _all_known(report: Report) -> bool:
    return all(kind in KINDS for week in report.weeks for kind in week.kinds)


def _paths(report: Report) -> Html:
    shown = [Column(one.title, {"members on it": one.members, "steps done": one.steps}) for one in report.paths]
    rows = [(one.title, one.members, one.steps) for one in report.paths]
    plot = bars("Paths", shown) if shown else _nothing("Nobody has chosen a path here yet.")
    return _section(report, "Paths", "paths", plot, table=(("Path", "Members on it", "Steps done"), rows))


def _challenges(report: Report) -> Html:
    shown = [
        Column(one.title, {"opened": one.opened, "tried": one.tried, "solved": one.solved})
        for one in report.rounds[-8:]
    ]
    rows = [(f"{one.opens:%d %B %Y}", one.title, one.opened, one.tried, one.solved) for one in report.rounds]
    plot = bars("Challenges", shown) if shown else _nothing("No challenge was opened here yet.")
    head = ("Week of", "Challenge", "Opened", "Tried", "Solved")
    return _section(report, "Challenges", "challenges", plot, table=(head, rows))


def _members(report: Report) -> Html:
    rows = [(one.name, one.this_week, one.points) for one in report.members]
    lead = tag("p", "Only members who chose to be on the board are listed.", class_="small")
    head = ("Member", "Points this week", "Points of all time")
    body = _table("Members", head, rows, empty="Nobody is, so far.")
    return _section(report, "Members who want to be seen", "members", lead, body)


def _gaps(report: Report) -> Html:
    rows = [(one.question, one.asked, f"{one.last:%d %B %Y}") for one in report.gaps]
    how = tag("p", "Answer them with ", tag("code", "/gaps"), " in the community.", class_="small")
    body = _table("Open questions", ("Question", "Asked by", "Last"), rows, empty="Every question found an answer.")
    return _section(report, "What nothing answered", "gaps", how, body)


def _schedule(report: Report) -> Html:
    jobs = [(_post(one.job), f"{_moment(one.next)} UTC", _state(one.paused, one.trouble)) for one in report.jobs]
    posts = [
        (_post(one.job), f"{_moment(one.due)} UTC", STATES.get(one.state, one.state), one.why) for one in report.posts
    ]
    ahead = _table("Schedule", ("Post", "Next", "State"), jobs, empty="Nothing is planned. /setup changes that.")
    done = _table("Log", ("Post", "Due", "What became of it", "Why"), posts, empty="Nothing was posted yet.")
    return _section(report, "Schedule and log", "posts", ahead, tag("h3", "Log"), done)


def _post(job: str) -> str:
    return POSTS.get(job, job)


def _state(paused: bool, trouble: str) -> str:
    return "paused" if paused else trouble or "on"


def _section(
    report: Report, title: str, name: str, *body: Html, table: tuple[Row, Sequence[Row]] | None = None
) -> Html:
    address = f"/organiser/{name}.csv?community={report.community.id}"
    numbers = tag("details", tag("summary", "The numbers"), _table(title, *table)) if table and table[1] else None
    export = tag(
        "a", "Export as CSV", href=address, download=f"{name}.csv", class_="small", aria_label=f"Export as CSV: {title}"
    )
    return tag("section", tag("h2", title), *body, numbers, tag("p", export), class_="card", aria_label=title)


def _table(title: str, head: Row, rows: Sequence[Row], *, empty: str = "") -> Html:
    if not rows:
        return _nothing(empty)
    top = tag("tr", [tag("th", str(one), scope="col") for one in head])
    lines = [
        tag("tr", [tag("td", str(one), class_="number" if isinstance(one, int) else None) for one in row])
        for row in rows
    ]
    return tag(
        "div",
        tag("table", tag("thead", top), tag("tbody", lines)),
        class_="scroll",
        tabindex=0,
        role="region",
        aria_label=f"Table: {title}",
    )


def _nothing(words: str) -> Html:
    return tag("p", words, class_="small")


def _moment(at: datetime) -> str:
    return f"{at:%d %B %Y, %H:%M}"
