"""What only one device can read (RFC 8291), and the proof that it is this server which sends it (RFC 8292)."""

import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from parvis.kernel import clock
from parvis.kernel.secrets import derive_key

CURVE = ec.SECP256R1()
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of the curve P-256 (FIPS 186-4, D.1.2.3)."""
SALT_BYTES, POINT_BYTES, SECRET_BYTES = 16, 65, 16
RECORD = 4096
LAST_RECORD = b"\x02"
BLOCK = 512
"""Messages are filled up to a multiple of it, so that their length tells less."""
HOLDS = timedelta(hours=12)


def encoded(raw: bytes) -> str:
    """In base64url without padding, as these standards write keys."""
    return urlsafe_b64encode(raw).decode().rstrip("=")


def decoded(text: str) -> bytes:
    """Raises ValueError."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def encrypt(plain: bytes, key: bytes, secret: bytes) -> bytes:
    """For the device with this public key and shared secret: one record of `aes128gcm` (RFC 8188), with a key that is
    used once. Raises ValueError when the key is no point of the curve."""
    filled = plain + LAST_RECORD + bytes(-(len(plain) + 1) % BLOCK)
    return encrypted_with(ec.generate_private_key(CURVE), secrets.token_bytes(SALT_BYTES), filled, key, secret)


def encrypted_with(once: ec.EllipticCurvePrivateKey, salt: bytes, filled: bytes, key: bytes, secret: bytes) -> bytes:
    device = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, key)
    sender = point_of(once)
    shared = once.exchange(ec.ECDH(), device)
    material = _hkdf(secret, shared, b"WebPush: info\x00" + key + sender, 32)
    content_key = _hkdf(salt, material, b"Content-Encoding: aes128gcm\x00", 16)
    nonce = _hkdf(salt, material, b"Content-Encoding: nonce\x00", 12)
    header = salt + RECORD.to_bytes(4, "big") + len(sender).to_bytes(1, "big") + sender
    return header + AESGCM(content_key).encrypt(nonce, filled, None)


def is_point(key: bytes) -> bool:
    """Whether it is a public key that can be encrypted for."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(CURVE, key)
    except ValueError:
        return False
    return len(key) == POINT_BYTES


def point_of(private: ec.EllipticCurvePrivateKey) -> bytes:
    """The public key, uncompressed."""
    return private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


class ApplicationServer:
    """Who we are to push services: one key for ever, derived from the root secret like every other."""

    def __init__(self, root: bytes, contact: str) -> None:
        # Longer than the order by 64 bits, so that no number is likelier than another (FIPS 186-4, B.4.1).
        number = int.from_bytes(derive_key(root, "application server of web push", 40), "big") % (ORDER - 1) + 1
        self._private = ec.derive_private_key(number, CURVE)
        self._contact = contact
        self.public_key = encoded(point_of(self._private))

    def authorization(self, origin: str) -> str:
        """What is sent to the push service at this origin: good there alone, for half a day."""
        claims = {"aud": origin, "exp": int((clock.now() + HOLDS).timestamp()), "sub": self._contact}
        signed = ".".join(encoded(json.dumps(part).encode()) for part in ({"typ": "JWT", "alg": "ES256"}, claims))
        r, s = decode_dss_signature(self._private.sign(signed.encode(), ec.ECDSA(SHA256())))
        signature = encoded(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
        return f"vapid t={signed}.{signature}, k={self.public_key}"


def _hkdf(salt: bytes, material: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(material)
