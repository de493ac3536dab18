"""What else than a browser asks in somebody's name, and what each may not."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import TOKEN_PREFIX, Actors
from parvis.accounts.auth import COOKIE
from parvis.accounts.jwt import AccessTokens
from parvis.accounts.models import AccessToken, Session
from parvis.accounts.scopes import SCOPES
from parvis.kernel import clock
from parvis.kernel.clock import MovableClock
from parvis.kernel.ids import new_id
from parvis.kernel.runtime import Parvis
from parvis.kernel.secrets import hash_token

from .policy import HIDDEN, IN_BROWSER, IN_PERSON, LET, PROVED, REFUSED, WITH_POSTS, WITH_WHAT_IS_FOUND

KINDS = (
    "a token with the scope",
    "a token with every other scope",
    "an expired token",
    "a mobile client with the scope",
    "a mobile client with every other scope",
    "an expired mobile client",
    "a browser without the form's token",
    "a browser that proved nothing for an hour",
)


def outcome(kind: str, operation: str, method: str) -> str:
    """What is answered to who would be let through with a browser."""
    if "expired" in kind:
        return "invalid_token"
    if kind == "a browser without the form's token":
        return LET if method == "GET" else "csrf_refused"
    if kind == "a browser that proved nothing for an hour":
        return "proof_required" if operation in PROVED else LET
    if operation in IN_BROWSER:
        return REFUSED
    if "other scope" in kind:
        return "insufficient_scope"
    if operation in WITH_POSTS and "with the scope" in kind:
        return REFUSED
    if operation in WITH_WHAT_IS_FOUND and "with the scope" in kind:
        return HIDDEN
    return REFUSED if operation in IN_PERSON and "mobile" not in kind else LET


@dataclass
class Wallet:
    """Makes credentials of members, and keeps them: they are asked for before anything is rehearsed."""

    parvis: Parvis
    time: MovableClock
    _sessions: dict[tuple[UUID, str], Session] = field(default_factory=dict)

    async def of(self, member_id: UUID, scope: str) -> Mapping[str, Mapping[str, str]]:
        """By kind, what is sent."""
        others = [other for other in SCOPES if other != scope]
        mobile, stale = await self._session(member_id, "mobile"), await self._session(member_id, "browser")
        csrf_token = self.parvis.part(Actors).csrf_token_of(stale.id)
        makers: tuple[Callable[[], Awaitable[str]], ...] = (
            lambda: self._token(member_id, [scope]),
            lambda: self._token(member_id, others),
            lambda: self._token(member_id, [scope], days=-1),
            lambda: self._mobile(mobile, [scope]),
            lambda: self._mobile(mobile, others),
            lambda: self._mobile(mobile, [scope], hours_ago=1),
        )
        bearers = [{"authorization": f"Bearer {await make()}"} for make in makers]
        cookie = f"{COOKIE}={stale.id}"
        browsers = [{"cookie": cookie}, {"cookie": cookie, "x-csrf-token": csrf_token}]
        return dict(zip(KINDS, [*bearers, *browsers], strict=True))

    async def _token(self, member_id: UUID, scopes: list[str], days: int = 1) -> str:
        value = f"{TOKEN_PREFIX}{new_id()}"
        until = clock.now() + timedelta(days=days)
        token = AccessToken(
            member_id=member_id,
            name="",
            token_hash=hash_token(value),
            scopes=scopes,
            expires_at=until,
            used_at=clock.now(),
        )
        await self.parvis.database.write(_keep, token)
        return value

    async def _mobile(self, session: Session, scopes: list[str], hours_ago: int = 0) -> str:
        self.time.advance(timedelta(hours=-hours_ago))
        token = self.parvis.part(AccessTokens).write(session.member_id, session.id, scopes, "parvis-mobile")
        self.time.advance(timedelta(hours=hours_ago))
        return token

    async def _session(self, member_id: UUID, kind: str) -> Session:
        """Of a mobile client that may do everything and has just proved who asks; or of a browser that has not."""
        known = self._sessions.get((member_id, kind))
        if known is not None:
            return known
        now, id_ = clock.now(), new_id()
        made = Session(
            id=id_,
            member_id=member_id,
            kind=kind,
            client_id="parvis-mobile" if kind == "mobile" else None,
            token_hash=None if kind == "mobile" else hash_token(str(id_)),
            scopes=list(SCOPES) if kind == "mobile" else [],
            methods=["pwd"],
            proved_at=now if kind == "mobile" else now - timedelta(hours=1),
            user_agent="Tests/1.0",
            network="203.0.113.7",
            expires_at=now + timedelta(days=7),
        )
        await self.parvis.database.write(_keep, made)
        self._sessions[member_id, kind] = made
        return made


async def _keep(session: AsyncSession, row: object) -> None:
    session.add(row)
