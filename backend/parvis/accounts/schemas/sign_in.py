"""Coming in: what is asked and what is answered."""

from typing import Annotated, Literal

from pydantic import Field

from parvis.kernel.schemas import In, Instant, Out

from .fields import Email, GivenPassword, Token


class SignedInOut(Out):
    """Signed in: the session is in the cookie."""

    status: Literal["signed_in"] = "signed_in"
    csrf_token: str = Field(description="To be sent as `X-CSRF-Token` with every write.")


class SecondFactorOut(Out):
    """One step is left: `POST /sessions/second-factor` with this ticket and a code."""

    status: Literal["second_factor_required"] = "second_factor_required"
    ticket: str


class OtherBrowserOut(Out):
    """The link was asked for in another browser: type this code there."""

    status: Literal["other_browser"] = "other_browser"
    code: str


class LeavingOut(Out):
    """The member asked for the account to be erased, and it will be then. `POST /deletions/cancellation` with this
    ticket takes it back and signs in."""

    status: Literal["leaving"] = "leaving"
    ticket: str
    leaves_at: Instant


SignInOut = Annotated[SignedInOut | SecondFactorOut | OtherBrowserOut | LeavingOut, Field(discriminator="status")]


class AskedOut(Out):
    """Heard. If this address can be written to, a mail is on its way; the answer is the same if it cannot."""

    status: Literal["asked"] = "asked"


class LinkRequest(In):
    email: Email


class LinkConfirmation(In):
    token: Token


class CodeConfirmation(In):
    code: str = Field(min_length=1, max_length=32, description="The code shown in the browser that opened the link.")


class Credentials(In):
    email: Email
    password: GivenPassword


class SecondFactor(In):
    ticket: Token
    code: str = Field(min_length=1, max_length=64, description="A one-time code, or a recovery code.")


class Stay(In):
    ticket: Token


class NewPassword(In):
    token: Token
    password: GivenPassword
