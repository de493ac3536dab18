"""Access tokens: JSON Web Tokens (RFC 7519, profile of RFC 9068), through the only wrapper of python-jose.

The library takes the algorithm from the token when told none, takes a DER public key for an HMAC secret when told
several, ignores `crit`, and of two claims of one name believes the last. So here each key has one algorithm and is a
JWK or PEM, and a token is read strictly before its signature is: a header with anything but the three fields we write,
a name given twice or a segment that is not canonical base64url is refused.
"""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from jose import jwk, jws
from jose.exceptions import JOSEError

from parvis.kernel import clock
from parvis.kernel.ids import new_id
from parvis.kernel.secrets import derive_key

LIFETIME = timedelta(minutes=10)
LEEWAY_SECONDS = 60
"""How far the clocks of our processes may be apart."""
TYPE = "at+jwt"
LONGEST = 4096
AUDIENCE = "parvis"
CLAIMS = frozenset({"iss", "aud", "sub", "sid", "client_id", "scope", "iat", "exp", "jti"})
SEGMENT = re.compile(r"[A-Za-z0-9_-]+")


class Untrusted(ValueError):
    """The token is not one that we signed, for this, and that still holds."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key with the one algorithm it is used with: a JWK (RFC 7517), or the text of a PEM.

    Raises ValueError for a key in another form, or of another family than its algorithm's.
    """

    kid: str
    algorithm: str
    key: Mapping[str, str] | str

    def __post_init__(self) -> None:
        if isinstance(self.key, Mapping):
            fits = self.key.get("kty") == {"H": "oct", "R": "RSA", "E": "EC"}.get(self.algorithm[:1])
        else:
            fits = str(self.key).startswith("-----BEGIN ") and self.algorithm[:1] in "RE"
        if not fits:
            raise ValueError(f"not a JWK or PEM for {self.algorithm}")


class Signatures:
    """Signs with the first of its keys; verifies with the one that a token names."""

    def __init__(self, keys: Sequence[SigningKey], token_type: str) -> None:
        self._signing = keys[0]
        self._type = token_type
        self._keys = {key.kid: (key.algorithm, jwk.construct(key.key, key.algorithm)) for key in keys}

    def sign(self, claims: Mapping[str, Any]) -> str:
        algorithm, key = self._keys[self._signing.kid]
        token: str = jws.sign(claims, key, {"kid": self._signing.kid, "typ": self._type}, algorithm)
        return token

    def verify(self, token: str) -> dict[str, Any]:
        """The claims of a token that one of our keys signed. Raises `Untrusted`."""
        if len(token) > LONGEST or token.count(".") != 2:
            raise Untrusted("not a compact JWS")
        header, claims, _ = (_segment(part) for part in token.split("."))
        algorithm, key = self._key_for(_object(header))
        try:
            jws.verify(token, key, algorithms=[algorithm])
        except JOSEError as error:
            raise Untrusted("not our signature") from error
        return _object(claims)

    def _key_for(self, header: dict[str, Any]) -> tuple[str, Any]:
        if header.keys() != {"alg", "kid", "typ"} or not all(isinstance(value, str) for value in header.values()):
            raise Untrusted("not a header of ours")
        algorithm, key = self._keys.get(header["kid"], (None, None))
        if algorithm is None or header["alg"] != algorithm or header["typ"] != self._type:
            raise Untrusted("not a key of ours, or not its algorithm")
        return algorithm, key


class AccessTokens:
    """Writes and reads the access tokens of this deployment."""

    def __init__(self, secret: bytes, issuer: str) -> None:
        derived = urlsafe_b64encode(derive_key(secret, "access-tokens")).decode().rstrip("=")
        key = SigningKey("parvis-1", "HS256", {"kty": "oct", "alg": "HS256", "k": derived})
        self._signatures = Signatures([key], TYPE)
        self._issuer = issuer

    def write(self, member_id: UUID, session_id: UUID, scopes: Sequence[str], client_id: str) -> str:
        """A token of ten minutes for this session."""
        issued = int(clock.now().timestamp())
        return self._signatures.sign(
            {
                "iss": self._issuer,
                "aud": AUDIENCE,
                "sub": str(member_id),
                "sid": str(session_id),
                "client_id": client_id,
                "scope": " ".join(scopes),
                "iat": issued,
                "exp": issued + int(LIFETIME.total_seconds()),
                "jti": new_id().hex,
            }
        )

    def session_of(self, token: str) -> tuple[UUID, frozenset[str]] | None:
        """The session and scopes that a token stands for; None when anything about it is wrong."""
        try:
            claims = self._current(self._signatures.verify(token))
            return UUID(claims["sid"]), frozenset(claims["scope"].split())
        except ValueError:
            return None

    def _current(self, claims: dict[str, Any]) -> dict[str, Any]:
        numbers = [claims.get("iat"), claims.get("exp")]
        if claims.keys() != CLAIMS or any(type(number) is not int for number in numbers):
            raise Untrusted("not the claims we write")
        if not all(isinstance(value, str) for name, value in claims.items() if name not in {"iat", "exp"}):
            raise Untrusted("not the claims we write")
        if claims["iss"] != self._issuer or claims["aud"] != AUDIENCE:
            raise Untrusted("issued by another, or for another")
        now = clock.now().timestamp()
        if not claims["iat"] - LEEWAY_SECONDS <= now < claims["exp"] + LEEWAY_SECONDS:
            raise Untrusted("expired, or not yet valid")
        if claims["exp"] - claims["iat"] > LIFETIME.total_seconds():
            raise Untrusted("made to last longer than we let any")
        return claims


def _segment(text: str) -> bytes:
    if not SEGMENT.fullmatch(text):
        raise Untrusted("not base64url")
    try:
        decoded = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError as error:
        raise Untrusted("not base64url") from error
    if urlsafe_b64encode(decoded).decode().rstrip("=") != text:
        raise Untrusted("not canonical base64url")
    return decoded


def _object(text: bytes) -> dict[str, Any]:
    try:
        read = json.loads(text.decode(), object_pairs_hook=_once_each, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise Untrusted("not JSON") from error
    if not isinstance(read, dict):
        raise Untrusted("not a JSON object")
    return read


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = dict(pairs)
    if len(names) != len(pairs):
        raise Untrusted("a name given twice")
    return names


def _refuse(constant: str) -> None:
    raise Untrusted(f"{constant} is not JSON")
