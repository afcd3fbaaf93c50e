"""What a proof finds, and the data that it is made on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.clock import Clock
from bot.services.challenges.data import files_of
from content.challenge_model import AnswerChallenge, PredictionsChallenge

MEMBERS = 200
# The same data at every check. It guards nothing: each server makes a secret of its own.
SECRET = b"the secret of all proofs"


@dataclass(frozen=True, slots=True)
class Fault:
    """Say what keeps a challenge from being proved, and what to do."""

    says: str
    hint: str


@dataclass(frozen=True, slots=True)
class Found:
    """What was proved, in words; with faults it is not proved."""

    proved: str
    faults: Sequence[Fault] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found, on how many sets of data, and how many seconds it took to make these and in all."""

    found: Found
    sets: int = 0
    making: float = 0.0
    seconds: float = 0.0

    @property
    def holds(self) -> bool:
        """Say whether the challenge is proved."""
        return not self.found.faults


@dataclass(slots=True)
class Maker:
    """Makes files as members get them, and keeps the time that it takes."""

    clock: Clock
    sets: int = field(default=0, init=False)
    seconds: float = field(default=0.0, init=False)

    def files(self, challenge: AnswerChallenge | PredictionsChallenge, seed: bytes) -> dict[str, str]:
        """Return the text of each file by its name."""
        began = self.clock.monotonic()
        files = {file.name: file.data.decode() for file in files_of(challenge, seed)}
        self.seconds += self.clock.monotonic() - began
        self.sets += 1
        return files
