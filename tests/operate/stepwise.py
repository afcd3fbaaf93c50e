"""Runs the command line as an operator does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

STEPWISE = [sys.executable, "-m", "bot"]


def clean(**more: str) -> dict[str, str]:
    """Return an environment without anybody's own settings."""
    ours = ("STEPWISE_", "DISCORD_", "SLACK_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)} | more


def stepwise(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run one command in a folder."""
    return subprocess.run(
        [*STEPWISE, *words],
        cwd=folder,
        env=clean(**environment),
        capture_output=True,
        text=True,
        check=False,
        timeout=90,
    )
