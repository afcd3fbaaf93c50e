"""The program as a person meets it: real processes, real exit codes."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.adapters.console.conftest import Run


def test_say_prints_an_answer_and_says_json_when_asked(stepwise: Run) -> None:
    plain = stepwise("say", "/help")
    assert (plain.returncode, plain.stderr) == (0, "")
    assert "- /start: Begin here" in plain.stdout
    as_json = stepwise("say", "--json", "/help")
    assert as_json.returncode == 0
    said = json.loads(as_json.stdout)
    assert said["title"] == "Help"
    assert said["visibility"] == "private"
    assert {"text", "fields", "rows", "files"} <= said.keys()


def test_a_slip_ends_with_one_and_a_guess(stepwise: Run) -> None:
    ended = stepwise("say", "/hlep")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "I don't know /hlep. Did you mean /help?\n"


def test_a_conversation_goes_on_in_the_same_call_and_is_kept(stepwise: Run) -> None:
    first = stepwise("say", "/start", "--as", "Ada", "--press", "set my time zone", "--fill", "zone=rome")
    assert (first.returncode, first.stderr) == (0, "")
    assert "Time zone: Europe/Rome" in first.stdout
    again = stepwise("say", "/start", "--as", "ada", "--community", "", "--admin")
    assert "Europe/Rome" in again.stdout
    assert "in a direct message. You are one of its organisers." in again.stdout


def test_the_same_call_delivered_twice_is_one(stepwise: Run) -> None:
    line = ("say", "/settings reminders:yes", "--call-id", "abc")
    first, second = stepwise(*line), stepwise(*line)
    assert first.returncode == 0
    assert "Saved." in first.stdout
    assert second.stdout == first.stdout


def test_wrong_settings_are_told_all_at_once(stepwise: Run, tmp_path: Path) -> None:
    (tmp_path / "stepwise.toml").write_text('contnt = "x"')
    ended = stepwise("say", "/help", STEPWISE_DATABASE_URL="mysql://x", STEPWISE_TIME_ZONE="Mars")
    assert (ended.returncode, ended.stdout) == (2, "")
    for words in ("STEPWISE_DATABASE_URL", "STEPWISE_TIME_ZONE", "Did you mean content?"):
        assert words in ended.stderr
    assert "Traceback" not in ended.stderr
    (tmp_path / "stepwise.toml").write_text("[[")
    broken = stepwise("settings")
    assert broken.returncode == 2
    assert "stepwise.toml cannot be read as TOML" in broken.stderr


@pytest.mark.parametrize(
    ("database", "words"),
    [
        ("sqlite:///missing/stepwise.db", "Create the folder"),
        ("sqlite:///folder", "is a folder, not a database file"),
        ("sqlite:///junk.db", "is not a database. Nothing in it was changed."),
    ],
)
def test_a_database_that_cannot_be_opened_is_told(stepwise: Run, tmp_path: Path, database: str, words: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "junk.db").write_text("no database, but a long letter to somebody " * 50)
    ended = stepwise("say", "/help", STEPWISE_DATABASE_URL=database)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert words in ended.stderr
    assert "Traceback" not in ended.stderr


def test_settings_are_listed_with_their_source(stepwise: Run) -> None:
    listed = json.loads(stepwise("settings", "--json", STEPWISE_TIME_ZONE="Asia/Tokyo").stdout)
    assert {"name": "STEPWISE_TIME_ZONE", "value": "Asia/Tokyo", "source": "environment"} in listed


def test_a_whole_sitting_at_a_pipe(stepwise: Run) -> None:
    typed = "/start\n1\nrome\n/settings\n7777\n:as Grace\n:organiser\n/start\n?\n\nquit\n/never\n"
    ended = stepwise("console", typed=typed)
    assert (ended.returncode, ended.stderr) == (0, "")
    for words in (
        "friend> /start",
        "Welcome, friend",
        "Time zone: rome",
        "Europe/Rome, where it is",
        "There is no button 7777 here.",
        "You are Grace, an organiser, in Home.",
        "Welcome, Grace",
        "presses the button",
        "Good-bye.",
    ):
        assert words in ended.stdout
    assert "/never" not in ended.stdout


def test_the_end_of_the_input_leaves_a_form_and_the_prompt(stepwise: Run) -> None:
    ended = stepwise("console", typed="/start\n1\n")
    assert ended.returncode == 0
    assert "Nothing was changed." in ended.stdout
    assert "Good-bye." in ended.stdout


def test_bytes_that_are_no_text_break_nothing(stepwise: Run) -> None:
    ended = stepwise("say", "/h\udcff\x1b[2Jlep", "--as", "\x1b[31mred\x07")
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    assert "\x1b" not in ended.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of Unix")
def test_a_sitting_at_a_real_terminal(tmp_path: Path, environ: Mapping[str, str]) -> None:
    terminal, other_end = pty.openpty()
    command = [sys.executable, "-m", "bot", "console", "--as", "ada"]
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        env={**environ, "TERM": "xterm"},
        stdin=other_end,
        stdout=other_end,
        stderr=other_end,
    ) as process:
        os.close(other_end)
        seen = talk(terminal, [("ada>", "/start\n"), ("ada>", "2\n"), ("ada>", "quit\n")])
    os.close(terminal)
    assert process.returncode == 0, seen
    assert "Welcome, ada" in seen
    assert "I use the time of UTC for you." in seen
    assert "Good-bye." in seen


def talk(terminal: int, script: list[tuple[str, str]]) -> str:
    """Answer each prompt in turn, and return everything that was on the screen."""
    seen, fresh = "", ""
    waiting = list(script)
    while True:
        try:
            got = os.read(terminal, 4096).decode("utf-8", "replace")
        except OSError:  # the other end is closed
            return seen
        if not got:
            return seen
        seen, fresh = seen + got, fresh + got
        if waiting and waiting[0][0] in fresh:
            os.write(terminal, waiting.pop(0)[1].encode())
            fresh = ""
