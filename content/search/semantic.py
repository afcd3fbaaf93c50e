"""The optional sentence model: opened from a folder or an installed package, never from the network."""

from __future__ import annotations

import logging
import os
from importlib.machinery import PathFinder
from pathlib import Path

from content.search.encoder import Encoder

_log = logging.getLogger(__name__)


def cache_folder() -> Path:
    """Return where this user's files go that can be made again."""
    if os.name == "nt":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "stepwise"


def open_encoder(source: Path | str, keep: Path | None = None) -> Encoder | None:
    """Open a prepared model, an original one, or that of an installed package; None when it cannot be had.

    The vectors of entries are kept in the folder `keep`, by default beside the user's other caches.
    """
    try:
        from content.search.weights import BrokenModel  # noqa: PLC0415 - numpy only when it is wanted
    except ImportError:
        _log.warning("Searching by words only: numpy is missing. Install stepwise[semantic].")
        return None
    try:
        return _open(Path(source), keep or cache_folder() / "vectors")
    except (BrokenModel, KeyError, ValueError, MemoryError) as error:
        _log.warning("Searching by words only: %s Run: stepwise search prepare", error)
        return None


def _open(source: Path, keep: Path) -> Encoder:
    from content.search.minilm import SentenceModel  # noqa: PLC0415
    from content.search.vectors import KeepingEncoder  # noqa: PLC0415
    from content.search.weights import MODEL_FILE, read_original, read_prepared  # noqa: PLC0415

    folder = source if source.exists() else _inside_package(str(source)) or source
    folder = folder.parent if folder.name == MODEL_FILE else folder
    read = read_original if (folder / "model.safetensors").is_file() else read_prepared
    return KeepingEncoder(SentenceModel(read(folder)), keep)


def _inside_package(name: str) -> Path | None:
    """Find the model in an installed package without running any of its code."""
    found = PathFinder.find_spec(name) if name.isidentifier() else None
    places = found.submodule_search_locations if found else None
    for place in places or ():
        for path in sorted(Path(place).rglob("model.safetensors")):
            return path.parent
    return None
