"""Staging: each line as it was understood, or refused for what the file alone shows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Self
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.imports.columns import PEOPLE
from parvis.imports.models import ImportedLine, ImportedPlace, ImportFinding
from parvis.imports.parsing import Place, Refusal, Said
from parvis.imports.queries.places import Places, places_of
from parvis.imports.queries.plans import MOST_LINES_A_PERSON, said_of
from parvis.imports.reasons import Code

from .steps import Row, added, find, held, refused

AT_ONCE = 240
"""Lines of one transaction: each may leave itself and a finding."""
CLEARED_AT_ONCE = 490
MARK: Row = dict.fromkeys(column.key for column in ImportedLine.__table__.columns)


async def clear(session: AsyncSession, import_id: UUID) -> bool:
    """Forgets at most 500 rows of a reading that was cut. Returns whether there may be more. Raises `Stopped`."""
    of = await held(session, import_id, "reading")
    of.counts, of.progress = {}, 0
    for table, key in ((ImportedLine, ImportedLine.line), (ImportedPlace, ImportedPlace.line)):
        lines = select(key).where(table.import_id == import_id).limit(CLEARED_AT_ONCE)
        gone = delete(table).where(table.import_id == import_id, key.in_(lines.scalar_subquery()))
        if (await session.scalars(gone.returning(key))).all():
            return True
    told = select(ImportFinding.id).where(ImportFinding.import_id == import_id).limit(CLEARED_AT_ONCE)
    findings = delete(ImportFinding).where(ImportFinding.id.in_(told.scalar_subquery()))
    return bool((await session.scalars(findings.returning(ImportFinding.id))).all())


async def note_columns(session: AsyncSession, import_id: UUID, fields: Sequence[str]) -> None:
    """Which fields the header gives. Raises `Stopped`."""
    (await held(session, import_id, "reading")).columns = list(fields)


async def stage(session: AsyncSession, import_id: UUID, read: Sequence[Said | Refusal], progress: int) -> None:
    """Takes in the next lines, in their order. `progress`: bytes read so far. Raises `Stopped`."""
    of = await held(session, import_id, "reading")
    said = [line for line in read if isinstance(line, Said)]
    refusals = [line for line in read if isinstance(line, Refusal)]
    judge = await _Judge.of(session, import_id, said)
    rows: list[Row] = []
    for line in said:
        refusal = judge.refusal_of(line)
        if refusal is not None:
            refusals.append(refusal)
        elif judge.is_new(line):
            rows.append({"import_id": import_id, "is_refused": False, **asdict(line)})
    rows += await _marks(session, import_id, refusals)
    if rows:
        await session.execute(insert(ImportedLine), rows)
    await find(session, import_id, map(refused, refusals))
    lost = sum(refusal.identifier is None for refusal in refusals)
    of.counts = added(of.counts, {"lines": len(read), "refused": len(refusals), "lost": lost})
    of.progress = progress


async def stage_places(
    session: AsyncSession, import_id: UUID, read: Sequence[Place], refusals: Sequence[Refusal]
) -> None:
    """Takes in lines of the units' file. Raises `Stopped`."""
    of = await held(session, import_id, "reading")
    if read:
        await session.execute(insert(ImportedPlace), [{"import_id": import_id, **asdict(place)} for place in read])
    await find(session, import_id, map(refused, refusals))
    of.counts = added(of.counts, {"places": len(read), "refused": len(refusals)})


@dataclass
class _Judge:
    """What the lines above said: nothing below may contradict it."""

    places: Places
    above: dict[str, list[Said]]
    addresses: dict[str, tuple[str, int]]
    """Address -> whose it is, and the line that said so."""

    @classmethod
    async def of(cls, session: AsyncSession, import_id: UUID, said: Sequence[Said]) -> Self:
        mine = (ImportedLine.import_id == import_id, ImportedLine.is_refused.is_(False))
        about = ImportedLine.identifier.in_({line.identifier for line in said})
        addressed = ImportedLine.email.in_({line.email for line in said if line.email})
        above, addresses = defaultdict[str, list[Said]](list), dict[str, tuple[str, int]]()
        for row in await session.scalars(select(ImportedLine).where(*mine, about).order_by(ImportedLine.line)):
            above[row.identifier].append(said_of(row))
        columns = select(ImportedLine.email, ImportedLine.identifier, ImportedLine.line)
        for email, identifier, number in await session.execute(columns.where(*mine, addressed)):
            addresses.setdefault(str(email), (identifier, number))
        return cls(await places_of(session, import_id, said), above, addresses)

    def refusal_of(self, line: Said) -> Refusal | None:
        """Why the line does not go in, for what the file and the places show."""
        if fault := self.places.fault_of(line):
            field, value = ("unit", line.unit) if fault == "unknown_unit" else ("programme", line.programme)
            return _refusal(line, fault, field, value or "")
        if (contradicted := self._contradicted(line)) is not None:
            field, other = contradicted
            return _refusal(line, "contradiction", field, str(getattr(line, field) or ""), other)
        if len(self.above[line.identifier]) >= MOST_LINES_A_PERSON:
            return _refusal(line, "too_many", "identifier", line.identifier)
        owner, number = self.addresses.get(line.email or "", (line.identifier, 0))
        return None if owner == line.identifier else _refusal(line, "address_twice", "email", line.email or "", number)

    def is_new(self, line: Said) -> bool:
        """Whether no line above says the same; from now on this one does."""
        if any(each.place == line.place for each in self.above[line.identifier]):
            return False
        self.above[line.identifier].append(line)
        if line.email:
            self.addresses.setdefault(line.email, (line.identifier, line.line))
        return True

    def _contradicted(self, line: Said) -> tuple[str, int] | None:
        """The field that a line above says otherwise, and that line."""
        for above in self.above[line.identifier]:
            for field in ("name", "email", "personal_email"):
                mine, other = getattr(line, field), getattr(above, field)
                if mine and other and mine != other:
                    return field, above.line
            if above.place == line.place and above.ends_on != line.ends_on:
                return "ends_on", above.line
        return None


def _refusal(line: Said, code: Code, field: str, value: str, other_line: int | None = None) -> Refusal:
    return Refusal(line.line, code, PEOPLE[field][0], value, line.identifier, line.name, other_line)


async def _marks(session: AsyncSession, import_id: UUID, refusals: Iterable[Refusal]) -> list[Row]:
    """One mark for each person a line of whom was refused: what the file says of him is not all known."""
    first = {refusal.identifier: refusal.line for refusal in reversed(list(refusals)) if refusal.identifier}
    marked = select(ImportedLine.identifier).where(
        ImportedLine.import_id == import_id, ImportedLine.is_refused.is_(True), ImportedLine.identifier.in_(first)
    )
    known = set(await session.scalars(marked))
    return [
        {**MARK, "import_id": import_id, "line": line, "is_refused": True, "identifier": identifier}
        for identifier, line in first.items()
        if identifier not in known
    ]
