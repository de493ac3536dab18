"""The mobile client of tests: it knows what RFC 6749 and RFC 7636 say, and nothing of how Parvis does it."""

import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

CLIENT = "parvis-mobile"
REDIRECT = "parvis://oauth/callback"


@dataclass
class MobileClient:
    """One installation of the application. `http` is its own client, without cookies."""

    http: httpx.AsyncClient
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48))
    state: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    tokens: dict[str, Any] = field(default_factory=dict)

    def question(self, **changed: str | None) -> dict[str, str]:
        """The query with which the application opens the consent page; `changed` parameters may be left out (None)."""
        asked = {
            "response_type": "code",
            "client_id": CLIENT,
            "redirect_uri": REDIRECT,
            "state": self.state,
            "code_challenge": urlsafe_b64encode(sha256(self.verifier.encode()).digest()).decode().rstrip("="),
            "code_challenge_method": "S256",
            **changed,
        }
        return {name: value for name, value in asked.items() if value is not None}

    async def code_from(self, browser: httpx.AsyncClient, **changed: str | None) -> str:
        """The code given when the member says yes in that browser."""
        answer = await browser.post("/api/v1/oauth/authorizations", json=self.question(**changed))
        assert answer.status_code == 201, answer.text
        came_back = parameters_of(answer.json()["redirect_url"])
        assert came_back["state"] == self.state
        return came_back["code"]

    async def exchange(self, code: str, **changed: str) -> httpx.Response:
        form = {
            "grant_type": "authorization_code",
            "client_id": CLIENT,
            "code": code,
            "redirect_uri": REDIRECT,
            "code_verifier": self.verifier,
            **changed,
        }
        return self._kept(await self.http.post("/api/v1/oauth/token", data=form))

    async def refresh(self, token: str | None = None, **more: str) -> httpx.Response:
        form = {
            "grant_type": "refresh_token",
            "client_id": CLIENT,
            "refresh_token": token or self.tokens["refresh_token"],
            **more,
        }
        return self._kept(await self.http.post("/api/v1/oauth/token", data=form))

    async def connect(self, browser: httpx.AsyncClient, **changed: str | None) -> None:
        """From the question to the tokens."""
        answer = await self.exchange(await self.code_from(browser, **changed))
        assert answer.status_code == 200, answer.text

    async def get(self, path: str) -> httpx.Response:
        return await self.http.get(path, headers=self.bearer)

    @property
    def bearer(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.tokens['access_token']}"}

    def _kept(self, answer: httpx.Response) -> httpx.Response:
        if answer.status_code == 200:
            self.tokens = answer.json()
        return answer


def parameters_of(url: str) -> dict[str, str]:
    """The query of an address, each parameter given once."""
    read = parse_qs(urlsplit(url).query, keep_blank_values=True)
    assert all(len(values) == 1 for values in read.values()), url
    return {name: values[0] for name, values in read.items()}
