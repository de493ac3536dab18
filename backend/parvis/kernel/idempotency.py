"""Creations that may be sent again: `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header-07).

A route that creates something takes `once: Once` and ends in `return await once(ThingOut.of, service.create, actor,
draft)`. The key, a fingerprint of the request and the answer are kept with the change itself for 24 hours: a retry gets
the first answer, also when both arrive together; the same key with another request is refused.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Annotated, Any, Concatenate, ParamSpec, Protocol, TypeVar, cast
from uuid import UUID

from fastapi import Depends, Header, Request, Response
from pydantic import BaseModel
from sqlalchemy import LargeBinary, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from . import clock
from .db import Base, Database, Write
from .errors import ParvisError
from .jobs import Handler, LeasedJob, enqueue
from .secrets import Vault
from .web import running

KEPT = timedelta(hours=24)
PURGE = "idempotency.purge"
PURGED_AT_ONCE = 500


class IdempotencyKeyReused(ParvisError):
    """The key came before with another request."""

    status, code = 422, "idempotency_key_reused"
    title = {
        "fr": "Cette clé a déjà servi pour une autre demande.",
        "en": "This key was already used for another request.",
    }


class IdempotentAnswer(Base):
    """What was answered to a keyed request. `body` is encrypted: some answers show a new token, once."""

    __tablename__ = "idempotent_answers"

    actor_id: Mapped[UUID] = mapped_column(primary_key=True)
    key_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32))
    status: Mapped[int | None]
    body: Mapped[bytes | None]
    at: Mapped[datetime] = mapped_column(index=True)

    @property
    def place(self) -> bytes:
        """What its encryption is bound to."""
        return self.actor_id.bytes + self.key_hash


class Somebody(Protocol):
    """Who is asking."""

    @property
    def id(self) -> UUID: ...


P = ParamSpec("P")
T = TypeVar("T")
A = TypeVar("A", bound=Somebody)
O = TypeVar("O", bound=BaseModel)  # noqa: E741 — what goes Out
Verb = Callable[Concatenate[AsyncSession, A, P], Awaitable[T]]


@dataclass(frozen=True)
class _Once:
    key: str | None
    request: Request
    write: Write
    vault: Vault
    said: bytes | None = None

    def saying(self, said: bytes) -> "_Once":
        """For a body that was streamed, and cannot be read again: what stands for it."""
        return replace(self, said=said)

    async def __call__(
        self, out: Callable[[T], O], verb: Verb[A, P, T], actor: A, *args: P.args, **kwargs: P.kwargs
    ) -> O:
        """What `out` makes of `verb(session, actor, …)`, run as one unit of work; or the first answer again.

        Raises `IdempotencyKeyReused`, and what the verb raises; then nothing is kept and the key stays free.
        """
        if self.key is None:
            return out(await self.write(verb, actor, *args, **kwargs))
        fingerprint = await self._fingerprint()

        async def unit(session: AsyncSession) -> "O | IdempotentAnswer":
            answer = await self._claim(session, actor.id, fingerprint)
            if answer.status is not None:
                return answer
            made = out(await verb(session, actor, *args, **kwargs))
            answer.status = self.request.scope["route"].status_code or 200
            answer.body = self.vault.encrypt(made.model_dump_json(by_alias=True).encode(), answer.place)
            return made

        result = await self.write(unit)
        return cast(O, self._again(result)) if isinstance(result, IdempotentAnswer) else result

    async def _claim(self, session: AsyncSession, actor_id: UUID, fingerprint: bytes) -> IdempotentAnswer:
        """Ours, still without status; or the first one's, complete: on PostgreSQL the insertion waits for its end."""
        place = (actor_id, sha256((self.key or "").encode()).digest())
        now = clock.now()
        await session.execute(delete(IdempotentAnswer).where(_at(place), IdempotentAnswer.at < now - KEPT))
        await _schedule_purge(session, now)
        claim = IdempotentAnswer(actor_id=place[0], key_hash=place[1], fingerprint=fingerprint, at=now)
        try:
            async with session.begin_nested():
                session.add(claim)
                await session.flush()
        except IntegrityError:
            first = await session.get_one(IdempotentAnswer, place, populate_existing=True)
            if first.fingerprint != fingerprint:
                raise IdempotencyKeyReused from None
            return first
        return claim

    async def _fingerprint(self) -> bytes:
        url = self.request.url
        head = f"{self.request.method}\n{url.path}?{url.query}\n".encode()
        return sha256(head + (await self.request.body() if self.said is None else self.said)).digest()

    def _again(self, answer: IdempotentAnswer) -> Response:
        return Response(
            self.vault.decrypt(answer.body or b"", answer.place),
            status_code=answer.status or 200,
            media_type="application/json",
            headers={"idempotency-replayed": "true"},
        )


async def _schedule_purge(session: AsyncSession, now: datetime) -> None:
    """One purge for all the answers of an hour."""
    due = (now + KEPT).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    await enqueue(session, PURGE, {}, run_at=due, unique=due.isoformat())


def _at(place: tuple[UUID, bytes]) -> Any:
    return (IdempotentAnswer.actor_id == place[0]) & (IdempotentAnswer.key_hash == place[1])


async def keyed(
    request: Request,
    idempotency_key: Annotated[
        str | None,
        Header(min_length=1, max_length=255, description="The same key and request get the first answer again."),
    ] = None,
) -> _Once:
    parvis = running(request)
    return _Once(idempotency_key, request, parvis.database.write, parvis.answers_vault)


Once = Annotated[_Once, Depends(keyed)]


def purge_answers(database: Database) -> Handler:
    """The handler of `idempotency.purge`: forgets answers older than 24 hours."""

    async def purge(_job: LeasedJob) -> None:
        while await database.write(_purge) == PURGED_AT_ONCE:
            pass

    return purge


async def _purge(session: AsyncSession) -> int:
    expired = select(IdempotentAnswer).where(IdempotentAnswer.at < clock.now() - KEPT).limit(PURGED_AT_ONCE)
    answers = (await session.scalars(expired)).all()
    for answer in answers:
        await session.delete(answer)
    return len(answers)
