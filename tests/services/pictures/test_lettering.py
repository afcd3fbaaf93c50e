"""Letters that the font has, in the room that there is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.pictures.lettering import SHOWABLE, SPELLED, fit, font, legible, width


def _drawing(sign: str) -> bytes:
    return bytes(font(40).getmask(sign))


def test_every_showable_letter_has_a_shape_of_its_own() -> None:
    box = _drawing("\U0010ffff")
    assert [sign for sign in sorted(SHOWABLE - {" "}) if _drawing(sign) in {box, b""}] == []


def test_every_spelling_is_showable() -> None:
    assert set("".join(SPELLED.values())) <= SHOWABLE


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The common road", "The common road"),
        ("Éclair – naïve façade", "Eclair - naive facade"),
        ("Straße œuvre Łódź", "Strasse oeuvre Lodz"),
        ("Deep 深度 learning", "Deep learning"),
        ("Ship it 🚀 now🎉!", "Ship it now!"),
        ("Half ½ done", "Half 1⁄2 done"),
        ("Курс по NLP", "NLP"),
        ("e\u0301t\u00e9", "ete"),
        ("深度学习", "Stage 3"),
        ("🚀", "Stage 3"),
        ("", "Stage 3"),
    ],
)
def test_what_the_font_lacks_is_left_out_and_never_a_box(text: str, shown: str) -> None:
    assert legible(text, "Stage 3") == shown


@given(st.text())
def test_only_showable_letters_are_left(text: str) -> None:
    assert set(legible(text, "x")) <= SHOWABLE
    assert legible(text, "x").strip()


@given(st.text(st.sampled_from(sorted(SHOWABLE)), min_size=1), st.integers(80, 600))
def test_a_text_fits_its_room(text: str, room: int) -> None:
    shown = fit(text, 36, room)
    assert width(shown, 36) <= room
    assert shown == text or (shown.endswith("…") and text.startswith(shown[:-1]))


def test_as_much_is_kept_as_has_room() -> None:
    assert fit("Foundations", 36, width("Foundations", 36)) == "Foundations"
    assert fit("Foundations", 36, width("Foundations", 36) - 1) == "Foundatio…"
