"""Units and programmes of the units' file: judged whole, then written."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Programme, Unit
from parvis.accounts.names import sort_name
from parvis.imports.models import ImportedPlace
from parvis.imports.parsing import Place, Refusal
from parvis.imports.reasons import Code

from .steps import added, held

AT_ONCE = 200
MOST = 20_000
"""Lines of the units' file, which is held whole: a tree is judged at once."""


async def judge_places(session: AsyncSession, read: Sequence[Place]) -> tuple[list[Place], list[Refusal]]:
    """The places that make sense beside those of the ledger, and the others."""
    fit, refusals = dict[tuple[bool, str], Place](), list[Refusal]()
    for place in read:
        key = (place.kind == "programme", place.code)
        if key in fit:
            refusals.append(_refusal(place, "code_twice", "code", place.code, fit[key].line))
        else:
            fit[key] = place
    ledger = await _parents(session)
    parents = ledger | {
        place.code: place.parent or ledger.get(place.code) for place in fit.values() if place.kind != "programme"
    }
    while unfit := {key: fault for key, place in fit.items() if (fault := _fault(place, parents))}:
        for key, code in unfit.items():
            place = fit.pop(key)
            refusals.append(_refusal(place, code, "parent", place.parent or ""))
            if place.kind != "programme":
                parents.pop(place.code)  # What stood in it has no parent either, unless the ledger knows it.
        parents = ledger | parents
    return sorted(fit.values(), key=lambda place: place.line), refusals


async def count_places(session: AsyncSession, read: Sequence[Place]) -> Mapping[str, int]:
    """How many would be made, and how many changed."""
    units = {row.code: (row.name, row.kind) for row in await session.execute(select(Unit.code, Unit.name, Unit.kind))}
    programmes = {row.code: row.name for row in await session.execute(select(Programme.code, Programme.name))}
    created = changed = 0
    for place in read:
        if place.kind == "programme":
            created += place.code not in programmes
            changed += programmes.get(place.code, place.name) != place.name
        else:
            created += place.code not in units
            changed += units.get(place.code, (place.name, place.kind)) != (place.name, place.kind)
    return {"places_created": created, "places_changed": changed}


async def apply_places(session: AsyncSession, import_id: UUID) -> bool:
    """Makes or renames the next places, then puts each in its parent. Returns whether some are left. Raises `Stopped`.

    The cursor is `1.LINE` while they are made, `2.LINE` while they are put in their places.
    """
    of = await held(session, import_id, "applying")
    turn, _, line = (of.cursor or "1.0").partition(".")
    following = (
        select(ImportedPlace)
        .where(ImportedPlace.import_id == import_id, ImportedPlace.line > int(line))
        .order_by(ImportedPlace.line)
        .limit(AT_ONCE)
    )
    places = (await session.scalars(following)).all()
    if places:
        await (_make(session, places) if turn == "1" else _put_in_parents(session, places))
        of.cursor = f"{turn}.{places[-1].line}"
        of.applied = added(of.applied, {"places": len(places)} if turn == "1" else {})
        return True
    of.cursor = "2.0" if turn == "1" else None
    return turn == "1"


async def _make(session: AsyncSession, places: Sequence[ImportedPlace]) -> None:
    codes = [place.code for place in places]
    units = {unit.code: unit for unit in await session.scalars(select(Unit).where(Unit.code.in_(codes)))}
    found = await session.scalars(select(Programme).where(Programme.code.in_(codes)))
    programmes = {programme.code: programme for programme in found}
    for place in places:
        written = {"name": place.name, "sort_name": sort_name(place.name)}
        if place.kind == "programme":
            _write(session, programmes.get(place.code) or Programme(code=place.code, version=0), written)
        else:
            _write(session, units.get(place.code) or Unit(code=place.code, version=0), {**written, "kind": place.kind})
    await session.flush()


def _write(session: AsyncSession, place: Unit | Programme, values: Mapping[str, str]) -> None:
    if any(getattr(place, field) != value for field, value in values.items()):
        for field, value in values.items():
            setattr(place, field, value)
        place.version += 1
        session.add(place)


async def _put_in_parents(session: AsyncSession, places: Sequence[ImportedPlace]) -> None:
    """An empty parent leaves the place where it is."""
    placed = [place for place in places if place.parent]
    rows = await session.execute(select(Unit.code, Unit.id).where(Unit.code.in_([place.parent for place in placed])))
    ids = {row.code: row.id for row in rows}
    for place in placed:
        parent_id = ids[place.parent]
        if place.kind == "programme":
            moved = update(Programme).where(Programme.code == place.code, Programme.unit_id.is_distinct_from(parent_id))
            await session.execute(moved.values(unit_id=parent_id, version=Programme.version + 1))
        else:
            put = update(Unit).where(Unit.code == place.code, Unit.parent_id.is_distinct_from(parent_id))
            await session.execute(put.values(parent_id=parent_id, version=Unit.version + 1))


async def _parents(session: AsyncSession) -> dict[str, str | None]:
    """Code of each unit -> that of its parent, as the ledger has them."""
    rows = (await session.execute(select(Unit.id, Unit.code, Unit.parent_id))).all()
    codes = {row.id: row.code for row in rows}
    return {row.code: codes.get(row.parent_id) for row in rows if row.code is not None}


def _fault(place: Place, parents: Mapping[Any, str | None]) -> Code | None:
    if place.parent is None:
        return None
    if place.parent not in parents:
        return "unknown_parent"
    seen: set[str | None] = {place.code} if place.kind != "programme" else set()
    above: str | None = place.parent
    while above in parents:
        if above in seen:
            return "loop" if above == place.code else None
        seen.add(above)
        above = parents[above]
    return None


def _refusal(place: Place, code: Code, field: str, value: str, other_line: int | None = None) -> Refusal:
    return Refusal(place.line, code, field, value, name=place.name, other_line=other_line, source="units")
