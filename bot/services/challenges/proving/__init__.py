"""Proof that a challenge works, for authors and CI. The bot itself never comes here, nor to a pack's `solutions/`."""

from bot.services.challenges.proving.proof import MEMBERS, Fault, Proof
from bot.services.challenges.proving.prove import prove

__all__ = ["MEMBERS", "Fault", "Proof", "prove"]
