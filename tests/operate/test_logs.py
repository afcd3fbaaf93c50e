"""The log has ids, and neither members' words nor secrets, in every form that it can have."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.core.calls import Call, Source, Speaker, Typed
from bot.models import Handle, Place
from bot.operate.logs import HIDDEN, OURS, CleanJson, CleanText, Scrubber, secrets_of, set_up
from bot.settings import Settings
from bot.wiring import House
from tests.operate.stepwise import stepwise

SECRET = "the-token-of-the-house-1234"


@pytest.fixture
def log() -> Iterator[logging.Logger]:
    logger = logging.Logger("test")
    yield logger


def written(log: logging.Logger, formatter: logging.Formatter) -> io.StringIO:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    log.addHandler(handler)
    return stream


FORMS = {"text": CleanText, "json": CleanJson}


@pytest.mark.parametrize("form", FORMS)
def test_what_an_error_says_stays_out(log: logging.Logger, form: str) -> None:
    stream = written(log, FORMS[form](Scrubber(), wordy=False))
    try:
        try:
            raise KeyError("my diary")
        except KeyError as error:
            raise ValueError("what a member wrote") from error
    except ValueError:
        log.exception("Incident %s", "0a1b2c3d")
    said = stream.getvalue()
    assert "what a member wrote" not in said
    assert "my diary" not in said
    assert "ValueError" in said
    assert "KeyError" in said
    assert "test_logs.py" in said, "the place in the code is there"


@pytest.mark.parametrize("form", FORMS)
def test_who_looks_for_a_mistake_sees_all_of_it(log: logging.Logger, form: str) -> None:
    stream = written(log, FORMS[form](Scrubber(), wordy=True))
    try:
        raise ValueError("what was wrong")
    except ValueError:
        log.exception("Incident")
    assert "what was wrong" in stream.getvalue()


TOKENS = [
    SECRET,
    "xoxb-123456789012-abcdefGHIJ",
    "xapp-1-A012-345-abcdef",
    "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAx.GabcdE.abcdefghijklmnopqrstuvwxyz012345",
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("token", TOKENS)
def test_secrets_are_hidden_wherever_they_turn_up(log: logging.Logger, form: str, token: str) -> None:
    stream = written(log, FORMS[form](Scrubber([SECRET]), wordy=True))
    log.error("It said %s.", token)
    try:
        raise ValueError(token)
    except ValueError:
        log.exception("Again")
    assert token not in stream.getvalue()
    assert HIDDEN in stream.getvalue()


def test_every_secret_setting_is_known() -> None:
    settings = Settings(discord_token="d" * 20, slack_signing_secret="s" * 20, secret="first-secret-1,second-secret-2")
    assert {"d" * 20, "s" * 20, "first-secret-1", "second-secret-2"} <= set(secrets_of(settings))


def test_a_line_of_json_has_its_fields(log: logging.Logger) -> None:
    stream = written(log, CleanJson(Scrubber(), wordy=False))
    log.error("Incident %s: the store is full", "0a1b2c3d", extra={"told": {"call": "77"}})
    line = json.loads(stream.getvalue())
    assert line["incident"] == "0a1b2c3d"
    assert line["call"] == "77"
    assert {"time", "level", "logger", "message"} <= line.keys()


async def test_a_call_leaves_ids_and_no_words(house: House, caplog: pytest.LogCaptureFixture) -> None:
    speaker = Speaker(Handle("console", "", "ada"), "Ada Lovelace", Place("console", "home"))
    with caplog.at_level(logging.INFO, "stepwise.calls"):
        await house.dispatcher.handle(Call("call-1", Source.SLASH, speaker, Typed("faq my secret worry")))
        await house.dispatcher.handle(Call("call-2", Source.SLASH, speaker, Typed("nonsense of mine")))
    told = [record.__dict__["told"] for record in caplog.records if record.name == "stepwise.calls"]
    assert [(one["call"], one["command"]) for one in told] == [("call-1", "faq"), ("call-2", "unknown")]
    for formatter in (CleanText(Scrubber(), wordy=False), CleanJson(Scrubber(), wordy=False)):
        text = "\n".join(map(formatter.format, caplog.records))
        assert not [word for word in ("worry", "nonsense", "Lovelace") if word in text]


def test_libraries_do_not_write_what_they_send(tmp_path: Path) -> None:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    before = {name: logging.getLogger(name).level for name in OURS}
    try:
        set_up(Settings(log_level="DEBUG", log_file=tmp_path / "log"))
        assert not logging.getLogger("slack_sdk.web").isEnabledFor(logging.DEBUG)
        assert logging.getLogger("stepwise").isEnabledFor(logging.DEBUG)
        assert logging.getLogger("bot.core.dispatch").isEnabledFor(logging.DEBUG)
    finally:
        for one in set(root.handlers) - set(handlers):
            one.close()
        root.handlers[:] = handlers
        root.setLevel(level)
        for name, one_level in before.items():
            logging.getLogger(name).setLevel(one_level)


@pytest.mark.parametrize("form", ["json", "pretty", "text"])
def test_each_form_can_be_chosen(tmp_path: Path, form: str) -> None:
    done = stepwise(tmp_path, "db", "verify", STEPWISE_LOG_FORMAT=form, STEPWISE_LOG_LEVELL="x")
    assert done.returncode == 0
    assert "STEPWISE_LOG_LEVELL is no setting of mine" in " ".join(done.stderr.split())
    if form == "json":
        assert json.loads(done.stderr)["level"] == "WARNING"
