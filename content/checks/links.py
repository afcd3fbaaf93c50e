"""Links: safe to open, free of trackers, said once, and checked only by the online check."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from content.address import is_public_https, is_shortened, same_page_key, trackers
from content.checked_lock import read_lock
from content.checks.reading import Reading
from content.codes import problem
from content.entry import RawEntry
from content.kinds import PLACEHOLDER, TEXT_RULES
from content.markdown import links as links_in
from content.problem import Place, Problem

Link = tuple[RawEntry, tuple[str | int, ...], str]


def check_links(reading: Reading) -> Iterator[Problem]:
    """Find links that should not be offered to anybody."""
    for entry in reading.entries:
        for place, url in links_with_places(entry):
            yield from _look(place, url)
    yield from _duplicates(reading)
    for pack in reading.packs:
        days = read_lock(pack.folder)
        for entry in pack.everything():
            yield from _checked(entry, days, reading.today)


def links_of(entry: RawEntry) -> Iterator[Link]:
    """Yield the address fields of an entry: its own and those of its sources."""
    if entry.text("url"):
        yield entry, ("url",), entry.text("url")
    sources = entry.data.get("sources")
    for number, source in enumerate(sources if isinstance(sources, list) else []):
        if isinstance(source, dict) and isinstance(source.get("url"), str) and source["url"]:
            yield entry, ("sources", number, "url"), source["url"]


def links_with_places(entry: RawEntry) -> Iterator[tuple[Place, str]]:
    """Yield every link of an entry, those inside its texts too."""
    for _, path, url in links_of(entry):
        yield entry.place(*path), url
    yield from _links_in_texts(entry)


def _links_in_texts(entry: RawEntry) -> Iterator[tuple[Place, str]]:
    for field, rule in TEXT_RULES.get(entry.kind, {}).items():
        text = entry.text(field)
        if rule.markdown and ("](" in text or "://" in text):
            for url, line in links_in(text):
                yield entry.place_in_text(line, field), url


def _look(place: Place, url: str) -> Iterator[Problem]:
    if url.startswith(PLACEHOLDER):
        return
    if not is_public_https(url):
        plain = url.startswith("http://") and is_public_https(url.replace("http:", "https:", 1))
        hint = "Write https:// if the page answers there." if plain else "Use the public https address of the page."
        yield problem("LNK001", place, f"{url!r:.100} is not a public https address.", hint)
    if found := trackers(url):
        message = f"The link carries a tracker: {', '.join(found)}."
        yield problem("LNK002", place, message, "Remove it; --fix does it where it is safe.")
    if is_shortened(url):
        yield problem("LNK003", place, f"{url!r:.100} hides where it leads.", "Write the full address.")


def _duplicates(reading: Reading) -> Iterator[Problem]:
    first: dict[str, RawEntry] = {}
    for entry in reading.of("resource"):
        if not entry.text("url"):
            continue
        other = first.setdefault(same_page_key(entry.text("url")), entry)
        if other is not entry:
            message = f"The resource {other.name!r} at {other.place('url')} has the same link."
            yield problem("LNK004", entry.place("url"), message, "Keep one of the two.")


def _checked(entry: RawEntry, days: dict[str, str], today: date | None) -> Iterator[Problem]:
    for path, url, day in _dates(entry):
        place = entry.place(*path)
        if today is not None and day > today.isoformat():
            yield problem("LNK006", place, f"checked {day} lies in the future.", "Remove the line.")
        elif days.get(url) != day:
            message = f"No online check wrote checked {day} for this link."
            hint = "Remove the line; `stepwise content check --online` writes it."
            yield problem("LNK005", place, message, hint)


def _dates(entry: RawEntry) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    for _, path, url in links_of(entry):
        holder: object = entry.data
        for part in path[:-1]:
            holder = holder[part]  # type: ignore[index]
        if isinstance(holder, dict) and isinstance(holder.get("checked"), str):
            yield (*path[:-1], "checked"), url, holder["checked"]
