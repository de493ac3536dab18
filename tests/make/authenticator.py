"""A software authenticator: makes and uses passkeys as a browser's device does (W3C Web Authentication level 3).

ES256, attestation `none`. Every part of what it says can be told wrongly, for the tests of the forbidden side.
"""

import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

USER_PRESENT, USER_VERIFIED, BACKUP_ELIGIBLE, BACKED_UP, ATTESTED = 0x01, 0x04, 0x08, 0x10, 0x40


@dataclass
class Key:
    """A passkey inside the authenticator."""

    id: bytes
    private: ec.EllipticCurvePrivateKey
    rp_id: str
    user_handle: bytes
    sign_count: int = 0


@dataclass
class Authenticator:
    """Holds keys. `verifies_user`: asks for a PIN or a finger. `counts`: False tells 0 always, as synced keys do."""

    origin: str = "https://testserver"
    verifies_user: bool = True
    present: bool = True
    counts: bool = True
    synced: bool = False
    keys: list[Key] = field(default_factory=list)

    def create(self, options: dict[str, Any], **wrong: Any) -> dict[str, Any]:
        """The answer to `navigator.credentials.create`, as `toJSON()` writes it.

        `wrong`: `origin`, `challenge`, `rp_id`, `type`, `cross_origin` or `key_id` in place of what is right.
        """
        known = {entry["id"] for entry in options["excludeCredentials"]}
        if any(encoded(key.id) in known for key in self.keys):
            raise InvalidState
        private = ec.generate_private_key(ec.SECP256R1())
        key = Key(
            wrong.get("key_id", secrets.token_bytes(32)), private, options["rp"]["id"], decoded(options["user"]["id"])
        )
        self.keys.append(key)
        data = self._authenticator_data(key, wrong, ATTESTED) + self._attested(key)
        response = {
            "clientDataJSON": encoded(self._client_data("webauthn.create", options["challenge"], wrong)),
            "attestationObject": encoded(cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})),
            "transports": ["internal", "hybrid"],
            "authenticatorData": encoded(data),
            "publicKeyAlgorithm": -7,
        }
        return _credential(key, response)

    def get(self, options: dict[str, Any], key: Key | None = None, **wrong: Any) -> dict[str, Any]:
        """The answer to `navigator.credentials.get`, with `key`, else the first that is allowed. `wrong` as above, and
        `signature`, `user_handle`."""
        allowed = {entry["id"] for entry in options["allowCredentials"]}
        key = key or next(key for key in self.keys if not allowed or encoded(key.id) in allowed)
        key.sign_count += 1
        data = self._authenticator_data(key, wrong)
        client_data = self._client_data("webauthn.get", options["challenge"], wrong)
        signature = key.private.sign(data + sha256(client_data).digest(), ec.ECDSA(SHA256()))
        handle = wrong.get("user_handle", key.user_handle)
        response = {
            "clientDataJSON": encoded(client_data),
            "authenticatorData": encoded(data),
            "signature": encoded(wrong.get("signature", signature)),
            "userHandle": None if handle is None else encoded(handle),
        }
        return _credential(key, response)

    def _client_data(self, kind: str, challenge: str, wrong: dict[str, Any]) -> bytes:
        told = {
            "type": wrong.get("type", kind),
            "challenge": wrong.get("challenge", challenge),
            "origin": wrong.get("origin", self.origin),
            "crossOrigin": wrong.get("cross_origin", False),
        }
        return json.dumps(told).encode()

    def _authenticator_data(self, key: Key, wrong: dict[str, Any], flags: int = 0) -> bytes:
        flags |= USER_PRESENT if self.present else 0
        flags |= USER_VERIFIED if self.verifies_user else 0
        flags |= BACKUP_ELIGIBLE | BACKED_UP if self.synced else 0
        count = key.sign_count if self.counts else 0
        rp_id = wrong.get("rp_id", key.rp_id)
        return sha256(rp_id.encode()).digest() + bytes([flags]) + count.to_bytes(4)

    def _attested(self, key: Key) -> bytes:
        point = key.private.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32), -3: point.y.to_bytes(32)}
        return bytes(16) + len(key.id).to_bytes(2) + key.id + cbor2.dumps(cose)


class InvalidState(Exception):
    """The authenticator holds a key that the options exclude (`InvalidStateError`)."""


def encoded(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _credential(key: Key, response: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": encoded(key.id),
        "rawId": encoded(key.id),
        "type": "public-key",
        "authenticatorAttachment": "platform",
        "clientExtensionResults": {},
        "response": response,
    }
