"""JSON Schema files, so that an editor completes and checks a pack while one types."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from content.challenge_schema import challenge_schema
from content.kinds import FOLDERS, MODELS

SCHEMA_FOLDER = Path(__file__).parent / "schema"
_DIALECT = "http://json-schema.org/draft-07/schema#"
_TITLES = {
    "pack": "pack.yaml: what the pack is",
    "topics": "topics.yaml: the topic tree and the words that mean the same",
    "tips": "tips: something to do now, and why",
    "faqs": "faqs: questions with their answers",
    "resources": "resources: things to learn from",
    "paths": "paths: stages and steps to a goal",
    "challenges": "challenges: one thing to do each week, graded at once",
    "eval": "eval: questions that people would type, with the id that answers each",
}


def schemas() -> dict[str, dict[str, Any]]:
    """Return the schema of every kind of file, by file name."""
    kinds = {"pack": "pack", "topics": "topics", **FOLDERS}
    return {f"{name}.schema.json": _schema(name, kinds[name]) for name in _TITLES}


def schema_text(schema: dict[str, Any]) -> str:
    """Return a schema as it is written to its file."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def write_schemas(folder: Path = SCHEMA_FOLDER) -> list[Path]:
    """Write every schema and return the files that changed."""
    folder.mkdir(parents=True, exist_ok=True)
    changed: list[Path] = []
    for name, schema in schemas().items():
        path, text = folder / name, schema_text(schema)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            changed.append(path)
    return changed


def editor_comment(name: str, beside: Path) -> str:
    """Return the first line of a file: it tells editors where the schema is."""
    where = os.path.relpath(SCHEMA_FOLDER / f"{name}.schema.json", beside.resolve())
    return f"# yaml-language-server: $schema={Path(where).as_posix()}\n"


def _schema(name: str, kind: str) -> dict[str, Any]:
    model = challenge_schema() if kind == "challenge" else _schema_of(kind)
    parts: dict[str, Any] = model.pop("$defs", {})
    head = {"$schema": _DIALECT, "title": _TITLES[name]}
    if name in ("pack", "topics"):
        body = {**_plain(model), "$defs": _plain(parts)}
        return {**body, **head}
    reference = {"$ref": f"#/$defs/{MODELS[kind].__name__}"}
    several = {"items": reference, "minItems": 1}
    definitions = {**_plain(parts), MODELS[kind].__name__: _plain(model)}
    return {**head, "if": {"type": "array"}, "then": several, "else": reference, "$defs": definitions}


def _schema_of(kind: str) -> dict[str, Any]:
    return MODELS[kind].model_json_schema(by_alias=True, ref_template="#/$defs/{model}")


def _plain(schema: Any) -> Any:
    """Leave out the titles that the generator makes up from field names."""
    if isinstance(schema, list):
        return [_plain(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: value for key, value in schema.items() if not (key == "title" and isinstance(value, str))}
    return {key: _plain(value) for key, value in kept.items()}
