"""Play a chapter again: python -m tests.simulation "two processes" 2026 [until seed] [planted bug]."""

from __future__ import annotations

import logging
import sys

from tests.simulation.chapters import CHAPTERS, SHORT
from tests.simulation.design import BUGS, RIGHT
from tests.simulation.judge import findings


def main(name: str = "", first: str = "2026", last: str = "", bug: str = RIGHT.name) -> int:
    """Play one chapter, or each of them, with these seeds; print what must not be."""
    logging.disable(logging.CRITICAL)
    design = next(one for one in (RIGHT, *BUGS) if one.name == bug)
    chapters = [one for one in (*CHAPTERS, SHORT) if name in (one.name, "")]
    found = 0
    for seed in range(int(first), int(last or first) + 1):
        for chapter in chapters:
            problems = findings(chapter.played(design, seed))
            found += len(problems)
            print(f"{chapter.name}, seed {seed}:", *(problems or ["nothing to find"]), sep="\n  ")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
