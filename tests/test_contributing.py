"""The worked example in CONTRIBUTING runs exactly as it stands there."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
TESTS = ("tests/commands/test_focus.py", "tests/test_default_commands.py")
ROOMS = ("bot", "adapters", "content", "storage", "tests")


def _examples() -> dict[str, str]:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    blocks = re.findall(r"```python\n# (\S+)\n(.*?)```", text, re.DOTALL)
    return dict(blocks)


def _copy_of_the_project(folder: Path) -> None:
    for room in ROOMS:
        shutil.copytree(ROOT / room, folder / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)


def test_a_command_is_one_new_file_and_one_test(tmp_path: Path) -> None:
    examples = _examples()
    assert set(examples) == {"bot/commands/focus.py", "tests/commands/test_focus.py"}
    _copy_of_the_project(tmp_path)
    for path, code in examples.items():
        (tmp_path / path).write_text(code, "utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "no:xdist",
        "tests/commands/test_focus.py",
        "tests/test_default_commands.py",
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    said = [sys.executable, "-m", "bot", "say", "/help focus"]
    done = subprocess.run(said, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "Plan one quiet stretch of work" in done.stdout, done.stderr
