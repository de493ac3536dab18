"""A stream that only who has the key reads, and in which a change, a cut or a swap shows.

Pieces of 1 MiB are each sealed by AES-256-GCM under a key drawn for this file; the nonce counts them and marks the last
(the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015). No more than two pieces are in memory.
"""

import secrets
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from parvis.kernel.secrets import derive_key

MAGIC = b"parvis sealed backup 1\n"
SALT_BYTES, TAG_BYTES = 32, 16
PIECE = 2**20
SHORTEST_KEY = 32


class WrongKey(Exception):
    """The file was sealed with another key, was changed, or is cut."""


class Sealer:
    """A file to write to; `close` writes the last piece, without which nothing of it counts."""

    def __init__(self, target: BinaryIO, key: bytes) -> None:
        salt = secrets.token_bytes(SALT_BYTES)
        self._cipher, self._target = _cipher(key, salt), target
        self._waiting, self._count = bytearray(), 0
        target.write(MAGIC + salt)

    def write(self, plain: bytes) -> int:
        self._waiting += plain
        while len(self._waiting) > PIECE:
            self._seal(bytes(self._waiting[:PIECE]), is_last=False)
            del self._waiting[:PIECE]
        return len(plain)

    def close(self) -> None:
        self._seal(bytes(self._waiting), is_last=True)

    def _seal(self, plain: bytes, *, is_last: bool) -> None:
        self._target.write(self._cipher.encrypt(_nonce(self._count, is_last=is_last), plain, MAGIC))
        self._count += 1


class Opener:
    """A file to read from. Raises `WrongKey` at the first piece that is not as it was sealed."""

    def __init__(self, source: BinaryIO, key: bytes) -> None:
        """`source` stands after the magic."""
        self._cipher, self._source = _cipher(key, source.read(SALT_BYTES)), source
        self._ahead, self._count = source.read(PIECE + TAG_BYTES), 0
        self._plain, self._is_over = bytearray(), False

    def read(self, size: int) -> bytes:
        while len(self._plain) < size and not self._is_over:
            self._open()
        found = bytes(self._plain[:size])
        del self._plain[:size]
        return found

    def _open(self) -> None:
        sealed, self._ahead = self._ahead, self._source.read(PIECE + TAG_BYTES)
        self._is_over = not self._ahead
        try:
            self._plain += self._cipher.decrypt(_nonce(self._count, is_last=self._is_over), sealed, MAGIC)
        except InvalidTag as error:
            raise WrongKey("sealed with another key, changed, or cut") from error
        self._count += 1


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(derive_key(key, f"backup {salt.hex()}"))


def _nonce(count: int, *, is_last: bool) -> bytes:
    return count.to_bytes(11) + bytes([is_last])
