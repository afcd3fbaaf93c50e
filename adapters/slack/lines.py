"""What members type comes escaped; here it becomes what our command language reads."""

from __future__ import annotations

import re

# One pass over everything that Slack writes differently. What comes out of it is never looked at again, so a
# typed `<@U1>`, which arrives as `&lt;@U1&gt;`, stays the text that it is.
_WRITTEN = re.compile(r"<(?P<inside>[^<>\n]+)>|&(?P<name>amp|lt|gt);")
_CHARACTERS = {"amp": "&", "lt": "<", "gt": ">"}
_SCHEME = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
_GROUP = "subteam^"
_DATE = "date^"


def line_of(text: str) -> str:
    """Turn Slack's text into a line of ours: members as `@U1`, channels as `#C1`, addresses as they were typed."""
    return _WRITTEN.sub(_plain, text)


def words_of(text: str) -> str:
    """Turn a message into words: like a line, but a link that hides behind words keeps them."""
    return _WRITTEN.sub(_worded, text)


def without_mention(text: str, user: str) -> str:
    """Cut the first mention of this user out of a text that is still escaped; unknown, whoever stands in front."""
    who = rf"\s*<@{re.escape(user)}" if user else r"^\s*<@[A-Z0-9]+"
    return re.sub(rf"{who}(?:\|[^<>\n]*)?>[:,]?\s*", " ", text, count=1).strip()


def _plain(match: re.Match[str]) -> str:
    return _unwritten(match, labelled=False)


def _worded(match: re.Match[str]) -> str:
    return _unwritten(match, labelled=True)


def _unwritten(match: re.Match[str], *, labelled: bool) -> str:
    if match["name"]:
        return _CHARACTERS[match["name"]]
    target, _, label = match["inside"].partition("|")
    match target[0:1]:
        case "@" | "#":
            return target
        case "!":
            return _special(target[1:], _unescaped(label))
        case _:
            return _address(_unescaped(target), _unescaped(label), labelled=labelled)


def _special(what: str, label: str) -> str:
    """Write what is neither a member nor a channel: a group, everybody, a date."""
    if what.startswith(_GROUP):
        return f"@{what.removeprefix(_GROUP)}"
    return label if what.startswith(_DATE) and label else f"@{what}"


def _address(address: str, label: str, *, labelled: bool) -> str:
    """Write an address as it was typed: Slack makes links of `main.py` and `ada@example.org` too."""
    bare = _SCHEME.sub("", address, count=1)
    if label and label.rstrip("/") == bare.rstrip("/"):
        return label
    whole = address if "://" in address else bare
    return f"{label} ({whole})" if labelled and label and label != address else whole


def _unescaped(text: str) -> str:
    return re.sub("&(amp|lt|gt);", lambda match: _CHARACTERS[match[1]], text)
