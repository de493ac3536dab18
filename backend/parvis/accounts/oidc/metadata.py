"""What a provider publishes of itself (OpenID Connect Discovery 1.0 section 3)."""

from collections.abc import Mapping
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from parvis.kernel.identity_providers import IdentityProvider, SafeAddress

ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"})
"""Those that a public key verifies: what verifies with a secret, or with nothing, is never believed."""


class Metadata(BaseModel):
    """The part that we use; the defaults are the standard's."""

    model_config = ConfigDict(frozen=True)

    issuer: str
    authorization_endpoint: SafeAddress
    token_endpoint: SafeAddress
    jwks_uri: SafeAddress
    userinfo_endpoint: SafeAddress | None = None
    signs_with: list[str] = Field(["RS256"], alias="id_token_signing_alg_values_supported")
    client_authentication: list[str] = Field(["client_secret_basic"], alias="token_endpoint_auth_methods_supported")
    names_itself: bool = Field(False, alias="authorization_response_iss_parameter_supported")

    @model_validator(mode="after")
    def _signs_so_that_anybody_can_verify(self) -> Self:
        if not self.algorithms:
            raise ValueError("it signs ID tokens with no algorithm of ours")
        return self

    @property
    def algorithms(self) -> list[str]:
        return sorted(ALGORITHMS & set(self.signs_with))

    @classmethod
    def of(cls, settings: IdentityProvider, published: Mapping[str, Any]) -> Self:
        """What is published, with the endpoints that an administrator fixed instead.

        Raises ValueError when it is another issuer's, or not whole.
        """
        found = cls.model_validate({"issuer": settings.issuer, **published, **settings.fixed})
        if found.issuer != settings.issuer:
            raise ValueError("it is another issuer's")
        return found
