"""The operator reads when a platform is lost and when it is back, once each."""

from __future__ import annotations

import pytest

from bot.operate.lines import Lines
from tests.clock import ManualClock


def test_each_change_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    clock, up = ManualClock(), {"slack": True, "discord": True}
    lines = Lines({"slack": lambda: up["slack"], "discord": lambda: up["discord"]}, clock)
    up["slack"] = False
    lines.look()
    up["slack"] = True
    lines.look()
    assert caplog.messages == [], "a platform that was never there is not lost"
    up["slack"] = False
    lines.look()
    clock.advance(seconds=40)
    lines.look()
    up["slack"] = True
    lines.look()
    lines.look()
    assert caplog.messages == [
        "The connection to Slack is lost; it is tried again until it is there.",
        "Slack is there again, after 40 s.",
    ]
