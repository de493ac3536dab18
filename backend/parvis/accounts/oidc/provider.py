"""One provider: where to send people, and what the answer they come back with is worth."""

import asyncio
import hmac
import json
import ssl
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote_plus, urlencode

import structlog
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.discovery import get_well_known_url

from parvis.kernel import clock
from parvis.kernel.fetch import Fetched, Fetcher, FetchFailed
from parvis.kernel.identity_providers import IdentityProvider

from . import id_token
from .id_token import Expected, Untrusted
from .identity import Answer, Identity, IdentityRefused, ProviderUnavailable
from .keys import KeySet, NoSuchKey
from .metadata import Metadata

log = structlog.get_logger()

KEPT = timedelta(hours=1)
"""How long what a provider publishes is believed without asking again."""
KEYS_AGAIN_AFTER = timedelta(minutes=1)
"""A token with a key we do not know makes us look for new ones, but not for each such token."""
RESTS = timedelta(seconds=10)
"""Nobody waits in a row for a provider that does not answer."""
SECONDS = 5
MAX_BYTES = 2**18
LONGEST_IDENTIFIER = 256
FORM = {"content-type": "application/x-www-form-urlencoded", "accept": "application/json"}


class Provider:
    """What it published is kept for an hour; nothing of a request is: the verifier and the nonce are made from its
    state with a key of ours, so that whoever reads state and code on the way has neither."""

    def __init__(self, settings: IdentityProvider, redirect_uri: str, secret: bytes) -> None:
        self.settings = settings
        self.redirect_uri = redirect_uri
        self._secret = secret
        self._fetcher = Fetcher(
            trusted=settings.origins, seconds=SECONDS, max_bytes=MAX_BYTES, max_redirects=0, tls=_tls(settings)
        )
        self._looking = asyncio.Lock()
        self._metadata: Metadata | None = None
        self._look_again_at = clock.now()
        self._keys = KeySet([])
        self._keys_from: datetime | None = None

    async def published(self) -> Metadata:
        """What the provider says of itself; when it cannot be asked again, what it said last.

        Raises `ProviderUnavailable`.
        """
        async with self._looking:
            if self._look_again_at <= clock.now():
                try:
                    self._metadata = await self._discovered()
                    self._look_again_at = clock.now() + KEPT
                except ProviderUnavailable:
                    self._look_again_at = clock.now() + RESTS
            if self._metadata is None:
                raise ProviderUnavailable
            return self._metadata

    async def authorization_url(self, state: str, language: str, *, anew: bool = False) -> str:
        """Where to send somebody; `anew`: who must prove there again who he is. Raises `ProviderUnavailable`."""
        query = {
            "response_type": "code",
            "client_id": self.settings.client_id,
            "redirect_uri": self.redirect_uri,
            "scope": " ".join(dict.fromkeys(["openid", *self.settings.scopes])),
            "state": state,
            "nonce": self._made_from(state, "nonce"),
            "code_challenge": create_s256_code_challenge(self._made_from(state, "verifier")),
            "code_challenge_method": "S256",
            "ui_locales": language,
            **({"prompt": "login", "max_age": "0"} if anew else {}),
        }
        endpoint = (await self.published()).authorization_endpoint
        return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(query)}"

    async def identity(self, answer: Answer) -> Identity:
        """Who came back. Raises `IdentityRefused` and `ProviderUnavailable`."""
        metadata = await self.published()
        if answer.iss != metadata.issuer and (answer.iss is not None or metadata.names_itself):
            raise self._refused("iss")  # An answer of another provider (RFC 9207 section 2.4).
        tokens = await self._tokens(metadata, answer)
        claims = await self._verified(metadata, answer, tokens)
        if self.settings.identifier_claim not in claims and metadata.userinfo_endpoint is not None:
            claims = {**await self._userinfo(metadata.userinfo_endpoint, tokens, claims["sub"]), **claims}
        return self._read(claims)

    async def _tokens(self, metadata: Metadata, answer: Answer) -> Mapping[str, Any]:
        """Trades the code for tokens (RFC 6749 section 4.1.3)."""
        form = {
            "grant_type": "authorization_code",
            "code": answer.code,
            "redirect_uri": self.redirect_uri,
            "code_verifier": self._made_from(answer.state, "verifier"),
        }
        headers = self._identify(metadata, form)
        reply = await self._fetched(
            self._fetcher.post(metadata.token_endpoint, urlencode(form).encode(), headers=headers)
        )
        tokens = _object(reply)
        if reply.status in {400, 401}:
            log.warning("oidc.code_refused", provider=self.settings.key, error=str(tokens.get("error"))[:100])
            raise IdentityRefused
        if reply.status != 200 or not isinstance(tokens.get("id_token"), str):
            raise self._unavailable("no tokens")
        return tokens

    def _identify(self, metadata: Metadata, form: dict[str, str]) -> dict[str, str]:
        """Says who we are, in the form or in the headers that it gives (RFC 6749 section 2.3.1)."""
        client_id, secret = self.settings.client_id, self.settings.client_secret
        if secret is None or "client_secret_basic" not in metadata.client_authentication:
            form["client_id"] = client_id
            if secret is not None:
                form["client_secret"] = secret.get_secret_value()
            return FORM
        pair = f"{quote_plus(client_id)}:{quote_plus(secret.get_secret_value())}"
        return {**FORM, "authorization": f"Basic {b64encode(pair.encode()).decode()}"}

    async def _verified(self, metadata: Metadata, answer: Answer, tokens: Mapping[str, Any]) -> Mapping[str, Any]:
        """The claims of the ID token, with new keys when it names one that we do not know."""
        expected = Expected(
            metadata.issuer,
            self.settings.client_id,
            self._made_from(answer.state, "nonce"),
            tokens.get("access_token"),
        )
        try:
            try:
                keys = await self._published_keys(metadata, KEPT)
                return id_token.verified(tokens["id_token"], keys, metadata.algorithms, expected)
            except NoSuchKey:
                keys = await self._published_keys(metadata, KEYS_AGAIN_AFTER)
                return id_token.verified(tokens["id_token"], keys, metadata.algorithms, expected)
        except (NoSuchKey, Untrusted) as error:
            raise self._refused(str(error) or type(error).__name__) from error

    async def _userinfo(self, endpoint: str, tokens: Mapping[str, Any], subject: str) -> Mapping[str, Any]:
        """What else it says of the same person (OpenID Connect Core 1.0 section 5.3)."""
        headers = {"authorization": f"Bearer {tokens.get('access_token', '')}", "accept": "application/json"}
        reply = await self._fetched(self._fetcher.get(endpoint, headers=headers))
        said = _object(reply)
        if reply.status != 200:
            raise self._unavailable("no userinfo")
        if said.get("sub") != subject:
            raise self._refused("userinfo of somebody else")
        return said

    def _read(self, claims: Mapping[str, Any]) -> Identity:
        identifier, domain = claims.get(self.settings.identifier_claim), self.settings.identifier_domain
        if not isinstance(identifier, str) or not 0 < len(identifier.strip()) <= LONGEST_IDENTIFIER:
            raise self._refused(f"no {self.settings.identifier_claim}")
        identifier = identifier.strip().lower()
        if not identifier.isprintable() or (domain and not identifier.endswith(f"@{domain.lower()}")):
            raise self._refused("identifier of elsewhere")
        amr, at = claims.get("amr"), claims.get("auth_time")
        means = {claims.get("acr"), *(amr if isinstance(amr, list) else ())}
        return Identity(
            identifier,
            name=claims["name"] if isinstance(claims.get("name"), str) else None,
            two_factors=not means.isdisjoint(self.settings.second_factors),
            authenticated_at=datetime.fromtimestamp(at, UTC) if isinstance(at, int | float) else None,
        )

    async def _discovered(self) -> Metadata:
        told: Mapping[str, Any] = {}
        if not {"authorization_endpoint", "token_endpoint", "jwks_uri"} <= self.settings.fixed.keys():
            url = get_well_known_url(self.settings.issuer, external=True)
            told = _object(await self._fetched(self._fetcher.get(url, headers={"accept": "application/json"})))
        try:
            return Metadata.of(self.settings, told)
        except ValueError as error:
            raise self._unavailable("discovery") from error

    async def _published_keys(self, metadata: Metadata, for_as_long: timedelta) -> KeySet:
        async with self._looking:
            if self._keys_from is None or self._keys_from + for_as_long < clock.now():
                reply = await self._fetched(
                    self._fetcher.get(metadata.jwks_uri, headers={"accept": "application/json"})
                )
                try:
                    self._keys = KeySet.of(_object(reply))
                except ValueError as error:
                    raise self._unavailable("keys") from error
                self._keys_from = clock.now()
            return self._keys

    async def _fetched(self, fetching: Any) -> Fetched:
        try:
            reply: Fetched = await fetching
        except FetchFailed as error:
            raise self._unavailable(str(error)) from error
        return reply

    def _made_from(self, state: str, purpose: str) -> str:
        made = hmac.digest(self._secret, f"{purpose} {state}".encode(), "sha256")
        return urlsafe_b64encode(made).decode().rstrip("=")

    def _refused(self, reason: str) -> IdentityRefused:
        log.warning("oidc.identity_refused", provider=self.settings.key, reason=reason)
        return IdentityRefused()

    def _unavailable(self, reason: str) -> ProviderUnavailable:
        log.warning("oidc.provider_unavailable", provider=self.settings.key, reason=reason)
        return ProviderUnavailable()


def _tls(settings: IdentityProvider) -> ssl.SSLContext | None:
    if settings.ca_file is None:
        return None
    trusting = ssl.create_default_context()
    trusting.load_verify_locations(settings.ca_file)
    return trusting


def _object(reply: Fetched) -> Mapping[str, Any]:
    """The JSON object of an answer; an empty one when it is none."""
    try:
        read = json.loads(reply.body)
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}
