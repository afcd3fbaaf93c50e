"""What search asks of a sentence model, should there be one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Vectors = npt.NDArray[np.float32]


class Encoder(Protocol):
    """Turn texts into vectors of length one; texts of like meaning point the same way."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each text; nothing of it is kept."""

    def encode_entries(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each text of a pack; they may be kept for the next start."""
