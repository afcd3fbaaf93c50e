"""Whoever watches over the bot hears whether Slack reaches it."""

from __future__ import annotations

from adapters.slack.service import Presence


async def test_it_is_connected_while_it_listens(presence: Presence) -> None:
    assert presence.connected


async def test_a_line_that_was_hung_up_is_not_connected(trial: Presence) -> None:
    assert trial.connected
    assert trial.line is not None
    await trial.line.close()
    assert not trial.connected
