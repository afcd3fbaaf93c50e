"""From the entries of a pack to what search reads of them."""

from __future__ import annotations

from content.document import Document
from content.model import Faq, Resource, Tip, Value


def document_of(value: Value) -> Document | None:
    """Return the searchable words of a tip, question or resource; nothing for other kinds."""
    if isinstance(value, Faq):
        level = str(value.level or "")
        return Document(value.id, "faq", value.question, value.also, value.answer, value.topics, level)
    if isinstance(value, Tip):
        body = "\n".join((value.text, value.try_it, value.done))
        return Document(value.id, "tip", value.title, (), body, value.topics, str(value.level))
    if isinstance(value, Resource):
        return Document(value.id, "resource", value.title, (), value.why, value.topics, str(value.level))
    return None
