"""What the codes of a file stand for: places of the ledger, and those that the units' file is about to make.

A place is known by its id in hexadecimal; one that is not made yet by `new:` and its code, which no held one equals.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Cohort, Programme, Unit
from parvis.imports.difference import Wanted
from parvis.imports.models import ImportedPlace
from parvis.imports.parsing import Said
from parvis.imports.reasons import Code


@dataclass(frozen=True)
class Places:
    """Code -> what it is known by; of programmes with their unit; cohorts by programme and year."""

    units: Mapping[str, str]
    programmes: Mapping[str, tuple[str, str | None]]
    cohorts: Mapping[tuple[str, int], str]

    def fault_of(self, said: Said) -> Code | None:
        """Why a line cannot be placed."""
        if said.unit is not None and said.unit not in self.units:
            return "unknown_unit"
        if said.programme is not None and said.programme not in self.programmes:
            return "unknown_programme"
        return None

    def wanted(self, said: Said) -> Wanted:
        """The line with its places; a programme says its unit where the line does not. Raises KeyError when it has a
        fault."""
        unit = self.units[said.unit] if said.unit is not None else None
        if said.programme is None:
            return Wanted(said, unit, None, None)
        programme, taught_in = self.programmes[said.programme]
        cohort = None
        if said.cohort is not None:
            cohort = self.cohorts.get((programme, said.cohort), f"new:{said.programme} {said.cohort}")
        return Wanted(said, unit or taught_in, programme, cohort)


async def places_of(session: AsyncSession, import_id: UUID, lines: Collection[Said]) -> Places:
    """The places that these lines name, in six queries at most."""
    programme_codes = {said.programme for said in lines if said.programme is not None}
    known = await _programmes(session, programme_codes)
    staged = await _staged_programmes(session, import_id, programme_codes)
    unit_codes = {said.unit for said in lines if said.unit is not None} | set(filter(None, staged.values()))
    units = await _units(session, import_id, unit_codes)
    programmes = dict(known)
    for code, parent in staged.items():
        key, unit = known.get(code, (f"new:{code}", None))
        programmes[code] = (key, units.get(parent, unit) if parent else unit)
    return Places(units, programmes, await _cohorts(session, (key for key, _ in known.values())))


async def _programmes(session: AsyncSession, codes: Collection[str]) -> dict[str, tuple[str, str | None]]:
    if not codes:
        return {}
    rows = await session.execute(
        select(Programme.code, Programme.id, Programme.unit_id).where(Programme.code.in_(codes))
    )
    return {code: (id_.hex, unit_id.hex if unit_id else None) for code, id_, unit_id in rows if code}


async def _staged_programmes(session: AsyncSession, import_id: UUID, codes: Collection[str]) -> dict[str, str | None]:
    if not codes:
        return {}
    staged = select(ImportedPlace.code, ImportedPlace.parent).where(
        ImportedPlace.import_id == import_id, ImportedPlace.kind == "programme", ImportedPlace.code.in_(codes)
    )
    return {row.code: row.parent for row in await session.execute(staged)}


async def _units(session: AsyncSession, import_id: UUID, codes: Collection[str]) -> dict[str, str]:
    if not codes:
        return {}
    staged = select(ImportedPlace.code).where(
        ImportedPlace.import_id == import_id, ImportedPlace.kind != "programme", ImportedPlace.code.in_(codes)
    )
    found = {code: f"new:{code}" for code in await session.scalars(staged)}
    rows = await session.execute(select(Unit.code, Unit.id).where(Unit.code.in_(codes)))
    return found | {code: id_.hex for code, id_ in rows if code}


async def _cohorts(session: AsyncSession, programmes: Iterable[str]) -> dict[tuple[str, int], str]:
    ids = [UUID(hex=key) for key in programmes]
    if not ids:
        return {}
    rows = await session.execute(
        select(Cohort.programme_id, Cohort.year, Cohort.id).where(Cohort.programme_id.in_(ids))
    )
    return {(programme_id.hex, year): id_.hex for programme_id, year, id_ in rows}
