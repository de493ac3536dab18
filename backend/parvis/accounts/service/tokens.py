"""Personal access tokens: made by their member for scripts, shown once, revoked at will."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import TOKEN_PREFIX, Actor
from parvis.accounts.events import TokenCreated, TokenRevoked
from parvis.accounts.models import AccessToken
from parvis.accounts.schemas.tokens import TokenDraft
from parvis.accounts.scopes import in_order
from parvis.kernel import clock
from parvis.kernel.audit import audit
from parvis.kernel.errors import Conflict, NotFound, require
from parvis.kernel.events import record
from parvis.kernel.secrets import hash_token, new_token

from . import notices
from .members import locked_member

MOST = 50


class TooManyTokens(Conflict):
    code = "too_many_access_tokens"
    title = {
        "fr": f"Vous avez déjà {MOST} jetons. Révoquez-en un d’abord.",
        "en": f"You already have {MOST} tokens. Revoke one first.",
    }


@dataclass(frozen=True)
class NewToken:
    """A token, with what it is used by, this once."""

    token: AccessToken
    value: str


async def create_token(session: AsyncSession, actor: Actor, draft: TokenDraft) -> NewToken:
    """Makes a token for its member, and says so by mail.

    Raises `Forbidden` when whoever asks lacks one of its scopes, and `TooManyTokens`.
    """
    require(
        all(actor.may_use(scope) for scope in draft.scopes),
        {
            "fr": "Vous ne pouvez pas donner à un jeton plus que vous n’avez ici.",
            "en": "You cannot give a token more than you have here.",
        },
    )
    await locked_member(session, actor.id)
    held = select(func.count()).where(AccessToken.member_id == actor.id, AccessToken.revoked_at.is_(None))
    if (await session.scalar(held.where(AccessToken.expires_at > clock.now())) or 0) >= MOST:
        raise TooManyTokens
    value = TOKEN_PREFIX + new_token()
    token = AccessToken(
        member_id=actor.id,
        name=draft.name,
        token_hash=hash_token(value),
        scopes=in_order(draft.scopes),
        expires_at=clock.now() + timedelta(days=draft.days),
    )
    session.add(token)
    await session.flush()
    record(session, TokenCreated(member_id=actor.id, token_id=token.id), actor_id=actor.id)
    audit(session, actor.id, "token.created", "access_token", token.id, {"scopes": token.scopes})
    await notices.tell(session, actor.id, "token_created", {"name": token.name})
    return NewToken(token, value)


async def revoke_token(session: AsyncSession, actor: Actor, token_id: UUID) -> None:
    """Ends one of the member's tokens. Raises `NotFound`."""
    mine = update(AccessToken).where(
        AccessToken.id == token_id, AccessToken.member_id == actor.id, AccessToken.revoked_at.is_(None)
    )
    ended = mine.values(revoked_at=clock.now()).returning(AccessToken.id)
    if (await session.execute(ended.execution_options(synchronize_session=False))).first() is None:
        raise NotFound
    record(session, TokenRevoked(member_id=actor.id, token_id=token_id), actor_id=actor.id)
    audit(session, actor.id, "token.revoked", "access_token", token_id)
