"""What goes into the log when strangers send what is no request: nothing that would alarm an operator."""

from __future__ import annotations

import logging
from typing import Any

from aiohttp.http_exceptions import HttpProcessingError


class HttpLog(logging.LoggerAdapter[logging.Logger]):
    """Writes what the HTTP server has to say; that others sent no HTTP is no error of this program."""

    def log(self, level: int, msg: object, *args: object, **kwargs: Any) -> None:
        """Write a record, as a detail where it tells of a broken request."""
        error = kwargs.get("exc_info")
        super().log(logging.DEBUG if isinstance(error, HttpProcessingError) else level, msg, *args, **kwargs)
