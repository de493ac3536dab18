"""University sign-in, over HTTP."""

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from parvis.accounts.oidc import Answer, Provider
from parvis.accounts.queries.identities import Awaited
from parvis.kernel.i18n import Language
from parvis.kernel.schemas import In, Out

from .fields import Token

ProviderKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,31}$")]


class ProviderOut(Out):
    """A university’s sign-in service that is relied on here."""

    key: str
    name: dict[Language, str]

    @classmethod
    def of(cls, provider: Provider) -> Self:
        return cls(key=provider.settings.key, name=provider.settings.name)


class UniversityWish(In):
    provider: ProviderKey


class UniversityAddressOut(Out):
    authorization_url: str = Field(
        description="Where to send the browser. It comes back to `/door/university/{provider}` within ten minutes, "
        "with the query that is the answer."
    )


class UniversityAnswer(In):
    """What the provider sent the browser back with: a code, or an error."""

    provider: ProviderKey
    state: Token
    code: Annotated[str, StringConstraints(min_length=1, max_length=4096)] | None = None
    error: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = None
    iss: Annotated[str, StringConstraints(max_length=2048)] | None = None

    @model_validator(mode="after")
    def _is_one_of_two(self) -> Self:
        if (self.code is None) == (self.error is None):
            raise PydanticCustomError("code_or_error", "a code, or an error")
        return self

    @property
    def answer(self) -> Answer | None:
        """None when the provider, or the person there, would not."""
        return None if self.code is None else Answer(self.state, self.code, self.iss)


class AwaitedOut(Out):
    """Whom an activation link is for, by the institution’s word."""

    name: str
    email: str
    affiliations: list[str] = Field(description="In words: posts, programmes or units.")

    @classmethod
    def of(cls, awaited: Awaited) -> Self:
        return cls(name=awaited.member.name, email=awaited.address.email, affiliations=list(awaited.affiliations))
