"""A small sentence model of the BERT family, on numpy alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from content.search.weights import Weights
from content.search.wordpiece import WordPiece

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]

MOST_PIECES = 128
_HEAD_SIZE = 32
_BATCH_PIECES = 512
_TINY = 1e-12


class SentenceModel:
    """Turn texts into vectors of length one; safe to use from many threads."""

    def __init__(self, weights: Weights) -> None:
        self.name = weights.checksum
        self._pieces = WordPiece(weights.vocabulary)
        self._words = weights.tables["embeddings.word_embeddings.weight"]
        self._scale = weights.tables["embeddings.word_embeddings.weight.scale"]
        self._place = (
            weights.table("embeddings.position_embeddings.weight")
            + weights.table("embeddings.token_type_embeddings.weight")[0]
        )
        self._norm = _Norm(weights, "embeddings.LayerNorm")
        count = len({name.split(".")[2] for name in weights.tables if name.startswith("encoder.layer.")})
        self._layers = [_Layer(weights, f"encoder.layer.{number}") for number in range(count)]

    def encode(self, texts: Sequence[str], most: int = MOST_PIECES) -> Floats:
        """Return one row for each text, of which so many pieces are read."""
        numbers = [self._pieces.numbers(text, most) for text in texts]
        vectors = np.zeros((len(texts), self._words.shape[1]), np.float32)
        for batch in _batches([len(each) for each in numbers]):
            vectors[batch] = self._encode([numbers[at] for at in batch])
        return vectors

    def _encode(self, numbers: Sequence[Sequence[int]]) -> Floats:
        longest = max(map(len, numbers))
        ids = np.array([[*each, *[0] * (longest - len(each))] for each in numbers])
        real = np.array([[1.0] * len(each) + [0.0] * (longest - len(each)) for each in numbers], np.float32)
        state = self._words[ids].astype(np.float32) * self._scale[ids][..., None]
        state = self._norm.apply(state + self._place[:longest])
        hidden = (1 - real)[:, None, None, :] * np.float32(-1e9)
        for layer in self._layers:
            state = layer.apply(state, hidden)
        mean = (state * real[..., None]).sum(axis=1) / real.sum(axis=1, keepdims=True)
        return _unit(mean)


class _Norm:
    """Bring each row to mean 0 and spread 1, then scale and shift it."""

    def __init__(self, weights: Weights, name: str) -> None:
        self._gain, self._shift = weights.table(f"{name}.weight"), weights.table(f"{name}.bias")

    def apply(self, state: Floats) -> Floats:
        centred = state - state.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + _TINY)
        return _floats(centred / spread * self._gain + self._shift)


class _Dense:
    """Multiply with a table and add."""

    def __init__(self, weights: Weights, *names: str) -> None:
        tables = [weights.table(f"{name}.weight") for name in names]
        self._table = np.ascontiguousarray(np.concatenate(tables).T)
        self._shift = np.concatenate([weights.table(f"{name}.bias") for name in names])

    def apply(self, state: Floats) -> Floats:
        return _floats(state @ self._table + self._shift)


class _Layer:
    """Let every piece look at every other one, then think about it."""

    def __init__(self, weights: Weights, name: str) -> None:
        looks = (f"{name}.attention.self.{part}" for part in ("query", "key", "value"))
        self._look = _Dense(weights, *looks)
        self._gather = _Dense(weights, f"{name}.attention.output.dense")
        self._look_norm = _Norm(weights, f"{name}.attention.output.LayerNorm")
        self._widen = _Dense(weights, f"{name}.intermediate.dense")
        self._narrow = _Dense(weights, f"{name}.output.dense")
        self._norm = _Norm(weights, f"{name}.output.LayerNorm")

    def apply(self, state: Floats, hidden: Floats) -> Floats:
        seen = self._gather.apply(self._attend(state, hidden))
        state = self._look_norm.apply(_floats(state + seen))
        thought = self._narrow.apply(_gelu(self._widen.apply(state)))
        return self._norm.apply(_floats(state + thought))

    def _attend(self, state: Floats, hidden: Floats) -> Floats:
        texts, length, width = state.shape
        heads = width // _HEAD_SIZE
        looked = self._look.apply(state).reshape(texts, length, 3, heads, _HEAD_SIZE)
        query, key, value = looked.transpose(2, 0, 3, 1, 4)
        scores = query @ key.transpose(0, 1, 3, 2) * np.float32(_HEAD_SIZE**-0.5) + hidden
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        shares = scores / scores.sum(axis=-1, keepdims=True)
        return _floats((shares @ value).transpose(0, 2, 1, 3).reshape(texts, length, width))


def _gelu(state: Floats) -> Floats:
    """Return x times the share of the normal curve below x, by a formula that errs less than 2e-7."""
    size = np.abs(state) * np.float32(0.7071067811865476)
    t = 1 / (1 + np.float32(0.3275911) * size)
    series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    curve = 1 - series * np.exp(-size * size)
    return _floats(0.5 * state * (1 + np.sign(state) * curve))


def _unit(rows: Floats) -> Floats:
    return _floats(rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), _TINY))


def _floats(array: Any) -> Floats:
    return np.asarray(array, np.float32)


def _batches(lengths: Sequence[int]) -> list[list[int]]:
    """Put texts of like length together, so that little is wasted on filling up."""
    found: list[list[int]] = []
    for at in sorted(range(len(lengths)), key=lambda at: (lengths[at], at)):
        if found and (len(found[-1]) + 1) * lengths[at] <= _BATCH_PIECES:
            found[-1].append(at)
        else:
            found.append([at])
    return found
