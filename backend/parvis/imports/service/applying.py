"""Applying: the same plans as the dry run's, done a batch at a time.

Each transaction plans anew from the ledger as it is, writes, and moves the cursor: a run that is cut goes on from
there, and one that is begun again finds done what was done.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts import emails
from parvis.accounts.events import MemberUpdated
from parvis.accounts.models import Address, Affiliation, Cohort, Member, Organisation
from parvis.accounts.names import sort_name
from parvis.accounts.queries.organisation import organisation
from parvis.accounts.service import activations
from parvis.imports.difference import Wanted
from parvis.imports.models import Import, InstitutionRecord
from parvis.imports.queries.plans import Batch, Plan, next_batch, people_in
from parvis.kernel.audit import audit
from parvis.kernel.events import record
from parvis.kernel.ids import new_id

from .comparing import absent, address_of, counts_of, mark_refused
from .imports import end
from .steps import Row, added, find, held, refused

LINES_AT_ONCE = 52
MOST_ROWS = 440
"""Rows that a batch may write; with its last person it stays below five hundred."""
CLOSED_AT_ONCE = 200


async def begin_people(session: AsyncSession, import_id: UUID) -> None:
    """The places are made: now the people. Raises `Stopped`."""
    of = await held(session, import_id, "applying")
    of.phase, of.cursor, of.progress, of.total = "people", None, 0, await people_in(session, import_id)


async def apply_people(session: AsyncSession, import_id: UUID) -> bool:
    """Does what the next lines say. Returns whether there may be more. Raises `Stopped`."""
    of = await held(session, import_id, "applying")
    batch = _affordable(await next_batch(session, of, LINES_AT_ONCE))
    await mark_refused(session, import_id, batch.refusals)
    await find(session, import_id, map(refused, batch.refusals))
    await _Writing(session, of, await organisation(session)).write(batch.plans)
    done = {name: number for name, number in counts_of(batch.plans).items() if name not in {"pairs", "reachable"}}
    of.applied = added(of.applied, {"refused": len(batch.refusals), **done})
    of.cursor, of.progress = batch.cursor, of.progress + len(batch.identifiers)
    if batch.cursor is None:
        of.phase, of.progress = "closing", of.total
    return batch.cursor is not None


async def close_absent(session: AsyncSession, import_id: UUID) -> bool:
    """Ends the next affiliations of members whom a complete file does not name. Returns whether there may be more.
    Raises `Stopped`."""
    of = await held(session, import_id, "applying")
    rows = await absent(session, of, CLOSED_AT_ONCE)
    await _close(session, of, [row.id for row in rows])
    for member_id in {row.member_id for row in rows}:
        record(session, MemberUpdated(member_id=member_id), actor_id=of.applied_by)
    of.applied = added(of.applied, {"closed": len(rows)})
    of.cursor = rows[-1].id.hex if rows else None
    return bool(rows)


async def finish_applying(session: AsyncSession, import_id: UUID) -> None:
    """Everything is done: frees the way for the next import. Raises `Stopped`."""
    of = await held(session, import_id, "applying")
    await end(session, of, "done")
    audit(session, of.applied_by, "import.applied", "import", of.id, of.applied)


def _affordable(batch: Batch) -> Batch:
    """As many of the people as one transaction may write."""
    rows = 0
    for number, plan in enumerate(batch.plans):
        rows += _rows_of(plan)
        if number and rows > MOST_ROWS:
            return batch.up_to(batch.plans[number - 1].identifier)
    return batch


def _rows_of(plan: Plan) -> int:
    found = plan.difference
    person = 8 if found.is_new else 6 if found.changes_person else 1
    return person + 2 * len(found.opened) + len(found.amended) + len(found.closed)


class _Writing:
    """Writes plans, the rows of each table together."""

    def __init__(self, session: AsyncSession, of: Import, organisation: Organisation) -> None:
        self._session = session
        self._of = of
        self._organisation = organisation
        self._rows: dict[Any, list[Row]] = {Member: [], Address: [], Affiliation: [], InstitutionRecord: []}
        self._awaited: list[tuple[Row, Row]] = []

    async def write(self, plans: Sequence[Plan]) -> None:
        cohorts = await self._cohorts([line for plan in plans for line in plan.difference.opened])
        for plan in plans:
            await self._person(plan, cohorts)
        for table, rows in self._rows.items():
            if rows:
                await self._session.execute(insert(table), rows)
        if self._of.send_activations:
            for member, address in self._awaited:
                await activations.send_activation(self._session, Member(**member), Address(**address))

    async def _person(self, plan: Plan, cohorts: dict[str, UUID]) -> None:
        found = plan.difference
        member_id = plan.known.member_id if plan.known else self._enter(plan)
        await self._recorded(member_id, plan)
        if plan.known is not None:
            await self._change(member_id, plan)
        for line in found.opened:
            self._rows[Affiliation].append(self._affiliation(member_id, line, cohorts))
        for affiliation, values in found.amended:
            await self._session.execute(update(Affiliation).where(Affiliation.id == affiliation.id).values(values))
        await _close(self._session, self._of, [affiliation.id for affiliation in found.closed])
        if found.changes_person or found.closed:
            record(self._session, MemberUpdated(member_id=member_id), actor_id=self._of.applied_by)

    def _enter(self, plan: Plan) -> UUID:
        name, language = (
            plan.difference.record.name,
            next((line.language for line in plan.lines if line.language), None),
        )
        member_id = new_id()
        member: Row = {
            "id": member_id,
            "name": name,
            "sort_name": sort_name(name),
            "language": language or self._organisation.default_language,
            "identifier": plan.identifier,
        }
        self._rows[Member].append(member)
        first = address_of(plan)
        for email, kind in self._addresses(plan):
            address = self._address(member_id, email, kind, is_primary=email == first)
            if email == first:
                self._awaited.append((member, address))
        return member_id

    async def _change(self, member_id: UUID, plan: Plan) -> None:
        found, session = plan.difference, self._session
        assert plan.known is not None, "somebody new is not changed"
        if found.name is not None:
            values = {"name": found.name, "sort_name": sort_name(found.name), "version": Member.version + 1}
            await session.execute(update(Member).where(Member.id == member_id).values(values))
        waits = not plan.known.is_activated
        if waits and found.email is not None:
            mine = Address.member_id == member_id
            await session.execute(
                delete(Address).where(mine, Address.email == found.replaced_email, Address.verified_at.is_(None))
            )
            await session.execute(update(Address).where(mine).values(is_primary=False))
        for email, kind in self._addresses(plan):
            self._address(member_id, email, kind, is_primary=waits and email == found.email)

    def _addresses(self, plan: Plan) -> list[tuple[str, str]]:
        found = plan.difference
        given = ((found.email, self._kind_of(found.email)), (found.personal_email, "personal"))
        return list({email: (email, kind) for email, kind in reversed(given) if email is not None}.values())[::-1]

    def _kind_of(self, email: str | None) -> str:
        """The institution gave it, so it may be given to another later; but an alumni domain is for life."""
        domains = self._organisation.domains
        return "personal" if email and emails.affiliation_of(email, domains) == "alum" else "institutional"

    def _address(self, member_id: UUID, email: str, kind: str, *, is_primary: bool) -> Row:
        address = {"id": new_id(), "member_id": member_id, "email": email, "kind": kind, "is_primary": is_primary}
        self._rows[Address].append(address)
        return address

    async def _recorded(self, member_id: UUID, plan: Plan) -> None:
        said = plan.difference.record
        values = {"name": said.name, "email": said.email, "personal_email": said.personal_email}
        if plan.known is None or plan.known.recorded is None:
            self._rows[InstitutionRecord].append({"member_id": member_id, **values})
        elif plan.known.recorded != said:
            mine = update(InstitutionRecord).where(InstitutionRecord.member_id == member_id)
            await self._session.execute(mine.values(values))

    def _affiliation(self, member_id: UUID, line: Wanted, cohorts: dict[str, UUID]) -> Row:
        return {
            "member_id": member_id,
            "kind": line.said.kind,
            "unit_id": _id(line.unit),
            "programme_id": _id(line.programme),
            "cohort_id": cohorts.get(line.cohort) or _id(line.cohort) if line.cohort else None,
            "title": line.said.title,
            "source": "institution",
            "starts_on": line.said.starts_on or self._of.today,
            "ends_on": line.said.ends_on,
        }

    async def _cohorts(self, lines: Sequence[Wanted]) -> dict[str, UUID]:
        """Makes the cohorts that these lines are the first to name."""
        missing = {line.cohort: line for line in lines if line.cohort is not None and line.cohort.startswith("new:")}
        rows = {
            key: {"id": new_id(), "programme_id": _id(line.programme), "year": line.said.cohort}
            for key, line in missing.items()
        }
        if rows:
            await self._session.execute(insert(Cohort), list(rows.values()))
        return {key: row["id"] for key, row in rows.items()}  # type: ignore[misc]


async def _close(session: AsyncSession, of: Import, ids: Sequence[UUID]) -> None:
    if ids:
        await session.execute(update(Affiliation).where(Affiliation.id.in_(ids)).values(ends_on=of.today))


def _id(key: str | None) -> UUID | None:
    return None if key is None else UUID(hex=key)
