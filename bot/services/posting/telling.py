"""What organisers are told about posts that did not go as they should: once, with what to do."""

from __future__ import annotations

from bot.core.markup import Markdown, join, md
from bot.core.reply import Reply, Tone
from bot.models import Community
from bot.models.posting import News, Post, Why
from bot.models.weekly import JobName
from bot.services.challenges.weeks import UTC, zone_of
from bot.services.days import spoken_moment
from bot.services.posting.names import NAMES, cure_of, spoken_why


def news_of(post: Post, community: Community) -> Reply:
    """Return the words for what an organiser should hear about a post."""
    due = post.slot.due.astimezone(zone_of(community, UTC))
    what = md(
        "It is about {name} of {when} in **{where}**.",
        name=NAMES.get(post.slot.job, post.slot.job),
        when=spoken_moment(due),
        where=community.name,
    )
    title, said = _words(post)
    return Reply(join([what, said], "\n\n"), title=title, tone=Tone.WARNING)


def _words(post: Post) -> tuple[str, Markdown]:
    match post.news:
        case News.STUCK:
            goes_on = md("I try again now and then, and go on by myself as soon as it works.")
            return "A post did not go out", join([cure_of(post.trouble), goes_on], " ")
        case News.UNSURE:
            said = md(
                "I got no answer when I posted it, so it may be there or not. Please look; then {how:code} lets you "
                "say “It is there” or “Post again”. I do not post it a second time by myself.",
                how="/schedule log",
            )
            return "Is this post there?", said
        case _:
            said = spoken_why(post) or Markdown("")
            again = md("{how:code} posts the challenge now.", how="/schedule post-now")
            helps = post.why is Why.LATE and post.slot.job == JobName.CHALLENGE
            return "A post was missed", join([said, again], " ") if helps else said
