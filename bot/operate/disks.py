"""Looks at the disk that a file lies on: how much room there is, and whether it is one that forgets."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

# File systems that live in memory, or in a container's own layer, and go with it.
PASSING = {"tmpfs", "ramfs", "overlay", "aufs", "unionfs"}
# Where these are set, files are gone after each start, unless a disk is mounted.
HOSTS = {"DYNO": "Heroku", "K_SERVICE": "Cloud Run", "AWS_LAMBDA_FUNCTION_NAME": "Lambda", "RENDER": "Render"}
NETWORKED = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p"}


@dataclass(frozen=True, slots=True)
class Disk:
    """What a folder lies on."""

    free: int
    size: int
    kind: str
    writable: bool


def look(folder: Path) -> Disk:
    """Look at the disk of a folder."""
    room = shutil.disk_usage(folder)
    return Disk(room.free, room.total, _kind(folder.resolve(), _mounts()), os.access(folder, os.W_OK))


def forgetful_host(environ: Mapping[str, str]) -> str:
    """Name the host whose disks forget, if this runs on one."""
    return next((name for variable, name in HOSTS.items() if environ.get(variable)), "")


def _mounts() -> list[tuple[str, str]]:
    """List where which kind of file system is mounted, as far as the system says so."""
    try:
        lines = Path("/proc/self/mounts").read_text("utf-8", "replace").splitlines()
    except OSError:
        return []
    parts = [line.split() for line in lines]
    return [(part[1].replace("\\040", " "), part[2]) for part in parts if len(part) > 2]


def _kind(folder: Path, mounts: list[tuple[str, str]]) -> str:
    """Return the kind of the nearest mount above a folder; the last one covers those before."""
    above = [(len(place), kind) for place, kind in mounts if folder.is_relative_to(place)]
    longest = max((size for size, _ in above), default=0)
    return next((kind for size, kind in reversed(above) if size == longest), "")
