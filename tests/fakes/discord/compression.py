"""Transport compression of the gateway: one stream for a whole connection, flushed after every message."""

from __future__ import annotations

import importlib
import zlib
from collections.abc import Callable
from typing import Any

Squeeze = Callable[[bytes], bytes]


def stream(name: str) -> Squeeze | None:
    """Return what compresses the next message of a connection, or None for plain text."""
    if name == "zlib-stream":
        return _zlib()
    if name == "zstd-stream":
        return _zstd()
    return None


def _zlib() -> Squeeze:
    # Level 1 is enough for a loopback.
    packer = zlib.compressobj(1)
    return lambda data: packer.compress(data) + packer.flush(zlib.Z_SYNC_FLUSH)


def _zstd() -> Squeeze:
    try:
        module: Any = importlib.import_module("compression.zstd")
    except ImportError:
        module = importlib.import_module("zstandard")
        packer = module.ZstdCompressor().compressobj()
        return lambda data: packer.compress(data) + packer.flush(module.COMPRESSOBJ_FLUSH_BLOCK)
    own = module.ZstdCompressor()
    return lambda data: bytes(own.compress(data, mode=own.FLUSH_BLOCK))
