"""A sentence model of a few thousand made-up weights, written as real ones are published."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import numpy as np

VOCABULARY = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "water", "plant", "##ing", "##s", "the", "?", "heap", "水", "cafe")
WIDTH, INNER, LAYERS, PLACES = 64, 96, 2, 160


def write_tiny_model(folder: Path) -> Path:
    """Write model.safetensors and vocab.txt."""
    folder.mkdir(parents=True)
    chance = np.random.default_rng(5)
    shapes = _shapes()
    header: dict[str, object] = {"__metadata__": {"format": "pt"}}
    body = b""
    for name, shape in shapes.items():
        table = chance.normal(0, 0.3, shape).astype("<f4")
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [len(body), len(body) + table.nbytes]}
        body += table.tobytes()
    lead = json.dumps(header).encode()
    (folder / "model.safetensors").write_bytes(struct.pack("<Q", len(lead)) + lead + body)
    (folder / "vocab.txt").write_text("\n".join(VOCABULARY) + "\n", encoding="utf-8")
    return folder


def _shapes() -> dict[str, list[int]]:
    shapes = {
        "embeddings.word_embeddings.weight": [len(VOCABULARY), WIDTH],
        "embeddings.position_embeddings.weight": [PLACES, WIDTH],
        "embeddings.token_type_embeddings.weight": [2, WIDTH],
        "pooler.dense.weight": [WIDTH, WIDTH],
        **_norm("embeddings.LayerNorm"),
    }
    for number in range(LAYERS):
        layer = f"encoder.layer.{number}"
        for part in ("self.query", "self.key", "self.value", "output.dense"):
            shapes |= _dense(f"{layer}.attention.{part}", WIDTH, WIDTH)
        shapes |= _dense(f"{layer}.intermediate.dense", INNER, WIDTH) | _dense(f"{layer}.output.dense", WIDTH, INNER)
        shapes |= _norm(f"{layer}.attention.output.LayerNorm") | _norm(f"{layer}.output.LayerNorm")
    return shapes


def _dense(name: str, to: int, of: int) -> dict[str, list[int]]:
    return {f"{name}.weight": [to, of], f"{name}.bias": [to]}


def _norm(name: str) -> dict[str, list[int]]:
    return {f"{name}.weight": [WIDTH], f"{name}.bias": [WIDTH]}
