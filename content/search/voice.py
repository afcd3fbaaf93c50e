"""In whose voice a question is asked: by somebody with a decision to make, or by somebody who looks a fact up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from content.search.stopwords import STOP_WORDS

_OWN = "i me my mine myself im ive id ill we our ours us weve"
_WEIGHING = """
    or enough only still worth too should must without before first instead but because really just even yet want
    wants wanted need needs have already never no nobody everyone everybody nothing anymore although though also
    """
OWN_WORDS = frozenset(_OWN.split())
WEIGHING_WORDS = frozenset(_WEIGHING.split())
_SMALL_WORDS = STOP_WORDS | WEIGHING_WORDS
_ABOUT_OTHERS = {"does", "did", "is", "was", "has", "can", "will"}
_ASKING = {"how", "what", "which", "who"}
_NOT_A_NAME = {"i", "we", "you", "it", "that", "this", "there", "they", "my", "our", "a", "an", "the"}
_ENOUGH_WEIGHING = 2


@dataclass(frozen=True, slots=True)
class Voice:
    """Hold how far a question is about the one who asks, weighs things up, or asks what others do; from 0 to 1."""

    own: float
    weighing: float
    others: float


NEITHER = Voice(own=0.5, weighing=0.25, others=0.0)
"""Where there is nothing to listen to."""


def voice_of(words: Sequence[str]) -> Voice:
    """Listen to the small words of a question; a bare row of keywords has none."""
    used = frozenset(words)
    if used.isdisjoint(_SMALL_WORDS):
        return NEITHER
    return Voice(
        own=float(not used.isdisjoint(OWN_WORDS)),
        weighing=min(len(used & WEIGHING_WORDS), _ENOUGH_WEIGHING) / _ENOUGH_WEIGHING,
        others=float(_is_about_others(words)),
    )


def _is_about_others(words: Sequence[str]) -> bool:
    """Tell a question such as "does it ...", with a name for it, or "how does ..."."""
    rest = words[1:] if words and words[0] in _ASKING else words
    if len(rest) < len(words):
        return bool(rest) and rest[0] in _ABOUT_OTHERS - {"is", "can", "will"}
    return len(rest) > 1 and rest[0] in _ABOUT_OTHERS and rest[1] not in _NOT_A_NAME
