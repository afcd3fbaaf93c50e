"""Files at the terminal: what the bot sends is saved, what a member sends is opened."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.core.markup import clean
from bot.core.params import Upload
from bot.core.reply import Reply

BIGGEST = 25 * 1024 * 1024


class NoFile(Exception):
    """A file that cannot be sent; the text says why."""


def save(reply: Reply, folder: Path) -> dict[str, str]:
    """Save the files and the picture of a reply, and say where each one is, or why it is nowhere."""
    items = [(one.name, one.data) for one in reply.files]
    if reply.image is not None:
        items.append((reply.image.name, reply.image.data))
    return {name: _saved(folder, name, data) for name, data in items}


def _saved(folder: Path, name: str, data: bytes) -> str:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return str(_save_one(folder, name, data))
    except OSError as error:
        return f"{name} could not be saved in {folder} ({error.strerror}). STEPWISE_FILES_DIR names another folder."


def _save_one(folder: Path, name: str, data: bytes) -> Path:
    safe = Path(clean(name).replace("\\", "/")).name.strip(". ") or "file"
    path, n = folder / safe, 1
    while True:
        try:
            with path.open("xb") as out:
                out.write(data)
        except FileExistsError:
            n += 1
            path = folder / f"{Path(safe).stem}-{n}{Path(safe).suffix}"
        else:
            return path


def open_upload(path: Path) -> Upload:
    """Make an upload of a file on this machine; it is read when somebody needs it."""
    try:
        path = path.expanduser()
        size = path.stat().st_size if path.is_file() else None
    except (OSError, RuntimeError, ValueError):
        size = None
    if size is None:
        raise NoFile(f"There is no file {path} that I can open. Check the name and try again.")
    if size > BIGGEST:
        raise NoFile(f"{path} is larger than {BIGGEST // 1024 // 1024} MB. Send a smaller one.")

    async def read() -> bytes:
        return await asyncio.to_thread(path.read_bytes)

    return Upload(path.name, size, read)
