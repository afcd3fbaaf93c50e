"""Name a challenge: while somebody types it, and when they have."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.errors import BadField
from bot.core.markup import Markdown, join, md
from bot.core.params import Asking, Choice
from bot.services.answers import Answers
from content.catalog import Catalog
from content.challenge_model import AnyChallenge

NAMED = 5


def challenge_choices(asking: Asking, typed: str) -> Iterator[Choice]:
    """Complete a challenge."""
    wanted = typed.casefold().strip()
    for one in asking.get(Answers).at_hand(asking.place).catalog.challenges:
        if wanted in one.title.casefold() or wanted in one.id:
            yield Choice(one.title, one.id)


def named_challenge(catalog: Catalog, typed: str, field: str = "challenge") -> AnyChallenge:
    """Return the challenge that somebody means by an id, a title, or a part of one title."""
    wanted = typed.casefold().strip()
    titled = next((one for one in catalog.challenges if one.title.casefold() == wanted), None)
    near = [one for one in catalog.challenges if wanted in one.title.casefold()]
    found = catalog.challenge(wanted) or titled or (near[0] if len(near) == 1 else None)
    if found is None:
        some = join([md("“{title}”", title=one.title) for one in (near or catalog.challenges)[:NAMED]], ", ")
        like = md(" Write its name, like {some}.", some=some) if some else Markdown("")
        raise BadField(field, md("I know no challenge “{typed}”.{like}", typed=typed[:60], like=like))
    return found
