"""The audit log over HTTP."""

from typing import Any, Self
from uuid import UUID

from pydantic import Field

from parvis.admin.queries.audit import NamedEntry
from parvis.kernel.audit import Verdict
from parvis.kernel.schemas import Instant, Out


class AuditEntryOut(Out):
    """One act. Names are the present ones; null for the command line, and for who is no longer known."""

    position: int
    at: Instant
    actor_id: UUID | None
    actor_name: str | None
    action: str
    subject_kind: str
    subject_id: str | None
    subject_name: str | None
    detail: dict[str, Any]
    hash: str = Field(description="Hexadecimal HMAC-SHA256 of this entry and the one before.")

    @classmethod
    def of(cls, named: NamedEntry) -> Self:
        entry = named.entry
        return cls(
            position=entry.position,
            at=entry.at,
            actor_id=entry.actor_id,
            actor_name=named.actor_name,
            action=entry.action,
            subject_kind=entry.subject_kind,
            subject_id=entry.subject_id,
            subject_name=named.subject_name,
            detail=entry.detail,
            hash=entry.hash.hex(),
        )


class VerificationOut(Out):
    """What reading the whole log showed."""

    intact: bool
    entries: int = Field(description="How many entries hold, from the first.")
    head: str
    broken_at: int | None = Field(description="Position of the first entry that does not hold.")
    reason: str | None

    @classmethod
    def of(cls, verdict: Verdict) -> Self:
        return cls(
            intact=verdict.intact,
            entries=verdict.entries,
            head=verdict.head,
            broken_at=verdict.broken_at,
            reason=verdict.reason,
        )
