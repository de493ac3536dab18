"""Passkeys on the wire (W3C Web Authentication level 3): what is asked of an authenticator, and what its answer proves.

The only wrapper of py_webauthn. A challenge is the secret of a ticket, so that an answer names the ticket it spends.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlsplit
from uuid import UUID

import webauthn
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, options_to_json_dict
from webauthn.helpers.cose import COSEAlgorithmIdentifier
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from parvis.kernel.errors import Invalid

from .models import Passkey

ALGORITHMS = [
    COSEAlgorithmIdentifier.ECDSA_SHA_256,
    COSEAlgorithmIdentifier.EDDSA,
    COSEAlgorithmIdentifier.RSASSA_PKCS1_v1_5_SHA_256,
]
TIMEOUT_MILLISECONDS = 300_000
LONGEST_CREDENTIAL_ID = 1023
DEFAULT_PORTS = {"https": 443, "http": 80}

Credential = Mapping[str, Any]
"""A `PublicKeyCredential` as its `toJSON()` writes it (section 5.1.8): bytes in base64url without padding."""


class PasskeyRefused(Invalid):
    """The answer was not made for this challenge, here, by this key, now."""

    code = "passkey_refused"
    title = {"fr": "Cette clé d’accès n’a pas été acceptée.", "en": "This passkey was not accepted."}


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """Who asks: the host name that keys are made for, and the one origin that answers may come from."""

    id: str
    origin: str

    @classmethod
    def at(cls, public_url: str) -> Self:
        """An origin as browsers write it (RFC 6454 section 6.2): lower case, no default port."""
        parts = urlsplit(public_url)
        host = parts.hostname or ""
        port = "" if parts.port in {None, DEFAULT_PORTS[parts.scheme]} else f":{parts.port}"
        return cls(host, f"{parts.scheme}://{host}{port}")


@dataclass(frozen=True, slots=True)
class NewKey:
    """What registering proved."""

    credential_id: bytes
    public_key: bytes
    sign_count: int
    backed_up: bool
    user_verified: bool
    transports: list[str]


@dataclass(frozen=True, slots=True)
class Assertion:
    """What using a key proved. `user_verified`: the authenticator knew its user by a PIN or biometrics, which makes two
    factors of one key."""

    sign_count: int
    backed_up: bool
    user_verified: bool


def creation_options(
    party: RelyingParty,
    *,
    organisation: str,
    member_id: UUID,
    account: str,
    name: str,
    known: Iterable[Passkey],
    challenge: str,
) -> dict[str, Any]:
    """`PublicKeyCredentialCreationOptionsJSON`: a discoverable key, on none of the authenticators that hold one."""
    options = webauthn.generate_registration_options(
        rp_id=party.id,
        rp_name=organisation,
        user_id=member_id.bytes,
        user_name=account,
        user_display_name=name,
        challenge=base64url_to_bytes(challenge),
        timeout=TIMEOUT_MILLISECONDS,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            require_resident_key=True,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
        exclude_credentials=[_descriptor(passkey) for passkey in known],
        supported_pub_key_algs=ALGORITHMS,
    )
    return options_to_json_dict(options)


def request_options(party: RelyingParty, *, allowed: Iterable[Passkey], challenge: str) -> dict[str, Any]:
    """`PublicKeyCredentialRequestOptionsJSON`: any discoverable key of ours, or one of `allowed`."""
    options = webauthn.generate_authentication_options(
        rp_id=party.id,
        challenge=base64url_to_bytes(challenge),
        timeout=TIMEOUT_MILLISECONDS,
        allow_credentials=[_descriptor(passkey) for passkey in allowed],
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return options_to_json_dict(options)


def user_handle(member_id: UUID) -> str:
    """How a key names its member, in base64url. It says nothing of the person (section 14.6.1)."""
    return bytes_to_base64url(member_id.bytes)


def credential_id(written: str) -> bytes:
    """The bytes of a credential's identifier. Raises `PasskeyRefused`."""
    try:
        return base64url_to_bytes(written)
    except ValueError as error:
        raise PasskeyRefused from error


def challenge_in(credential: Credential) -> str:
    """The challenge that an answer says it is for, not yet believed. Raises `PasskeyRefused`."""
    try:
        client_data = json.loads(base64url_to_bytes(credential["response"]["clientDataJSON"]))
        challenge = client_data["challenge"]
        if client_data.get("crossOrigin") or not isinstance(
            challenge, str
        ):  # We are in nobody's frame (section 13.4.2).
            raise PasskeyRefused
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise PasskeyRefused from error
    return challenge


def read_registration(party: RelyingParty, credential: Credential, challenge: str) -> NewKey:
    """Section 7.1. Raises `PasskeyRefused`."""
    try:
        verified = webauthn.verify_registration_response(
            credential=dict(credential),
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=party.id,
            expected_origin=party.origin,
            supported_pub_key_algs=ALGORITHMS,
        )
    except Exception as error:  # A stranger's bytes go through parsers of many kinds, which raise many things.
        raise PasskeyRefused from error
    if len(verified.credential_id) > LONGEST_CREDENTIAL_ID:
        raise PasskeyRefused
    return NewKey(
        verified.credential_id,
        verified.credential_public_key,
        verified.sign_count,
        verified.credential_backed_up,
        verified.user_verified,
        [transport.value for transport in _transports(credential["response"].get("transports") or [])],
    )


def read_assertion(party: RelyingParty, credential: Credential, challenge: str, passkey: Passkey) -> Assertion:
    """Section 7.2, but for the signature count, which `is_copy` judges. Raises `PasskeyRefused`."""
    try:
        verified = webauthn.verify_authentication_response(
            credential=dict(credential),
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=party.id,
            expected_origin=party.origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=0,
        )
    except Exception as error:  # As above.
        raise PasskeyRefused from error
    return Assertion(verified.new_sign_count, verified.credential_backed_up, verified.user_verified)


def is_copy(kept: int, told: int) -> bool:
    """Whether a signature count that does not grow betrays a copied key (section 6.1.1). Synced keys always tell 0."""
    return (kept > 0 or told > 0) and told <= kept


def _descriptor(passkey: Passkey) -> PublicKeyCredentialDescriptor:
    return PublicKeyCredentialDescriptor(id=passkey.credential_id, transports=_transports(passkey.transports))


def _transports(names: Iterable[str]) -> list[AuthenticatorTransport]:
    """Those we know; more may be invented (section 5.8.4)."""
    known = {transport.value: transport for transport in AuthenticatorTransport}
    return [known[name] for name in dict.fromkeys(names) if name in known]
