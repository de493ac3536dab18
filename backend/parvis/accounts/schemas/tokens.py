"""Personal access tokens and scopes, as they come in and go out."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, Field

from parvis.accounts.models import AccessToken
from parvis.accounts.scopes import SCOPES
from parvis.kernel.i18n import Language, pick
from parvis.kernel.schemas import In, Instant, Line, Out

LONGEST_DAYS = 365


def _known(scope: str) -> str:
    if scope not in SCOPES:
        raise ValueError("there is no such scope")
    return scope


Scope = Annotated[str, AfterValidator(_known), Field(json_schema_extra={"enum": list(SCOPES)})]


class ScopeOut(Out):
    """One thing a token may do."""

    name: str
    description: str

    @classmethod
    def of(cls, name: str, language: Language) -> Self:
        return cls(name=name, description=pick(SCOPES[name], language))


class ScopesOut(Out):
    """Every scope there is."""

    items: list[ScopeOut]


class TokenDraft(In):
    """A token to be made."""

    name: Line = Field(min_length=1, max_length=80, description="What it is for, for its member's eyes.")
    scopes: list[Scope] = Field(min_length=1, max_length=len(SCOPES), description="What it may do.")
    days: int = Field(strict=True, ge=1, le=LONGEST_DAYS, description="How many days it holds.")


class TokenOut(Out):
    """A personal access token, without its value."""

    id: UUID
    name: str
    scopes: list[str]
    created_at: Instant
    expires_at: Instant
    used_at: Instant | None = Field(description="When it was last used, to the hour.")

    @classmethod
    def of(cls, token: AccessToken) -> Self:
        return cls.model_validate(token)


class NewTokenOut(TokenOut):
    """A personal access token just made. Its value is shown this once."""

    token: str = Field(description="What to send as `Authorization: Bearer …`. It cannot be read again.")

    @classmethod
    def of_new(cls, token: AccessToken, value: str) -> Self:
        return cls(**TokenOut.of(token).model_dump(), token=value)
