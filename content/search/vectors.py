"""Vectors of entries kept on disk by the hash of their text, so that a restart need not compute them again."""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import numpy as np

from content.search.minilm import SentenceModel

if TYPE_CHECKING:
    from content.search.minilm import Floats

MOST_KEPT = 50_000
ENTRY_PIECES = 64
"""The question and the first sentences of its answer: more takes longer and finds less."""
_log = logging.getLogger(__name__)


class KeepingEncoder:
    """Encode with a model, and keep the vectors of entries in a file of this model's own."""

    def __init__(self, model: SentenceModel, folder: Path) -> None:
        self._model = model
        self._path = folder / f"{model.name[:16]}.npz"

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return one row for each text; nothing of it is kept."""
        return self._model.encode(texts)

    def encode_entries(self, texts: Sequence[str]) -> Floats:
        """Return one row for each text, from the file where it is there."""
        keys = [hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32] for text in texts]
        known = self._read()
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if missing:
            # Half the size on disk; rounded at once, so that the first start scores like every other.
            rows = self._model.encode(list(missing.values()), ENTRY_PIECES).astype(np.float16)
            known |= dict(zip(missing, rows, strict=True))
            self._write(known if len(known) <= MOST_KEPT else {key: known[key] for key in keys})
        found = [known[key] for key in keys]
        return np.array(found, np.float32) if found else self._model.encode(())

    def _read(self) -> dict[str, Any]:
        try:
            with np.load(self._path, allow_pickle=False) as kept:
                keys, rows = kept["keys"].tolist(), kept["rows"]
            return dict(zip(keys, rows, strict=True)) if rows.dtype == np.float16 else {}
        except (OSError, KeyError, ValueError, EOFError, BadZipFile):
            return {}

    def _write(self, known: Mapping[str, Any]) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self._path.parent, suffix=".npz", delete=False) as file:
                np.savez(file, keys=np.array(list(known)), rows=np.array(list(known.values())))
            os.replace(file.name, self._path)  # noqa: PTH105 - a name, not a path
        except OSError as error:
            _log.warning("The vectors of the entries could not be kept: %s", error)
