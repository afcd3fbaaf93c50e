"""Tokens: what they open, and how they end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.clock import Clock
from tests.fakes.slack.ids import Mint
from tests.fakes.slack.trouble import ApiError

ROTATION_SECONDS = 43_200


@dataclass(slots=True)
class Token:
    """A key to one workspace, to an organisation, or to the app itself."""

    value: str
    kind: Literal["bot", "app"]
    team: str = ""
    enterprise: str = ""
    bot_user: str = ""
    scopes: tuple[str, ...] = ()
    expires: float = 0.0
    revoked: bool = False
    inactive: bool = False


class Vault:
    """Gives out tokens and says what is wrong with those that are shown."""

    def __init__(self, clock: Clock, mint: Mint) -> None:
        self._clock, self._mint = clock, mint
        self.tokens: dict[str, Token] = {}
        self.refreshers: dict[str, Token] = {}  # single use
        self.refreshes = 0

    def now(self) -> float:
        """Return seconds on the clock of the world."""
        return self._clock.now().timestamp()

    def app(self) -> Token:
        """Issue the app's own token."""
        return self._keep(Token(self._mint.secret("xapp-1"), "app", scopes=("connections:write",)))

    def bot(self, like: Token, *, rotating: bool = False) -> Token:
        """Issue a bot's token for the place and the scopes of another."""
        value = self._mint.secret("xoxe.xoxb-1" if rotating else "xoxb")
        expires = self.now() + ROTATION_SECONDS if rotating else 0.0
        return self._keep(Token(value, "bot", like.team, like.enterprise, like.bot_user, like.scopes, expires))

    def refresher(self, token: Token) -> str:
        """Issue the token that renews another, once."""
        value = self._mint.secret("xoxe-1")
        self.refreshers[value] = token
        return value

    def renew(self, refresher: str) -> Token:
        """Exchange a refresh token, which is then spent."""
        old = self.refreshers.pop(refresher, None)
        if old is None or old.revoked or old.inactive:
            raise ApiError("invalid_refresh_token")
        self.refreshes += 1
        return self.bot(old, rotating=True)

    def check(self, value: str) -> Token:
        """Return the token, or say why it opens nothing."""
        if not value:
            raise ApiError("not_authed")
        token = self.tokens.get(value)
        if token is None:
            raise ApiError("invalid_auth")
        if token.inactive:
            raise ApiError("account_inactive")
        if token.revoked:
            raise ApiError("token_revoked")
        if token.expires and self.now() >= token.expires:
            raise ApiError("token_expired")
        return token

    def of(self, team: str, enterprise: str) -> list[Token]:
        """Find the bot tokens of an installation."""
        return [
            one
            for one in self.tokens.values()
            if one.kind == "bot" and ((team and one.team == team) or (enterprise and one.enterprise == enterprise))
        ]

    def _keep(self, token: Token) -> Token:
        self.tokens[token.value] = token
        return token
