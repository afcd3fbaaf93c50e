"""What posts are called, and how their fate is told."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.markup import Markdown, md
from bot.core.outgoing import Trouble
from bot.models import PostState
from bot.models.posting import Post, Why
from bot.models.weekly import JobName

NAMES: Mapping[str, str] = {
    JobName.CHALLENGE: "the weekly challenge",
    JobName.RECAP: "the recap",
    JobName.TIP: "the tip of the day",
    JobName.DIGEST: "your weekly letter",
    JobName.NOW: "the challenge, posted by hand",
}
_WHY: Mapping[Why, str] = {
    Why.LATE: "I could not post it until it was too late.",
    Why.REFUSED: "The chat did not take it. The log of the bot says why.",
    Why.SKIPPED: "Left out by an organiser.",
    Why.PAUSED: "Paused by an organiser.",
}
CURES: Mapping[str, Markdown] = {
    Trouble.GONE: md(
        "The channel is not there any more, or takes no messages. Choose another one in {setup:code}.", setup="/setup"
    ),
    Trouble.FORBIDDEN: md(
        "I may not write in the channel. Let me view it and send messages and files there, or choose another one in "
        "{setup:code}.",
        setup="/setup",
    ),
    Trouble.EXPELLED: md("I am not in your community any more, or my key was taken back. Invite me again."),
}

NO_SUCH_ROLE = md(
    "By this name I would call nobody. Type {how:code}, choose the group from the list that opens when you write its "
    "name, and send it.",
    how="/setup role:@",
)
NOT_RUNNING = md("I am not running at present, so I cannot post here. Ask whoever runs the bot.")
# Said when a channel is chosen, before anything is posted.
CHECKED: Mapping[str, Markdown] = {
    Trouble.GONE: md("I cannot see this channel. If it is private, invite me into it first, then choose it again."),
    Trouble.FORBIDDEN: md(
        "I may not post in this channel. Invite me into it, or let me view it, send messages and attach files there; "
        "then choose it again."
    ),
}

_FAILED: Mapping[str, Markdown] = {
    Trouble.UNKNOWN: md("I got no answer, so the test post may be there or not. Please look at the channel."),
    Trouble.LATER: md("The test post did not go out: the chat takes nothing at the moment. Try again in some minutes."),
    Trouble.REFUSED: md("The test post did not go out: the chat did not take it. The log of the bot says why."),
}


def spoken_failure(trouble: Trouble) -> Markdown:
    """Say why a test post did not go out, and what to do; nobody tries that one again."""
    said = _FAILED.get(trouble)
    return said or md("The test post did not go out. {cure}", cure=cure_of(trouble))


def spoken_why(post: Post) -> Markdown | None:
    """Say why a post is not there; None where nothing is wrong with that."""
    if post.state is PostState.UNKNOWN:
        return md("Nobody knows whether it was posted. {how:code} lets you say so.", how="/schedule log")
    why = _WHY.get(post.why) if post.why else None
    return md("{why}", why=why) if why else None


def cure_of(trouble: str) -> Markdown:
    """Say what an organiser can do about what keeps a post from its channel."""
    return CURES.get(trouble, md("I cannot post there at present. I go on trying."))
