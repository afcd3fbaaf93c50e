"""Run the search by itself: python -m content.search QUESTION."""

from __future__ import annotations

from pathlib import Path

from content.search.cli import search_app

DEFAULT_PACK = Path(__file__).parent.parent / "packs" / "ml-engineer"

if __name__ == "__main__":
    search_app(lambda: [DEFAULT_PACK])()
