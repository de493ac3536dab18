"""Reading the audit log."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts import policy
from parvis.accounts.actor import Actor
from parvis.accounts.models import Member
from parvis.kernel.audit import AuditEntry, Auditor, Verdict
from parvis.kernel.errors import require
from parvis.kernel.pagination import PageRequest, encode_cursor, keyset

ADMINISTRATORS_ONLY = {
    "fr": "Le journal d’audit est réservé aux administrateurs.",
    "en": "The audit log is for administrators.",
}


@dataclass(frozen=True)
class AuditSearch:
    """Which entries: whose acts, about what."""

    actor_id: UUID | None = None
    subject_id: UUID | None = None
    action: str | None = None


@dataclass(frozen=True)
class NamedEntry:
    """An entry, with the present names of its actor and of the member it is about."""

    entry: AuditEntry
    actor_name: str | None
    subject_name: str | None


async def entries(
    session: AsyncSession, actor: Actor, wanted: AuditSearch, page: PageRequest
) -> tuple[list[NamedEntry], str | None]:
    """The latest first, and the cursor of the next page. Raises `Forbidden` and `Invalid`."""
    require(policy.may_read_audit(actor), ADMINISTRATORS_ONLY)
    query = select(AuditEntry)
    if wanted.actor_id is not None:
        query = query.where(AuditEntry.actor_id == wanted.actor_id)
    if wanted.subject_id is not None:
        query = query.where(AuditEntry.subject_id == str(wanted.subject_id))
    if wanted.action is not None:
        query = query.where(AuditEntry.action == wanted.action)
    rows = (await session.execute(keyset(query, (AuditEntry.position.desc(),), page.cursor, page.limit))).all()
    found = [row[0] for row in rows[: page.limit]]
    following = encode_cursor([found[-1].position]) if len(rows) > page.limit else None
    return await _named(session, found), following


async def verdict(session: AsyncSession, actor: Actor, auditor: Auditor) -> Verdict:
    """What reading the whole log shows. Raises `Forbidden`."""
    require(policy.may_read_audit(actor), ADMINISTRATORS_ONLY)
    return await auditor.verify(session)


async def _named(session: AsyncSession, found: list[AuditEntry]) -> list[NamedEntry]:
    subjects = {entry.position: UUID(entry.subject_id) for entry in found if _is_about_member(entry)}
    wanted = {entry.actor_id for entry in found if entry.actor_id} | set(subjects.values())
    rows = await session.execute(select(Member.id, Member.name).where(Member.id.in_(wanted)))
    names = {row.id: row.name for row in rows}
    return [
        NamedEntry(
            entry,
            names.get(entry.actor_id) if entry.actor_id else None,
            names.get(subjects[entry.position]) if entry.position in subjects else None,
        )
        for entry in found
    ]


def _is_about_member(entry: AuditEntry) -> bool:
    return entry.subject_kind == "member" and entry.subject_id is not None
