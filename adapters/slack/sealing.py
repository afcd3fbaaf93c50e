"""Encrypts what must not be read from a stolen database file.

The key is made from the operator's secret by scrypt. People choose such secrets, and whoever has the file can try
guesses at home: a key derivation made for random input (HKDF) would let them try billions in a second, scrypt takes
32 MB and a tenth of a second for each. We pay that once, at the start. The salt is random for each database, so that
guesses made for one are worth nothing for another.
"""

from __future__ import annotations

import asyncio
import base64
import secrets
from collections.abc import Sequence
from typing import Protocol

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

SHORTEST = 16
COST = 2**15

_SALT = "slack:salt"
_SALT_BYTES, _KEY_BYTES = 16, 32


class Shelf(Protocol):
    """Where sealed texts are kept."""

    async def put(self, key: str, text: str) -> None:
        """Keep a text under this key."""

    async def get(self, key: str) -> str | None:
        """Return the text under this key."""

    async def delete(self, key: str) -> bool:
        """Drop a text so that no copy stays behind; False when there was none."""

    async def keys(self, prefix: str) -> Sequence[str]:
        """Return the keys that begin like this."""


class WeakSecret(ValueError):
    """A secret from which no key is made; the text says the cure, and nothing of the secret."""


class BrokenSeal(Exception):
    """A text that was sealed with another secret, or damaged."""


class Seal:
    """Seals with the newest secret, and opens what was sealed with any of them."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._newest = Fernet(keys[0])
        self._all = MultiFernet([Fernet(key) for key in keys])

    def seal(self, text: str) -> str:
        """Encrypt a text."""
        return self._newest.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """Decrypt a text, or raise `BrokenSeal`."""
        try:
            return self._all.decrypt(sealed).decode()
        except InvalidToken:
            raise BrokenSeal("It was sealed with another secret, or is damaged.") from None

    def renew(self, sealed: str) -> str | None:
        """Return the text sealed anew, or None when the newest secret opens it already."""
        try:
            self._newest.decrypt(sealed)
        except InvalidToken:
            return self.seal(self.open(sealed))
        return None


async def seal_with(shelf: Shelf, secret: str, *, cost: int = COST) -> Seal:
    """Make the seal from the operator's secret: one, or several with a comma between them, the newest first."""
    phrases = phrases_of(secret)
    salt = await _salt(shelf)
    return Seal([await asyncio.to_thread(_key, phrase, salt, cost) for phrase in phrases])


def phrases_of(secret: str) -> tuple[str, ...]:
    """Take the secrets apart, or raise `WeakSecret`."""
    phrases = tuple(phrase for part in secret.split(",") if (phrase := part.strip()))
    if not phrases:
        raise WeakSecret("STEPWISE_SECRET is not set. Set it to a long random text, and keep it as you keep passwords.")
    if any(len(phrase) < SHORTEST for phrase in phrases):
        raise WeakSecret(
            f"STEPWISE_SECRET needs {SHORTEST} characters or more; several secrets, each as long, stand with a comma "
            "between them, the newest first."
        )
    return phrases


async def _salt(shelf: Shelf) -> bytes:
    known = await shelf.get(_SALT)
    if known is None:
        known = base64.b64encode(secrets.token_bytes(_SALT_BYTES)).decode()
        await shelf.put(_SALT, known)
    return base64.b64decode(known)


def _key(phrase: str, salt: bytes, cost: int) -> bytes:
    raw = Scrypt(salt=salt, length=_KEY_BYTES, n=cost, r=8, p=1).derive(phrase.encode())
    return base64.urlsafe_b64encode(raw)
