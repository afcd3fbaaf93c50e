"""A small made-up pack about a shared garden: nothing in the search knows its subject."""

from __future__ import annotations

from pathlib import Path

from content.document import Document

WORDS = (("compost", "humus"), ("cv", "resume"), ("integrated pest management", "ipm"))


def _faq(name: str, question: str, answer: str, *also: str, topics: tuple[str, ...] = ()) -> Document:
    return Document(name, "faq", question, also, answer, topics)


FAQS = (
    _faq(
        "water-when",
        "When should I water the tomatoes?",
        "Early in the morning, at the roots and never on the leaves.",
        "best time of day for watering",
    ),
    _faq(
        "compost-start",
        "How do I start a compost heap?",
        "Layer green scraps with brown leaves and turn the heap every fortnight.",
        "making my own soil from kitchen scraps",
    ),
    _faq(
        "plot-price",
        "What does a plot cost for one season?",
        "Forty coins for a full plot and twenty for half of one.",
    ),
    _faq(
        "plot-cancel",
        "How can I give my plot back?",
        "Write to the board before the first of October; the deposit is returned in spring.",
        "cancel my plot",
    ),
    _faq(
        "bees-allowed",
        "Are beehives permitted in the garden?",
        "Two hives stand behind the shed. More need the agreement of every neighbour.",
    ),
    _faq(
        "tool-shed",
        "Where do I find the key of the tool shed?",
        "It hangs in the box at the gate; the code changes each month.",
    ),
    _faq(
        "c-plus-plus",
        "Is the C++ program for the sprinklers still used?",
        "Yes, it runs on the small computer in the shed.",
    ),
    _faq(
        "k-means-beds",
        "Why are the beds grouped by k-means?",
        "A member grouped them by soil tests with a k-means script.",
    ),
    _faq(
        "slug-war",
        "What helps against slugs?",
        "Beer traps, copper tape and integrated pest management (IPM) rather than poison.",
    ),
    _faq(
        "winter-vegetables",
        "Which vegetables grow in winter?",
        "Kale, leek, lamb's lettuce and sprouts stand the frost.",
    ),
)
TIPS = (
    Document("mulch", "tip", "Cover bare soil with mulch", (), "It keeps the water in and the weeds down.", ("soil",)),
    Document("label-rows", "tip", "Label every row the day you sow", (), "Nobody remembers in May.", ("sowing",)),
)
RESOURCES = (
    Document("seed-atlas", "resource", "The Seed Atlas", (), "Tables of sowing months for cold places.", ("sowing",)),
)
EVERYTHING = (*FAQS, *TIPS, *RESOURCES)


def write_faqs(folder: Path, faqs: tuple[Document, ...] = FAQS) -> Path:
    """Write questions the way a pack has them, with no more than search needs."""
    (folder / "faqs").mkdir(parents=True)
    lines: list[str] = []
    for faq in faqs:
        lines += [f"- id: {faq.id}", f'  question: "{faq.title}"', f'  answer: "{faq.body}"']
    (folder / "faqs" / "all.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder
