"""The weights of a sentence model on disk: one byte each, with one scale a row."""

from __future__ import annotations

import hashlib
import io
import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Array = npt.NDArray[Any]

MODEL_FILE = "model.npz"
CHECKSUM_FILE = "model.npz.sha256"
_VOCABULARY = "vocabulary"
_SCALE = ".scale"
_UNUSED = ("pooler.", "embeddings.position_ids")
_ENDLESS = 500 * 1024 * 1024


class BrokenModel(Exception):
    """The files of a sentence model are missing, damaged, or of another kind."""


@dataclass(frozen=True)
class Weights:
    """Hold the tables of a model by name, as stored, with the words it knows."""

    tables: Mapping[str, Array]
    vocabulary: tuple[str, ...]
    checksum: str

    def table(self, name: str) -> Array:
        """Return one table as numbers with a fraction."""
        try:
            stored = self.tables[name]
        except KeyError:
            raise BrokenModel(f"The model has no {name}.") from None
        scale = self.tables.get(name + _SCALE)
        return stored if scale is None else stored.astype(np.float32) * scale[:, None]


def read_original(folder: Path) -> Weights:
    """Read a model as it is published: model.safetensors and vocab.txt."""
    try:
        raw = (folder / "model.safetensors").read_bytes()
        vocabulary = tuple((folder / "vocab.txt").read_text(encoding="utf-8").splitlines())
        return Weights(_squeeze(_tensors(raw)), vocabulary, hashlib.sha256(raw).hexdigest())
    except (OSError, ValueError, KeyError, struct.error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BrokenModel(f"{folder} holds no readable model ({reason}).") from error


def _tensors(raw: bytes) -> dict[str, Array]:
    (size,) = struct.unpack_from("<Q", raw)
    header = json.loads(raw[8 : 8 + size])
    found: dict[str, Array] = {}
    for name, about in header.items():
        if name == "__metadata__" or name.startswith(_UNUSED):
            continue
        if about["dtype"] != "F32":
            raise ValueError(f"{name} is {about['dtype']}, not F32")
        first, last = about["data_offsets"]
        numbers = np.frombuffer(raw, "<f4", (last - first) // 4, 8 + size + first)
        found[name] = numbers.reshape(about["shape"])
    return found


def _squeeze(tables: Mapping[str, Array]) -> dict[str, Array]:
    """Store each large table in one byte a number, with the largest of each row as its scale."""
    found: dict[str, Array] = {}
    for name, table in tables.items():
        if table.ndim != 2:
            found[name] = np.array(table, np.float32)
            continue
        scale = np.maximum(np.abs(table).max(axis=1), 1e-12) / 127
        found[name] = np.rint(table / scale[:, None]).astype(np.int8)
        found[name + _SCALE] = scale.astype(np.float32)
    return found


def write_prepared(weights: Weights, folder: Path) -> Path:
    """Write a model for quick loading, with a checksum beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    vocabulary = np.frombuffer("\n".join(weights.vocabulary).encode(), np.uint8)
    tables: dict[str, Any] = {_VOCABULARY: vocabulary, **weights.tables}
    np.savez(buffer, **tables)
    raw = buffer.getvalue()
    _replace(folder / MODEL_FILE, raw)
    _replace(folder / CHECKSUM_FILE, hashlib.sha256(raw).hexdigest().encode())
    return folder


def _replace(path: Path, raw: bytes) -> None:
    """Write a file so that nobody ever sees half of it."""
    unfinished = path.with_name(path.name + ".new")
    unfinished.write_bytes(raw)
    unfinished.replace(path)


def read_prepared(folder: Path) -> Weights:
    """Read a model that `stepwise search prepare` wrote, and verify that it is whole."""
    try:
        raw = (folder / MODEL_FILE).read_bytes()
        expected = (folder / CHECKSUM_FILE).read_text(encoding="ascii").strip()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BrokenModel(f"{folder} holds no prepared model ({reason}).") from error
    checksum = hashlib.sha256(raw).hexdigest()
    if checksum != expected or len(raw) > _ENDLESS:
        raise BrokenModel(f"{folder / MODEL_FILE} is damaged: its checksum is not the one beside it.")
    with np.load(io.BytesIO(raw), allow_pickle=False) as stored:
        tables = {name: stored[name] for name in stored.files}
    vocabulary = tables.pop(_VOCABULARY).tobytes().decode("utf-8")
    return Weights(tables, tuple(vocabulary.split("\n")), checksum)
