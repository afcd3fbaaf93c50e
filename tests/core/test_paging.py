"""Long lists, one page at a time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.context import Ctx
from bot.core.declare import action
from bot.core.markup import md
from bot.core.paging import Page
from bot.core.reply import Reply


@action("list.page")
async def turn(ctx: Ctx, word: str, page: int = 0) -> Reply:
    """Turn the page."""
    return Reply(md("{word} {page}", word=word, page=page))


def _labels(page: Page) -> list[str]:
    return [button.label for row in page.turns(turn, word="x") for button in row]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("count", "wanted", "labels", "note"),
    [
        (0, 0, [], ""),
        (10, 0, [], ""),
        (11, 0, ["Next"], "Page 1 of 2."),
        (30, 1, ["Back", "Next"], "Page 2 of 3."),
        (30, 9, ["Back"], "Page 3 of 3."),
        (30, -4, ["Next"], "Page 1 of 3."),
    ],
)
def test_a_page_says_where_it_is_and_where_one_can_go(count: int, wanted: int, labels: list[str], note: str) -> None:
    page = Page.of(count, wanted, 10)
    assert (_labels(page), page.note) == (labels, note)


@given(st.integers(0, 200), st.integers(1, 30))
def test_all_pages_together_show_everything_once(count: int, size: int) -> None:
    things = list(range(count))
    pages = [Page.of(count, n, size) for n in range(Page.of(count, 0, size).pages)]
    assert [thing for page in pages for thing in things[page.part]] == things
