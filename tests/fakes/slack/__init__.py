"""A loopback fake of Slack that holds its rules and remembers everything said."""

from tests.fakes.slack.filling import CannotSend
from tests.fakes.slack.heard import Heard
from tests.fakes.slack.member import Member
from tests.fakes.slack.trouble import NoAck, NoAnswer, Refused
from tests.fakes.slack.world import FakeSlack

__all__ = ["CannotSend", "FakeSlack", "Heard", "Member", "NoAck", "NoAnswer", "Refused"]
