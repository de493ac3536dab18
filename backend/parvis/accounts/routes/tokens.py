"""Personal access tokens of the member who asks."""

from uuid import UUID

from fastapi import APIRouter

from parvis.accounts.auth import Proved, SignedIn
from parvis.accounts.models import AccessToken
from parvis.accounts.queries.tokens import tokens_of
from parvis.accounts.schemas.tokens import NewTokenOut, TokenDraft, TokenOut
from parvis.accounts.service import tokens
from parvis.accounts.service.tokens import NewToken, TooManyTokens
from parvis.kernel.errors import NotFound
from parvis.kernel.idempotency import Once
from parvis.kernel.limits import limited
from parvis.kernel.pagination import Page, PageQuery, paginate
from parvis.kernel.web import Reading, Writer, documented

from .parts import whose

router = APIRouter(prefix="/me/tokens", tags=["account"])


@router.get("")
async def list_access_tokens(session: Reading, actor: SignedIn, page: PageQuery) -> Page[TokenOut]:
    """Your personal access tokens, newest first, without those you revoked."""
    return await paginate(session, tokens_of(actor), (AccessToken.id.desc(),), page, TokenOut.of)


@router.post(
    "",
    status_code=201,
    responses=documented([TooManyTokens]),
    dependencies=[limited("create_token", "20/minute", network="300/minute", who=whose)],
)
async def create_access_token(draft: TokenDraft, actor: Proved, once: Once) -> NewTokenOut:
    """Make a personal access token. Its value is in this answer and nowhere else; a notice goes to your addresses."""
    return await once(_shown, tokens.create_token, actor, draft)


@router.delete("/{token_id:uuid}", status_code=204, responses=documented([NotFound]))
async def revoke_access_token(token_id: UUID, actor: SignedIn, write: Writer) -> None:
    """Revoke one of your tokens. It stops working at once."""
    await write(tokens.revoke_token, actor, token_id)


def _shown(made: NewToken) -> NewTokenOut:
    return NewTokenOut.of_new(made.token, made.value)
