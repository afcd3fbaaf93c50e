"""Draw the picture in the README from a real conversation: `python -m tests.picture`."""

from __future__ import annotations

import asyncio
import io
import tempfile
from pathlib import Path

from rich.console import Console

from adapters.console.conversation import Conversation
from adapters.console.draw import draw
from adapters.console.person import Seat
from bot.settings import Settings
from bot.wiring import open_house
from tests.clock import ManualClock

PICTURE = Path(__file__).parent.parent / "docs" / "images" / "console.svg"
LINES = ("/tip", "/faq hwo mcuh math do i need")


async def _talk(console: Console, folder: Path) -> None:
    settings = Settings(database_url=f"sqlite:///{folder / 'picture.db'}")
    async with open_house(settings, ManualClock(), strict=True) as house:
        talk = Conversation(house.dispatcher, Seat("ada", "Study group"))
        for line in LINES:
            console.print(f"[bold]ada>[/] {line}")
            draw(console, await talk.says(line), {})


def main() -> None:
    """Talk, and keep what was drawn."""
    console = Console(
        record=True, width=92, file=io.StringIO(), force_terminal=True, color_system="truecolor", highlight=False
    )
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_talk(console, Path(folder)))
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_text(console.export_svg(title="stepwise"), "utf-8")


if __name__ == "__main__":
    main()
