"""Run every benchmark in this folder, or those that are named: `python -m tests.bench dispatch storage`."""

from __future__ import annotations

import pkgutil
import subprocess
import sys

import tests.bench


def main() -> int:
    """Run each benchmark in a process of its own, so that none warms or starves another."""
    names = [one.name for one in pkgutil.iter_modules(tests.bench.__path__) if one.name.startswith("bench_")]
    wanted = [name for name in names if not sys.argv[1:] or name.removeprefix("bench_") in sys.argv[1:]]
    codes = [subprocess.run([sys.executable, "-m", f"tests.bench.{name}"], check=False).returncode for name in wanted]
    return max(codes, default=0)


if __name__ == "__main__":
    sys.exit(main())
