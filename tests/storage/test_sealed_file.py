"""A sealed file opens with its passphrase, and every way to tamper with it is noticed."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest

from bot.ports import StoreError
from storage.sealed_file import PIECE, is_sealed, open_file, read_phrase, seal_file

PHRASE, COST = b"correct horse battery", 4  # cheap: what is tried here is not how long guessing takes


def sealed(plain: bytes) -> bytes:
    target = io.BytesIO()
    seal_file(io.BytesIO(plain), target, PHRASE, lambda _: None, cost=COST)
    return target.getvalue()


def unsealed(text: bytes, phrase: bytes = PHRASE) -> bytes:
    target = io.BytesIO()
    open_file(io.BytesIO(text), target, phrase, lambda _: None)
    return target.getvalue()


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_what_was_sealed_opens_again(size: int) -> None:
    plain = random.Random(size).randbytes(size)
    text = sealed(plain)
    assert unsealed(text) == plain
    assert len(plain) < 32 or plain[:32] not in text


def test_the_same_file_never_looks_the_same() -> None:
    assert sealed(b"members") != sealed(b"members")


def test_another_passphrase_opens_nothing() -> None:
    with pytest.raises(StoreError, match="passphrase does not open"):
        unsealed(sealed(b"members"), b"another passphrase")


def test_every_changed_byte_is_noticed() -> None:
    text = sealed(b"what members did")
    for place in range(len(text)):
        changed = bytearray(text)
        changed[place] ^= 1
        with pytest.raises(StoreError):
            unsealed(bytes(changed))


def test_a_file_that_was_cut_off_or_put_together_anew_is_noticed() -> None:
    text, sizes = sealed(random.Random(1).randbytes(2 * PIECE + 5)), PIECE + 16
    head, first, second = text[:44], text[44 : 44 + sizes], text[44 + sizes : 44 + 2 * sizes]
    rest = text[44 + 2 * sizes :]
    for broken in (b"", head, head + first, head + first + second, head + second + first + rest, text + b"x"):
        with pytest.raises(StoreError, match=r"damaged|does not open"):
            unsealed(broken)


def test_a_passphrase_is_the_first_line_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "phrase"
    file.write_text("  a long enough phrase \nsecond line\n")
    assert read_phrase(file) == b"a long enough phrase"
    file.write_text("short\n")
    with pytest.raises(StoreError, match="shorter than 12"):
        read_phrase(file)
    with pytest.raises(StoreError, match="cannot be read"):
        read_phrase(tmp_path / "nowhere")
    assert not is_sealed(file)
