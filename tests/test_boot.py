"""The whole bot as a newcomer starts it: no account, no network, the pack that comes along."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

STEPWISE = [sys.executable, "-m", "bot"]


def _environment(**more: str) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("STEPWISE_")}
    return {**clean, **more}


def _say(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*STEPWISE, "say", *words], cwd=folder, env=_environment(), capture_output=True, text=True, check=False
    )


def test_a_newcomer_talks_to_the_bot_right_away(tmp_path: Path) -> None:
    typed = "/help\n/start\n1\nrome\n/tip\n1\n1\nquit\n"
    done = subprocess.run(
        [*STEPWISE, "run", "--console"],
        cwd=tmp_path,
        env=_environment(),
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Europe/Rome" in done.stdout
    assert "counts for today" in done.stdout
    assert "Good-bye" in done.stdout
    assert (tmp_path / "stepwise.db").is_file()


def test_the_pack_that_comes_along_answers(tmp_path: Path) -> None:
    phd = _say(tmp_path, "--json", "/faq do i need a phd")
    assert json.loads(phd.stdout)["title"].startswith("Do I need a PhD")
    assert "athematics" in _say(tmp_path, "/faq hwo mcuh math").stdout
    assert "I am not sure" in _say(tmp_path, "/faq best pizza in rome").stdout
    found = _say(tmp_path, "/resource find feature stores level:beginner")
    assert "beginner" in found.stdout
    assert found.returncode == 0


def test_a_hangup_reads_the_packs_again(tmp_path: Path) -> None:
    log = tmp_path / "log"
    environment = _environment(STEPWISE_LOG_FILE=str(log))
    with subprocess.Popen(
        [*STEPWISE, "console"],
        cwd=tmp_path,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stdin and running.stdout
        assert "listening" in running.stdout.readline()
        running.send_signal(signal.SIGHUP)
        # Each answer takes the loop round once; the log says when the packs were read.
        while "read again" not in (log.read_text("utf-8") if log.exists() else ""):
            running.stdin.write("/about\n")
            running.stdin.flush()
            running.stdout.readline()
        running.stdin.close()
        running.stdout.read()
    assert running.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a file that is always full")
def test_a_mistake_that_nobody_foresaw_ends_with_two(tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        words = [*STEPWISE, "say", "/help"]
        done = subprocess.run(
            words, cwd=tmp_path, env=_environment(), stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 2
    assert "Something went wrong on my side" in done.stderr


def test_an_old_code_page_is_no_reason_to_fail(tmp_path: Path) -> None:
    environment = _environment(PYTHONIOENCODING="cp1252")
    words = [*STEPWISE, "say", "/faq \N{FOX FACE}"]
    done = subprocess.run(words, cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "\N{LEFT DOUBLE QUOTATION MARK}?\N{RIGHT DOUBLE QUOTATION MARK}".encode("cp1252") in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="needs a signal of Unix")
def test_ctrl_c_ends_a_piped_conversation_quietly(tmp_path: Path) -> None:
    with subprocess.Popen(
        [*STEPWISE, "console"],
        cwd=tmp_path,
        env=_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # Whoever runs the tests in the background may ignore the signal, and children would do so too.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no threads here yet
    ) as running:
        assert running.stdin and running.stdout and running.stderr
        running.stdin.write("/about\n")
        running.stdin.flush()
        while "everybody" not in (line := running.stdout.readline()) and "only you" not in line:
            assert line
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=60) == 130, running.stderr.read()
        assert running.stderr.read() == ""
