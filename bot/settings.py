"""The operator's settings: environment variables first, then a TOML file, then the defaults."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AliasChoices, Field, SecretStr, ValidationError, ValidationInfo, field_validator, model_validator
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


def _key(variable: str, description: str) -> Any:
    """Declare a secret that every platform's own guide calls by this name; it has no prefix of ours."""
    names = AliasChoices(variable, variable.lower())
    return Field(SecretStr(""), validation_alias=names, description=description)


class Settings(BaseSettings):
    """Everything that an operator can set."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, frozen=True, extra="forbid", env_ignore_empty=True, populate_by_name=True
    )

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
    log_format: Literal["text", "pretty", "json"] = Field(
        "text", description="The log's form: text, pretty for a terminal, json for machines."
    )
    monitor_host: str = Field("127.0.0.1", description="The address for health and metrics; keep it private.")
    monitor_port: int = Field(0, ge=0, le=65535, description="The port for health and metrics; 0 means none.")
    backup_dir: Path | None = Field(None, description="A folder for backups that the bot makes by itself.")
    backup_every: str = Field("24h", description="How long from one backup to the next, like 6h or 1d.")
    backup_keep: int = Field(14, ge=1, le=10_000, description="How many of these backups are kept.")
    backup_passphrase_file: Path | None = Field(
        None, description="A file with a passphrase in its first line; with it these backups are encrypted."
    )
    forget_after_days: int = Field(
        30, ge=1, le=3650, description="How many days a community's things are kept after it sent the bot away."
    )
    files_dir: Path = Field(Path("stepwise-files"), description="Where the console saves files and pictures.")

    discord_token: SecretStr = _key("DISCORD_TOKEN", "The bot's token on Discord; with it the bot starts there.")
    discord_api_url: str = Field(
        "https://discord.com/api/v10", description="Where Discord's REST is, for those who have a proxy."
    )
    discord_gateway_url: str = Field("", description="Where Discord's gateway is; without it Discord says where.")
    discord_shards: str = Field("", description="Which shards this process serves, like 0-3/8; without it all of them.")
    discord_locales: Path | None = Field(
        None, description="A folder with translations of the commands, made by `stepwise discord words`."
    )

    slack_bot_token: SecretStr = _key("SLACK_BOT_TOKEN", "The bot's token in one Slack workspace (xoxb-…).")
    slack_app_token: SecretStr = _key("SLACK_APP_TOKEN", "The app's token (xapp-…): Slack calls through a socket.")
    slack_signing_secret: SecretStr = _key("SLACK_SIGNING_SECRET", "Signs what Slack sends: Slack calls over HTTP.")
    slack_client_id: str = Field(
        "",
        validation_alias=AliasChoices("SLACK_CLIENT_ID", "slack_client_id"),
        description="The app's client id: any workspace can install it.",
    )
    slack_client_secret: SecretStr = _key("SLACK_CLIENT_SECRET", "The app's client secret, beside its id.")
    secret: SecretStr = Field(
        SecretStr(""),
        description="Seals workspaces' tokens, 16 characters or more; a new one goes before the old, with a comma.",
    )
    slack_root: str = Field("mentor", description="The slash command in Slack under which everything is.")
    slack_aliases: str = Field("", description="Commands that get a slash command of their own in Slack, like tip,faq.")
    slack_api_url: str = Field("https://slack.com/api/", description="Where Slack's Web API is, for GovSlack.")
    slack_authorize_url: str = Field(
        "https://slack.com/oauth/v2/authorize", description="Where a workspace agrees to the installation."
    )
    public_url: str = Field("", description="The https address under which Slack reaches this process over HTTP.")
    http_host: str = Field("127.0.0.1", description="The address on which to listen for HTTP.")
    http_port: int = Field(3000, ge=0, le=65535, description="The port on which to listen for HTTP.")

    web: Literal["auto", "on", "off"] = Field(
        "auto", description="Whether the page in the browser is there: auto opens it where no platform is named."
    )
    web_host: str = Field("127.0.0.1", description="The address of the page; any but this machine's needs a password.")
    web_port: int = Field(8765, ge=0, le=65535, description="The port of the page, or the next one that is free.")
    web_password: SecretStr = Field(SecretStr(""), description="The word that lets people into the page.")

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

    @field_validator("discord_api_url", "discord_gateway_url", "slack_api_url", "slack_authorize_url", "public_url")
    @classmethod
    def _an_address(cls, value: str, info: ValidationInfo) -> str:
        schemes = ("ws", "wss") if info.field_name == "discord_gateway_url" else ("http", "https")
        if value and (urlsplit(value).scheme not in schemes or not urlsplit(value).netloc):
            raise ValueError(f"{value!r} is no address; write one that begins with {schemes[1]}://")
        return value.rstrip("/") if schemes[0] == "http" else value

    @field_validator("discord_shards")
    @classmethod
    def _shards_that_can_be(cls, value: str) -> str:
        if value and read_shards(value) is None:
            raise ValueError(f"{value!r} names no shards; write the first, the last and how many there are, like 0-3/8")
        return value

    @field_validator("discord_locales")
    @classmethod
    def _a_folder_that_is_there(cls, value: Path | None) -> Path | None:
        if value is not None and not value.is_dir():
            raise ValueError(f"{value} is no folder; name one with translations, or leave it out")
        return value

    @field_validator("log_file")
    @classmethod
    def _in_a_folder_that_is_there(cls, value: Path | None) -> Path | None:
        if value is not None and (value.is_dir() or not value.parent.is_dir()):
            raise ValueError(f"{value} cannot be written; name a file in a folder that is there")
        return value

    @field_validator("backup_every")
    @classmethod
    def _a_span(cls, value: str) -> str:
        span = read_span(value)
        if span is None or span < timedelta(minutes=1):
            raise ValueError(f"{value!r} is no time; write a number and m, h or d, like 24h")
        return value

    @field_validator("slack_root")
    @classmethod
    def _a_word(cls, value: str) -> str:
        word = value.strip().removeprefix("/").lower()
        if not re.fullmatch(r"[a-z][a-z0-9_-]{0,30}", word):
            raise ValueError(f"{value!r} is no slash command; write small letters, like mentor")
        return word

    @model_validator(mode="after")
    def _keys_that_belong_together(self) -> Settings:
        lacking = [f"{one} needs {other}" for one, other in self._pairs() if not self._is_set(other)]
        if lacking:
            raise ValueError("; ".join(lacking))
        if self._is_set("SLACK_BOT_TOKEN") and not (
            self._is_set("SLACK_APP_TOKEN") or self._is_set("SLACK_SIGNING_SECRET")
        ):
            raise ValueError(
                "SLACK_BOT_TOKEN needs SLACK_APP_TOKEN (a socket) or SLACK_SIGNING_SECRET (HTTP) beside it"
            )
        return self

    def _pairs(self) -> list[tuple[str, str]]:
        """List which keys need which others."""
        found = [("SLACK_APP_TOKEN", "SLACK_BOT_TOKEN")] if self._is_set("SLACK_APP_TOKEN") else []
        if self._is_set("SLACK_CLIENT_ID"):
            others = ("SLACK_CLIENT_SECRET", "SLACK_SIGNING_SECRET", "STEPWISE_SECRET")
            found += [("SLACK_CLIENT_ID", other) for other in others]
        return found

    def _is_set(self, variable: str) -> bool:
        value = getattr(self, variable.removeprefix(PREFIX).lower())
        return bool(value.get_secret_value() if isinstance(value, SecretStr) else value)

    @property
    def on_discord(self) -> bool:
        """Say whether there is a key for Discord."""
        return self._is_set("DISCORD_TOKEN")

    @property
    def on_slack(self) -> bool:
        """Say whether there is a key for Slack."""
        return self._is_set("SLACK_BOT_TOKEN") or self._is_set("SLACK_CLIENT_ID")

    @property
    def backup_span(self) -> timedelta:
        """Return how long from one backup to the next."""
        return read_span(self.backup_every) or timedelta(days=1)

    @property
    def on_web(self) -> bool:
        """Say whether the page in the browser is to be there."""
        return self.web == "on" or (self.web == "auto" and not (self.on_discord or self.on_slack))

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


def read_shards(text: str) -> tuple[tuple[int, ...], int] | None:
    """Read `0-3/8` or `2/8`: which shards, of how many."""
    found = re.fullmatch(r"(\d{1,5})(?:-(\d{1,5}))?/(\d{1,5})", text.strip())
    if found is None:
        return None
    first, last, count = int(found[1]), int(found[2] or found[1]), int(found[3])
    return (tuple(range(first, last + 1)), count) if first <= last < count else None


def read_span(text: str) -> timedelta | None:
    """Read a time like 24h, or return None where it is none."""
    found = re.fullmatch(r"(\d{1,5})([mhd])", text.strip().lower())
    return timedelta(minutes=int(found[1]) * {"m": 1, "h": 60, "d": 1440}[found[2]]) if found else None


def variable_of(name: str) -> str:
    """Say which environment variable holds a setting."""
    alias = Settings.model_fields[name].validation_alias
    return str(alias.choices[0]) if isinstance(alias, AliasChoices) else f"{PREFIX}{name.upper()}"


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
    if not error["loc"]:
        return f"{str(error['msg']).removeprefix('Value error, ')}."
    name = _own_name(str(error["loc"][0]))
    place = _variable(name) if _in_environment(name, environ) else f"{name} in {path}"
    if error["type"] == "extra_forbidden":
        near = get_close_matches(name.lower().removeprefix(PREFIX.lower()), Settings.model_fields, n=1)
        return f"{place}: there is no such setting.{f' Did you mean {near[0]}?' if near else ''}"
    text = str(error["msg"]).removeprefix("Value error, ")
    return f"{place}: {text}."


def _own_name(name: str) -> str:
    """Say what a setting is called here, where it was named by its variable."""
    if name.startswith(PREFIX):
        return name
    return next((own for own in Settings.model_fields if variable_of(own) == name), name)


def _variable(name: str) -> str:
    return variable_of(name) if name in Settings.model_fields else f"{PREFIX}{name.upper()}"


def _in_environment(name: str, environ: Mapping[str, str]) -> bool:
    return any(key.upper() == _variable(name) and value for key, value in environ.items())


def unknown_variables(environ: Mapping[str, str]) -> list[str]:
    """List the variables that look like settings and are none; a slip of the pen is easy to miss."""
    variables = (*map(variable_of, Settings.model_fields), CONFIG)
    known = {variable.removeprefix(PREFIX): variable for variable in variables}
    found = []
    for key in sorted(key for key in environ if key.startswith(PREFIX) and key not in variables):
        near = get_close_matches(key.removeprefix(PREFIX), known, n=1)
        found.append(f"{key} is no setting of mine.{f' Did you mean {known[near[0]]}?' if near else ''}")
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
        rows.append(Row(variable_of(name), _shown(getattr(settings, name)), source, field.description or ""))
    return rows


def _shown(value: object) -> str:
    match value:
        case None:
            return ""
        case SecretStr():
            return "********" if value.get_secret_value() else ""
        case _:
            return str(value)
