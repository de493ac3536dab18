"""Access tokens that we did not sign, or not like this: each made from the parts of a true one.

After the attacks of RFC 8725 (JSON Web Token best current practices), and those known of the library.
"""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jose import jws

from parvis.accounts.jwt import TYPE
from parvis.kernel.secrets import derive_key

RSA_KEY = rsa.generate_private_key(65537, 2048)
EC_KEY = ec.generate_private_key(ec.SECP256R1())
DER_PUBLIC = RSA_KEY.public_key().public_bytes(
    serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
)
PEM_PRIVATE = RSA_KEY.private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
)
PEM_PUBLIC = RSA_KEY.public_key().public_bytes(
    serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
)
EC_PEM_PRIVATE = EC_KEY.private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
)


def b64(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def plain(segment: str) -> bytes:
    return urlsafe_b64decode(segment + "=" * (-len(segment) % 4))


def written(value: object) -> bytes:
    return value if isinstance(value, bytes) else json.dumps(value, separators=(",", ":")).encode()


def signed(key: bytes, header: object, claims: object, digest: str = "sha256") -> str:
    """A compact JWS with an HMAC, whatever its header says."""
    signing_input = f"{b64(written(header))}.{b64(written(claims))}"
    return f"{signing_input}.{b64(hmac.digest(key, signing_input.encode(), digest))}"


@dataclass(frozen=True)
class True_:  # noqa: N801 — what is forged is made from what is true
    """A token that holds, in its parts, and the key it was signed with."""

    token: str
    key: bytes

    @classmethod
    def of(cls, token: str, secret: bytes) -> "True_":
        return cls(token, derive_key(secret, "access-tokens"))

    @property
    def segments(self) -> list[str]:
        return self.token.split(".")

    @property
    def header(self) -> dict[str, Any]:
        return dict(json.loads(plain(self.segments[0])))

    @property
    def claims(self) -> dict[str, Any]:
        return dict(json.loads(plain(self.segments[1])))

    def under(self, **header: Any) -> str:
        """Signed with our own key under another header. Only the header is wrong."""
        return signed(self.key, {**self.header, **header}, self.claims)

    def saying(self, **claims: Any) -> str:
        """Signed with our own key and other claims. Only the claims are wrong."""
        return signed(self.key, self.header, {**self.claims, **claims})

    def without(self, claim: str) -> str:
        return signed(self.key, self.header, {name: value for name, value in self.claims.items() if name != claim})

    def unsigned(self, algorithm: str) -> str:
        return f"{b64(written({**self.header, 'alg': algorithm}))}.{self.segments[1]}."

    def by(self, key: Any, algorithm: str) -> str:
        """Signed by the library with a key of the forger's."""
        token: str = jws.sign(self.claims, key, {"kid": self.header["kid"], "typ": TYPE}, algorithm)
        return token


Forge = Callable[[True_], str]
HEADERS: Mapping[str, Forge] = {
    "alg none": lambda true: true.unsigned("none"),
    "alg None": lambda true: true.unsigned("None"),
    "alg NONE": lambda true: true.unsigned("NONE"),
    "alg nOnE": lambda true: true.unsigned("nOnE"),
    "alg empty": lambda true: true.unsigned(""),
    "alg none with our signature": lambda true: true.under(alg="none"),
    "alg RS256 over our HMAC": lambda true: true.under(alg="RS256"),
    "alg HS512 over our key": lambda true: signed(true.key, {**true.header, "alg": "HS512"}, true.claims, "sha512"),
    "alg hs256": lambda true: true.under(alg="hs256"),
    "alg a list": lambda true: true.under(alg=["HS256"]),
    "alg left out": lambda true: signed(true.key, {"kid": true.header["kid"], "typ": TYPE}, true.claims),
    "alg twice": lambda true: signed(true.key, written(true.header).replace(b"{", b'{"alg":"none",', 1), true.claims),
    "kid unknown": lambda true: true.under(kid="parvis-2"),
    "kid a path": lambda true: true.under(kid="../../../../dev/null"),
    "kid of an empty file, signed with nothing": lambda true: signed(
        b"", {**true.header, "kid": "/dev/null"}, true.claims
    ),
    "kid an injection": lambda true: true.under(kid="x' UNION SELECT 'k'--"),
    "kid a number": lambda true: true.under(kid=1),
    "kid null": lambda true: true.under(kid=None),
    "kid left out": lambda true: signed(true.key, {"alg": "HS256", "typ": TYPE}, true.claims),
    "typ JWT": lambda true: true.under(typ="JWT"),
    "typ at+JWT": lambda true: true.under(typ="at+JWT"),
    "typ left out": lambda true: signed(true.key, {"alg": "HS256", "kid": "parvis-1"}, true.claims),
    "crit": lambda true: true.under(crit=["exp"]),
    "crit unknown": lambda true: true.under(
        crit=["http://example.org/unknown"], **{"http://example.org/unknown": True}
    ),
    "crit empty": lambda true: true.under(crit=[]),
    "b64 false": lambda true: true.under(b64=False, crit=["b64"]),
    "zip": lambda true: true.under(zip="DEF"),
    "jku": lambda true: true.under(jku="https://evil.example/keys.json"),
    "x5u": lambda true: true.under(x5u="https://evil.example/cert.pem"),
    "x5c": lambda true: true.under(x5c=[b64(DER_PUBLIC)]),
    "jwk of the forger": lambda true: signed(
        b"k" * 32, {**true.header, "jwk": {"kty": "oct", "k": b64(b"k" * 32)}}, true.claims
    ),
    "cty": lambda true: true.under(cty="JWT"),
    "header a list": lambda true: signed(true.key, [true.header], true.claims),
    "header not JSON": lambda true: signed(true.key, b"{'alg':'HS256'}", true.claims),
    "header not UTF-8": lambda true: signed(true.key, b'\xff{"alg":"HS256"}', true.claims),
}
SIGNATURES: Mapping[str, Forge] = {
    "signed with another secret": lambda true: signed(b"k" * 32, true.header, true.claims),
    "signed with nothing": lambda true: signed(b"", true.header, true.claims),
    "RS256 with the forger's key": lambda true: true.by(PEM_PRIVATE.decode(), "RS256"),
    "ES256 with the forger's key": lambda true: true.by(EC_PEM_PRIVATE.decode(), "ES256"),
    "HMAC keyed with a DER public key": lambda true: signed(DER_PUBLIC, true.header, true.claims),
    "HMAC keyed with a PEM public key": lambda true: signed(PEM_PUBLIC, true.header, true.claims),
    "signature left out": lambda true: ".".join(true.segments[:2]),
    "signature empty": lambda true: ".".join([*true.segments[:2], ""]),
    "signature truncated": lambda true: true.token[:-4],
    "signature of one byte": lambda true: ".".join([*true.segments[:2], "AA"]),
    "signature with its last bit changed": lambda true: true.token[:-1] + _neighbour(true.token[-1]),
    "signature lengthened": lambda true: true.token + "AAAA",
    "signature padded": lambda true: true.token + "=",
    "signature of other claims": lambda true: ".".join(
        [true.segments[0], b64(written({**true.claims, "sub": "0" * 32})), true.segments[2]]
    ),
    "standard base64": lambda true: ".".join([*true.segments[:2], "+/" + true.segments[2][2:]]),
    "white space": lambda true: true.token[:20] + "\t" + true.token[20:],
    "JWE": lambda true: ".".join([b64(written({"alg": "dir", "enc": "A256GCM"})), "", b64(b"i" * 12), "AAAA", "AAAA"]),
    "JWS in JSON": lambda true: json.dumps(
        dict(zip(("protected", "payload", "signature"), true.segments, strict=True))
    ),
    "no segment": lambda true: "token",
    "dots": lambda true: "..",
    "oversized": lambda true: true.saying(scope="a" * 5000),
    "very oversized": lambda true: true.segments[0] + "." + "A" * 60_000 + "." + true.segments[2],
    "deeply nested": lambda true: signed(true.key, true.header, b"[" * 1500 + b"]" * 1500),
}
CLAIMS: Mapping[str, Forge] = {
    "aud of another": lambda true: true.saying(aud="somebody-else"),
    "aud a list": lambda true: true.saying(aud=["parvis", "somebody-else"]),
    "aud left out": lambda true: true.without("aud"),
    "iss of another": lambda true: true.saying(iss="https://evil.example"),
    "iss with a slash": lambda true: true.saying(iss=true.claims["iss"] + "/"),
    "iss left out": lambda true: true.without("iss"),
    "exp past": lambda true: true.saying(exp=true.claims["iat"] - 100, iat=true.claims["iat"] - 700),
    "exp left out": lambda true: true.without("exp"),
    "exp text": lambda true: true.saying(exp=str(true.claims["exp"])),
    "exp a fraction": lambda true: true.saying(exp=true.claims["exp"] + 0.5),
    "exp far": lambda true: true.saying(exp=true.claims["exp"] + 10**9),
    "exp infinite": lambda true: signed(true.key, true.header, written({**true.claims, "exp": float("inf")})),
    "exp true": lambda true: true.saying(exp=True),
    "nbf future": lambda true: true.saying(nbf=true.claims["exp"] + 3600),
    "iat future": lambda true: true.saying(iat=true.claims["iat"] + 3600, exp=true.claims["exp"] + 3600),
    "iat left out": lambda true: true.without("iat"),
    "sid left out": lambda true: true.without("sid"),
    "sid null": lambda true: true.saying(sid=None),
    "sid not an id": lambda true: true.saying(sid="' OR 1=1--"),
    "sid of nobody": lambda true: true.saying(sid="01a20599-0000-7000-8000-000000000000"),
    "scope a list": lambda true: true.saying(scope=["account:read"]),
    "a claim too many": lambda true: true.saying(admin=True),
    "exp twice": lambda true: signed(
        true.key, true.header, written(true.claims).replace(b"{", b'{"exp":99999999999,', 1)
    ),
    "claims a list": lambda true: signed(true.key, true.header, [true.claims]),
    "claims empty": lambda true: signed(true.key, true.header, {}),
    "claims not JSON": lambda true: signed(true.key, true.header, b"sid"),
}
FORGERIES = {**HEADERS, **SIGNATURES, **CLAIMS}


def _neighbour(letter: str) -> str:
    """The letter whose last bits differ: canonical base64url leaves them zero."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return alphabet[alphabet.index(letter) ^ 1]
