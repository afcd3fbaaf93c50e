"""Translations: read from YAML, with every problem told at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import pytest
import yaml

from adapters.discord.locales import BadLocale, Words, read_locales, template
from bot.core.context import Ctx
from bot.core.declare import On, Shortcut, command
from bot.core.params import Arg
from bot.core.registry import Registry
from bot.core.reply import Reply
from bot.wiring import find_commands


@command(
    "club join",
    summary="Join a club",
    section="Test",
    shortcuts=(Shortcut("Join their club", On.MESSAGE, "club"),),
)
async def join(
    ctx: Ctx,
    club: Annotated[str, Arg("Which club")],
    level: Annotated[Literal["easy", "hard"], Arg("How hard")] = "easy",
) -> Reply:
    return Reply()


@command("club", summary="Your club", section="Test")
async def club(ctx: Ctx) -> Reply:
    return Reply()


SMALL = Registry([join, club])


def read(folder: Path, text: str | bytes, name: str = "de.yaml") -> dict[str, Words]:
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_locales(folder, SMALL)


def told(folder: Path, text: str | bytes, name: str = "de.yaml") -> list[tuple[str, str]]:
    with pytest.raises(BadLocale) as caught:
        read(folder, text, name)
    assert all(one.file and one.cure for one in caught.value.found)
    assert all(str(one) in str(caught.value) for one in caught.value.found)
    return [(one.key, one.cure) for one in caught.value.found]


def test_names_options_and_texts_are_read(tmp_path: Path) -> None:
    text = """
names: {club: verein, club.join: beitreten, club.show: zeigen}
options: {level: stufe}
texts: {Join a club: Einem Verein beitreten, easy: leicht, hard: "", How hard: }
"""
    assert read(tmp_path, text) == {
        "de": Words(
            names={"club": "verein", "club.join": "beitreten", "club.show": "zeigen"},
            options={"level": "stufe"},
            texts={"Join a club": "Einem Verein beitreten", "easy": "leicht"},
        )
    }


def test_several_languages_are_read_and_other_files_left_alone(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("About translations")
    (tmp_path / "pt-BR.yaml").write_text("names: {club: clube}")
    assert set(read(tmp_path, "")) == {"de", "pt-BR"}


@pytest.mark.parametrize("name", ["verein", "клуб", "クラブ", "नमस्ते", "ชมรม", "l'équipe", "a-b_c2", "e\u0301quipe"])
def test_names_in_any_script_are_taken(tmp_path: Path, name: str) -> None:
    found = read(tmp_path, yaml.safe_dump({"names": {"club": name}}))["de"].names["club"]
    assert len(found) == len(name) - ("\u0301" in name)


@pytest.mark.parametrize(
    ("name", "cure"),
    [
        ("Verein", "small letters"),
        ("ein verein", "no blanks"),
        ("verein!", "no blanks"),
        ("🎉", "no blanks"),
        ("v" * 33, "33 characters"),
    ],
)
def test_names_that_discord_refuses_are_told(tmp_path: Path, name: str, cure: str) -> None:
    for section, key in (("names", "club"), ("options", "level")):
        ((where, how),) = told(tmp_path, yaml.safe_dump({section: {key: name}}))
        assert where == f"{section}.{key}"
        assert cure in how


@pytest.mark.parametrize(
    ("text", "key", "cure"),
    [
        ("names: {clubs: vereine}", "names.clubs", "No command"),
        ("options: {size: größe}", "options.size", "No command"),
        ("texts: {Leave a club: Verlassen}", "texts.Leave a club", "No command has this text"),
        (f"texts: {{Join a club: {'x' * 101}}}", "texts.Join a club", "101 characters"),
        (f"texts: {{Join their club: {'x' * 33}}}", "texts.Join their club", "32 are the most"),
        ("texts: {easy: no}", "texts.easy", "quotes"),
        ("texts: {no: nein}", "texts.False", "quotes"),
        ("texts: [easy]", "texts", "lines"),
        ("words: {}", "words", "names, options, texts"),
        ("just words", "", "names, options, texts"),
        ("names: {club: [", "", "cannot be read"),
        (b"names: {club: \xff}", "", "cannot be read"),
        ("names: {club.join: zeigen, club.show: zeigen}", "names.club.show", "two different names"),
        ("names: {club.join: show}", "names.club.show", "two different names"),
        ("options: {level: club}", "options.level", "two different names"),
    ],
)
def test_what_is_wrong_is_told_with_its_place_and_cure(tmp_path: Path, text: str | bytes, key: str, cure: str) -> None:
    ((where, how),) = told(tmp_path, text)
    assert where == key
    assert cure in how


@pytest.mark.parametrize("name", ["xx.yaml", "de_DE.yaml", "de.yml", "template.yaml"])
def test_a_locale_that_discord_does_not_know_is_told(tmp_path: Path, name: str) -> None:
    ((where, how),) = told(tmp_path, "", name)
    assert where == ""
    assert "sv-SE" in how


def test_all_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "fr.yaml").write_text("names: {club: Le Club, none: rien}")
    found = told(tmp_path, f"texts: {{easy: {'x' * 101}, gone: weg}}")
    assert {key for key, _ in found} == {"names.club", "names.none", "texts.easy", "texts.gone"}


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadLocale, match="no such folder"):
        read_locales(tmp_path / "nowhere", SMALL)


def test_the_template_reads_as_nothing_translated_yet(tmp_path: Path) -> None:
    registry = find_commands()
    (tmp_path / "de.yaml").write_text(template(registry), encoding="utf-8")
    assert read_locales(tmp_path, registry) == {"de": Words()}


def test_the_template_asks_for_everything_that_can_be_translated() -> None:
    asked = yaml.safe_load(template(SMALL))
    assert set(asked["names"]) == {"club", "club.join", "club.show"}
    assert set(asked["options"]) == {"club", "level"}
    texts = {"Join a club", "Your club", "Which club", "How hard", "easy", "hard", "Join their club"}
    assert set(asked["texts"]) == texts


def test_a_filled_in_template_translates_the_real_commands(tmp_path: Path) -> None:
    registry = find_commands()
    filled = {
        section: {key: f"{key.split('.')[-1][:28]}-x" if section == "names" else f"{key[:26]}_x" for key in entries}
        for section, entries in yaml.safe_load(template(registry)).items()
    }
    (tmp_path / "de.yaml").write_text(yaml.safe_dump(filled, allow_unicode=True), encoding="utf-8")
    words = read_locales(tmp_path, registry)["de"]
    assert words.names["challenge.show"] == "show-x"
    assert (dict(words.names), dict(words.options), dict(words.texts)) == (
        filled["names"],
        filled["options"],
        filled["texts"],
    )
