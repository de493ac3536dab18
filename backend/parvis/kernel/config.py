"""The only reader of the environment. Each field below is one variable, prefixed `PARVIS_`."""

import os
import re
import secrets
from functools import cached_property
from ipaddress import ip_network
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from .identity_providers import LOOPBACK, IdentityProvider


class Settings(BaseSettings):
    """How this process runs. Read once, at start, and passed on; nothing else looks at the environment."""

    model_config = SettingsConfigDict(env_prefix="PARVIS_", frozen=True, extra="ignore", hide_input_in_errors=True)

    data_dir: Path = Field(Path("var/parvis"), description="Folder of the embedded database, files and secrets.")
    database_url: str = Field(
        "", description="SQLAlchemy URL: sqlite:///path or postgresql://… Default: a SQLite file in the data folder."
    )
    redis_url: SecretStr | None = Field(
        None, description="redis://… for wake-ups, ephemera and rate limits between processes. Default: in-process."
    )
    storage_url: str = Field(
        "", description="file:///folder or s3://bucket?endpoint=…&region=… Default: a folder in the data folder."
    )
    storage_access_key: SecretStr | None = Field(None, description="Access key of the S3-compatible store.")
    storage_secret_key: SecretStr | None = Field(None, description="Secret key of the S3-compatible store.")
    storage_proxied: str = Field(
        "",
        description="Internal location of the nginx in front that stands on the storage folder, such as /_files: it "
        "then sends the bytes (X-Accel-Redirect, see [running](running.md)). Default: Parvis does.",
    )
    storage_redirect: int = Field(
        0,
        ge=0,
        le=60,
        description="Seconds that an address signed for the S3 store holds, to which downloads are then sent. Whoever "
        "has it reads for so long, whatever became of his rights. 0: never; Parvis sends the bytes.",
    )
    public_url: str = Field("http://localhost:8000", description="Where people reach Parvis; https, or http loopback.")
    embedded_worker: bool = Field(True, description="Whether the server runs due work itself (else run parvis worker).")
    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on.")
    workers: int = Field(1, ge=1, le=64, description="Server processes (more than one needs PostgreSQL and Redis).")
    trusted_proxies: int = Field(0, ge=0, le=8, description="How many reverse proxies stand in front, for addresses.")
    cors_origins: list[str] = Field([], description="Origins allowed to call the API with a bearer token (JSON list).")
    secret_key: SecretStr = Field(
        SecretStr(""), description="Root secret, ≥ 32 characters. Default: made once in the data folder (mode 0600)."
    )
    second_factor_roles: list[Literal["administrator", "people_administrator", "moderator", "communicator"]] = Field(
        [],
        description="Roles of the organisation that count only with a second factor (JSON list; see "
        "[running](running.md#second-factor)). Default: none, and it is offered.",
    )
    security_contact: list[str] = Field(
        [],
        description="Where flaws of this deployment are to be told: mailto:, https:// or tel: addresses (JSON list), "
        "which /.well-known/security.txt then names (RFC 9116). Default: none, and no such file.",
    )
    security_policy: str = Field(
        "", description="https address of what you promise to who tells a flaw: named there too. Default: none."
    )
    smtp_url: SecretStr | None = Field(None, description="smtp://user:password@host:587 or smtps://… for mail.")
    mail_from: str = Field("Parvis <parvis@localhost>", description="Sender of mail.")
    mail_inbound: str = Field(
        "",
        description="Address by which answers to mails come in, such as reply@in.example.org: what follows a plus in "
        "it is Parvis’s own (see [running](running.md)). Default: none, and mails are not answered.",
    )
    mail_listen: str = Field(
        "",
        description="host:port where the worker takes in, by SMTP, what comes to that address, such as "
        "127.0.0.1:2525. Default: nowhere.",
    )
    mail_relays: list[str] = Field(
        ["127.0.0.0/8", "::1/128"], description="Networks from which mail is handed over there (JSON list)."
    )
    mail_authserv: str = Field(
        "",
        description="Name under which that relay tells what it found out (authserv-id of RFC 8601): answers then need "
        "its DMARC pass. Default: nobody vouches, and each answer waits for a click of its author.",
    )
    mail_limit: int = Field(15 * 2**20, ge=2**16, le=2**27, description="Largest mail that is taken in, in bytes.")
    demo: bool = Field(False, description="Demonstration: a mail tray instead of SMTP; loopback only.")
    metrics_token: SecretStr | None = Field(
        None, description="Bearer token of /metrics. Default: whoever reaches it is told; keep it from the public."
    )
    metrics_listen: str = Field(
        "",
        description="host:port where `parvis worker` tells Prometheus, such as 10.0.0.12:9100, to whoever reaches it. "
        "Default: nowhere.",
    )
    otel_exporter_otlp_endpoint: str = Field(
        "",
        validation_alias="otel_exporter_otlp_endpoint",
        description="OpenTelemetry collector that traces are sent to (OTLP over HTTP), such as http://127.0.0.1:4318. "
        "Default: none, and nothing is traced.",
    )
    otel_exporter_otlp_headers: SecretStr | None = Field(
        None,
        validation_alias="otel_exporter_otlp_headers",
        description="Header fields that it asks for: name=value,name=value.",
    )
    otel_service_name: str = Field(
        "parvis", validation_alias="otel_service_name", description="Name under which the collector knows Parvis."
    )
    otel_traces_sampler_arg: float = Field(
        1.0,
        ge=0,
        le=1,
        validation_alias="otel_traces_sampler_arg",
        description="Part of the requests and jobs that are traced, unless a declared proxy has decided.",
    )
    log_format: Literal["json", "console"] = Field("json", description="Shape of log lines.")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="Least level that is logged.")
    upload_limit: int = Field(5 * 2**30, ge=1, description="Largest single upload, in bytes.")
    clamd: str = Field(
        "",
        description="Scanner of uploads (ClamAV’s daemon): tcp://127.0.0.1:3310 or unix:///run/clamav/clamd.ctl. "
        "Nobody else reads a file until it is found clean. Default: no scanner, and no gate.",
    )
    member_quota: int = Field(2 * 2**30, ge=0, description="Storage of each member, in bytes.")
    trash_days: int = Field(30, ge=1, le=3650, description="Days after which what is in the trash is deleted for good.")
    community_quota: int = Field(20 * 2**30, ge=0, description="Storage of each community, in bytes.")
    unfurl: bool = Field(
        True, description="Whether links in posts and messages get a card, made of the page that they lead to."
    )
    unfurl_trusted: list[str] = Field(
        [],
        description="Origins of private networks whose pages get a card too, such as https://intranet.example.org "
        "(JSON list). Whoever posts can have them fetched: name none that acts on being read.",
    )
    push_trusted: list[str] = Field(
        [],
        description="Origins of private networks that are push services for the devices of members, such as "
        "https://push.example.org (JSON list). Any member can have messages sent there. Others are public and https.",
    )
    meeting_url: str = Field(
        "",
        description="Where conversations meet by sound and picture: address under which each finds its room, such as "
        "https://meet.jit.si/university or a BigBlueButton’s. Default: no meeting button.",
    )
    oauth_redirects: list[str] = Field(
        ["parvis://oauth/callback"],
        description="Redirect addresses of the first-party mobile client `parvis-mobile`, matched exactly (JSON list).",
    )
    oidc: list[IdentityProvider] = Field(
        [], description="OpenID providers for university sign-in: see [below](#openid-providers) (JSON list)."
    )

    @field_validator("public_url")
    @classmethod
    def _safe_public_url(cls, url: str) -> str:
        """Session cookies travel only over https, or on this very machine."""
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
            raise ValueError("must be an origin such as https://parvis.example.org")
        if parts.scheme == "http" and parts.hostname not in LOOPBACK:
            raise ValueError("must be https, except on localhost")
        return url.rstrip("/")

    @field_validator("otel_exporter_otlp_endpoint")
    @classmethod
    def _reachable_collector(cls, url: str) -> str:
        parts = urlsplit(url)
        if url and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.query):
            raise ValueError("must be an address such as http://127.0.0.1:4318")
        return url

    @field_validator("clamd")
    @classmethod
    def _reachable_clamd(cls, address: str) -> str:
        parts = urlsplit(address)
        is_socket = parts.scheme == "unix" and parts.path and not parts.netloc
        if address and not is_socket and not (parts.scheme == "tcp" and parts.hostname and parts.port):
            raise ValueError("must be tcp://host:port or unix:///path")
        return address

    @field_validator("storage_proxied")
    @classmethod
    def _an_own_location(cls, location: str) -> str:
        if location and not re.fullmatch(r"(?:/[A-Za-z0-9_-]+)+", location):
            raise ValueError("must be a location such as /_files")
        return location

    @field_validator("mail_inbound")
    @classmethod
    def _room_for_what_follows(cls, address: str) -> str:
        if address and not re.fullmatch(r"[a-z0-9._-]{1,16}@[a-z0-9-]+(?:\.[a-z0-9-]+)*", address):
            raise ValueError("must be a short address in small letters such as reply@in.example.org")
        return address

    @field_validator("mail_listen", "metrics_listen")
    @classmethod
    def _a_port(cls, address: str) -> str:
        if address and not re.fullmatch(r"(?:[0-9a-z.-]+|\[[0-9a-f:]+\]):\d{1,5}", address):
            raise ValueError("must be host:port such as 127.0.0.1:2525")
        return address

    @field_validator("mail_relays")
    @classmethod
    def _each_a_network(cls, networks: list[str]) -> list[str]:
        for one in networks:
            ip_network(one)
        return networks

    @field_validator("meeting_url")
    @classmethod
    def _safe_meeting_url(cls, url: str) -> str:
        parts = urlsplit(url)
        if url and (parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment):
            raise ValueError("must be an https address such as https://meet.example.org")
        return url.rstrip("/")

    @field_validator("security_contact")
    @classmethod
    def _each_a_way_to_tell(cls, contacts: list[str]) -> list[str]:
        """RFC 9116 section 2.5.3. A line end would begin another field."""
        for contact in contacts:
            if not re.fullmatch(r"(?:mailto:[^\s@]+@[^\s@]+|https://\S+|tel:\+[0-9-]+)", contact):
                raise ValueError("must be addresses such as mailto:security@univ.example")
        return contacts

    @field_validator("security_policy")
    @classmethod
    def _a_page_of_promises(cls, url: str) -> str:
        if url and not re.fullmatch(r"https://\S+", url):
            raise ValueError("must be an https address such as https://univ.example/security")
        return url

    @field_validator("unfurl_trusted", "push_trusted")
    @classmethod
    def _each_an_origin(cls, origins: list[str]) -> list[str]:
        for parts in map(urlsplit, origins):
            if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
                raise ValueError("must be origins such as https://intranet.example.org")
        return origins

    @field_validator("oidc")
    @classmethod
    def _each_for_its_own(cls, providers: list[IdentityProvider]) -> list[IdentityProvider]:
        """No provider can be taken for another, nor say who another's people are."""
        if len({provider.key for provider in providers}) < len(providers):
            raise ValueError("two providers have the same key")
        if len(providers) > 1 and not all(provider.identifier_domain for provider in providers):
            raise ValueError("of several providers, each needs its identifier_domain")
        return providers

    @model_validator(mode="after")
    def _demo_stays_home(self) -> Self:
        if self.demo and urlsplit(self.public_url).hostname not in LOOPBACK:
            raise ValueError("the demonstration is for loopback only: set a localhost public_url")
        return self

    @cached_property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.data_dir / 'parvis.db'}"

    @cached_property
    def storage(self) -> str:
        return self.storage_url or f"file://{(self.data_dir / 'files').resolve()}"

    @cached_property
    def secret(self) -> bytes:
        """The root secret; every key is derived from it, none is used twice (HKDF, RFC 5869)."""
        given = self.secret_key.get_secret_value()
        if given:
            if len(given) < 32:
                raise ValueError("PARVIS_SECRET_KEY must have at least 32 characters")
            return given.encode()
        return _kept_secret(self.data_dir / "secret")

    @property
    def secure(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def hostname(self) -> str:
        return urlsplit(self.public_url).hostname or "localhost"


def _kept_secret(path: Path) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with open(path, "x", opener=_owner_only) as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_bytes().strip()


def _owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, mode=0o600)


def load_settings(**given: Any) -> Settings:
    """Reads the environment; what is `given` comes before it.

    Raises `pydantic.ValidationError` naming each variable that is wrong.
    """
    return Settings(**given)
