"""The audit log: who did what to whom, each entry chained to the one before by a keyed hash.

Entry n carries HMAC-SHA256(key, hash of n−1 ‖ canonical JSON of n), so that a change, a deletion or a swap breaks the
chain from there on. `audit_head` keeps the last hash under a seal of its own, which shows a cut at the end; each new
head also goes to the structured log, which shows a cut by somebody who put an old head back.

Entries hold identifiers and names of things, never what people wrote, and no secret.
"""

import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import BigInteger, Index, LargeBinary, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from . import clock
from .db import Base, after_commit
from .secrets import derive_key

log = structlog.get_logger()

Detail = Mapping[str, str | int | bool | list[str] | None]

ADVISORY_LOCK = 0x5041_5256_4155  # "PARVAU": one writer at a time at the end of the chain.
HEAD = 1
BATCH = 500
LONGEST = 200
UNSPEAKABLE = ("password", "secret", "token", "code", "body", "content", "message", "cookie")
"""Words that no key of a detail may contain: what they name does not belong here (`token_id` and the like do)."""


class AuditEntry(Base):
    """One act. `position` counts from 1 without gaps."""

    __tablename__ = "audit_entries"
    __table_args__ = (
        Index("ix_audit_entries_actor_id_position", "actor_id", "position"),
        Index("ix_audit_entries_subject_id_position", "subject_id", "position"),
    )

    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor_id: Mapped[UUID | None]
    action: Mapped[str]
    subject_kind: Mapped[str]
    subject_id: Mapped[str | None]
    detail: Mapped[dict[str, Any]]
    previous_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class AuditHead(Base):
    """The end of the chain, apart from it. One row."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    seal: Mapped[bytes] = mapped_column(LargeBinary(32))


def audit(
    session: AsyncSession,
    actor_id: UUID | None,
    action: str,
    subject_kind: str,
    subject_id: UUID | str | None = None,
    detail: Detail | None = None,
) -> None:
    """Enters an act (`member.suspended`) in the log, with the change itself or not at all.

    Raises ValueError for a detail that could hold content or a secret: a telling key, or more than 200 characters.
    """
    entry = {
        "at": clock.now(),
        "actor_id": actor_id,
        "action": action,
        "subject_kind": subject_kind,
        "subject_id": None if subject_id is None else str(subject_id),
        "detail": _fit(detail or {}),
    }
    session.info.setdefault("audited", []).append(entry)


@dataclass(frozen=True)
class Verdict:
    """What reading the whole chain showed: how many entries hold, and the first position that does not."""

    entries: int
    head: str
    broken_at: int | None = None
    reason: str | None = None

    @property
    def intact(self) -> bool:
        return self.broken_at is None


@dataclass(frozen=True)
class SeenHead:
    """A head as the structured log told it: `position` and hexadecimal `hash`."""

    position: int
    hash: str

    def contradicts(self, entry: AuditEntry) -> bool:
        return entry.position == self.position and entry.hash.hex() != self.hash


class Auditor:
    """Holds the key of the chain: writes its entries and verifies them."""

    def __init__(self, root_secret: bytes) -> None:
        self._chain_key = derive_key(root_secret, "audit chain")
        self._seal_key = derive_key(root_secret, "audit head")
        self._origin = self._hmac(self._chain_key, b"origin")

    async def write_audited(self, session: AsyncSession) -> None:
        """The hook of `Database.before_commit` that chains what the unit entered, as late as can be: the end of the
        chain is locked until the commit."""
        audited = session.info.get("audited")
        if not audited:
            return
        if session.get_bind().dialect.name == "postgresql":
            await session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ADVISORY_LOCK})
        head = await session.get(AuditHead, HEAD, populate_existing=True)
        if head is None:
            head = AuditHead(id=HEAD, position=0, hash=self._origin, seal=b"")
            session.add(head)
        for values in audited:
            entry = AuditEntry(position=head.position + 1, previous_hash=head.hash, **values)
            entry.hash = self._hash_of(entry, head.hash)
            session.add(entry)
            head.position, head.hash = entry.position, entry.hash
        head.seal = self._seal_of(head)
        after_commit(session, _told(head.position, head.hash.hex()))

    async def verify(self, session: AsyncSession, seen: SeenHead | None = None) -> Verdict:
        """Reads the chain from its origin, 500 entries at a time.

        With `seen`, a head from the structured log, also says whether that entry still stands there.
        """
        position, previous = 0, self._origin
        while entries := await self._after(session, position):
            for entry in entries:
                reason = self._fault(entry, position + 1, previous)
                if reason is None and seen is not None and seen.contradicts(entry):
                    reason = "not the entry that was seen"
                if reason is not None:
                    return Verdict(position, previous.hex(), position + 1, reason)
                position, previous = entry.position, entry.hash
                session.expunge(entry)
        reason = await self._fault_of_head(session, position, previous)
        if reason is None and seen is not None and seen.position > position:
            reason = "entries seen before are missing"
        return Verdict(position, previous.hex(), position + 1 if reason else None, reason)

    async def _after(self, session: AsyncSession, position: int) -> list[AuditEntry]:
        batch = select(AuditEntry).where(AuditEntry.position > position).order_by(AuditEntry.position).limit(BATCH)
        return list(await session.scalars(batch))

    def _fault(self, entry: AuditEntry, position: int, previous: bytes) -> str | None:
        if entry.position != position:
            return "missing"
        if not hmac.compare_digest(entry.previous_hash, previous):
            return "not chained to the entry before"
        if not hmac.compare_digest(entry.hash, self._hash_of(entry, previous)):
            return "altered"
        return None

    async def _fault_of_head(self, session: AsyncSession, position: int, last: bytes) -> str | None:
        below = await session.scalar(select(func.count()).select_from(AuditEntry).where(AuditEntry.position < 1))
        if below:
            return "entries before the first"
        head = await session.get(AuditHead, HEAD, populate_existing=True)
        if head is None:
            return None if position == 0 else "the head is missing"
        if not hmac.compare_digest(head.seal, self._seal_of(head)):
            return "the head is altered"
        if head.position != position or not hmac.compare_digest(head.hash, last):
            return "the end is missing"
        return None

    def _hash_of(self, entry: AuditEntry, previous: bytes) -> bytes:
        written = json.dumps(
            [
                entry.position,
                entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
                str(entry.actor_id) if entry.actor_id else None,
                entry.action,
                entry.subject_kind,
                entry.subject_id,
                entry.detail,
            ],
            ensure_ascii=False,
            separators=(",", ":"),
            sort_keys=True,
        )
        return self._hmac(self._chain_key, previous + written.encode())

    def _seal_of(self, head: AuditHead) -> bytes:
        return self._hmac(self._seal_key, head.position.to_bytes(8) + head.hash)

    @staticmethod
    def _hmac(key: bytes, data: bytes) -> bytes:
        return hmac.digest(key, data, sha256)


def _fit(detail: Detail) -> dict[str, Any]:
    for key, value in detail.items():
        words = key.lower().split("_")
        if words[-1] not in {"id", "ids", "kind", "count"} and any(word in UNSPEAKABLE for word in words):
            raise ValueError(f"an audit entry does not hold {key!r}")
        texts = value if isinstance(value, list) else [value]
        if any(isinstance(each, str) and (len(each) > LONGEST or "\0" in each) for each in texts):
            raise ValueError(f"an audit entry names things, it does not hold them: {key!r} is too long")
    return dict(detail)


def _told(position: int, digest: str) -> Callable[[], None]:
    def tell() -> None:
        log.info("audit.head", position=position, hash=digest)

    return tell
