"""Who looks at whose project: everybody's is seen by two others, and nobody has more to do than their neighbours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

EACH = 2


def to_ask(circle: Sequence[int], asked: Mapping[int, Collection[int]], each: int = EACH) -> list[tuple[int, int]]:
    """Return who is still to be asked for whose project, as pairs of author and reviewer.

    Members sit in a circle, and each looks at the projects of the next ones. Where some were asked before, or are
    gone since, whoever has least to do steps in. Asking half of the pairs and calling again gives the other half.
    """
    reviewers = {author: {*asked.get(author, ())} for author in circle}
    place = {member: at for at, member in enumerate(circle)}
    load = Counter(member for members in asked.values() for member in members)
    pairs: list[tuple[int, int]] = []
    for turn in range(min(each, len(circle) - 1)):
        for author in circle:
            if len(reviewers[author]) > turn:
                continue
            free = [member for member in circle if member != author and member not in reviewers[author]]
            if not free:
                continue
            chosen = min(free, key=lambda one: (load[one], (place[author] - place[one]) % len(circle)))
            reviewers[author].add(chosen)
            load[chosen] += 1
            pairs.append((author, chosen))
    return pairs
