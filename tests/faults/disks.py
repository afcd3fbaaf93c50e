"""Disks for faults: small ones, and ones that become read-only."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
MEGABYTES = 32
BLOCK = 4096


class NoDisk(Exception):
    """Mounting a disk takes root, and a system that allows it."""


@contextmanager
def small_disk_in(folder: Path) -> Iterator[Path]:
    """Mount a disk of a few megabytes until the block ends."""
    disk, mount = folder / "disk", shutil.which("mount")
    disk.mkdir()
    command = [mount or "mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(disk)]
    if not mount or not AS_ROOT or subprocess.run(command, capture_output=True, check=False).returncode:
        raise NoDisk
    try:
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


def remount(disk: Path, how: str) -> None:
    """Make a disk read-only (`ro`) or writable again (`rw`)."""
    subprocess.run(["mount", "-o", f"remount,{how}", str(disk)], check=True, capture_output=True)


def fill(disk: Path) -> Path:
    """Fill it to its last byte, whoever else writes meanwhile; deleting the file that is returned makes room again."""
    ballast = disk / "ballast"
    with suppress(OSError), ballast.open("wb", buffering=0) as file:
        while file.write(b"x" * BLOCK):
            pass
    return ballast
