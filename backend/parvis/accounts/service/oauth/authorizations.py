"""A client asks a member for an authorization, and the member gives it (RFC 6749 section 4.1, RFC 7636 section 4)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote, urlencode

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts import scopes
from parvis.accounts.actor import Actor
from parvis.accounts.models import AuthorizationCode
from parvis.accounts.schemas.oauth import AuthorizationQuery
from parvis.kernel import clock
from parvis.kernel.errors import BadRequest
from parvis.kernel.secrets import hash_token, new_token

from .clients import Client

CODE_HOLDS = timedelta(seconds=60)
REPLAYS_SEEN_FOR = timedelta(days=1)
CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
"""A SHA-256 in base64url."""
STATE = re.compile(r"[\x20-\x7e]*")


class UnknownClient(BadRequest):
    code = "unknown_client"
    title = {"fr": "Cette application n’est pas connue ici.", "en": "This application is not known here."}


class RedirectMismatch(BadRequest):
    code = "redirect_mismatch"
    title = {
        "fr": "Cette application demande une adresse de retour qui n’est pas la sienne.",
        "en": "This application asks to come back to an address that is not its own.",
    }


@dataclass(frozen=True)
class Request:
    """A request from a known client for an address of its own, so that it can be answered there.

    `error` is what is wrong with the rest (RFC 6749 section 4.1.2.1), if anything.
    """

    client: Client
    redirect_uri: str
    state: str | None
    issuer: str
    scopes: list[str]
    challenge: str
    error: str | None

    def denied_url(self) -> str:
        """Where to go when the member says no."""
        return self._url({"error": "access_denied"})

    def refused_url(self) -> str:
        """Where to go when the request itself is wrong."""
        return self._url({"error": self.error or "invalid_request"})

    def granted_url(self, code: str) -> str:
        """Where to go with the code."""
        return self._url({"code": code})

    def _url(self, answer: Mapping[str, str]) -> str:
        """The client's address with the answer, its state, and who answers (RFC 9207)."""
        state = {} if self.state is None else {"state": self.state}
        joint = "&" if "?" in self.redirect_uri else "?"
        return self.redirect_uri + joint + urlencode({**answer, **state, "iss": self.issuer}, quote_via=quote)


def understood(asked: AuthorizationQuery, clients: Mapping[str, Client], issuer: str) -> Request:
    """What the client asks for. Raises `UnknownClient` and `RedirectMismatch`: nothing is then sent to any address."""
    client = clients.get(asked.client_id or "")
    if client is None:
        raise UnknownClient
    if asked.redirect_uri is None or asked.redirect_uri not in client.redirects:
        raise RedirectMismatch
    wanted = scopes.SCOPES if asked.scope is None else asked.scope.split()
    return Request(
        client=client,
        redirect_uri=asked.redirect_uri,
        state=asked.state if asked.state is not None and STATE.fullmatch(asked.state) else None,
        issuer=issuer,
        scopes=scopes.in_order(wanted),
        challenge=asked.code_challenge or "",
        error=_error_in(asked),
    )


async def authorize(session: AsyncSession, actor: Actor, request: Request) -> str:
    """The member says yes: a code for the client, once and for a minute; where to send the browser with it."""
    if request.error is not None:
        return request.refused_url()
    assert actor.session_id is not None
    code, now = new_token(), clock.now()
    await session.execute(delete(AuthorizationCode).where(AuthorizationCode.expires_at < now - REPLAYS_SEEN_FOR))
    session.add(
        AuthorizationCode(
            code_hash=hash_token(code),
            member_id=actor.id,
            consented_in=actor.session_id,
            client_id=request.client.id,
            redirect_uri=request.redirect_uri,
            challenge=request.challenge,
            scopes=request.scopes,
            expires_at=now + CODE_HOLDS,
        )
    )
    return request.granted_url(code)


def _error_in(asked: AuthorizationQuery) -> str | None:
    if asked.response_type is None or (asked.state is not None and not STATE.fullmatch(asked.state)):
        return "invalid_request"
    if asked.response_type != "code":
        return "unsupported_response_type"
    if asked.code_challenge_method != "S256" or not CHALLENGE.fullmatch(asked.code_challenge or ""):
        return "invalid_request"
    if asked.scope is not None and (not asked.scope.split() or not set(asked.scope.split()) <= scopes.SCOPES.keys()):
        return "invalid_scope"
    return None
