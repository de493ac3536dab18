"""Dependencies of routes that need to know who is asking.

`SignedIn` lets in any credential with the scope of the operation: its router's first tag names the area, its method
whether it reads or writes (`account:read`, `people:write`). `InPerson` refuses personal access tokens; `Proved` also
wants a credential proved in the last ten minutes, for acts that change who can get in.
"""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer

from parvis.kernel.errors import Forbidden, ProofRequired, Unauthenticated
from parvis.kernel.web import running

from .actor import Actor, Actors

COOKIE = "__Host-parvis"
DEV_COOKIE = "parvis-dev"
"""On http loopback, where a `__Host-` cookie is refused for want of Secure."""
SAFE = {"GET", "HEAD", "OPTIONS"}

_cookie_scheme = APIKeyCookie(name=COOKIE, scheme_name="session", auto_error=False)
_bearer_scheme = HTTPBearer(scheme_name="bearer", auto_error=False)


class InsufficientScope(Forbidden):
    code = "insufficient_scope"
    title = {
        "fr": "Ce jeton ne permet pas cette action.",
        "en": "This token does not allow this action.",
    }


class InvalidToken(Unauthenticated):
    """A bearer token that does not hold is refused, also where nobody need sign in (RFC 6750 section 3.1)."""

    code = "invalid_token"
    title = {
        "fr": "Ce jeton n’est pas valable, ou ne l’est plus.",
        "en": "This token is not valid, or no longer is.",
    }


class CsrfRefused(Forbidden):
    code = "csrf_refused"
    title = {
        "fr": "Cette page a expiré. Rechargez-la et réessayez.",
        "en": "This page has expired. Reload it and try again.",
    }


class SecondFactorRequired(Forbidden):
    """In place of any refusal, to who holds a role that would count with a second factor."""

    code = "second_factor_required"
    title = {
        "fr": "Votre rôle ne compte qu’avec un second facteur.",
        "en": "Your role counts only with a second factor.",
    }


def cookie_name(secure: bool) -> str:
    return COOKIE if secure else DEV_COOKIE


def scope_of(request: Request) -> str:
    """The scope an operation needs."""
    route = request.scope["route"]
    return f"{route.tags[0]}:{'read' if request.method in SAFE else 'write'}"


async def asking(
    request: Request,
    _cookie: Annotated[str | None, Depends(_cookie_scheme)],
    bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer_scheme)],
) -> Actor | None:
    """The actor behind this request, or None when it carries no credential that holds.

    A bearer token, when sent, is what counts; a cookie is then ignored. Raises `InvalidToken`, and `CsrfRefused` for a
    write by cookie without its token.
    """
    parvis = running(request)
    actors = parvis.part(Actors)
    if bearer is not None:
        actor = await actors.by_bearer(bearer.credentials)
        if actor is None:
            raise InvalidToken(headers={"www-authenticate": 'Bearer realm="parvis", error="invalid_token"'})
    else:
        cookie = request.cookies.get(cookie_name(parvis.settings.secure))
        actor = await actors.by_cookie(cookie) if cookie else None
        csrf_token = request.headers.get("x-csrf-token", "")
        if actor and request.method not in SAFE and not actors.is_csrf_token(actor, csrf_token):
            raise CsrfRefused
    if actor is not None:
        request.state.language = actor.language
        request.state.member_id = actor.id
        if actor.withheld:
            request.state.instead_of_forbidden = SecondFactorRequired
    return actor


Asking = Annotated[Actor | None, Depends(asking)]


async def signed_in(request: Request, actor: Asking) -> Actor:
    if actor is None:
        raise Unauthenticated(headers={"www-authenticate": 'Bearer realm="parvis"'})
    if not actor.may_use(scope_of(request)):
        scope = scope_of(request)
        challenge = f'Bearer realm="parvis", error="insufficient_scope", scope="{scope}"'
        raise InsufficientScope(headers={"www-authenticate": challenge}, extra={"scope": scope})
    return actor


SignedIn = Annotated[Actor, Depends(signed_in)]


async def asking_again(
    request: Request, bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer_scheme)]
) -> Callable[[], Awaitable[Actor]]:
    async def again() -> Actor:
        return await signed_in(request, await asking(request, None, bearer))

    return again


AskingAgain = Annotated[Callable[[], Awaitable[Actor]], Depends(asking_again)]
"""For requests that last: who asks, judged anew. Raises what the request would meet now, `Unauthenticated` say."""


async def visiting(request: Request, actor: Asking) -> Actor | None:
    """Anybody; but a token, which was given for some things only, needs the scope of this one."""
    return await signed_in(request, actor) if actor else None


Visiting = Annotated[Actor | None, Depends(visiting)]


async def in_person(actor: SignedIn) -> Actor:
    if actor.session_id is None:
        raise Forbidden({"fr": "Un jeton ne peut pas faire cela.", "en": "A token cannot do this."})
    return actor


InPerson = Annotated[Actor, Depends(in_person)]


async def proved(actor: InPerson) -> Actor:
    if not actor.has_recent_proof():
        raise ProofRequired
    return actor


Proved = Annotated[Actor, Depends(proved)]


async def in_browser(actor: Asking) -> Actor:
    if actor is None:
        raise Unauthenticated
    if actor.scopes is not None:
        raise Forbidden({"fr": "Cela se fait dans le navigateur.", "en": "This is done in the browser."})
    return actor


InBrowser = Annotated[Actor, Depends(in_browser)]
"""Refuses tokens of every kind: what they were given is not theirs to give."""


async def proved_in_browser(actor: InBrowser) -> Actor:
    if not actor.has_recent_proof():
        raise ProofRequired
    return actor


ProvedInBrowser = Annotated[Actor, Depends(proved_in_browser)]
