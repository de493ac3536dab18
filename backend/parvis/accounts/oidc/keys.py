"""The public keys of a provider (RFC 7517)."""

from collections.abc import Mapping
from typing import Any, Self

from joserfc import jwk
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

MOST = 100
FAMILIES = {"R": "RSA", "P": "RSA", "E": "EC"}
SHORTEST_MODULUS = 342
"""2048 bits in base64url."""

PublicKey = RSAKey | ECKey


class NoSuchKey(LookupError):
    """None of the keys is the one that a token names."""


class KeySet:
    """Keys for verifying, and for nothing else: secrets, keys for encrypting and those not understood are left out."""

    def __init__(self, keys: list[PublicKey]) -> None:
        self._keys = keys

    @classmethod
    def of(cls, published: Mapping[str, Any]) -> Self:
        """Raises ValueError when it is no key set."""
        match published.get("keys"):
            case list(keys):
                return cls([key for key in map(_imported, keys[:MOST]) if key is not None])
            case _:
                raise ValueError("no key set")

    def find(self, algorithm: str, kid: object) -> PublicKey:
        """The key that a token's header names; a header that names none means the only one of its family.

        Raises `NoSuchKey`.
        """
        fitting = [key for key in self._keys if _fits(key, algorithm)]
        named = fitting if kid is None else [key for key in fitting if key.get("kid") == kid]
        if len(named) != 1:
            raise NoSuchKey
        return named[0]


def _imported(published: Any) -> PublicKey | None:
    if not isinstance(published, dict) or published.get("kty") not in FAMILIES.values():
        return None
    if published["kty"] == "RSA" and len(str(published.get("n"))) < SHORTEST_MODULUS:
        return None
    try:
        key = jwk.import_key(published)
    except (JoseError, ValueError, TypeError):
        return None
    return key if isinstance(key, RSAKey | ECKey) else None


def _fits(key: PublicKey, algorithm: str) -> bool:
    return (
        key.key_type == FAMILIES[algorithm[0]]
        and key.get("use") in {None, "sig"}
        and key.get("alg") in {None, algorithm}
    )
