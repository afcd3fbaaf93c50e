"""How much the page takes at once."""

from __future__ import annotations

MIB = 1024 * 1024

FRAME = 256 * 1024
LINE = 8_000
VALUE = 16_000
FIELDS = 12
FILES = 5
UPLOAD = 25 * MIB
UPLOADS_KEPT = 64 * MIB
UPLOADS_AT_ONCE = 8
LOGIN_BODY = 2_000

TABS = 2_000
CALLS_AT_ONCE = 8
# A browser that does not read so many frames has gone to sleep; it comes back and asks for all of it.
UNREAD = 400

ENTRIES = 4_000
WEIGHT = 128 * MIB
HISTORY = 60
NAMES = 200

# How long a connection may say nothing, at first and after an answer, and how many such connections there may be.
FIRST_SECONDS, NEXT_SECONDS, SILENT = 20.0, 300.0, 400
LOGIN_BODY_SECONDS, UPLOAD_SECONDS = 15.0, 300.0
LOGIN_TRIES, LOGIN_SECONDS = 8, 60.0
