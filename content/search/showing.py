"""Answers as lines for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator

from content.search.answer import Answer, Hit


def as_json(answer: Answer, explain: bool = False) -> str:
    """Return an answer as one line of JSON."""
    data: dict[str, object] = {"query": answer.query}
    if explain:
        data["repaired"] = answer.repaired
    data["results"] = [_result(hit, explain) for hit in answer.hits]
    data["confident"] = answer.confident
    return json.dumps(data, ensure_ascii=False)


def _result(hit: Hit, explain: bool) -> dict[str, object]:
    result: dict[str, object] = {"id": hit.id, "score": hit.score, "title": hit.title}
    if explain:
        result["parts"] = {part.name: part.value for part in hit.parts}
    return result


def as_lines(answer: Answer, explain: bool = False) -> Iterator[str]:
    """Yield an answer as lines for a person."""
    if answer.was_repaired and answer.confident:
        yield f"Read as: {answer.repaired}"
    if not answer.hits:
        yield "Nothing here comes near. Try other words."
        return
    if not answer.confident:
        yield "Not sure. The nearest:"
    width = max(len(hit.kind) for hit in answer.hits)
    for hit in answer.hits:
        yield f"{hit.score:.2f}  {hit.kind.ljust(width)}  {hit.title}  ({hit.id})"
        if explain:
            yield f"{' ' * 6}{hit.explanation}"
