"""The addresses that mail comes in by: `reply+…@in.example.org`, of which what follows the plus is ours.

Each says what it is for and whose, and proves it: one that was not made here is refused before anything is read.
Nothing in it depends on capitals, which some servers change.
"""

import hmac
from base64 import b32decode, b32encode
from binascii import Error as Malformed
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from parvis.kernel.secrets import derive_key

Purpose = Literal["reply", "report"]
LETTERS: dict[str, Purpose] = {"r": "reply", "b": "report"}
PROOF = 10
"""Bytes: what is guessed is tried at our own door, one try at a time."""


@dataclass(frozen=True, slots=True)
class Inbound:
    """What an address is for: answers by a reply address of that id, or reports of what did not reach a member's."""

    purpose: Purpose
    id: UUID


class InboundAddresses:
    """Makes and reads them. `address`: that of the deployment, such as `reply@in.example.org`; empty, there is none."""

    def __init__(self, root: bytes, address: str) -> None:
        self._key = derive_key(root, "inbound addresses")
        self._local, _, self._domain = address.lower().partition("@")

    @property
    def are_there(self) -> bool:
        return bool(self._domain)

    def reply(self, id_: UUID) -> str:
        """Where a member answers by."""
        return self._written("r", id_.bytes)

    def report(self, id_: UUID) -> str:
        """Where servers report what became of a mail to this address of a member: who knows it was sent one."""
        return self._written("b", id_.bytes)

    def opened(self, email: str) -> Inbound | None:
        """None for an address that was not made here."""
        local, _, domain = email.lower().rpartition("@")
        own, _, tag = local.partition("+")
        if not self.are_there or domain != self._domain or own != self._local or tag[:1] not in LETTERS:
            return None
        try:
            whole = b32decode(tag[1:].upper() + "=" * (-len(tag[1:]) % 8))
        except Malformed:
            return None
        said, proof = whole[:-PROOF], whole[-PROOF:]
        if len(said) != 16 or not hmac.compare_digest(proof, self._proof(tag[0], said)):
            return None
        return Inbound(LETTERS[tag[0]], UUID(bytes=said))

    def _written(self, letter: str, said: bytes) -> str:
        tag = b32encode(said + self._proof(letter, said)).decode().rstrip("=").lower()
        return f"{self._local}+{letter}{tag}@{self._domain}"

    def _proof(self, letter: str, said: bytes) -> bytes:
        return hmac.digest(self._key, letter.encode() + said, "sha256")[:PROOF]
