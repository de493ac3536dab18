"""How many of the people found have what: each facet counted as if nothing of it were chosen, so that another of its
values can be. Only people whom the reader may list count, and only by what they show him."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, Select, and_, case, func, literal, or_, select, true, union_all
from sqlalchemy import cast as cast_sql
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.models import Programme, Unit
from parvis.accounts.names import sort_name
from parvis.accounts.policy import MEMBERS_ONLY, is_inside
from parvis.accounts.queries.structure import programmes, units
from parvis.kernel.errors import require

from .filters import Search, Wanted, people, reader_of, search_of, shows
from .models import DirectoryCount, DirectoryFacet, DirectoryPerson, DirectoryValue, Facet
from .reach import Reader, bits_of, standings_shown_to_contacts

SHOWN: Sequence[Facet] = ("public", "unit", "programme", "cohort", "city", "skill", "mentoring")
MOST = 50
"""Values of a facet that are said; others are found by their words."""
MOST_NAMES = 200


@dataclass(frozen=True, slots=True)
class Counted:
    """A value, and how many of those found have it."""

    key: str
    label: str
    people: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facets:
    """How many are found, and by facet the values that most of them have, with those that are chosen."""

    people: int
    values: Mapping[Facet, Sequence[Counted]]


async def facets(session: AsyncSession, actor: Actor, wanted: Wanted) -> Facets:
    """At most five queries. Raises `Forbidden`."""
    require(is_inside(actor), MEMBERS_ONLY)
    search = await search_of(session, await reader_of(session, actor), wanted)
    rows = (await session.execute(_most(_counts(search), search, true()))).all()
    total = next((row.people for row in rows if row.facet == "everyone"), 0)
    return Facets(total, await _labelled(session, rows, wanted, SHOWN))


async def values(session: AsyncSession, actor: Actor, facet: Facet, words: str, wanted: Wanted) -> Sequence[Counted]:
    """The values of a facet that have these words and that most of those found have. At most five queries.

    Raises `Forbidden`.
    """
    require(is_inside(actor), MEMBERS_ONLY)
    others = wanted.without(facet)
    search = await search_of(session, await reader_of(session, actor), others)
    condition = and_(DirectoryValue.facet == facet, await _has_words(session, facet, words))
    rows = (await session.execute(_most(_counts(search), search, condition))).all()
    return (await _labelled(session, rows, others, [facet]))[facet]


def _most(counts: Sequence[Any], search: Search, condition: ColumnElement[bool]) -> Select[Any]:
    """The rows to say of these counts: of each facet the values that most people have."""
    said = union_all(*counts).subquery()
    value = DirectoryValue
    rank = func.row_number().over(partition_by=value.facet, order_by=(said.c.people.desc(), value.key))
    ranked = (
        select(value.id, value.facet, value.key, value.label, said.c.people, rank.label("rank"))
        .join(said, said.c.value_id == value.id)
        .where(condition)
        .subquery()
    )
    chosen = [value_id for choice in search.choices.values() for value_id in choice.ids]
    return select(ranked).where(or_(ranked.c.rank <= MOST, ranked.c.id.in_(chosen))).order_by(ranked.c.rank)


def _counts(search: Search) -> list[Select[Any]]:
    """Statements of value and people: all facets of which nothing is chosen, and each of the others by itself."""
    kept = _of_facets(_count(search), DirectoryValue.facet.not_in(list(search.choices)))
    return [kept, *(_of_facets(_count(search.without(name)), DirectoryValue.facet == name) for name in search.choices)]


def _of_facets(counted: Any, condition: ColumnElement[bool]) -> Select[Any]:
    counts = counted.subquery()
    of_these = select(counts.c.value_id, counts.c.people).join(DirectoryValue, DirectoryValue.id == counts.c.value_id)
    return of_these.where(condition)


def _count(search: Search) -> Select[Any]:
    if search.is_by_public_alone:
        return _kept_count(search)
    found, _ = people(search)
    numbers = found.with_only_columns(DirectoryPerson.number)
    shown = (DirectoryFacet.person_number.in_(numbers), shows(search.reader))
    counted = select(DirectoryFacet.value_id, cast_sql(func.count(), BigInteger).label("people")).where(*shown)
    return cast("Select[Any]", counted.group_by(DirectoryFacet.value_id))


def _kept_count(search: Search) -> Select[Any]:
    """From the counts that are kept; put right for those whom the reader sees otherwise than everybody does, who are
    few: in contact with him, or hidden from him."""
    reader = search.reader
    of_public: ColumnElement[bool] = true()
    of_public_kept: ColumnElement[bool] = true()
    of_public_known: ColumnElement[bool] = true()
    if "public" in search.choices:
        bits = bits_of(search.publics)
        standings = reader.standings(bits)
        of_public = DirectoryPerson.standing.in_(standings)
        of_public_kept = DirectoryCount.standing.in_(standings)
        of_public_known = DirectoryPerson.standing.in_(standings_shown_to_contacts(bits))
    kept = select(DirectoryCount.value_id, DirectoryCount.people).where(
        _is_seen(reader, DirectoryCount.seen_by), of_public_kept
    )
    is_counted = and_(_is_seen(reader, DirectoryFacet.seen_by), of_public)
    counts = and_(DirectoryFacet.person_number.in_(reader.known), of_public_known)
    put_right = (
        select(DirectoryFacet.value_id, (case((counts, 1), else_=0) - case((is_counted, 1), else_=0)).label("people"))
        .join(DirectoryPerson, DirectoryPerson.number == DirectoryFacet.person_number)
        .where(DirectoryFacet.person_number.in_(reader.known | reader.hidden))
    )
    every = union_all(kept, put_right).subquery()
    counted = cast_sql(func.sum(every.c.people), BigInteger)
    summed = select(every.c.value_id, counted.label("people")).group_by(every.c.value_id)
    return summed.having(counted > 0)


def _is_seen(reader: Reader, seen_by: Any) -> ColumnElement[bool]:
    return cast("ColumnElement[bool]", seen_by.op("&")(literal(reader.mask)) != 0)


async def _labelled(
    session: AsyncSession, rows: Sequence[Any], wanted: Wanted, names: Sequence[Facet]
) -> dict[Facet, list[Counted]]:
    """By facet, in the order of the rows; what is chosen and nobody has comes last. What a key stands for is said only
    where the structure says it to everybody: else a key would tell how somebody who hides it has written it."""
    labels = {(row.facet, row.key): row.label for row in rows}
    missing = [(name, key) for name in names for key in wanted.values.get(name, ()) if (name, key) not in labels]
    labels |= {(name, key): key for name, key in missing}
    labels |= await _names(session, "unit", Unit, labels)
    labels |= await _names(session, "programme", Programme, labels)
    found: dict[Facet, list[Counted]] = {name: [] for name in names}
    for name, key, number in [*((row.facet, row.key, row.people) for row in rows), *((*pair, 0) for pair in missing)]:
        if name in found:
            is_chosen = key in wanted.values.get(name, ())
            found[name].append(Counted(key, labels[name, key] or key, number, is_chosen))
    return found


async def _names(
    session: AsyncSession, facet: Facet, table: type[Unit] | type[Programme], labels: Mapping[tuple[Facet, str], str]
) -> dict[tuple[Facet, str], str]:
    ids = [UUID(key) for name, key in labels if name == facet]
    if not ids:
        return {}
    rows = await session.execute(select(table.id, table.name).where(table.id.in_(ids)))
    return {(facet, str(id_)): name for id_, name in rows}


async def _has_words(session: AsyncSession, facet: Facet, words: str) -> ColumnElement[bool]:
    """Values whose name has the words. One query, of units and programmes."""
    if facet in {"unit", "programme"}:
        query = units(words) if facet == "unit" else programmes(words)
        places = await session.scalars(query.limit(MOST_NAMES))
        return DirectoryValue.key.in_([str(place.id) for place in places])
    return and_(true(), *[DirectoryValue.key.contains(word, autoescape=True) for word in sort_name(words).split()])
