"""Tokens, keys derived from the root secret, and encryption of what the database must not read."""

import secrets
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = b"\x01"
NONCE_BYTES = 12


def new_token() -> str:
    """256 random bits, URL-safe: 43 characters."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> bytes:
    """What is stored instead of a token: 32 bytes. Tokens are random, so they need neither salt nor a slow hash."""
    return sha256(token.encode()).digest()


def derive_key(root: bytes, purpose: str, length: int = 32) -> bytes:
    """A key for one purpose alone, `length` bytes (HKDF with SHA-256, RFC 5869)."""
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=f"parvis {purpose}".encode()).derive(root)


class VaultSealed(Exception):
    """The ciphertext was altered, belongs elsewhere, or was made with another key."""


class Vault:
    """Authenticated encryption at rest: AES-256-GCM (NIST SP 800-38D) with a random nonce.

    `context` names the place of the secret (such as its row's id); a ciphertext moved elsewhere does not open.
    """

    def __init__(self, root: bytes, purpose: str) -> None:
        self._cipher = AESGCM(derive_key(root, purpose))

    def encrypt(self, plain: bytes, context: bytes = b"") -> bytes:
        nonce = secrets.token_bytes(NONCE_BYTES)
        return VERSION + nonce + self._cipher.encrypt(nonce, plain, VERSION + context)

    def decrypt(self, sealed: bytes, context: bytes = b"") -> bytes:
        """Raises `VaultSealed` unless these very bytes were encrypted here with this `context`."""
        version, nonce, body = sealed[:1], sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
        if version != VERSION or len(nonce) != NONCE_BYTES:
            raise VaultSealed("not a ciphertext of this vault")
        try:
            return self._cipher.decrypt(nonce, body, VERSION + context)
        except InvalidTag as error:
            raise VaultSealed("altered, moved, or of another key") from error
