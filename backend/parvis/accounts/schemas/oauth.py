"""OAuth 2, as it comes in and goes out. Names are the standard's."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from parvis.kernel.schemas import Out

from .tokens import ScopeOut

Parameter = Annotated[str | None, Field(max_length=2048)]


class AuthorizationQuery(BaseModel):
    """The query of the consent page's address. Parameters that we do not know are ignored (RFC 6749 section 3.1)."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    response_type: Parameter = Field(None, description="`code`.")
    client_id: Parameter = Field(None, description="`parvis-mobile`.")
    redirect_uri: Parameter = Field(None, description="One of the client’s addresses, character by character.")
    scope: Parameter = Field(None, description="Scopes with spaces between; every scope when left out.")
    state: Parameter = Field(None, description="Comes back as it was sent.")
    code_challenge: Parameter = Field(None, description="SHA-256 of the verifier, in base64url (RFC 7636).")
    code_challenge_method: Parameter = Field(None, description="`S256`.")


class ClientOut(Out):
    """Who asks."""

    id: str
    name: str


class ConsentOut(Out):
    """A request that the member may grant or deny."""

    status: Literal["consent"] = "consent"
    client: ClientOut
    scopes: list[ScopeOut] = Field(description="What the client could do.")
    denied_url: str = Field(description="Where to send the browser when the member says no.")


class RefusedOut(Out):
    """A request that is wrong: nobody is asked, and the client is told."""

    status: Literal["refused"] = "refused"
    error: str = Field(description="Why (RFC 6749 section 4.1.2.1).")
    redirect_url: str = Field(description="Where to send the browser.")


AuthorizationRequestOut = Annotated[ConsentOut | RefusedOut, Field(discriminator="status")]


class AuthorizationOut(Out):
    """The answer to the client."""

    redirect_url: str = Field(description="Where to send the browser, with `code` or `error`, `state` and `iss`.")


class TokenForm(BaseModel):
    """A request for tokens (RFC 6749 sections 4.1.3 and 6)."""

    grant_type: Literal["authorization_code", "refresh_token"]
    client_id: str = Field(description="`parvis-mobile`.")
    code: str | None = Field(None, description="With `authorization_code`: the code.")
    redirect_uri: str | None = Field(None, description="With `authorization_code`: the same as in the request.")
    code_verifier: str | None = Field(None, description="With `authorization_code`: 43 to 128 characters (RFC 7636).")
    refresh_token: str | None = Field(None, description="With `refresh_token`: the last one received.")
    scope: str | None = Field(None, description="With `refresh_token`: fewer scopes, for this access token alone.")


class RevocationForm(BaseModel):
    """A token to be revoked (RFC 7009 section 2.1)."""

    token: str = Field(description="A refresh token or an access token. Its whole session ends.")
    client_id: str = Field(description="`parvis-mobile`.")
    token_type_hint: str | None = Field(None, description="Accepted, and not needed.")


class TokensOut(Out):
    """What a client uses from now on (RFC 6749 section 5.1)."""

    access_token: str = Field(description="What to send as `Authorization: Bearer …` for `expires_in` seconds.")
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 — a type, not a token
    expires_in: int
    refresh_token: str = Field(description="What to come back with, once: the answer brings the next.")
    scope: str


class OAuthErrorOut(Out):
    """What went wrong, in the shape of the standard (RFC 6749 section 5.2)."""

    error: Literal["invalid_request", "invalid_client", "invalid_grant", "unsupported_grant_type", "invalid_scope"]
    error_description: str


class ServerMetadataOut(Out):
    """The authorization server's metadata (RFC 8414 section 2)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    revocation_endpoint: str
    service_documentation: str
    scopes_supported: list[str]
    response_types_supported: list[str] = ["code"]
    response_modes_supported: list[str] = ["query"]
    grant_types_supported: list[str] = ["authorization_code", "refresh_token"]
    code_challenge_methods_supported: list[str] = ["S256"]
    token_endpoint_auth_methods_supported: list[str] = ["none"]
    revocation_endpoint_auth_methods_supported: list[str] = ["none"]
    authorization_response_iss_parameter_supported: bool = True
    ui_locales_supported: list[str] = ["fr", "en"]
