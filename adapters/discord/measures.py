"""Discord's numbers, and how something is measured against them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

EPHEMERAL: Final = 1 << 6
COMPONENTS_V2: Final = 1 << 15
COMPONENTS, TEXTS, CUSTOM_ID = 40, 4000, 100
BUTTONS, BUTTON, URL = 5, 80, 512
OPTIONS, OPTION, PLACEHOLDER = 25, 100, 150
GALLERY, DESCRIPTION, ATTACHMENTS, NONCE = 10, 1024, 10, 25
TITLE, LABEL, HINT, FIELDS = 45, 45, 100, 5
VALUE, INPUT_PLACEHOLDER, UPLOADS = 4000, 100, 10
COMMANDS, SHORTCUTS, NAME, COMMAND_DESCRIPTION, COMMAND_SIZE, OPTION_TEXT = 100, 15, 32, 100, 8000, 6000

ROW, BUTTON_TYPE, STRING_SELECT, TEXT_INPUT, USER_SELECT, ROLE_SELECT, CHANNEL_SELECT = 1, 2, 3, 4, 5, 6, 8
SECTION, TEXT, THUMBNAIL, MEDIA, FILE, SEPARATOR, CONTAINER, IN_LABEL, UPLOAD = 9, 10, 11, 12, 13, 14, 17, 18, 19
SELECTS = frozenset({STRING_SELECT, USER_SELECT, ROLE_SELECT, 7, CHANNEL_SELECT})

Body = Mapping[str, Any]


def size(what: str, count: float, most: float, least: float = 1) -> Iterator[str]:
    """Say what is too little or too much."""
    if not least <= count <= most:
        yield f"{count} {what}, allowed are {least} to {most}"


def twice(what: str, values: Iterable[Any]) -> Iterator[str]:
    """Say what stands there more than once."""
    return (f"the {what} {value!r} stands {times} times" for value, times in Counter(values).items() if times > 1)


def walk(components: Iterable[Body]) -> Iterator[Body]:
    """Go through components and all that is nested in them."""
    for one in components:
        yield one
        yield from walk(one.get("components", ()))
        yield from walk(one[name] for name in ("accessory", "component") if name in one)
