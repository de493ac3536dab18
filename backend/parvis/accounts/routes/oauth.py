"""OAuth 2 for the mobile client. The consent page itself, `/oauth/authorize`, is the browser application's."""

from collections.abc import Callable, Coroutine, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.responses import JSONResponse

from parvis.accounts import scopes
from parvis.accounts.auth import ProvedInBrowser
from parvis.accounts.jwt import LIFETIME, AccessTokens
from parvis.accounts.refresh import RefreshTokens
from parvis.accounts.schemas.oauth import (
    AuthorizationOut,
    AuthorizationQuery,
    AuthorizationRequestOut,
    ClientOut,
    ConsentOut,
    OAuthErrorOut,
    RefusedOut,
    RevocationForm,
    ServerMetadataOut,
    TokenForm,
    TokensOut,
)
from parvis.accounts.schemas.tokens import ScopeOut, ScopesOut
from parvis.accounts.service.oauth import authorizations, grants
from parvis.accounts.service.oauth.authorizations import RedirectMismatch, UnknownClient, understood
from parvis.accounts.service.oauth.clients import Client, registered
from parvis.accounts.service.sessions import Device
from parvis.kernel.errors import BadRequest
from parvis.kernel.limits import client_network, limited
from parvis.kernel.runtime import Running
from parvis.kernel.web import API, Language, Writer, documented

FORM = "application/x-www-form-urlencoded"


class OAuthRefusal(Exception):
    """An error that the standard gives a shape of its own (RFC 6749 section 5.2)."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(description)
        self.body = OAuthErrorOut.model_validate({"error": error, "error_description": description})


class _InStandardShape(APIRoute):
    """Routes for OAuth libraries, which read errors in the standard's shape and know no other."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handle_or_refuse(request: Request) -> Response:
            try:
                return await handle(request)
            except OAuthRefusal as refusal:
                return JSONResponse(refusal.body.model_dump(), status_code=400)

        return handle_or_refuse


router = APIRouter(prefix="/oauth", tags=["oauth"])
for_clients = APIRouter(prefix="/oauth", tags=["oauth"], route_class=_InStandardShape)
metadata = APIRouter(tags=["oauth"])


async def _clients(parvis: Running) -> Mapping[str, Client]:
    return registered(parvis.settings.oauth_redirects)


async def _device(request: Request, parvis: Running) -> Device:
    network = client_network(request, parvis.settings.trusted_proxies)
    return Device(request.headers.get("user-agent", ""), network)


async def _form(request: Request) -> Mapping[str, str]:
    """The parameters of a form; without a value they count as left out (RFC 6749 section 3.2)."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        raise OAuthRefusal("invalid_request", f"Parameters are sent as {FORM}.")
    async with request.form() as form:
        items = [(name, str(value)) for name, value in form.multi_items() if value]
    if len(dict(items)) != len(items):
        raise OAuthRefusal("invalid_request", "A parameter is sent twice.")
    return dict(items)


async def _consenting(actor: ProvedInBrowser) -> str:
    return str(actor.member_id)


Clients = Annotated[Mapping[str, Client], Depends(_clients)]
FromDevice = Annotated[Device, Depends(_device)]
Form = Annotated[Mapping[str, str], Depends(_form)]


async def _identified(form: Form, clients: Clients) -> Client:
    client = clients.get(form.get("client_id", ""))
    if client is None:
        raise OAuthRefusal("invalid_client", "There is no such client.")
    return client


Identified = Annotated[Client, Depends(_identified)]


def _sent_as(form: type[BaseModel]) -> dict[str, Any]:
    """Describes the form: the framework would read it itself, and refuse it in a shape that is not the standard's."""
    return {"requestBody": {"required": True, "content": {FORM: {"schema": form.model_json_schema()}}}}


REFUSALS: dict[int | str, dict[str, Any]] = {400: {"model": OAuthErrorOut, "description": "Refused."}}


@router.get(
    "/request",
    responses=documented([UnknownClient, RedirectMismatch, BadRequest]),
    dependencies=[limited("oauth_request", "3000/minute")],
)
async def get_authorization_request(
    request: Request,
    query: Annotated[AuthorizationQuery, Query()],
    clients: Clients,
    parvis: Running,
    language: Language,
) -> AuthorizationRequestOut:
    """What the consent page is to show.

    The page passes on the query of its own address. An unknown client, or an address that is not the client's, is a
    problem shown to the person; anything else that is wrong is told to the client, by sending the browser there.
    """
    if len(set(request.query_params.keys())) != len(request.query_params.multi_items()):
        raise BadRequest({"fr": "Un paramètre est donné deux fois.", "en": "A parameter is given twice."})
    asked = understood(query, clients, parvis.settings.public_url)
    if asked.error is not None:
        return RefusedOut(error=asked.error, redirect_url=asked.refused_url())
    return ConsentOut(
        client=ClientOut(id=asked.client.id, name=asked.client.name),
        scopes=[ScopeOut.of(scope, language) for scope in asked.scopes],
        denied_url=asked.denied_url(),
    )


@router.post(
    "/authorizations",
    status_code=201,
    responses=documented([UnknownClient, RedirectMismatch]),
    dependencies=[limited("oauth_authorize", "30/minute", network="1000/minute", who=_consenting)],
)
async def authorize_client(
    query: AuthorizationQuery, clients: Clients, actor: ProvedInBrowser, write: Writer, parvis: Running
) -> AuthorizationOut:
    """Grant the request shown by the consent page.

    Answers with the address to send the browser to: the client's, with a code that is good once, for 60 seconds.
    """
    asked = understood(query, clients, parvis.settings.public_url)
    return AuthorizationOut(redirect_url=await write(authorizations.authorize, actor, asked))


@for_clients.post(
    "/token",
    responses=REFUSALS,
    openapi_extra=_sent_as(TokenForm),
    dependencies=[limited("oauth_token", "600/minute")],
)
async def issue_tokens(form: Form, client: Identified, device: FromDevice, write: Writer, parvis: Running) -> TokensOut:
    """Trade a code, or a refresh token, for an access token and the next refresh token.

    A code or a refresh token that comes twice ends the session it gave. Errors have the shape of RFC 6749 section 5.2.
    """
    kind = form.get("grant_type")
    if kind == "authorization_code":
        brought = grants.CodeExchange(
            client, _needed(form, "code"), _needed(form, "redirect_uri"), _needed(form, "code_verifier")
        )
        grant = await write(grants.exchange_code, brought, device, parvis.part(RefreshTokens))
    elif kind == "refresh_token":
        grant = await _refreshed(form, client, write, parvis.part(RefreshTokens))
    else:
        raise OAuthRefusal(
            "unsupported_grant_type" if kind else "invalid_request",
            "grant_type is authorization_code or refresh_token.",
        )
    if grant is None:
        raise OAuthRefusal("invalid_grant", "It is unknown, expired, used or revoked, or was given to another.")
    return _tokens(grant, parvis.part(AccessTokens))


@for_clients.post(
    "/revocations",
    responses=REFUSALS,
    openapi_extra=_sent_as(RevocationForm),
    response_class=Response,
    dependencies=[limited("oauth_revoke", "600/minute")],
)
async def revoke_client_token(form: Form, client: Identified, write: Writer, parvis: Running) -> Response:
    """Sign the mobile client out, by one of its tokens (RFC 7009).

    The whole session ends, at once. The answer is the same for a token that is unknown or ended already.
    """
    token = _needed(form, "token")
    session_id = parvis.part(RefreshTokens).session_of(token)
    if session_id is None:
        read = parvis.part(AccessTokens).session_of(token)
        session_id = read[0] if read else None
    if session_id is not None:
        await write(grants.revoke, client, session_id)
    return Response()


@router.get("/scopes")
async def list_scopes(language: Language) -> ScopesOut:
    """Every scope that a token may have, described in the asker's language."""
    return ScopesOut(items=[ScopeOut.of(scope, language) for scope in scopes.SCOPES])


@metadata.get("/.well-known/oauth-authorization-server")
async def get_authorization_server_metadata(parvis: Running) -> ServerMetadataOut:
    """Where and how OAuth clients speak to this server (RFC 8414)."""
    origin = parvis.settings.public_url
    return ServerMetadataOut(
        issuer=origin,
        authorization_endpoint=f"{origin}/oauth/authorize",
        token_endpoint=f"{origin}{API}/oauth/token",
        revocation_endpoint=f"{origin}{API}/oauth/revocations",
        service_documentation=f"{origin}{API}/reference",
        scopes_supported=list(scopes.SCOPES),
    )


async def _refreshed(
    form: Mapping[str, str], client: Client, write: Writer, refresh_tokens: RefreshTokens
) -> grants.Grant | None:
    token = _needed(form, "refresh_token")
    session_id = refresh_tokens.session_of(token)
    narrowed = form["scope"].split() if "scope" in form else None
    if session_id is None:
        return None
    try:
        return await write(grants.refresh, client, session_id, token, narrowed, refresh_tokens)
    except grants.ScopeExceeded:
        raise OAuthRefusal("invalid_scope", "More is asked for than was given.") from None


def _tokens(grant: grants.Grant, access_tokens: AccessTokens) -> TokensOut:
    session = grant.session
    return TokensOut(
        access_token=access_tokens.write(session.member_id, session.id, grant.scopes, session.client_id or ""),
        expires_in=int(LIFETIME.total_seconds()),
        refresh_token=grant.refresh_token,
        scope=" ".join(grant.scopes),
    )


def _needed(form: Mapping[str, str], name: str) -> str:
    if name not in form:
        raise OAuthRefusal("invalid_request", f"{name} is missing.")
    return form[name]
