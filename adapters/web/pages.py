"""What the page is made of: a few files that are read once and served as they are."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from aiohttp import web

FOLDER = Path(__file__).parent / "page"
KINDS = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}


class Pages:
    """The files by their names; what is not among them is not there."""

    def __init__(self, folder: Path = FOLDER) -> None:
        files = (one for one in sorted(folder.iterdir()) if one.suffix in KINDS)
        self._kept = {one.name: (one.read_bytes(), KINDS[one.suffix]) for one in files}

    def answer(self, request: web.Request, name: str) -> web.Response:
        """Serve one; a browser that has it already is told so."""
        if name not in self._kept:
            raise web.HTTPNotFound(text="There is no such page.")
        data, kind = self._kept[name]
        tag = f'"{sha256(data).hexdigest()[:16]}"'
        if request.headers.get("If-None-Match") == tag:
            return web.Response(status=304, headers={"ETag": tag})
        return web.Response(body=data, content_type=kind, charset="utf-8", headers={"ETag": tag})
