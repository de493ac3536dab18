"""Who is asking. Cookies and tokens of every kind end in one `Actor`.

Actors are kept in memory for a minute so that asking costs no query, and forgotten at once when a fact about them
says so: by the commit itself in this process, by the log's tail in the others.
"""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel import clock
from parvis.kernel.db import Database, Id
from parvis.kernel.events import Fact
from parvis.kernel.secrets import derive_key, hash_token

from .models import AccessToken, Affiliation, Member, MemberRole, Session
from .models.people import Public
from .publics import current, publics_of, shown_public
from .second_factor import counts, held_since

KEPT = timedelta(seconds=60)
SEEN_EVERY = timedelta(minutes=5)
KEPT_IDLE = timedelta(days=30)
"""How long a browser's session lasts after it was last seen…"""
KEPT_AT_MOST = timedelta(days=180)
"""…and after it was opened, in any case."""
PROOF_HOLDS = timedelta(minutes=10)
USED_EVERY = timedelta(hours=1)
"""How exactly the last use of a token is remembered."""
TOKEN_PREFIX = "parvis_pat_"  # noqa: S105 — how a token begins is no secret

FORGETTING = frozenset(
    {
        "member.suspended",
        "member.restored",
        "member.deletion_requested",
        "member.deletion_cancelled",
        "member.erased",
        "member.roles_changed",
        "member.updated",
        "member.credentials_changed",
        "member.record_joined",
        "session.revoked",
        "session.proved",
        "token.revoked",
    }
)
"""Facts after which what is remembered of a member must be read again."""


class Credential(BaseModel):
    """What an actor was known by, to know him by it again later: a session or a token, and with which scopes."""

    model_config = ConfigDict(frozen=True)

    session_id: UUID | None
    token_id: UUID | None
    scopes: frozenset[str] | None


READER: Any = bindparam("reader", type_=Id)
KINDS_OF_READERS = 128
"""By roles and publics: for so many the same statement is built once."""
ANY_TIME = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is asking, with what: a browser's or mobile client's session, or a personal access token."""

    member_id: UUID
    name: str
    language: str
    roles: frozenset[str]
    publics: tuple[Public, ...]
    shown_public: Public | None
    belongs: bool
    """Whether any affiliation holds today; who has none is a guest, whatever the account."""
    session_id: UUID | None
    token_id: UUID | None
    scopes: frozenset[str] | None
    """None: everything (a browser)."""
    proved_at: datetime | None
    """When a credential was last proved in this session; None for a personal access token."""
    expires_at: datetime
    withheld: frozenset[str] = frozenset()
    """Roles that he holds and that do not count with this credential: they need a second factor."""

    @property
    def id(self) -> UUID:
        return self.member_id

    def stand_in(self) -> "Actor":
        """Stands in statements for whoever is of the organisation as this actor is: they are built once, and told at
        each execution who reads (`{"reader": actor.id}`)."""
        return Actor(
            member_id=READER,
            name="",
            language="",
            roles=self.roles,
            publics=self.publics,
            shown_public=None,
            belongs=self.belongs,
            session_id=None,
            token_id=None,
            scopes=None,
            proved_at=None,
            expires_at=ANY_TIME,
        )

    @property
    def credential(self) -> Credential:
        return Credential(session_id=self.session_id, token_id=self.token_id, scopes=self.scopes)

    @property
    def is_administrator(self) -> bool:
        return "administrator" in self.roles

    @property
    def is_people_administrator(self) -> bool:
        return bool(self.roles & {"administrator", "people_administrator"})

    def may_use(self, scope: str) -> bool:
        return self.scopes is None or scope in self.scopes

    def has_recent_proof(self) -> bool:
        return self.proved_at is not None and clock.now() - self.proved_at <= PROOF_HOLDS


class AccessTokenReader(Protocol):
    """Reads a signed access token (RFC 9068): its session, or None when anything about it is wrong."""

    def session_of(self, token: str) -> tuple[UUID, frozenset[str]] | None: ...


class Actors:
    """Turns a credential into an actor, or into nobody."""

    def __init__(
        self,
        database: Database,
        secret: bytes,
        access_tokens: AccessTokenReader,
        second_factor_roles: Collection[str] = (),
    ) -> None:
        self._database = database
        self._second_factor_roles = frozenset(second_factor_roles)
        self._access_tokens = access_tokens
        self._csrf_key = derive_key(secret, "csrf")
        self._kept: dict[tuple[str, bytes], tuple[Actor, datetime]] = {}
        self._keys_of: dict[UUID, set[tuple[str, bytes]]] = {}
        self._forgotten = 0

    async def by_cookie(self, value: str) -> Actor | None:
        return await self._find("cookie", hash_token(value))

    async def by_bearer(self, token: str) -> Actor | None:
        if token.startswith(TOKEN_PREFIX):
            return await self._find("token", hash_token(token))
        read = self._access_tokens.session_of(token)
        actor = await self._find("mobile", read[0].bytes) if read else None
        if read is None or actor is None or actor.scopes is None:
            return None
        return replace(actor, scopes=actor.scopes & read[1])  # The client may have asked for less this time.

    async def once_more(self, credential: Credential) -> Actor | None:
        """Who was known by this before, as he stands now: with no more scopes than it was used with."""
        if credential.session_id is not None:
            actor = await self._find("session", credential.session_id.bytes)
        else:
            actor = await self._find("token_id", credential.token_id.bytes) if credential.token_id else None
        if actor is None or credential.scopes is None:
            return actor
        return replace(actor, scopes=credential.scopes & (actor.scopes or frozenset()))

    def csrf_token(self, actor: Actor) -> str:
        """What a browser must send back with each write: bound to its session, useless in another."""
        assert actor.session_id is not None
        return self.csrf_token_of(actor.session_id)

    def csrf_token_of(self, session_id: UUID) -> str:
        return urlsafe_b64encode(hmac.digest(self._csrf_key, session_id.bytes, "sha256")).decode().rstrip("=")

    def is_csrf_token(self, actor: Actor, given: str) -> bool:
        return hmac.compare_digest(self.csrf_token(actor).encode(), given.encode())

    def forget(self, member_id: UUID) -> None:
        self._forgotten += 1
        for key in self._keys_of.pop(member_id, ()):
            self._kept.pop(key, None)

    def committed(self, facts: Sequence[Mapping[str, Any]]) -> None:
        """Told of each commit of this process, before its caller is answered."""
        self._forget_those(fact["data"] for fact in facts if fact["type"] in FORGETTING)

    async def told(self, facts: Sequence[Fact]) -> None:
        """Follows the log, for what other processes committed."""
        self._forget_those(fact.data for fact in facts if fact.type in FORGETTING)

    def _forget_those(self, data: Iterable[Mapping[str, Any]]) -> None:
        for item in data:
            self.forget(UUID(str(item["member_id"])))

    async def _find(self, kind: str, key: bytes) -> Actor | None:
        now = clock.now()
        kept = self._kept.get((kind, key))
        if kept is not None and kept[1] > now:
            return kept[0] if kept[0].expires_at > now else None
        forgotten = self._forgotten
        actor = await self._read(kind, key)
        if actor is None or actor.expires_at <= now:
            return None
        if forgotten == self._forgotten:  # What was read may be older than what was just told.
            self._keep((kind, key), actor, now + KEPT)
            if kind == "cookie" and actor.session_id is not None:  # A socket that he asks for knows him by his session.
                self._keep(("session", actor.session_id.bytes), actor, now + KEPT)
        return actor

    def _keep(self, key: tuple[str, bytes], actor: Actor, until: datetime) -> None:
        if len(self._kept) > 50_000:
            self._kept.clear()
            self._keys_of.clear()
        self._kept[key] = (actor, until)
        self._keys_of.setdefault(actor.member_id, set()).add(key)

    async def _read(self, kind: str, key: bytes) -> Actor | None:
        async with self._database.reading() as session:
            found = await (_token if kind.startswith("token") else _session)(session, kind, key)
            if found is None:
                return None
            actor = await _actor(session, found.member_id, found)
            if actor is not None and actor.roles & self._second_factor_roles:
                actor = await self._with_what_counts(session, actor, found)
        if actor is not None:
            await self._remember_use(found)
        return actor

    async def _with_what_counts(self, session: AsyncSession, actor: Actor, credential: Session | AccessToken) -> Actor:
        """Without the roles that need a second factor, unless this credential has one behind it. To have another and
        not have used it is no proof of who is there."""
        held = await held_since(session, actor.member_id)
        if counts(credential, held):
            return actor
        withheld = actor.roles & self._second_factor_roles
        proved_at = actor.proved_at if held is None else None
        return replace(actor, roles=actor.roles - withheld, withheld=withheld, proved_at=proved_at)

    async def _remember_use(self, of: Session | AccessToken) -> None:
        now = clock.now()
        if isinstance(of, Session) and now - of.seen_at > SEEN_EVERY:
            await self._database.write(_seen, of)
        if isinstance(of, AccessToken) and (of.used_at is None or now - of.used_at > USED_EVERY):
            await self._database.write(_used, of)


async def _session(session: AsyncSession, kind: str, key: bytes) -> Session | None:
    query = select(Session).where(Session.revoked_at.is_(None))
    if kind == "cookie":
        query = query.where(Session.token_hash == key, Session.kind == "browser")
    else:
        query = query.where(Session.id == UUID(bytes=key))
    if kind == "mobile":
        query = query.where(Session.kind == "mobile")
    return (await session.execute(query)).scalar_one_or_none()


async def _token(session: AsyncSession, kind: str, key: bytes) -> AccessToken | None:
    is_it = AccessToken.token_hash == key if kind == "token" else AccessToken.id == UUID(bytes=key)
    query = select(AccessToken).where(is_it, AccessToken.revoked_at.is_(None))
    return (await session.execute(query)).scalar_one_or_none()


async def acting_later(session: AsyncSession, member_id: UUID) -> Actor | None:
    """Somebody as he stands now, for what he asked to be done at a time to come: by no credential. None for who is not
    active."""
    member = await session.get(Member, member_id, populate_existing=True)
    if member is None or not member.is_active:
        return None
    no_credential = {"session_id": None, "token_id": None, "scopes": None, "proved_at": None}
    return await _standing(session, member, **no_credential, expires_at=clock.now() + KEPT)


async def _actor(session: AsyncSession, member_id: UUID, credential: Session | AccessToken) -> Actor | None:
    member = await session.get(Member, member_id)
    if member is None or not member.is_active:
        return None
    signed_in = credential if isinstance(credential, Session) else None
    everything = signed_in is not None and signed_in.kind == "browser"
    return await _standing(
        session,
        member,
        session_id=signed_in.id if signed_in else None,
        token_id=None if signed_in else credential.id,
        scopes=None if everything else frozenset(credential.scopes),
        proved_at=signed_in.proved_at if signed_in else None,
        expires_at=credential.expires_at,
    )


async def _standing(session: AsyncSession, member: Member, **by: Any) -> Actor:
    """What is true of him whatever he is known by, and that."""
    member_id = member.id
    roles = await session.scalars(select(MemberRole.role).where(MemberRole.member_id == member_id))
    affiliations = (await session.scalars(select(Affiliation).where(Affiliation.member_id == member_id))).all()
    held = current(affiliations, clock.now().date())
    publics = publics_of(item.kind for item in held)
    return Actor(
        member_id=member.id,
        name=member.name,
        language=member.language,
        roles=frozenset(roles),
        publics=tuple(publics),
        shown_public=shown_public(publics, member.shown_public),
        belongs=bool(held),
        **by,
    )


async def _seen(session: AsyncSession, found: Session) -> None:
    now = clock.now()
    values = {"seen_at": now}
    if found.kind == "browser":  # A mobile client's lasts as long as its refresh tokens.
        values["expires_at"] = min(now + KEPT_IDLE, found.created_at + KEPT_AT_MOST)
    await session.execute(update(Session).where(Session.id == found.id).values(values))


async def _used(session: AsyncSession, token: AccessToken) -> None:
    await session.execute(update(AccessToken).where(AccessToken.id == token.id).values(used_at=clock.now()))
