"""The home page of a member."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from adapters.slack.home import view
from bot.core.markup import Markdown
from bot.core.reply import Button, Image, Progress, Reply
from tests.adapters.slack.judging import verdicts
from tests.adapters.slack.replies import replies


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(replies)
def test_every_home_that_the_core_allows_is_taken(reply: Reply) -> None:
    assert verdicts("home", view(reply)) == []


def test_the_home_shows_its_parts_in_order() -> None:
    reply = Reply(
        Markdown("**My path**\n\nNext: look at ten rows."),
        title="Your home",
        progress=(Progress("Steps", 1, 4),),
        image=Image("y.png", b"", "Three days of five."),
        rows=((Button("Next step", "a1:path.next:"),),),
    )
    drawn = view(reply)
    assert verdicts("home", drawn) == []
    assert [block["type"] for block in drawn["blocks"]] == ["header", "section", "section", "section", "actions"]
    assert drawn["blocks"][3]["text"]["text"] == "Picture: Three days of five."
