"""The methods that give tokens and take them away, and the one that opens a socket."""

from __future__ import annotations

from tests.fakes.slack.asked import Answered, Asked, Method
from tests.fakes.slack.tokens import ROTATION_SECONDS, Token
from tests.fakes.slack.trouble import ApiError


def access(asked: Asked) -> Answered:
    """Exchange a code, or a refresh token, for a token."""
    _client(asked)
    if asked.text("grant_type") == "refresh_token":
        token = asked.world.vault.renew(asked.need("refresh_token"))
        return _granted(asked, token)
    grant = asked.world.oauth.redeem(asked.need("code"), asked.text("redirect_uri"))
    token = asked.world.oauth.install(grant)
    return {**_granted(asked, token), "authed_user": {"id": grant.installer.id}}


def revoke(asked: Asked) -> Answered:
    """End the token that makes this call."""
    if asked.flag("test"):
        return {"revoked": False}
    asked.held.revoked = True
    asked.world.later(asked.teams()[0].hears_of_revoked_tokens())
    return {"revoked": True}


def uninstall(asked: Asked) -> Answered:
    """Take the app out of the workspace."""
    _client(asked)
    asked.world.later(asked.teams()[0].uninstalls())
    return {}


def open_connection(asked: Asked) -> Answered:
    """Return an address for one socket."""
    return {"url": asked.world.sockets.ticket()}


def _client(asked: Asked) -> None:
    name, secret = asked.basic
    if (name or asked.text("client_id")) != asked.world.app.client_id:
        raise ApiError("invalid_client_id")
    if (secret or asked.text("client_secret")) != asked.world.app.client_secret:
        raise ApiError("bad_client_secret")


def _granted(asked: Asked, token: Token) -> Answered:
    world = asked.world
    team, org = world.teams.get(token.team), world.organisations.get(token.enterprise)
    shown: Answered = {
        "access_token": token.value,
        "token_type": "bot",
        "scope": ",".join(token.scopes),
        "bot_user_id": token.bot_user,
        "app_id": world.app.id,
        "team": {"id": team.id, "name": team.name} if team else None,
        "enterprise": {"id": org.id, "name": org.name} if org else None,
        "is_enterprise_install": team is None,
    }
    if token.expires:
        shown |= {"refresh_token": world.vault.refresher(token), "expires_in": ROTATION_SECONDS}
    return shown


METHODS = {
    "oauth.v2.access": Method(access, token=""),
    "auth.revoke": Method(revoke),
    "apps.uninstall": Method(uninstall),
    "apps.connections.open": Method(open_connection, ("connections:write",), "app"),
}
