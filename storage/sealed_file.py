"""Encrypts a file with a passphrase, a piece at a time, so that size is no matter.

The key comes from the passphrase by scrypt with a salt of the file's own. Each piece is sealed with AES-256-GCM under
its number, and the last one under another mark: pieces that were changed, left out, put elsewhere or cut off at the end
are all noticed.
"""

from __future__ import annotations

import secrets
import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from bot.ports import StoreError, Trouble

MAGIC = b"STEPWISE-SEALED-1\n"
SHORTEST = 12
PIECE = 1024 * 1024
COST = 16  # scrypt with n = 2**16 takes 64 MB and a fifth of a second for each guess
LARGEST_COST = 20

_SALT, _NONCE, _TAG = 16, 7, 16
_HEADER = struct.Struct(f"!{len(MAGIC)}sBBB{_SALT}s{_NONCE}s")

Done = Callable[[int], None]


def read_phrase(path: Path) -> bytes:
    """Read a passphrase from the first line of a file."""
    try:
        phrase = path.read_text("utf-8").split("\n", 1)[0].strip()
    except (OSError, UnicodeDecodeError):
        raise StoreError(
            Trouble.UNREACHABLE,
            f"The passphrase file {path} cannot be read.",
            "Write the passphrase into its first line, and let the user who runs this read it.",
        ) from None
    if len(phrase) < SHORTEST:
        raise StoreError(
            Trouble.UNREACHABLE,
            f"The passphrase in {path} is shorter than {SHORTEST} characters.",
            "Choose a longer one, and keep it where a fire at home does not reach it.",
        )
    return phrase.encode()


def is_sealed(path: Path) -> bool:
    """Say whether a file was encrypted here."""
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def seal_file(source: BinaryIO, target: BinaryIO, phrase: bytes, done: Done, *, cost: int = COST) -> None:
    """Encrypt all of a file; `done` hears how many bytes were read."""
    salt, prefix = secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE)
    header = _HEADER.pack(MAGIC, cost, 8, 1, salt, prefix)
    cipher = AESGCM(_key(phrase, salt, cost, 8, 1))
    target.write(header)
    for number, piece, last in _pieces(source, PIECE):
        target.write(cipher.encrypt(_nonce(prefix, number, last=last), piece, header))
        done(len(piece))


def open_file(source: BinaryIO, target: BinaryIO, phrase: bytes, done: Done) -> None:
    """Decrypt all of a file, or raise a `StoreError` that says what is wrong with it."""
    header = source.read(_HEADER.size)
    try:
        magic, cost, r, p, salt, prefix = _HEADER.unpack(header)
    except struct.error:
        raise _damaged() from None
    if magic != MAGIC or not (1 <= cost <= LARGEST_COST and r == 8 and p == 1):
        raise _damaged()
    cipher = AESGCM(_key(phrase, salt, cost, r, p))
    for number, piece, last in _pieces(source, PIECE + _TAG):
        try:
            target.write(cipher.decrypt(_nonce(prefix, number, last=last), piece, header))
        except InvalidTag:
            raise (_damaged() if number else _locked()) from None
        done(len(piece))


def _pieces(source: BinaryIO, size: int) -> Iterator[tuple[int, bytes, bool]]:
    """Cut a file into pieces; each knows its number and whether it is the last."""
    number, piece = 0, source.read(size)
    while True:
        following = source.read(size)
        yield number, piece, not following
        if not following:
            return
        number, piece = number + 1, following


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + struct.pack("!I?", number, last)


def _key(phrase: bytes, salt: bytes, cost: int, r: int, p: int) -> bytes:
    return Scrypt(salt=salt, length=32, n=2**cost, r=r, p=p).derive(phrase)


def _locked() -> StoreError:
    return StoreError(
        Trouble.CORRUPT,
        "This passphrase does not open the backup, or its beginning is damaged.",
        "Try the passphrase that was in force when the backup was made, or another backup.",
    )


def _damaged() -> StoreError:
    return StoreError(Trouble.CORRUPT, "The encrypted backup is damaged or cut off.", "Take another backup.")
