"""The organiser's page: numbers, plots, tables, and what of members may be seen there."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime
from xml.etree import ElementTree

import aiohttp
import pytest

from adapters.web.exporting import TABLES, table_of
from adapters.web.hall import Scene
from adapters.web.html import page, tag
from adapters.web.organiser import organiser_page
from adapters.web.plots import Column, bars, columns, nice_top
from bot.core.dispatch import Dispatcher
from bot.models.reports import (
    CommunityName,
    GapLine,
    JobLine,
    MemberLine,
    PathCount,
    PostLine,
    Report,
    RoundCount,
    WeekCount,
)
from tests.adapters.web.conftest import open_page

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
EVIL = "<script>alert(1)</script>\"'&"
REPORT = Report(
    CommunityName(1, EVIL, "web"),
    NOW,
    (WeekCount(date(2026, 11, 9), 0, {}), WeekCount(date(2026, 11, 16), 3, {"check-in": 7, "new-kind": 2})),
    (PathCount("road", EVIL, 4, 11),),
    (RoundCount(NOW, EVIL, 5, 4, 3),),
    (MemberLine(EVIL, 20, 3), MemberLine("=cmd|' /C calc'!A0", 1, 0)),
    (GapLine(EVIL, 2, NOW),),
    (JobLine("challenge", NOW, paused=False, trouble=EVIL),),
    (PostLine("challenge", NOW, "missed", EVIL),),
    (CommunityName(1, EVIL, "web"), CommunityName(2, "Other", "web")),
)


def test_nothing_that_anybody_wrote_becomes_markup() -> None:
    text = organiser_page(REPORT)
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert " style=" not in text
    body = text.partition("<body>")[2].rpartition("</body>")[0].replace("<br>", "")
    tree = ElementTree.fromstring(f"<body>{body}</body>")
    assert {one.tag.rpartition("}")[2] for one in tree.iter()} <= {
        *("body", "a", "main", "header", "section", "p", "h1", "h2", "h3", "dl", "div", "dt", "dd", "form", "label"),
        *(
            "select",
            "option",
            "button",
            "figure",
            "figcaption",
            "svg",
            "title",
            "g",
            "line",
            "rect",
            "text",
            "ul",
            "li",
        ),
        *("span", "details", "summary", "table", "thead", "tbody", "tr", "th", "td", "code"),
    }


def test_every_plot_says_its_numbers_in_words() -> None:
    shown = [Column("16 Nov", {"Check-ins": 7, "Tips": 2}), Column("23 Nov", {"Check-ins": 0, "Tips": 0})]
    assert "16 Nov: 9, 23 Nov: 0" in columns("Activity", shown)
    assert "16 Nov: 7 Check-ins, 2 Tips" in bars("Activity", shown)
    assert columns("Nothing", []).startswith("<figure")


@pytest.mark.parametrize(("most", "top"), [(0, 5), (5, 5), (6, 10), (11, 20), (21, 50), (51, 100), (999, 1000)])
def test_axes_end_at_round_numbers(most: int, top: int) -> None:
    assert nice_top(most) == top


@pytest.mark.parametrize("name", TABLES)
def test_tables_are_whole_and_compute_nothing(name: str) -> None:
    text = table_of(REPORT, name)
    assert text is not None
    rows = list(csv.reader(io.StringIO(text)))
    assert len({len(row) for row in rows}) == 1
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert table_of(REPORT, "secrets") is None


def test_a_house_without_communities_says_so() -> None:
    assert "There is no community yet" in organiser_page(None)
    empty = replace(REPORT, weeks=(), paths=(), rounds=(), members=(), gaps=(), jobs=(), posts=(), others=())
    assert "Nobody has chosen a path" in organiser_page(empty)


def test_html_escapes_all_but_itself() -> None:
    assert tag("p", "<b>", tag("b", "&"), title='"') == '<p title="&quot;">&lt;b&gt;<b>&amp;</b></p>'
    assert "<title>&lt;x&gt;</title>" in page("<x>")


async def test_it_is_served_with_its_tables(dispatcher: Dispatcher) -> None:
    asked: list[int | None] = []

    async def reporter(community: int | None) -> Report | None:
        asked.append(community)
        return REPORT

    async with (
        open_page(dispatcher, scene=Scene("Lab", reporter=reporter)) as there,
        aiohttp.ClientSession() as session,
    ):
        async with session.get(f"{there.address}organiser?community=2") as answer:
            assert answer.content_type == "text/html"
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        async with session.get(f"{there.address}organiser/weeks.csv?community=x") as answer:
            assert answer.headers["Content-Disposition"] == 'attachment; filename="weeks.csv"'
            assert (await answer.text()).startswith("\ufeffweek,active_members,check-in,new-kind")
        async with session.get(f"{there.address}organiser/nothing.csv") as answer:
            assert answer.status == 404
    assert asked == [2, None, None]
