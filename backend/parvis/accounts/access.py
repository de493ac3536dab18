"""Who may ask for each operation, told in the published description: read from the dependencies that decide it."""

from collections.abc import Iterator
from typing import Any

from parvis.kernel.errors import Forbidden, ParvisError, ProofRequired, Unauthenticated
from parvis.kernel.openapi import Operation
from parvis.kernel.web import API

from .auth import (
    COOKIE,
    CsrfRefused,
    InsufficientScope,
    InvalidToken,
    SecondFactorRequired,
    asking,
    in_browser,
    in_person,
    proved,
    proved_in_browser,
    signed_in,
    visiting,
)
from .scopes import SCOPES

SESSION, OAUTH, TOKEN = "session", "oauth2", "personal_access_token"

SECURITY_SCHEMES: dict[str, Any] = {
    SESSION: {
        "type": "apiKey",
        "in": "cookie",
        "name": COOKIE,
        "description": "A browser’s session, which may do all that its member may. "
        "Writes also send `X-CSRF-Token`, from `GET /api/v1/session`.",
    },
    OAUTH: {
        "type": "oauth2",
        "description": "An access token of the mobile client: authorization code with PKCE S256, ten minutes, "
        "then a refresh token that is traded for the next.",
        "flows": {
            "authorizationCode": {
                "authorizationUrl": "/oauth/authorize",
                "tokenUrl": f"{API}/oauth/token",
                "refreshUrl": f"{API}/oauth/token",
                "scopes": {scope: text["en"] for scope, text in SCOPES.items()},
            }
        },
    },
    TOKEN: {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "parvis_pat_…",
        "description": "A personal access token, made by its member for scripts, with the scopes chosen for it.",
    },
}


def describe_access(operation: Operation) -> None:
    """Fills `security`, the problems of who is not let in, and a sentence for what is asked beyond a scope."""
    operation.body["security"] = list(_ways(operation))
    operation.add_problems(_problems(operation))
    if operation.uses(proved, proved_in_browser):
        operation.add_sentence("Needs a credential proved in the last ten minutes.")


def scope_of(operation: Operation) -> str | None:
    """The scope that a token needs, or None where no scope is asked for."""
    if not operation.uses(signed_in, visiting):
        return None
    return f"{operation.tags[0]}:{'write' if operation.writes else 'read'}"


def _ways(operation: Operation) -> Iterator[dict[str, list[str]]]:
    if not operation.uses(asking):
        return
    scopes = [scope for scope in [scope_of(operation)] if scope]
    yield {SESSION: []}
    if operation.uses(in_browser):
        return
    yield {OAUTH: scopes}
    if not operation.uses(in_person):
        yield {TOKEN: scopes}
    if not operation.uses(signed_in):
        yield {}


def _problems(operation: Operation) -> Iterator[type[ParvisError]]:
    if operation.uses(signed_in, in_browser):
        yield Unauthenticated
    if operation.uses(asking):
        yield InvalidToken
        if operation.writes:
            yield CsrfRefused
    if operation.uses(signed_in, visiting):
        yield InsufficientScope
    if operation.uses(in_person, in_browser):
        yield Forbidden
    if operation.uses(proved, proved_in_browser):
        yield ProofRequired
    if operation.uses(signed_in) and "`forbidden`" in operation.body["responses"].get("403", {}).get("description", ""):
        yield SecondFactorRequired
