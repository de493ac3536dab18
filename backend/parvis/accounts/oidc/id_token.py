"""ID tokens: who somebody is, signed by a provider for us (OpenID Connect Core 1.0 section 3.1.3.7)."""

import binascii
import json
from base64 import urlsafe_b64decode
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError

from parvis.kernel import clock

from .keys import KeySet

LEEWAY_SECONDS = 60
"""How far a provider's clock may be from ours."""
LONGEST = 32_768
LONGEST_SUBJECT = 255
HEADER = frozenset({"alg", "kid", "typ", "x5t", "x5t#S256"})
"""What a header may say. What names or holds a key (`jku`, `x5u`, `x5c`, `jwk`) or must be understood (`crit`) may not:
keys come from the provider's own address alone."""


class Untrusted(ValueError):
    """Not a token that this provider signed, for us, in answer to this request, that still holds."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a token must say to be the answer to one request."""

    issuer: str
    client_id: str
    nonce: str
    access_token: str | None


def verified(token: str, keys: KeySet, algorithms: Collection[str], expected: Expected) -> Mapping[str, Any]:
    """The claims of a token. Raises `Untrusted`, and `keys.NoSuchKey` when the keys may be out of date."""
    header = _header(token)
    if header.get("alg") not in algorithms:
        raise Untrusted("alg")
    try:
        key = keys.find(header["alg"], header.get("kid"))
        read = jwt.decode(token, key, algorithms=[header["alg"]])
        claims = _claims(read.claims, header, expected)
        claims.validate(now=int(clock.now().timestamp()), leeway=LEEWAY_SECONDS)
    except (JoseError, ValueError, TypeError) as error:
        raise Untrusted(type(error).__name__) from error
    if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= LONGEST_SUBJECT:
        raise Untrusted("sub")
    return dict(claims)


def _claims(said: Mapping[str, Any], header: Mapping[str, Any], expected: Expected) -> Any:
    options = {
        "iss": {"essential": True, "value": expected.issuer},
        "aud": {"essential": True, "value": expected.client_id},
        "nonce": {"essential": True, "value": expected.nonce},
    }
    params = {"client_id": expected.client_id, "nonce": expected.nonce, "access_token": expected.access_token}
    return CodeIDToken(said, header, options, params)


def _header(token: str) -> dict[str, Any]:
    first = token.partition(".")[0]
    if len(token) > LONGEST or token.count(".") != 2:
        raise Untrusted("form")
    try:
        header = json.loads(urlsafe_b64decode(first + "=" * (-len(first) % 4)))
    except (binascii.Error, ValueError, RecursionError) as error:
        raise Untrusted("header") from error
    if not isinstance(header, dict) or not header.keys() <= HEADER or not isinstance(header.get("alg"), str):
        raise Untrusted("header")
    return header
