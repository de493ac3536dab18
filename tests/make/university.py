"""A small OpenID provider of our own, which says whatever a test wants, true or not.

The honest one that Parvis is tried against is another's program (`tests/peers/oidc`): what this one proves is what
happens when a provider, or somebody between, lies.
"""

import json
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
from joserfc import jws
from joserfc.jwk import ECKey, OctKey, RSAKey

from parvis.kernel import clock
from parvis.kernel.identity_providers import IdentityProvider
from tests.make.web_server import Hit, WebServer, reply, web_server

CLIENT_ID = "parvis"
CLIENT_SECRET = "a secret between two: é&+"
KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "two"})
THIRD_KEY = RSAKey.generate_key(2048, {"kid": "three"})
EC_KEY = ECKey.generate_key("P-256", {"kid": "curve"})
Claims = dict[str, Any]
Forge = Callable[["University", Claims], str]


def b64(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def signed(
    claims: Any, key: RSAKey | ECKey | OctKey = KEY, header: dict[str, Any] | None = None, algorithm: str = "RS256"
) -> str:
    """A compact JWS, whatever is wrong with it."""
    whole = {"alg": algorithm, "kid": key.get("kid"), **(header or {})}
    whole = {name: value for name, value in whole.items() if value is not None}
    first, second = b64(json.dumps(whole).encode()), b64(json.dumps(claims).encode())
    algorithm_model = jws.JWSRegistry.algorithms[algorithm]
    return f"{first}.{second}.{b64(algorithm_model.sign(f'{first}.{second}'.encode(), key))}"


def honest(university: "University", claims: Claims) -> str:
    return signed(claims, university.key)


@dataclass
class University:
    """Who is signed in there, and how its answers are made. `codes`: what each code was given for."""

    server: WebServer
    key: RSAKey = field(default_factory=lambda: KEY)
    sub: str = "u-1001"
    claims: Claims = field(default_factory=lambda: {"eduperson_principal_name": "INes.Benali@univ.example"})
    userinfo: Claims | None = None
    metadata: Claims = field(default_factory=dict)
    jwks: Claims = field(default_factory=lambda: {"keys": [KEY.as_dict(private=False)]})
    forge: Forge = honest
    token_reply: bytes | None = None
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    """The paths of what Parvis fetched."""
    forms: list[dict[str, str]] = field(default_factory=list)

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server.port}"

    def provider(self, **said: Any) -> IdentityProvider:
        """How an administrator configures it."""
        settings = {
            "key": "univ",
            "name": {"fr": "Université d’Exemple", "en": "University of Example"},
            "issuer": self.issuer,
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
        }
        return IdentityProvider.model_validate(settings | said)

    def visit(self, url: str) -> dict[str, str]:
        """What a browser that was sent there comes back with."""
        query = dict(parse_qsl(urlsplit(url).query))
        code = f"code-{len(self.codes)}"
        self.codes[code] = query
        return {"state": query["state"], "code": code, "iss": self.issuer}

    def answer(self, hit: Hit) -> bytes:
        path = hit.path.partition("?")[0]
        self.asked.append(path)
        match path:
            case "/.well-known/openid-configuration":
                return _json(self._published())
            case "/jwks":
                return _json(self.jwks)
            case "/userinfo" if self.userinfo is not None and hit.headers["authorization"] == "Bearer at-1":
                return _json(self.userinfo)
            case "/token":
                return self._tokens(hit)
        return reply(status=404)

    def _published(self) -> Claims:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "id_token_signing_alg_values_supported": ["RS256"],
            "authorization_response_iss_parameter_supported": True,
            **self.metadata,
        }

    def _tokens(self, hit: Hit) -> bytes:
        form = dict(parse_qsl(hit.body.decode()))
        self.forms.append({**form, "authorization": hit.headers.get("authorization", "")})
        asked = self.codes.pop(form.get("code", ""), None)
        if self.token_reply is not None:
            return self.token_reply
        proved = asked and b64(sha256(form["code_verifier"].encode()).digest()) == asked["code_challenge"]
        if asked is None or not proved or form["redirect_uri"] != asked["redirect_uri"]:
            return _json({"error": "invalid_grant"}, 400)
        token = self.forge(self, self.claims_for(asked))
        return _json({"access_token": "at-1", "token_type": "Bearer", "id_token": token, "expires_in": 300})

    def claims_for(self, asked: dict[str, str]) -> Claims:
        now = int(clock.now().timestamp())
        return {
            "iss": self.issuer,
            "sub": self.sub,
            "aud": CLIENT_ID,
            "exp": now + 300,
            "iat": now,
            "auth_time": now,
            "nonce": asked["nonce"],
            "at_hash": b64(sha256(b"at-1").digest()[:16]),
            **self.claims,
        }


@asynccontextmanager
async def university() -> AsyncIterator[University]:
    async with web_server() as server:
        running = University(server)
        server.answer = running.answer
        yield running


async def go(browser: httpx.AsyncClient, there: University, provider: str = "univ") -> dict[str, str]:
    """From the button to the answer: what the browser comes back with, for `POST /sessions/university`."""
    asked = await browser.post("/api/v1/university-sign-ins", json={"provider": provider})
    assert asked.status_code == 200, asked.text
    return {"provider": provider, **there.visit(asked.json()["authorization_url"])}


async def come_in(browser: httpx.AsyncClient, there: University, provider: str = "univ") -> httpx.Response:
    return await browser.post("/api/v1/sessions/university", json=await go(browser, there, provider))


def _json(said: Claims, status: int = 200) -> bytes:
    return reply(json.dumps(said).encode(), status, content_type="application/json")
