"""A community moves from the command line."""

from __future__ import annotations

from pathlib import Path

from tests.operate.stepwise import stepwise


def test_out_and_in_again(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    new.mkdir()
    assert stepwise(old, "say", "/checkin today I read a paper", "--as", "ada").returncode == 0
    out = stepwise(old, "export", "../home.jsonl")
    assert out.returncode == 0, out.stderr
    assert "Home with 1 members" in out.stdout
    listed = stepwise(new, "import", "../home.jsonl", "--list-members")
    assert listed.stdout.splitlines() == ["account,name,new account", '"ada","ada",']
    (tmp_path / "who.csv").write_text(listed.stdout.replace('"ada",\n', '"ada",4711\n'))
    moved = stepwise(new, "import", "../home.jsonl", "--to", "discord:9", "--members", "../who.csv")
    assert moved.returncode == 0, moved.stderr
    assert "Brought Home to discord:9: 1 members" in moved.stdout
    assert "no account there" not in moved.stdout
    again = stepwise(new, "import", "../home.jsonl", "--to", "discord:9", "--members", "../who.csv")
    assert "Nothing was changed" in again.stdout
    assert stepwise(new, "db", "verify").returncode == 0


def test_who_has_no_account_there_is_named(tmp_path: Path) -> None:
    assert stepwise(tmp_path, "say", "/checkin hello", "--as", "ada").returncode == 0
    assert stepwise(tmp_path, "export", "home.jsonl").returncode == 0
    new = stepwise(
        tmp_path, "import", "home.jsonl", "--to", "discord:9", STEPWISE_DATABASE_URL=f"sqlite:///{tmp_path}/new.db"
    )
    assert "1 members have no account there yet" in new.stdout


def test_mistakes_are_told(tmp_path: Path) -> None:
    assert "write the platform and the place" in stepwise(tmp_path, "import", "x", "--to", "nowhere").stderr
    (tmp_path / "who.csv").write_text("a,b\n1,2\n")
    assert "needs the columns" in stepwise(tmp_path, "import", "x", "--members", "who.csv").stderr
    missing = stepwise(tmp_path, "import", "x")
    assert missing.returncode == 2
    assert "There is no file" in missing.stderr
