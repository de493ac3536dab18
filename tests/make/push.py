"""A push service of our own, and devices that read what it was handed: by the standards, and by none of our code."""

import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from secrets import token_bytes
from typing import Any

import httpx
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from parvis.notifications.push.encryption import decoded, encoded
from tests.make.communities import Someone
from tests.make.web_server import Hit, WebServer, reply, web_server

DEVICES = "/api/v1/devices"


@dataclass
class PushService:
    """Takes what it is handed, unless told to answer otherwise."""

    server: WebServer
    status: int = 201

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server.port}"

    @property
    def hits(self) -> list[Hit]:
        return self.server.hits


@asynccontextmanager
async def push_service() -> AsyncIterator[PushService]:
    async with web_server() as server:
        service = PushService(server)
        server.answer = lambda _hit: reply(status=service.status)
        yield service


@dataclass
class Device:
    """A browser's side of Web Push: its keys, and what arrives for it."""

    service: PushService
    name: str = "pocket"
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    secret: bytes = field(default_factory=lambda: token_bytes(16))

    @property
    def point(self) -> bytes:
        return self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    @property
    def endpoint(self) -> str:
        return f"{self.service.origin}/push/{self.name}"

    @property
    def hits(self) -> list[Hit]:
        return [hit for hit in self.service.hits if hit.path == f"/push/{self.name}"]

    def received(self) -> list[dict[str, Any]]:
        """What it reads of all that arrived."""
        return [json.loads(decrypt(hit.body, self.private, self.secret)) for hit in self.hits]

    async def registers(self, someone: Someone, shows: str = "nothing") -> httpx.Response:
        body = {"endpoint": self.endpoint, "p256dh": encoded(self.point), "auth": encoded(self.secret), "shows": shows}
        return await someone.browser.post(DEVICES, json=body)


def decrypt(body: bytes, private: ec.EllipticCurvePrivateKey, secret: bytes) -> bytes:
    """RFC 8291 section 3.4 and RFC 8188 section 2, from the receiver's side."""
    salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
    sender, sealed = body[21 : 21 + length], body[21 + length :]
    assert len(body) <= size + 21 + length, "more than a record"
    point = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender))
    first = _expand(_hmac(secret, shared), b"WebPush: info\0" + point + sender)[:32]
    pseudorandom = _hmac(salt, first)
    key = _expand(pseudorandom, b"Content-Encoding: aes128gcm\0")[:16]
    nonce = _expand(pseudorandom, b"Content-Encoding: nonce\0")[:12]
    plain, mark, filling = AESGCM(key).decrypt(nonce, sealed, None).rpartition(b"\x02")
    assert (mark, filling.strip(b"\0")) == (b"\x02", b"")
    return plain


def claims_of(hit: Hit) -> tuple[dict[str, Any], dict[str, Any], bytes]:
    """Header, claims and key of its VAPID token (RFC 8292), once the signature holds."""
    scheme, _, rest = hit.headers["authorization"].partition(" ")
    given = dict(part.strip().split("=", 1) for part in rest.split(","))
    assert scheme == "vapid"
    signed, _, signature = given["t"].rpartition(".")
    raw, key = decoded(signature), decoded(given["k"])
    r, s = (int.from_bytes(half, "big") for half in (raw[:32], raw[32:]))
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key)
    public.verify(encode_dss_signature(r, s), signed.encode(), ec.ECDSA(SHA256()))
    header, claims = (json.loads(decoded(part)) for part in signed.split("."))
    return header, claims, key


def _hmac(key: bytes, data: bytes) -> bytes:
    return hmac.digest(key, data, sha256)


def _expand(key: bytes, info: bytes) -> bytes:
    return _hmac(key, info + b"\x01")
