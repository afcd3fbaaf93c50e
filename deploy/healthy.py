"""Ask the bot beside whether it is alive; the image's health check. It needs nothing but Python."""

from __future__ import annotations

import http.client
import os
import sys

SECONDS = 4


def trouble(host: str, port: int) -> str:
    """Say what is wrong; nothing where it answers as it should."""
    asked = http.client.HTTPConnection(host, port, timeout=SECONDS)
    try:
        asked.request("GET", "/healthz")
        status = asked.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        return f"/healthz on {host}:{port} does not answer: {error}"
    finally:
        asked.close()
    return "" if status == http.client.OK else f"/healthz on {host}:{port} says {status}"


if __name__ == "__main__":
    host = os.environ.get("STEPWISE_MONITOR_HOST") or "127.0.0.1"
    sys.exit(trouble(host, int(os.environ.get("STEPWISE_MONITOR_PORT") or 0)) or 0)
