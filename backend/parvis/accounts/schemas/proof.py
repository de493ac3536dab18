"""Proving again who is there, over HTTP."""

from typing import Annotated, Literal, Self

from pydantic import Field

from parvis.kernel.schemas import In, Instant, Out

from .fields import GivenPassword
from .passkeys import AuthenticationCredential, RequestOptions

ProofKind = Literal["passkey", "password", "totp", "email_code", "university"]


class ProofOut(Out):
    """Until when this session counts as proved, and how it can be proved anew."""

    proved_until: Instant | None = Field(description="Null when it no longer counts.")
    kinds: list[ProofKind]


class ProofWanted(In):
    """Which kind of proof to prepare; the others need no preparing."""

    kind: Literal["passkey", "email_code"]


class PasskeyProofOptions(Out):
    kind: Literal["passkey"] = "passkey"
    public_key: RequestOptions


class CodeProofOptions(Out):
    kind: Literal["email_code"] = "email_code"
    sent_to: str = Field(description="The address that a code is on its way to.")

    @classmethod
    def of(cls, email: str) -> Self:
        return cls(sent_to=email)


ProofOptions = Annotated[PasskeyProofOptions | CodeProofOptions, Field(discriminator="kind")]


class PasskeyProof(In):
    kind: Literal["passkey"]
    credential: AuthenticationCredential


class PasswordProof(In):
    kind: Literal["password"]
    password: GivenPassword


class CodeProof(In):
    """`totp`: a one-time or recovery code. `email_code`: the code that was sent."""

    kind: Literal["totp", "email_code"]
    code: str = Field(min_length=1, max_length=64)


ProofGiven = Annotated[PasskeyProof | PasswordProof | CodeProof, Field(discriminator="kind")]
