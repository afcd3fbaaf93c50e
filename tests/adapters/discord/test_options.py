"""Declared commands as Discord wants them: within its limits, and as its own description says."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest

from adapters.discord.locales import Words
from adapters.discord.options import commands, fingerprint
from bot.core.context import Ctx
from bot.core.declare import Command, On, Shortcut, command
from bot.core.guards import admin_only, community_only
from bot.core.params import Arg, Asking, Channel, Choice, Member, Role, Upload
from bot.core.registry import Registry
from bot.core.reply import Reply
from bot.wiring import find_commands

ROOT = Path(__file__).parents[3]
JUDGE = ROOT.parent / "shared" / "judges" / "discord_judge.py"
Json = dict[str, Any]


def nothing(asking: Asking, typed: str) -> Iterable[Choice]:
    return ()


async def plain(ctx: Ctx) -> Reply:
    return Reply()


@command("every kind", summary="One of each", section="Test", guards=(community_only,))
async def every_kind(
    ctx: Ctx,
    story: Annotated[str, Arg("Tell it", multiline=True)],
    topic: Annotated[str, Arg("Which one", suggest=nothing, max_length=60)],
    count: Annotated[int, Arg("How many", minimum=0.5, maximum=9.5)],
    share: Annotated[float | None, Arg("Which part", minimum=0.25)] = None,
    guess: Annotated[int | None, Arg("About how many", suggest=nothing, minimum=1)] = None,
    free: Annotated[bool | None, Arg("Only free ones")] = None,
    level: Annotated[Literal["easy", "hard"] | None, Arg("How hard")] = None,
    who: Annotated[Member | None, Arg("For whom")] = None,
    where: Annotated[Channel | None, Arg("In which channel")] = None,
    team: Annotated[Role | None, Arg("For which role")] = None,
    day: Annotated[date | None, Arg("On which day")] = None,
    length: Annotated[timedelta | None, Arg("For how long")] = None,
    work: Annotated[Upload | None, Arg("Your work")] = None,
) -> Reply:
    return Reply()


def declared(words: str, **more: Any) -> Command:
    return command(words, summary=f"About {words}", section="Test", **more)(plain)


def payload_of(*declared_ones: Command, words: dict[str, Words] | None = None) -> list[Json]:
    return commands(Registry(declared_ones), words or {})


def option(name: str) -> Json:
    (top,) = payload_of(every_kind)
    found: Json = next(one for one in top["options"][0]["options"] if one["name"] == name)
    return found


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("story", {"type": 3}),
        ("topic", {"type": 3, "required": True, "autocomplete": True, "max_length": 60}),
        ("count", {"type": 4, "required": True, "min_value": 1, "max_value": 9}),
        ("share", {"type": 10, "min_value": 0.25}),
        ("guess", {"type": 3, "autocomplete": True}),
        ("free", {"type": 5}),
        ("level", {"type": 3, "choices": [{"name": "easy", "value": "easy"}, {"name": "hard", "value": "hard"}]}),
        ("who", {"type": 6}),
        ("where", {"type": 7, "channel_types": [0, 5]}),
        ("team", {"type": 8}),
        ("day", {"type": 3}),
        ("length", {"type": 3}),
        ("work", {"type": 11}),
    ],
)
def test_each_kind_of_parameter_is_an_option_of_its_own_kind(name: str, expected: Json) -> None:
    found = option(name)
    assert {key: found[key] for key in found if key not in ("name", "description")} == expected


def test_required_options_stand_first_and_long_texts_wait_for_the_form() -> None:
    (top,) = payload_of(every_kind)
    names = [one["name"] for one in top["options"][0]["options"]]
    assert names[:3] == ["topic", "count", "story"]


def test_one_word_is_a_command_two_a_subcommand_three_a_group() -> None:
    one, two = payload_of(declared("alone"), declared("club join"), declared("club talk begin"))
    assert (one["name"], one["type"], "options" in one) == ("alone", 1, False)
    talk = next(inner for inner in two["options"] if inner["name"] == "talk")
    assert [(inner["name"], inner["type"]) for inner in two["options"]] == [("join", 1), ("talk", 2)]
    assert [(inner["name"], inner["type"]) for inner in talk["options"]] == [("begin", 1)]
    assert two["description"] == "join, talk"


def test_a_command_beside_its_own_subcommands_is_shown_as_show() -> None:
    (top,) = payload_of(declared("club"), declared("club talk"), declared("club talk begin"))
    shown, talk = top["options"]
    assert (shown["name"], shown["type"], shown["description"]) == ("show", 1, "About club")
    assert (talk["name"], talk["type"]) == ("talk", 2)
    assert [inner["name"] for inner in talk["options"]] == ["show", "begin"]


@pytest.mark.parametrize(
    ("guards", "permissions", "contexts"),
    [
        ([(), ()], None, [0, 1]),
        ([(admin_only,), (admin_only,)], 32, [0, 1]),
        ([(admin_only,), ()], None, [0, 1]),
        ([(community_only,), (community_only,)], None, [0]),
        ([(community_only,), ()], None, [0, 1]),
        ([(admin_only, community_only), (community_only, admin_only)], 32, [0]),
    ],
)
def test_who_sees_a_command_follows_from_all_guards_under_it(
    guards: list[tuple[Any, ...]], permissions: int | None, contexts: list[int]
) -> None:
    (top,) = payload_of(*(declared(f"club {n}th", guards=one) for n, one in zip("ab", guards, strict=True)))
    assert (top.get("default_member_permissions"), top["contexts"]) == (permissions, contexts)
    assert top["integration_types"] == [0]


def test_shortcuts_are_entries_in_the_menus_of_messages_and_members() -> None:
    asked = command(
        "ask",
        summary="Ask",
        section="Test",
        guards=(community_only,),
        shortcuts=(Shortcut("Ask this", On.MESSAGE, "text"), Shortcut("Ask them", On.MEMBER, "who")),
    )(_ask)
    _, message, member = payload_of(asked, words={"de": Words(texts={"Ask this": "Das fragen"})})
    assert (message["type"], message["name"], message["contexts"]) == (3, "Ask this", [0])
    assert message["name_localizations"] == {"de": "Das fragen"}
    assert (member["type"], member["name"]) == (2, "Ask them")
    assert "description" not in message


async def _ask(ctx: Ctx, text: Annotated[str, Arg("What")], who: Annotated[Member | None, Arg("Whom")] = None) -> Reply:
    return Reply()


def test_translations_stand_beside_the_english() -> None:
    german = Words(
        names={"every": "jede", "every.kind": "art"},
        texts={"One of each": "Eins von jedem", "easy": "leicht", "How hard": "Wie schwer"},
        options={"level": "stufe"},
    )
    french = Words(names={"every.kind": "sorte"})
    (top,) = payload_of(every_kind, words={"fr": french, "de": german})
    (kind,) = top["options"]
    level = next(one for one in kind["options"] if one["name"] == "level")
    assert top["name_localizations"] == {"de": "jede"}
    assert list(kind["name_localizations"].items()) == [("de", "art"), ("fr", "sorte")]
    assert kind["description_localizations"] == {"de": "Eins von jedem"}
    assert level["name_localizations"] == {"de": "stufe"}
    assert level["description_localizations"] == {"de": "Wie schwer"}
    assert level["choices"][0]["name_localizations"] == {"de": "leicht"}
    assert "name_localizations" not in level["choices"][1]


def characters(part: Json) -> int:
    """Count as Discord does: the longest wording of every name and description, and the values of choices."""
    longest = sum(
        max(len(text) for text in [part.get(key, ""), *part.get(f"{key}_localizations", {}).values()])
        for key in ("name", "description")
    )
    inner = (*part.get("options", ()), *part.get("choices", ()))
    return longest + len(str(part.get("value", ""))) + sum(characters(one) for one in inner)


def leaves(options: list[Json]) -> Iterator[list[Json]]:
    if any(one["type"] in (1, 2) for one in options):
        for one in options:
            yield from leaves(one.get("options", []))
    else:
        yield options


def test_all_real_commands_keep_the_limits() -> None:
    payload = commands(find_commands())
    kinds = [one["type"] for one in payload]
    assert 20 < kinds.count(1) <= 100
    assert 1 <= kinds.count(2) <= 15
    assert 1 <= kinds.count(3) <= 15
    assert len({(one["type"], one["name"]) for one in payload}) == len(payload)
    for top in payload:
        assert characters(top) <= 8000
        assert len(top.get("options", [])) <= 25
        for options in leaves(top.get("options", [])):
            required = [one.get("required", False) for one in options]
            assert required == sorted(required, reverse=True)
            assert len(options) <= 25


def test_every_real_command_and_shortcut_can_be_reached() -> None:
    registry = find_commands()
    payload = commands(registry)
    slash = [one for one in payload if one["type"] == 1]
    reached = [words.removesuffix(" show") if not registry.command(words) else words for words in _paths(slash, "")]
    assert sorted(reached) == sorted(one.words for one in registry.commands)
    assert {one["name"] for one in payload if one["type"] != 1} == {one.label for one in registry.shortcuts}


def _paths(nodes: list[Json], above: str) -> Iterator[str]:
    for one in nodes:
        below = [inner for inner in one.get("options", []) if inner["type"] in (1, 2)]
        yield from _paths(below, f"{above}{one['name']} ") if below else [f"{above}{one['name']}"]


@pytest.fixture(scope="module")
def judge() -> Callable[[str, str, object], list[str]]:
    """Load the judge of Discord's own description, which is kept beside the repository."""
    if not JUDGE.exists():
        pytest.skip("Discord's description is not here")
    spec = importlib.util.spec_from_file_location("discord_judge", JUDGE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: Callable[[str, str, object], list[str]] = module.judge
    return found


def test_discords_own_description_takes_the_real_commands(judge: Callable[[str, str, object], list[str]]) -> None:
    assert judge("PUT", "/applications/1/commands", commands(find_commands())) == []


def test_discords_own_description_takes_every_shape(judge: Callable[[str, str, object], list[str]]) -> None:
    words = {"de": Words(names={"every.kind": "art"}, texts={"One of each": "Eins von jedem"}, options={"who": "wer"})}
    shapes = (every_kind, declared("club"), declared("club talk"), declared("club talk begin", guards=(admin_only,)))
    assert judge("PUT", "/applications/1/commands", payload_of(*shapes, words=words)) == []


def turned(part: Any) -> Any:
    """Say the same with every dict the other way round."""
    if isinstance(part, dict):
        return {key: turned(value) for key, value in reversed(part.items())}
    return [turned(one) for one in part] if isinstance(part, list) else part


def test_the_fingerprint_does_not_depend_on_the_order_of_keys() -> None:
    payload = commands(find_commands())
    assert json.dumps(turned(payload)) != json.dumps(payload)
    assert fingerprint(turned(payload)) == fingerprint(payload)


def test_the_fingerprint_changes_with_the_payload() -> None:
    payload = payload_of(every_kind)
    payload[0]["options"][0]["description"] += "."
    assert fingerprint(payload) != fingerprint(payload_of(every_kind))


def test_the_fingerprint_is_the_same_in_every_process() -> None:
    code = (
        "from adapters.discord.options import commands, fingerprint\n"
        "from bot.wiring import find_commands\n"
        "print(fingerprint(commands(find_commands())))"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    ]
    assert told == [fingerprint(commands(find_commands()))] * 2
