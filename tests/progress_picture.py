"""Draw the progress card in the README for a member who might exist: `python -m tests.progress_picture`."""

from __future__ import annotations

from pathlib import Path

from bot.services.pictures import draw
from tests.services.pictures.cards import MEMBER

PICTURE = Path(__file__).parent.parent / "docs" / "images" / "progress.png"


def main() -> None:
    """Draw, and keep what was drawn."""
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_bytes(draw(MEMBER))


if __name__ == "__main__":
    main()
