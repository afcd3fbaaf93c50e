"""The operator's settings: environment variables first, then a TOML file, then the defaults."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

PREFIX = "STEPWISE_"
CONFIG = f"{PREFIX}CONFIG"
DEFAULT_PACK = Path(__file__).parent.parent / "content" / "packs" / "ml-engineer"


class BadSettings(Exception):
    """Settings that cannot be used: all of them at once, each with its name, place and cure."""

    def __init__(self, problems: list[str]) -> None:
        lines = "\n".join(f"- {problem}" for problem in problems)
        super().__init__(f"These settings need mending:\n{lines}\nThen `stepwise settings` shows what is in force.")
        self.problems = problems


class Settings(BaseSettings):
    """Everything that an operator can set."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid", env_ignore_empty=True)

    database_url: str = Field(
        "sqlite:///stepwise.db", description="Where everything is kept: sqlite:/// and the path of a file."
    )
    content: str = Field(str(DEFAULT_PACK), description=f"The folders of the content packs, joined by '{os.pathsep}'.")
    search_model: Path | None = Field(
        None,
        description="The folder of a sentence model, made by `stepwise search prepare`.",
    )
    time_zone: str = Field("UTC", description="The zone for communities and members who have set none.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("WARNING", description="How much the log says.")
    log_file: Path | None = Field(None, description="A file for the log; without one it goes to standard error.")
    files_dir: Path = Field(Path("stepwise-files"), description="Where the console saves files and pictures.")

    @field_validator("log_level", mode="before")
    @classmethod
    def _in_capitals(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("database_url")
    @classmethod
    def _a_known_store(cls, value: str) -> str:
        if not value.startswith("sqlite:///") or len(value) == len("sqlite:///"):
            raise ValueError("only SQLite is known; write sqlite:///stepwise.db or sqlite:////full/path/stepwise.db")
        return value

    @field_validator("content")
    @classmethod
    def _folders_that_are_there(cls, value: str) -> str:
        folders = [part for part in value.split(os.pathsep) if part]
        missing = [folder for folder in folders if not Path(folder).is_dir()]
        if missing or not folders:
            what = ", ".join(missing) or "nothing"
            raise ValueError(f"it names {what}; name folders of packs that are there, joined by '{os.pathsep}'")
        return value

    @field_validator("time_zone")
    @classmethod
    def _a_known_zone(cls, value: str) -> str:
        try:
            return ZoneInfo(value).key
        except (KeyError, ValueError, OSError):
            raise ValueError(f"{value!r} is no time zone; write one like Europe/Rome or UTC") from None

    @field_validator("log_file")
    @classmethod
    def _in_a_folder_that_is_there(cls, value: Path | None) -> Path | None:
        if value is not None and (value.is_dir() or not value.parent.is_dir()):
            raise ValueError(f"{value} cannot be written; name a file in a folder that is there")
        return value

    @property
    def packs(self) -> tuple[Path, ...]:
        """List the folders of the content packs."""
        return tuple(Path(part) for part in self.content.split(os.pathsep) if part)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment win over what `read_settings` found in the file."""
        return env_settings, init_settings


@dataclass(frozen=True, slots=True)
class Row:
    """One setting, as `stepwise settings` shows it."""

    name: str
    value: str
    source: str
    description: str


def config_file(environ: Mapping[str, str]) -> Path:
    """Return the settings file: `stepwise.toml` here, or the one that the environment names."""
    return Path(environ.get(CONFIG) or "stepwise.toml")


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read all settings, or raise `BadSettings` with everything that is wrong."""
    environ = os.environ if environ is None else environ
    path, values, problems = config_file(environ), dict[str, Any](), list[str]()
    try:
        values = _read_file(path, wanted=bool(environ.get(CONFIG)))
    except BadSettings as error:
        problems += error.problems
    try:
        settings = Settings(**values)
    except ValidationError as error:
        problems += [_problem(one, environ, path) for one in error.errors()]
    if problems:
        raise BadSettings(problems)
    return settings


def _read_file(path: Path, *, wanted: bool) -> dict[str, Any]:
    if not path.is_file():
        if wanted:
            raise BadSettings([f"{CONFIG} names {path}, but there is no such file. Create it or unset {CONFIG}."])
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))  # some editors put a mark at the beginning
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise BadSettings([f"{path} cannot be read as TOML: {error}."]) from None


def _problem(error: Any, environ: Mapping[str, str], path: Path) -> str:
    name = str(error["loc"][0])
    place = f"{PREFIX}{name.upper()}" if _in_environment(name, environ) else f"{name} in {path}"
    if error["type"] == "extra_forbidden":
        near = get_close_matches(name.lower().removeprefix(PREFIX.lower()), Settings.model_fields, n=1)
        return f"{place}: there is no such setting.{f' Did you mean {near[0]}?' if near else ''}"
    text = str(error["msg"]).removeprefix("Value error, ")
    return f"{place}: {text}."


def _in_environment(name: str, environ: Mapping[str, str]) -> bool:
    return any(key.upper() == f"{PREFIX}{name.upper()}" and value for key, value in environ.items())


def unknown_variables(environ: Mapping[str, str]) -> list[str]:
    """List the variables that look like settings and are none; a slip of the pen is easy to miss."""
    known = [name.upper() for name in Settings.model_fields] + [CONFIG.removeprefix(PREFIX)]
    found = []
    for key in sorted(key for key in environ if key.startswith(PREFIX) and key.removeprefix(PREFIX) not in known):
        near = get_close_matches(key.removeprefix(PREFIX), known, n=1)
        found.append(f"{key} is no setting of mine.{f' Did you mean {PREFIX}{near[0]}?' if near else ''}")
    return found


def list_settings(settings: Settings, environ: Mapping[str, str] | None = None) -> list[Row]:
    """List every setting with its value and where it comes from. Secrets are masked."""
    environ = os.environ if environ is None else environ
    path = config_file(environ)
    in_file = _read_file(path, wanted=False)
    named = "environment" if environ.get(CONFIG) else "default"
    rows = [Row(CONFIG, str(path), named, "The file with settings; it need not be there.")]
    for name, field in Settings.model_fields.items():
        source = "environment" if _in_environment(name, environ) else str(path) if name in in_file else "default"
        rows.append(Row(f"{PREFIX}{name.upper()}", _shown(getattr(settings, name)), source, field.description or ""))
    return rows


def _shown(value: object) -> str:
    match value:
        case None:
            return ""
        case SecretStr():
            return "********" if value.get_secret_value() else ""
        case _:
            return str(value)
