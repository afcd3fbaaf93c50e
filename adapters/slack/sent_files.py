"""Files that members send: known by name and size, read when somebody needs them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from adapters.slack.payloads import first_text, number_at, text_at
from bot.core.errors import UserError
from bot.core.markup import md, one_line
from bot.core.params import Upload

# Reads what stands under an address of Slack's, with the workspace's token, up to so many bytes.
Fetch = Callable[[str, int], Awaitable[bytes]]

BIGGEST = 25 * 1024 * 1024
_LONGEST_NAME = 100


def uploads_of(files: Sequence[object], fetch: Fetch) -> tuple[Upload, ...]:
    """Make uploads of the files of a message or of a form."""
    return tuple(_upload(file, fetch) for file in files if text_at(file, "id"))


def _upload(file: object, fetch: Fetch) -> Upload:
    name = one_line(first_text(text_at(file, "name"), text_at(file, "title")))[:_LONGEST_NAME] or "file"
    address = first_text(text_at(file, "url_private_download"), text_at(file, "url_private"))
    size = max(0, number_at(file, "size"))

    async def read() -> bytes:
        if not address:
            raise UserError(md("Slack does not let me open {name:code}. Please upload it again, here.", name=name))
        if size > BIGGEST:
            most = BIGGEST // 1024 // 1024
            raise UserError(
                md("{name:code} is larger than {most} MB. Please send a smaller one.", name=name, most=most)
            )
        return await fetch(address, BIGGEST)

    return Upload(name, size, read)
