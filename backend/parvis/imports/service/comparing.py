"""The dry run: what applying would do, told and not done."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Affiliation
from parvis.imports.difference import Held, Wanted
from parvis.imports.models import Import, ImportedLine
from parvis.imports.parsing import Refusal
from parvis.imports.queries.people import closable, named_by
from parvis.imports.queries.plans import Batch, Plan, people_in, terms_of

from .steps import Row, added, find, held, refused

AT_ONCE = 55
"""Lines of one transaction: each may refuse itself, tell two things of its person, and five pairs."""
CLOSED_AT_ONCE = 240


async def begin_comparing(session: AsyncSession, import_id: UUID, counts: dict[str, int]) -> None:
    """The file is read: from now on it goes person by person. Raises `Stopped`."""
    of = await held(session, import_id, "reading")
    terms = terms_of(of)
    everything = closable(terms, is_administrators=of.is_administrators).subquery()
    counts = {**counts, "closable": await session.scalar(select(func.count()).select_from(everything)) or 0}
    of.counts = added(of.counts, counts)
    of.phase, of.cursor, of.progress, of.total = "comparing", None, 0, await people_in(session, import_id)


async def note(session: AsyncSession, import_id: UUID, batch: Batch) -> Import:
    """Tells what a batch would do, and moves on. Raises `Stopped`."""
    of = await held(session, import_id, "reading")
    await mark_refused(session, import_id, batch.refusals)
    findings = [*map(refused, batch.refusals), *(finding for plan in batch.plans for finding in findings_of(plan))]
    await find(session, import_id, findings)
    of.counts = added(of.counts, {"refused": len(batch.refusals), **counts_of(batch.plans)})
    of.cursor, of.progress = batch.cursor, of.progress + len(batch.identifiers)
    if batch.cursor is None:
        of.phase, of.progress = "closing", of.total
    return of


async def note_absent(session: AsyncSession, import_id: UUID) -> bool:
    """Tells the next affiliations that end because the complete file does not name their member. Returns whether there
    may be more. Raises `Stopped`."""
    of = await held(session, import_id, "reading")
    rows = await absent(session, of, CLOSED_AT_ONCE)
    await find(session, import_id, [_absent_finding(row) for row in rows])
    of.counts = added(of.counts, {"closed": len(rows)})
    of.cursor = rows[-1].id.hex if rows else None
    return bool(rows)


async def finish_comparing(session: AsyncSession, import_id: UUID) -> None:
    """The report is whole. Raises `Stopped`."""
    of = await held(session, import_id, "reading")
    of.state, of.cursor, of.version = "ready", None, of.version + 1


async def absent(session: AsyncSession, of: Import, most: int) -> Sequence[Any]:
    """The next affiliations, after the cursor, of members whom the file does not name."""
    query = closable(terms_of(of), is_administrators=of.is_administrators).where(~named_by(of.id))
    if of.cursor is not None:
        query = query.where(Affiliation.id > UUID(hex=of.cursor))
    rows: Sequence[Any] = (await session.execute(query.order_by(Affiliation.id).limit(most))).all()
    return rows


async def mark_refused(session: AsyncSession, import_id: UUID, refusals: Sequence[Refusal]) -> None:
    """So that what the report refuses is not applied, and closes nothing."""
    lines = [refusal.line for refusal in refusals]
    if lines:
        these = update(ImportedLine).where(ImportedLine.import_id == import_id, ImportedLine.line.in_(lines))
        await session.execute(these.values(is_refused=True))


def counts_of(plans: Sequence[Plan]) -> dict[str, int]:
    """What these plans do, in numbers."""
    created = [plan for plan in plans if plan.difference.is_new]
    changed = [plan for plan in plans if not plan.difference.is_new and plan.difference.changes_person]
    closed = [plan for plan in plans if plan.difference.closed]
    return {
        "created": len(created),
        "changed": len(changed),
        "unchanged": len(plans) - len(created) - len({plan.identifier for plan in [*changed, *closed]}),
        "opened": sum(len(plan.difference.opened) for plan in plans),
        "closed": sum(len(plan.difference.closed) for plan in plans),
        "pairs": sum(len(plan.pairs) for plan in plans),
        "reachable": sum(address_of(plan) is not None for plan in created),
    }


def address_of(plan: Plan) -> str | None:
    """Where an activation mail would go."""
    return plan.difference.email or plan.difference.personal_email


def findings_of(plan: Plan) -> list[Row]:
    """What the report tells of one person."""
    whose: Row = {
        "line": plan.lines[0].line,
        "identifier": plan.identifier,
        "name": plan.difference.record.name,
        "member_id": plan.known.member_id if plan.known else None,
    }
    found: list[Row] = []
    if plan.difference.changes_person:
        kind = "created" if plan.difference.is_new else "changed"
        found.append({**whose, "kind": kind, "code": kind, "detail": _changes(plan)})
    if plan.difference.closed:
        ended = [_held_words(each) for each in plan.difference.closed]
        found.append({**whose, "kind": "closed", "code": "absent", "detail": {"affiliations": ended}})
    for why, holder in plan.pairs:
        detail = {"account": holder.name}
        found.append({**whose, "kind": "pair", "code": why, "member_id": holder.member_id, "detail": detail})
    return found


def _changes(plan: Plan) -> Row:
    found, before = plan.difference, plan.known
    changes: list[Row] = [
        {"field": field, "before": old, "after": new}
        for field, old, new in (
            ("name", before.name if before else None, found.name),
            ("email", before.recorded.email if before and before.recorded else None, found.email),
            ("personal_email", None, found.personal_email),
        )
        if new is not None and not found.is_new
    ]
    changes += [
        {"field": field, "before": _text(getattr(each, field)), "after": _text(value), "of": _held_words(each)}
        for each, values in found.amended
        for field, value in values.items()
    ]
    return {"affiliations": [_wanted_words(line) for line in found.opened], "changes": changes}


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _wanted_words(line: Wanted) -> Row:
    said = line.said
    parts = (said.title, said.unit, said.programme, str(said.cohort) if said.cohort else None)
    return {"kind": said.kind, "words": ", ".join(part for part in parts if part) or None}


def _held_words(affiliation: Held) -> Row:
    return {"kind": affiliation.kind, "words": affiliation.words}


def _absent_finding(row: Any) -> Row:
    return {
        "kind": "closed",
        "line": 0,
        "code": "absent",
        "identifier": row.identifier,
        "name": row.name,
        "member_id": row.member_id,
        "detail": {"affiliations": [{"kind": row.kind, "words": row.words}]},
    }
