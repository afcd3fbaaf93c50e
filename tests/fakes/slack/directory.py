"""The methods that say who somebody is: users.*, team.info and auth.test."""

from __future__ import annotations

from tests.fakes.slack.asked import Answered, Asked, Method
from tests.fakes.slack.trouble import ApiError


def user_info(asked: Asked) -> Answered:
    """Describe a member, or the bot itself."""
    user = asked.need("user")
    teams = asked.teams()
    if user == asked.bot():
        return {"user": {"id": user, "team_id": teams[0].id, "name": asked.world.app.name.lower(), "is_bot": True}}
    member = asked.member(user)
    shown = member.profile()
    if member.team.id not in {one.id for one in teams}:
        shown["is_stranger"] = True
    if "users:read.email" in asked.held.scopes:
        shown["profile"]["email"] = f"{member.name}@example.org"
    return {"user": shown}


def user_list(asked: Asked) -> Answered:
    """Describe all members of a workspace."""
    return {
        "members": [one.profile() for one in asked.team().members.values()],
        "response_metadata": {"next_cursor": ""},
    }


def team_info(asked: Asked) -> Answered:
    """Describe a workspace."""
    wanted = asked.text("team") or asked.team().id
    for team in asked.teams():
        if team.id == wanted:
            return {"team": {"id": team.id, "name": team.name, "domain": team.domain}}
    raise ApiError("team_not_found")


def auth_test(asked: Asked) -> Answered:
    """Say whose token this is."""
    token, app = asked.held, asked.world.app
    if token.kind == "app":
        return {"app_name": app.name, "app_id": app.id}
    shown: Answered = {"user": app.name.lower(), "user_id": token.bot_user, "is_enterprise_install": not token.team}
    if token.enterprise:
        shown["enterprise_id"] = token.enterprise
    if not token.team:
        return {**shown, "team": asked.world.organisations[token.enterprise].name, "team_id": token.enterprise}
    team = asked.teams()[0]
    url = f"https://{team.domain}.slack.com/"
    return {**shown, "url": url, "team": team.name, "team_id": team.id, "bot_id": team.bot_id}


METHODS = {
    "users.info": Method(user_info, ("users:read",)),
    "users.list": Method(user_list, ("users:read",)),
    "team.info": Method(team_info, ("team:read",)),
    "auth.test": Method(auth_test, token="any"),
}
