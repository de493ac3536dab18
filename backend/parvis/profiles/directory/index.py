"""Keeps the directory true: `reindex` in the very unit of work that changes what somebody shows, so that what is hidden
is found by nobody from that moment."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Row, Table, delete, exists, insert, not_, select, text, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Member
from parvis.circles.service import recount
from parvis.kernel import entries

from .models import (
    DirectoryCount,
    DirectoryEntry,
    DirectoryFacet,
    DirectoryHeld,
    DirectoryPerson,
    DirectoryShown,
    DirectoryValue,
)
from .reach import PUBLICS
from .sheets import Held, Sheet, Value, sheets

KIND = "person"
"""Of their entries in the search table."""
AT_ONCE = 500

Marks = Mapping[int, int]
"""By the id of each value that somebody has: who sees it."""

_people, _values = cast(Table, DirectoryPerson.__table__), cast(Table, DirectoryValue.__table__)
_facets, _counts = cast(Table, DirectoryFacet.__table__), cast(Table, DirectoryCount.__table__)
_shown, _entries = cast(Table, DirectoryShown.__table__), cast(Table, DirectoryEntry.__table__)
_held = cast(Table, DirectoryHeld.__table__)
_add_value = text(
    "INSERT INTO directory_values (facet, key, label) VALUES (:facet, :key, :label) ON CONFLICT (facet, key) DO NOTHING"
)
_add_count = text(
    "INSERT INTO directory_counts (value_id, standing, seen_by, people)"
    " VALUES (:value_id, :standing, :seen_by, :people)"
    " ON CONFLICT (value_id, standing, seen_by) DO UPDATE SET people = directory_counts.people + excluded.people"
)


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the directory holds of somebody, or is to hold."""

    standing: int
    marks: Marks

    def counted(self) -> Counter[tuple[int, int, int]]:
        return Counter((value, self.standing, seen_by) for value, seen_by in self.marks.items())


async def reindex(session: AsyncSession, member_ids: Sequence[UUID], *, again: bool = False) -> None:
    """Lists these members (at most 500) as they are now, or no more. What did not change is not written, unless what
    they are found by is to be written `again`."""
    # Held until the commit, so that two changes of one member are taken in one after the other.
    await session.execute(select(Member.id).where(Member.id.in_(member_ids)).order_by(Member.id).with_for_update())
    await session.flush()
    wanted = await sheets(session, member_ids)
    kept = {row.member_id: row for row in await _kept_people(session, member_ids)}
    await _unlist(session, [row for member_id, row in kept.items() if member_id not in wanted])
    numbers = await _list(session, wanted.values(), kept)
    await _mark(session, wanted, numbers, kept)
    await _hold(session, wanted, numbers)
    await recount(session, member_ids)
    drafts = [draft for sheet in wanted.values() for draft, _ in sheet.drafts]
    ids = await entries.put(session, KIND, member_ids, drafts, again=again)
    await _number_entries(session, wanted, numbers, ids)


async def forget(session: AsyncSession, member_id: UUID) -> int:
    """Lists a member no more, and keeps no word that nobody else has. Returns how many were listed: 0 or 1."""
    kept = await _kept_people(session, [member_id])
    await _unlist(session, kept)
    await entries.forget(session, KIND, [member_id])
    await forget_unused_values(session)
    return len(kept)


async def forget_unused_values(session: AsyncSession) -> int:
    """Forgets at most 500 values that nobody has any more: some are words that people wrote. Returns how many."""
    is_had = exists().where(_facets.c.value_id == _values.c.id)
    unused = (await session.scalars(select(_values.c.id).where(not_(is_had)).limit(AT_ONCE))).all()
    await session.execute(delete(_counts).where(_counts.c.value_id.in_(unused)))
    await session.execute(delete(_values).where(_values.c.id.in_(unused)))
    return len(unused)


async def _kept_people(session: AsyncSession, member_ids: Sequence[UUID]) -> Sequence[Row[Any]]:
    return (await session.execute(select(_people).where(_people.c.member_id.in_(member_ids)))).all()


async def _unlist(session: AsyncSession, gone: Sequence[Row[Any]]) -> None:
    if not gone:
        return
    numbers = [row.number for row in gone]
    held = await _kept_marks(session, numbers)
    lost: Counter[tuple[int, int, int]] = Counter()
    for row in gone:
        lost.update(_Kept(row.standing, held[row.number]).counted())
    await session.execute(delete(_facets).where(_facets.c.person_number.in_(numbers)))
    await session.execute(delete(_people).where(_people.c.number.in_(numbers)))
    await _count(session, Counter(), lost)


async def _list(session: AsyncSession, wanted: Iterable[Sheet], kept: Mapping[UUID, Row[Any]]) -> dict[UUID, int]:
    """The number of each."""
    numbers = {member_id: row.number for member_id, row in kept.items()}
    new = [sheet for sheet in wanted if sheet.member_id not in kept]
    if new:
        added = insert(_people).returning(_people.c.number, sort_by_parameter_order=True)
        made = await session.scalars(added, [{"member_id": sheet.member_id, **_columns(sheet)} for sheet in new])
        numbers |= {sheet.member_id: number for sheet, number in zip(new, made, strict=True)}
    for sheet in wanted:
        row = kept.get(sheet.member_id)
        if row is not None and {name: getattr(row, name) for name in _columns(sheet)} != _columns(sheet):
            await session.execute(update(_people).where(_people.c.number == row.number).values(_columns(sheet)))
    return numbers


def _columns(sheet: Sheet) -> dict[str, str | int | datetime]:
    return {"sort_name": sheet.sort_name, "joined_at": sheet.joined_at, "standing": sheet.standing}


async def _mark(
    session: AsyncSession, wanted: Mapping[UUID, Sheet], numbers: Mapping[UUID, int], kept: Mapping[UUID, Row[Any]]
) -> None:
    ids = await _ids_of_values(session, wanted.values())
    held = await _kept_marks(session, [kept[member_id].number for member_id in wanted if member_id in kept])
    lost: Counter[tuple[int, int, int]] = Counter()
    gained: Counter[tuple[int, int, int]] = Counter()
    changed: dict[int, Marks] = {}
    for member_id, sheet in wanted.items():
        number, row = numbers[member_id], kept.get(member_id)
        before = _Kept(row.standing, held[number]) if row else None
        after = _Kept(sheet.standing, {ids[value]: mark.seen_by for value, mark in sheet.marks.items()})
        if before == after:
            continue
        gained.update(after.counted())
        lost.update(before.counted() if before else ())
        if before is None or before.marks != after.marks:
            changed[number] = after.marks
    await _write_marks(session, changed)
    await _count(session, gained, lost)


async def _kept_marks(session: AsyncSession, numbers: Sequence[int]) -> dict[int, dict[int, int]]:
    held: dict[int, dict[int, int]] = defaultdict(dict)
    rows = await session.execute(select(_facets).where(_facets.c.person_number.in_(numbers)))
    for value_id, number, seen_by in rows:
        held[number][value_id] = seen_by
    return held


async def _write_marks(session: AsyncSession, changed: Mapping[int, Marks]) -> None:
    if not changed:
        return
    rows = [
        {"value_id": value_id, "person_number": number, "seen_by": seen_by}
        for number, marks in changed.items()
        for value_id, seen_by in marks.items()
    ]
    for table, wanted in ((_facets, rows), (_shown, _as_texts(rows))):
        await session.execute(delete(table).where(table.c.person_number.in_(changed)))
        await session.execute(insert(table), wanted)


def _as_texts(rows: Iterable[Mapping[str, int]]) -> list[dict[str, Any]]:
    """Of each person and class of readers, the ids of the values, with spaces between."""
    ids: dict[tuple[int, int], list[int]] = defaultdict(list)
    for row in rows:
        ids[row["person_number"], row["seen_by"]].append(row["value_id"])
    return [
        {"person_number": number, "seen_by": seen_by, "value_ids": " ".join(map(str, sorted(value_ids)))}
        for (number, seen_by), value_ids in ids.items()
    ]


async def _hold(session: AsyncSession, wanted: Mapping[UUID, Sheet], numbers: Mapping[UUID, int]) -> None:
    """Where they stand by the word of the institution; what did not change is not written."""
    after = {
        numbers[member_id]: {(*one, sheet.standing & PUBLICS) for one in sheet.held}
        for member_id, sheet in wanted.items()
    }
    before: dict[int, set[tuple[Any, ...]]] = defaultdict(set)
    for row in await session.execute(select(_held).where(_held.c.person_number.in_(after))):
        before[row.person_number].add((row.place, row.kind, row.starts_on, row.ends_on, row.publics))
    changed = {number: lines for number, lines in after.items() if lines != before[number]}
    if gone := [number for number in changed if before[number]]:
        await session.execute(delete(_held).where(_held.c.person_number.in_(gone)))
    columns = (*Held._fields, "publics")
    rows = [
        {"person_number": number, "line": line, **dict(zip(columns, values, strict=True))}
        for number, lines in changed.items()
        for line, values in enumerate(lines)
    ]
    if rows:
        await session.execute(insert(_held), rows)


async def _number_entries(
    session: AsyncSession,
    wanted: Mapping[UUID, Sheet],
    numbers: Mapping[UUID, int],
    ids: Mapping[tuple[UUID, str], int],
) -> None:
    """As what their owners show, so who finds them; what did not change is not written."""
    after = {
        ids[draft.subject_id, draft.part]: (numbers[draft.subject_id], seen_by)
        for sheet in wanted.values()
        for draft, seen_by in sheet.drafts
    }
    mine = _entries.c.person_number.in_([numbers[member_id] for member_id in wanted])
    rows = await session.execute(select(_entries).where(mine))
    before = {row.entry_id: (row.person_number, row.seen_by) for row in rows}
    changed = [entry_id for entry_id in before if before[entry_id] != after.get(entry_id)]
    if changed:
        await session.execute(delete(_entries).where(_entries.c.entry_id.in_(changed)))
    new = [
        {"entry_id": entry_id, "person_number": number, "seen_by": seen_by}
        for entry_id, (number, seen_by) in after.items()
        if before.get(entry_id) != (number, seen_by)
    ]
    if new:
        await session.execute(insert(_entries), new)


async def _count(
    session: AsyncSession, gained: Counter[tuple[int, int, int]], lost: Counter[tuple[int, int, int]]
) -> None:
    """Rows are taken in one order by everybody, so that two changes wait for each other and never both."""
    gained.subtract(lost)
    steps = sorted((key, people) for key, people in gained.items() if people)
    if not steps:
        return
    await session.execute(
        _add_count,
        [
            {"value_id": value, "standing": standing, "seen_by": seen_by, "people": people}
            for (value, standing, seen_by), people in steps
        ],
    )
    fewer = [key for key, people in steps if people < 0]
    key = tuple_(_counts.c.value_id, _counts.c.standing, _counts.c.seen_by)
    for start in range(0, len(fewer), AT_ONCE):
        emptied = (key.in_(fewer[start : start + AT_ONCE]), _counts.c.people == 0)
        await session.execute(delete(_counts).where(*emptied))


async def _ids_of_values(session: AsyncSession, wanted: Iterable[Sheet]) -> dict[Value, int]:
    """The id of each value in these sheets; what nobody had yet is added."""
    labels = {value: mark.label for sheet in wanted for value, mark in sheet.marks.items()}
    ids = await _known_values(session, list(labels))
    new = sorted(labels.keys() - ids.keys())
    if new:
        rows = [{"facet": value[0], "key": value[1], "label": labels[value]} for value in new]
        await session.execute(_add_value, rows)
        ids |= await _known_values(session, new)
    return ids


async def _known_values(session: AsyncSession, values: Sequence[Value]) -> dict[Value, int]:
    """Held until the commit, so that none is forgotten as unused meanwhile."""
    found: dict[Value, int] = {}
    for start in range(0, len(values), AT_ONCE):
        some = tuple_(_values.c.facet, _values.c.key).in_(values[start : start + AT_ONCE])
        query = select(_values.c.facet, _values.c.key, _values.c.id).where(some)
        rows = await session.execute(query.with_for_update(read=True, key_share=True))
        found |= {(facet, key): number for facet, key, number in rows}
    return found
