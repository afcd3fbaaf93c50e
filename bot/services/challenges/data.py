"""The data of a challenge: everybody's own, made anew whenever it is needed and never stored."""

from __future__ import annotations

import hmac
from functools import lru_cache

from bot.core.reply import File
from content.challenge_model import AnswerChallenge, Data, PredictionsChallenge
from content.generators import Made, make

MEDIA = {"csv": "text/csv", "json": "application/json", "txt": "text/plain"}


def seed_of(secret: bytes, *names: object) -> bytes:
    """Return the seed that belongs to these names; nobody guesses it without the secret."""
    return hmac.digest(secret, "\x1f".join(map(str, names)).encode(), "sha256")


def members_seed(secret: bytes, community_id: int, challenge: str, person_id: int, turn: str = "") -> bytes:
    """Return the seed of one member's data; each turn of practice has fresh data."""
    return seed_of(secret, "member", community_id, challenge, person_id, turn)


def common_seed(secret: bytes, community_id: int, challenge: str, turn: str = "") -> bytes:
    """Return the seed of the data that everybody predicts, so that scores can be compared."""
    return seed_of(secret, "common", community_id, challenge, turn)


def make_data(data: Data, seed: bytes) -> Made:
    """Make the files and the answers."""
    return _made(data.generator, tuple(sorted(data.params.items())), seed)


@lru_cache(maxsize=64)
def _made(generator: str, params: tuple[tuple[str, object], ...], seed: bytes) -> Made:
    return make(generator, dict(params), seed)


def files_of(challenge: AnswerChallenge | PredictionsChallenge, seed: bytes) -> tuple[File, ...]:
    """Return the files that a member is sent."""
    written = make_data(challenge.data, seed).written(challenge.data.format)
    return tuple(File(name, text.encode(), MEDIA[name.rpartition(".")[2]]) for name, text in written.items())
