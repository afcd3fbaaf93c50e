from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest
import yaml

from content.kinds import FOLDERS, RELEASED_FILE
from content.schema import SCHEMA_FOLDER, schema_text, schemas
from tests.content.fixture_packs import GOOD_PACK, all_fixtures

FILES = [path for path in sorted(GOOD_PACK.glob("**/*.yaml")) if path.name != RELEASED_FILE]


def name_of(path: Path) -> str:
    return f"{path.parent.name if path.parent.name in FOLDERS else path.stem}.schema.json"


def test_the_written_schemas_are_current() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in SCHEMA_FOLDER.iterdir()}
    assert written == {name: schema_text(schema) for name, schema in schemas().items()}, "stepwise content schema"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_schemas_accept_the_good_pack(path: Path) -> None:
    jsonschema.Draft7Validator.check_schema(schemas()[name_of(path)])
    jsonschema.validate(yaml.safe_load(path.read_text()), schemas()[name_of(path)])
    first = path.read_text().splitlines()[0].removeprefix("# yaml-language-server: $schema=")
    assert (path.parent / first).resolve() == SCHEMA_FOLDER / name_of(path)


@pytest.mark.parametrize(
    "code", ["SHP001", "SHP002", "SHP003", "SHP004", "SHP005", "SHP006", "SHP007", "ID001", "TXT001"]
)
def test_schemas_refuse_what_the_checks_refuse(code: str, tmp_path: Path) -> None:
    pack = all_fixtures()[code].build(tmp_path / "pack")
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(yaml.safe_load((pack / "tips/extra.yaml").read_text()), schemas()["tips.schema.json"])


def test_every_field_is_explained() -> None:
    for name, schema in schemas().items():
        models = [*schema["$defs"].values(), schema] if "properties" in schema else [*schema["$defs"].values()]
        for model in models:
            for field, rule in model.get("properties", {}).items():
                said = (
                    "description" in rule
                    or any("description" in each for each in rule.get("anyOf", ()))
                    or "$ref" in rule
                )
                assert said, (name, field)
