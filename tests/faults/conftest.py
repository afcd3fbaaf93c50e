"""Disks for faults."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.faults.disks import NoDisk, small_disk_in


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a few megabytes."""
    with ExitStack() as stack:
        try:
            disk = stack.enter_context(small_disk_in(tmp_path))
        except NoDisk:
            pytest.skip("mounting a small disk takes root and a system that allows it")
        yield disk
