"""What an administrator says of an OpenID provider, whose word on who somebody is will be taken."""

from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, model_validator

from .i18n import LANGUAGES, Language

LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def safe_address(url: str) -> str:
    """An https address, or http on this very machine. Raises ValueError."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.fragment:
        raise ValueError("must be an address such as https://idp.univ.example")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise ValueError("must be https, except on localhost")
    return url


def _in_each_language(name: Any) -> Any:
    return dict.fromkeys(LANGUAGES, name) if isinstance(name, str) else name


SafeAddress = Annotated[str, AfterValidator(safe_address)]


class IdentityProvider(BaseModel):
    """One provider. Its issuer and fixed endpoints may stand on a private network; nothing else that it names may."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    key: str = Field(pattern=r"^[a-z][a-z0-9-]{0,31}$", description="Short and for good: it ends the redirect address.")
    name: Annotated[dict[Language, str], BeforeValidator(_in_each_language)] = Field(
        description='What people call it: one text, or one a language (`{"fr": …, "en": …}`).'
    )
    issuer: SafeAddress = Field(description="Its issuer, to the letter. https, except on localhost.")
    client_id: str = Field(min_length=1, description="What Parvis is called there.")
    client_secret: SecretStr | None = Field(None, description="Without one, Parvis is a public client there.")
    scopes: list[str] = Field(["openid", "profile"], description="Scopes asked for; `openid` always is.")
    identifier_claim: str = Field(
        "eduperson_principal_name",
        min_length=1,
        description="The claim that holds the identifier by which the institution’s people were entered here.",
    )
    identifier_domain: str | None = Field(
        None,
        description="Identifiers from there must end with `@` and this. Needed when there are several providers, "
        "so that none speaks for another’s people.",
    )
    on_unknown: Literal["refuse", "create"] = Field(
        "refuse", description="What becomes of people whose identifier nobody here has."
    )
    affiliation: Literal["student", "faculty", "staff", "employee", "alum", "affiliate", "member"] = Field(
        "member", description="The affiliation of who is created so."
    )
    second_factors: list[str] = Field(
        [], description="Values of `amr` or `acr` that stand for two factors: members are then not asked for theirs."
    )
    ca_file: Path | None = Field(None, description="Certificates to trust there beside the usual authorities (PEM).")
    authorization_endpoint: SafeAddress | None = Field(None, description="Instead of what discovery says.")
    token_endpoint: SafeAddress | None = Field(None, description="Instead of what discovery says.")
    userinfo_endpoint: SafeAddress | None = Field(None, description="Instead of what discovery says.")
    jwks_uri: SafeAddress | None = Field(None, description="Instead of what discovery says.")

    @model_validator(mode="after")
    def _named_in_each_language(self) -> Self:
        if set(self.name) != set(LANGUAGES) or not all(self.name.values()):
            raise ValueError("its name must be given in each language")
        return self

    @property
    def fixed(self) -> dict[str, str]:
        """The endpoints that are not left to discovery."""
        names = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")
        return {name: getattr(self, name) for name in names if getattr(self, name) is not None}

    @property
    def origins(self) -> set[str]:
        """Where its own addresses stand."""
        return {"{0.scheme}://{0.netloc}".format(urlsplit(url)) for url in (self.issuer, *self.fixed.values())}
