"""Access tokens: JSON Web Tokens (RFC 7519, profile of RFC 9068), through the only wrapper of python-jose.

The library takes an algorithm from the token when told none, takes a DER public key for an HMAC secret when told
several, and ignores `crit`. So each key here has one algorithm, keys are JWK or PEM alone, and a header with
anything but the three fields we write is refused before decoding.
"""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from jose import jwt
from jose.exceptions import JOSEError

from parvis.kernel import clock
from parvis.kernel.ids import new_id
from parvis.kernel.secrets import derive_key

LIFETIME = timedelta(minutes=10)
LEEWAY_SECONDS = 60
TYPE = "at+jwt"
LONGEST = 4096
AUDIENCE = "parvis"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A JWK, and the one algorithm it is used with."""

    kid: str
    algorithm: str
    jwk: dict[str, Any]


class AccessTokens:
    """Writes and reads the access tokens of this deployment."""

    def __init__(self, secret: bytes, issuer: str) -> None:
        derived = derive_key(secret, "access-tokens")
        jwk = {"kty": "oct", "alg": "HS256", "k": urlsafe_b64encode(derived).decode().rstrip("=")}
        self._key = SigningKey("parvis-1", "HS256", jwk)
        self._issuer = issuer

    def write(self, member_id: UUID, session_id: UUID, scopes: list[str], client_id: str) -> str:
        """A token of ten minutes for this session."""
        issued = int(clock.now().timestamp())
        claims = {
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
        token: str = jwt.encode(claims, self._key.jwk, self._key.algorithm, {"kid": self._key.kid, "typ": TYPE})
        return token

    def session_of(self, token: str) -> tuple[UUID, frozenset[str]] | None:
        """The session and scopes that a token stands for; None when anything about it is wrong."""
        try:
            claims = self._claims(token)
            return UUID(claims["sid"]), frozenset(claims["scope"].split())
        except (JOSEError, KeyError, ValueError, TypeError, AttributeError):
            return None

    def _claims(self, token: str) -> dict[str, Any]:
        if len(token) > LONGEST or token.count(".") != 2:
            raise ValueError("not a signed token of ours")
        header = jwt.get_unverified_header(token)
        if header != {"alg": self._key.algorithm, "kid": self._key.kid, "typ": TYPE}:
            raise ValueError("not a header of ours")
        options = {f"require_{name}": True for name in ("iss", "aud", "sub", "exp", "iat")}
        claims: dict[str, Any] = jwt.decode(
            token,
            self._key.jwk,
            algorithms=[self._key.algorithm],
            audience=AUDIENCE,
            issuer=self._issuer,
            options={**options, "verify_exp": False, "leeway": LEEWAY_SECONDS},
        )
        now = clock.now().timestamp()
        if not claims["iat"] - LEEWAY_SECONDS <= now < claims["exp"] + LEEWAY_SECONDS:
            raise ValueError("expired, or not yet valid")
        return claims
