"""The image, the compose file and the unit: few rights, no secrets, and settings that there are."""

from __future__ import annotations

import json
import shutil
import subprocess
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml

from bot.settings import unknown_variables
from tests.operate.dockerfile import Statement, environment, stages, told

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNIT = (DEPLOY / "stepwise.service").read_text("utf-8")


@pytest.fixture(scope="module")
def image() -> list[list[Statement]]:
    return stages((DEPLOY / "Dockerfile").read_text("utf-8"))


def service() -> dict[str, str]:
    """Return what the unit says of its service."""
    section = UNIT.partition("[Service]\n")[2].partition("[Install]")[0]
    found: dict[str, list[str]] = {}
    for line in section.splitlines():
        if line and not line.startswith("#"):
            name, _, value = line.partition("=")
            found.setdefault(name, []).append(value)
    return {name: " ".join(values) for name, values in found.items()}


def variables(words: str) -> dict[str, str]:
    return {name: value for name, _, value in (word.partition("=") for word in words.split())}


def let_in(path: str) -> bool:
    """Say whether a file reaches the build: the last line that fits decides, and a folder's line fits all in it."""
    within = True
    for line in (ROOT / ".dockerignore").read_text("utf-8").split("\n"):
        pattern = line.strip().removeprefix("!")
        if not pattern or line.startswith("#"):
            continue
        parts = path.split("/")
        heads = ["/".join(parts[: size + 1]) for size in range(len(parts))]
        anywhere = pattern.removeprefix("**/") if pattern.startswith("**/") else ""
        if any(fnmatch(head, pattern) or (anywhere and fnmatch(head.split("/")[-1], anywhere)) for head in heads):
            within = line.startswith("!")
    return within


def test_the_image_runs_without_rights(image: list[list[Statement]]) -> None:
    last = image[-1]
    assert told(last, "USER") == ["10001:10001"]
    assert all(one.word not in {"RUN", "COPY"} for one in last[last.index(Statement("USER", "10001:10001")) :])
    assert not told(last, "VOLUME"), "it would hide from the doctor that no disk was mounted"
    assert "/data" in environment(last)["STEPWISE_DATABASE_URL"]
    assert environment(last)["STEPWISE_WEB"] == "off", "a forgotten key must not open a demo"


def test_the_image_is_told_to_end_as_the_bot_expects(image: list[list[Statement]]) -> None:
    assert told(image[-1], "STOPSIGNAL") == ["SIGTERM"]
    assert json.loads(told(image[-1], "ENTRYPOINT")[0]) == ["stepwise"], "a shell would swallow the signal"
    assert json.loads(told(image[-1], "CMD")[0]) == ["run"]


def test_the_health_check_is_in_the_image(image: list[list[Statement]]) -> None:
    asked = json.loads(told(image[-1], "HEALTHCHECK")[0].partition("CMD ")[2])
    source, target = told(image[-1], "COPY")[-1].split()
    assert asked[-1] == target + Path(source).name
    assert (ROOT / source).is_file()


def test_the_image_is_made_of_locked_packages_and_our_own(image: list[list[Statement]]) -> None:
    installed = [rest for rest in told(image[0], "RUN") if "pip install" in rest]
    assert all("--require-hashes -r requirements.lock" in rest or "--no-deps" in rest for rest in installed)
    folders = {rest.split()[0] for rest in told(image[0], "COPY") if len(rest.split()) == 2} - {"requirements.lock"}
    packages = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]
    assert folders == set(packages["wheel"]["packages"])


def test_all_that_is_copied_reaches_the_build_and_nothing_else_does(image: list[list[Statement]]) -> None:
    copied = [
        name for stage in image for rest in told(stage, "COPY") if "--from" not in rest for name in rest.split()[:-1]
    ]
    assert [name for name in copied if not (ROOT / name).exists() or not let_in(name)] == []
    kept_out = (
        "deploy/stepwise.env", "deploy/compose.yaml", "stepwise.db", "storage/mine.db-wal", "bot/mine.env", ".git/HEAD",
        "tests/conftest.py", ".venv/bin/python", "stepwise.toml", "bot/__pycache__/cli.pyc", "stepwise-files/a.csv",
    )  # fmt: skip
    assert [name for name in kept_out if let_in(name)] == []
    assert let_in("content/packs/ml-engineer/pack.yaml")
    ours = subprocess.run(
        ["git", "ls-files", *copied], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert [name for name in ours.stdout.splitlines() if not let_in(name)] == []


def test_the_container_has_few_rights() -> None:
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    one = compose["services"]["stepwise"]
    assert one["read_only"] is True
    assert one["cap_drop"] == ["ALL"]
    assert one["security_opt"] == ["no-new-privileges:true"]
    assert not {"privileged", "ports", "user", "network_mode", "environment"} & one.keys()
    assert "image" not in one, "compose would first look for somebody else's image of that name"
    assert {volume.split(":")[1] for volume in one["volumes"]} == {"/data", "/backups"}
    assert set(compose["volumes"]) == {volume.split(":")[0] for volume in one["volumes"]}
    assert (DEPLOY / one["build"]["context"] / one["build"]["dockerfile"]).is_file()
    ignored = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    assert f"/deploy/{one['env_file']}" in ignored


def test_every_setting_that_is_named_is_one(image: list[list[Statement]]) -> None:
    named = environment(image[-1]) | variables(service()["Environment"])
    ours = {name: value for name, value in named.items() if name.startswith("STEPWISE_")}
    assert len(ours) >= 6
    assert unknown_variables(ours) == []


HARDENING = {
    "DynamicUser": "yes", "NoNewPrivileges": "yes", "CapabilityBoundingSet": "", "ProtectSystem": "strict",
    "ProtectHome": "yes", "PrivateTmp": "yes", "PrivateDevices": "yes", "PrivateUsers": "yes", "PrivateMounts": "yes",
    "RestrictNamespaces": "yes", "MemoryDenyWriteExecute": "yes", "UMask": "0077", "ProtectProc": "invisible",
    "SystemCallFilter": "@system-service ~@privileged @resources",
}  # fmt: skip


def test_the_unit_is_hardened() -> None:
    said = service()
    assert {name: said.get(name) for name in HARDENING} == HARDENING
    assert "ProcSubset" not in said, "the figures of memory and processor need /proc/stat"


def test_the_unit_keeps_everything_in_its_own_folder() -> None:
    said, own = service(), "/var/lib/stepwise"
    here = variables(said["Environment"])
    assert own == f"/var/lib/{said['StateDirectory']}" == said["WorkingDirectory"] == here["HOME"]
    assert here["STEPWISE_DATABASE_URL"].removeprefix("sqlite:///").startswith(own)
    assert here["STEPWISE_BACKUP_DIR"].startswith(own)
    assert said["RestartPreventExitStatus"] == "2"


def test_commands_beside_the_unit_run_as_it_does() -> None:
    script = (DEPLOY / "as-service.sh").read_text("utf-8")
    for name in ("DynamicUser", "User", "UMask", "StateDirectory", "StateDirectoryMode", "EnvironmentFile"):
        assert f"--property={name}={service()[name]} " in script
    assert (DEPLOY / "as-service.sh").stat().st_mode & 0o111


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_finds_the_unit_safe_enough() -> None:
    told = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=15", str(DEPLOY / "stepwise.service")],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    if "offline" in told.stderr:
        pytest.skip("this systemd cannot look at a file")
    assert told.returncode == 0, told.stdout[-300:]
