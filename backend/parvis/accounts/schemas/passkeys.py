"""Passkeys over HTTP. What browsers make and read keeps the names of the WebAuthn specification."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel

from parvis.accounts.models import Passkey
from parvis.kernel.schemas import In, Instant, Line, Out

PasskeyName = Annotated[Line, StringConstraints(min_length=1, max_length=60)]
PasskeyAbility = Literal["rename", "remove"]


def _bytes(characters: int) -> Any:
    return StringConstraints(pattern=r"^[A-Za-z0-9_-]+$", max_length=characters, strip_whitespace=False)


CredentialId = Annotated[str, _bytes(1364)]
"""At most 1023 bytes in base64url."""


class FromBrowser(BaseModel):
    """What `PublicKeyCredential.toJSON()` gives; members that we do not read are let through unread."""

    model_config = ConfigDict(extra="ignore", frozen=True, alias_generator=to_camel)


class AttestationResponse(FromBrowser):
    client_data_json: Annotated[str, _bytes(8192), Field(alias="clientDataJSON")]
    attestation_object: Annotated[str, _bytes(65_536)]
    transports: Annotated[list[Annotated[str, StringConstraints(max_length=32)]], Field(max_length=16)] = []


class RegistrationCredential(FromBrowser):
    """`RegistrationResponseJSON` (W3C Web Authentication level 3, section 5.1.8)."""

    id: CredentialId
    raw_id: CredentialId
    type: Literal["public-key"]
    response: AttestationResponse


class AssertionResponse(FromBrowser):
    client_data_json: Annotated[str, _bytes(8192), Field(alias="clientDataJSON")]
    authenticator_data: Annotated[str, _bytes(8192)]
    signature: Annotated[str, _bytes(4096)]
    user_handle: Annotated[str, _bytes(86)] | None = None


class AuthenticationCredential(FromBrowser):
    """`AuthenticationResponseJSON` (section 5.1.8)."""

    id: CredentialId
    raw_id: CredentialId
    type: Literal["public-key"]
    response: AssertionResponse


class ForBrowser(Out):
    model_config = ConfigDict(alias_generator=to_camel)


class PartyOut(ForBrowser):
    id: str
    name: str


class UserOut(ForBrowser):
    id: str
    name: str
    display_name: str


class ParameterOut(ForBrowser):
    type: Literal["public-key"]
    alg: int


class DescriptorOut(ForBrowser):
    id: str
    type: Literal["public-key"]
    transports: list[str] = []


class SelectionOut(ForBrowser):
    resident_key: str
    require_resident_key: bool
    user_verification: str


class CreationOptions(ForBrowser):
    """`PublicKeyCredentialCreationOptionsJSON`, for `PublicKeyCredential.parseCreationOptionsFromJSON`."""

    rp: PartyOut
    user: UserOut
    challenge: str
    pub_key_cred_params: list[ParameterOut]
    timeout: int
    exclude_credentials: list[DescriptorOut]
    authenticator_selection: SelectionOut
    attestation: str


class RequestOptions(ForBrowser):
    """`PublicKeyCredentialRequestOptionsJSON`, for `PublicKeyCredential.parseRequestOptionsFromJSON`."""

    challenge: str
    timeout: int
    rp_id: str
    allow_credentials: list[DescriptorOut]
    user_verification: str


class CreationOptionsOut(Out):
    public_key: CreationOptions


class RequestOptionsOut(Out):
    public_key: RequestOptions


class PasskeyDraft(In):
    credential: RegistrationCredential
    name: PasskeyName | None = Field(None, description="By default, the browser and system it was made with.")


class PasskeyChange(In):
    name: PasskeyName


class PasskeySignIn(In):
    credential: AuthenticationCredential


class PasskeyOut(Out):
    id: UUID
    name: str
    synced: bool = Field(description="Whether a copy is kept by its provider, so that it survives the device.")
    created_at: Instant
    last_used_at: Instant | None
    abilities: list[PasskeyAbility]

    @classmethod
    def of(cls, passkey: Passkey, *, removable: bool) -> "PasskeyOut":
        return cls(
            id=passkey.id,
            name=passkey.name,
            synced=passkey.backed_up,
            created_at=passkey.created_at,
            last_used_at=passkey.last_used_at,
            abilities=["rename", "remove"] if removable else ["rename"],
        )
