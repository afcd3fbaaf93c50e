"""Settings: where each comes from, who wins, and everything that is wrong at once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.settings import (
    BadSettings,
    Row,
    Settings,
    _shown,
    list_settings,
    read_settings,
    read_shards,
    unknown_variables,
)


@pytest.fixture(autouse=True)
def nothing_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [one for one in os.environ if one.startswith(("STEPWISE_", "DISCORD_", "SLACK_"))]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def write(text: str, name: str = "stepwise.toml") -> Path:
    path = Path(name)
    path.write_text(text, "utf-8")
    return path


def row(name: str) -> Row:
    (found,) = [one for one in list_settings(read_settings()) if one.name == f"STEPWISE_{name}"]
    return found


def test_without_anything_the_defaults_hold() -> None:
    settings = read_settings()
    assert settings.database_url == "sqlite:///stepwise.db"
    assert [pack.name for pack in settings.packs] == ["ml-engineer"]
    assert {one.source for one in list_settings(settings)} == {"default"}
    assert all(one.description for one in list_settings(settings))


def test_the_file_beats_the_default_and_the_environment_beats_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    write('time_zone = "Europe/Rome"\nlog_level = "info"')
    assert (row("TIME_ZONE").value, row("TIME_ZONE").source) == ("Europe/Rome", "stepwise.toml")
    monkeypatch.setenv("STEPWISE_TIME_ZONE", "Asia/Tokyo")
    assert (row("TIME_ZONE").value, row("TIME_ZONE").source) == ("Asia/Tokyo", "environment")
    assert (row("LOG_LEVEL").value, row("LOG_LEVEL").source) == ("INFO", "stepwise.toml")
    monkeypatch.setenv("STEPWISE_TIME_ZONE", "")
    assert row("TIME_ZONE").source == "stepwise.toml"


def test_the_file_may_have_another_name(monkeypatch: pytest.MonkeyPatch) -> None:
    write('time_zone = "Europe/Rome"', "other.toml")
    monkeypatch.setenv("STEPWISE_CONFIG", "other.toml")
    assert row("TIME_ZONE").source == "other.toml"
    monkeypatch.setenv("STEPWISE_CONFIG", "gone.toml")
    with pytest.raises(BadSettings, match=r"names gone\.toml, but there is no such file\. Create it"):
        read_settings()
    monkeypatch.setenv("STEPWISE_CONFIG", "")
    assert row("TIME_ZONE").source == "default"


def test_several_packs_are_joined_by_the_separator_of_paths(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("one").mkdir()
    Path("two").mkdir()
    monkeypatch.setenv("STEPWISE_CONTENT", os.pathsep.join(["one", "", "two"]))
    assert read_settings().packs == (Path("one"), Path("two"))


def test_everything_that_is_wrong_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    write('tme_zone = "UTC"\nSTEPWISE_LOG_LEVEL = "INFO"\ncontent = 5')
    monkeypatch.setenv("STEPWISE_DATABASE_URL", "postgres://me:secret@host/db")
    monkeypatch.setenv("STEPWISE_TIME_ZONE", "Rome")
    monkeypatch.setenv("STEPWISE_LOG_LEVEL", "loud")
    monkeypatch.setenv("STEPWISE_LOG_FILE", "nowhere/log.txt")
    with pytest.raises(BadSettings) as caught:
        read_settings()
    said = str(caught.value)
    assert len(caught.value.problems) == 7
    for words in (
        "STEPWISE_DATABASE_URL: only SQLite is known; write sqlite:///stepwise.db",
        "STEPWISE_TIME_ZONE: 'Rome' is no time zone; write one like Europe/Rome or UTC.",
        "STEPWISE_LOG_LEVEL: Input should be 'DEBUG', 'INFO', 'WARNING' or 'ERROR'.",
        "STEPWISE_LOG_FILE: nowhere/log.txt cannot be written; name a file in a folder that is there.",
        "content in stepwise.toml: Input should be a valid string.",
        "tme_zone in stepwise.toml: there is no such setting. Did you mean time_zone?",
        "STEPWISE_LOG_LEVEL in stepwise.toml: there is no such setting. Did you mean log_level?",
        "Then `stepwise settings` shows what is in force.",
    ):
        assert words in said
    assert "secret" not in said


def test_a_missing_file_hides_nothing_else_that_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEPWISE_CONFIG", "gone.toml")
    monkeypatch.setenv("STEPWISE_TIME_ZONE", "Mars")
    monkeypatch.setenv("STEPWISE_CONTENT", "no-pack")
    with pytest.raises(BadSettings) as caught:
        read_settings()
    assert [one.partition(" ")[0] for one in caught.value.problems] == [
        "STEPWISE_CONFIG",
        "STEPWISE_CONTENT:",
        "STEPWISE_TIME_ZONE:",
    ]


@pytest.mark.parametrize("packs", [os.pathsep, "gone", "stepwise.toml"])
def test_packs_have_to_be_folders_that_are_there(packs: str, monkeypatch: pytest.MonkeyPatch) -> None:
    write("")
    monkeypatch.setenv("STEPWISE_CONTENT", packs)
    with pytest.raises(BadSettings, match="STEPWISE_CONTENT: it names"):
        read_settings()


def test_the_mark_that_some_editors_write_does_no_harm() -> None:
    write('\ufefftime_zone = "Europe/Rome"')
    assert row("TIME_ZONE").value == "Europe/Rome"
    assert row("CONFIG").value == "stepwise.toml"


@pytest.mark.parametrize("text", ["time_zone = ", "[[[", "\x00"])
def test_a_broken_file_is_told_with_its_name(text: str) -> None:
    write(text)
    with pytest.raises(BadSettings, match=r"stepwise\.toml cannot be read as TOML"):
        read_settings()


def test_a_file_that_is_no_text_is_told_too() -> None:
    Path("stepwise.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadSettings, match="cannot be read as TOML"):
        read_settings()


def test_a_slip_in_the_name_of_a_variable_is_noticed() -> None:
    found = unknown_variables({"STEPWISE_DATABSE_URL": "x", "STEPWISE_CONTENT": "x", "PATH": "x", "STEPWISE_XYZ": "x"})
    assert found == [
        "STEPWISE_DATABSE_URL is no setting of mine. Did you mean STEPWISE_DATABASE_URL?",
        "STEPWISE_XYZ is no setting of mine.",
    ]


def test_secrets_are_masked() -> None:
    assert _shown(SecretStr("xoxb-1234")) == "********"
    assert _shown(SecretStr("")) == ""
    assert _shown(None) == ""


def test_settings_cannot_be_changed_later() -> None:
    with pytest.raises(ValueError, match="frozen"):
        setattr(Settings(), "time_zone", "Asia/Tokyo")  # noqa: B010


def said_of(environ: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> str:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(BadSettings) as caught:
        read_settings()
    return str(caught.value)


def test_keys_of_platforms_go_by_the_names_that_platforms_give_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "abc.def.ghi")
    settings = read_settings()
    assert settings.discord_token.get_secret_value() == "abc.def.ghi"
    shown = {row.name: row for row in list_settings(settings)}
    assert shown["DISCORD_TOKEN"].value == "********"
    assert shown["DISCORD_TOKEN"].source == "environment"
    assert "abc" not in repr(settings)
    write('discord_token = "from-the-file"')
    monkeypatch.delenv("DISCORD_TOKEN")
    assert read_settings().discord_token.get_secret_value() == "from-the-file"


def test_our_prefix_before_a_platforms_key_is_noticed() -> None:
    assert unknown_variables({"STEPWISE_DISCORD_TOKEN": "x"}) == [
        "STEPWISE_DISCORD_TOKEN is no setting of mine. Did you mean DISCORD_TOKEN?"
    ]


@pytest.mark.parametrize(
    ("environ", "cure"),
    [
        ({"STEPWISE_DISCORD_SHARDS": "5-3/8"}, "like 0-3/8"),
        ({"STEPWISE_DISCORD_SHARDS": "0-8/8"}, "like 0-3/8"),
        ({"STEPWISE_DISCORD_API_URL": "discord.com"}, "begins with https://"),
        ({"STEPWISE_DISCORD_GATEWAY_URL": "https://x"}, "begins with wss://"),
        ({"STEPWISE_DISCORD_LOCALES": "nowhere"}, "nowhere is no folder"),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_BOT_TOKEN needs SLACK_APP_TOKEN (a socket) or SLACK_SIGNING_SECRET"),
        ({"SLACK_APP_TOKEN": "xapp-1"}, "SLACK_APP_TOKEN needs SLACK_BOT_TOKEN"),
        ({"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "s"}, "SLACK_CLIENT_ID needs SLACK_SIGNING_SECRET"),
        ({"STEPWISE_SLACK_ROOT": "Bad Root"}, "write small letters, like mentor"),
        ({"STEPWISE_HTTP_PORT": "99999"}, "STEPWISE_HTTP_PORT"),
    ],
)
def test_settings_of_platforms_that_cannot_be(
    environ: dict[str, str], cure: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cure in said_of(environ, monkeypatch)


def test_shards_are_read() -> None:
    assert read_shards("0-3/8") == ((0, 1, 2, 3), 8)
    assert read_shards("2/8") == ((2,), 8)
    assert read_shards("nonsense") is None
