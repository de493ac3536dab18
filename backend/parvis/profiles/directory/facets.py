"""How many of the people found have what: each facet counted as if nothing of it were chosen, so that another of its
values can be. Only people whom the reader may list count, and only by what they show him."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    ColumnElement,
    Select,
    String,
    and_,
    case,
    func,
    literal,
    not_,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy import cast as cast_sql
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.models import Programme, Unit
from parvis.accounts.names import sort_name
from parvis.accounts.policy import MEMBERS_ONLY, is_inside
from parvis.accounts.queries.structure import programmes, units
from parvis.kernel.errors import require

from .filters import Search, Wanted, is_met, is_seen, numbers, reader_of, search_of, shows
from .models import DirectoryCount, DirectoryFacet, DirectoryPerson, DirectoryShown, DirectoryValue, Facet
from .reach import COMMUNITIES, bits_of, standings_shown_to

SHOWN: Sequence[Facet] = ("public", "unit", "programme", "cohort", "city", "skill", "mentoring")
MOST = 50
"""Values of a facet that are said; others are found by their words."""
MOST_NAMES = 200
PLACES: Mapping[Facet, type[Unit] | type[Programme]] = {"unit": Unit, "programme": Programme}
PIECE = 2**16
"""Letters of a text that are counted at once."""


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
    rows = (await session.execute(_most(await _counts(session, search), search, true()))).all()
    total = next((row.people for row in rows if row.facet == "everyone"), 0)
    return Facets(total, _labelled(rows, wanted, SHOWN, await _names(session, rows, wanted)))


async def values(session: AsyncSession, actor: Actor, facet: Facet, words: str, wanted: Wanted) -> Sequence[Counted]:
    """The values of a facet that have these words and that most of those found have. At most five queries.

    Raises `Forbidden`.
    """
    require(is_inside(actor), MEMBERS_ONLY)
    others = wanted.without(facet)
    search = await search_of(session, await reader_of(session, actor), others)
    names = await _places(session, facet, words)
    condition = and_(DirectoryValue.facet == facet, _has_words(facet, words, names))
    rows = (await session.execute(_most(await _counts(session, search), search, condition))).all()
    return _labelled(rows, others, [facet], names)[facet]


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


async def _counts(session: AsyncSession, search: Search) -> list[Select[Any]]:
    """Statements of value and people: all facets of which nothing is chosen, and each of the others by itself. One
    query, unless kept counts answer it all."""
    searches = [search, *(search.without(name) for name in search.choices)]
    conditions = [
        DirectoryValue.facet.not_in(list(search.choices)),
        *(DirectoryValue.facet == name for name in search.choices),
    ]
    counted = await _count(session, searches)
    return [
        _of_facets(_kept_count(one, more) if one.is_by_public_alone else _told(more), condition)
        for one, more, condition in zip(searches, counted, conditions, strict=True)
    ]


def _of_facets(counted: Any, condition: ColumnElement[bool]) -> Select[Any]:
    counts = counted.subquery()
    of_these = select(counts.c.value_id, counts.c.people).join(DirectoryValue, DirectoryValue.id == counts.c.value_id)
    return of_these.where(condition)


async def _count(session: AsyncSession, searches: Sequence[Search]) -> list[Mapping[str, int]]:
    """For each search, how many of those found show which value; of one that kept counts answer, how many beside them.
    One query at most.

    A database takes long to group a million marks; it is quick to put a hundred thousand short texts one behind the
    other, in which the values are then counted.
    """
    texts = [
        _text(search, place)
        for place, search in enumerate(searches)
        if search.reader.met or not search.is_by_public_alone
    ]
    rows = (await session.execute(union_all(*texts))).all() if texts else ()
    counted: list[Mapping[str, int]] = [Counter() for _ in searches]
    for row in rows:
        counted[row.place] = _numbers_in(row.text or "")
    return counted


def _text(search: Search, place: int) -> Select[int, str]:
    text = func.aggregate_strings(DirectoryShown.value_ids, " ").label("text")
    query = select(literal(place).label("place"), text)
    if search.is_by_public_alone:
        return _shown_to_those_met(query, search)
    return query.where(DirectoryShown.person_number.in_(numbers(search)), shows(search.reader, DirectoryShown))


def _shown_to_those_met(query: Select[int, str], search: Search) -> Select[int, str]:
    """What people whom the reader meets in communities show him beside what he would see of them anyway."""
    reader = search.reader
    person, shown = DirectoryPerson, DirectoryShown
    to_everybody = is_seen(shown.seen_by, reader.mask)
    by_meeting = and_(is_seen(shown.seen_by, COMMUNITIES), not_(to_everybody))
    of_public: ColumnElement[bool] = true()
    if "public" in search.choices:
        bits = bits_of(search.publics)
        of_public = person.standing.in_(standings_shown_to("communities", bits))
        is_new = person.standing.not_in(reader.standings(bits))
        by_meeting = or_(by_meeting, and_(is_new, to_everybody))
    others = person.number.not_in(reader.known | reader.hidden)
    return query.join(person, person.number == shown.person_number).where(
        by_meeting, of_public, others, is_met(reader, shown.person_number)
    )


def _numbers_in(text: str) -> Counter[str]:
    """How often each number is in a text, which is taken piece by piece: millions of letters are many numbers."""
    found: Counter[str] = Counter()
    start = 0
    while start < len(text):
        end = text.find(" ", start + PIECE)
        end = end if end >= 0 else len(text)
        found.update(text[start:end].split())
        start = end
    return found


def _told(counted: Mapping[str, int]) -> Select[int, int]:
    """The counts as rows again, for the database to rank."""
    rows = func.json_each(literal(counted, JSON)).table_valued("key", "value")
    return select(
        cast_sql(rows.c.key, BigInteger).label("value_id"),
        cast_sql(cast_sql(rows.c.value, String), BigInteger).label("people"),
    )


def _kept_count(search: Search, of_those_met: Mapping[str, int]) -> Select[Any]:
    """From the counts that are kept, and what those met in communities show beside; put right for those whom the reader
    sees otherwise than everybody does, who are few: in contact with him, or hidden from him."""
    reader = search.reader
    of_public: ColumnElement[bool] = true()
    of_public_kept: ColumnElement[bool] = true()
    of_public_known: ColumnElement[bool] = true()
    if "public" in search.choices:
        bits = bits_of(search.publics)
        standings = reader.standings(bits)
        of_public = DirectoryPerson.standing.in_(standings)
        of_public_kept = DirectoryCount.standing.in_(standings)
        of_public_known = DirectoryPerson.standing.in_(standings_shown_to("contacts", bits))
    kept = select(DirectoryCount.value_id, DirectoryCount.people).where(
        is_seen(DirectoryCount.seen_by, reader.mask), of_public_kept
    )
    is_counted = and_(is_seen(DirectoryFacet.seen_by, reader.mask), of_public)
    counts = and_(DirectoryFacet.person_number.in_(reader.known), of_public_known)
    put_right = (
        select(DirectoryFacet.value_id, (case((counts, 1), else_=0) - case((is_counted, 1), else_=0)).label("people"))
        .join(DirectoryPerson, DirectoryPerson.number == DirectoryFacet.person_number)
        .where(DirectoryFacet.person_number.in_(reader.known | reader.hidden))
    )
    parts = [kept, put_right, *([_told(of_those_met)] if of_those_met else [])]
    every = union_all(*parts).subquery()
    counted = cast_sql(func.sum(every.c.people), BigInteger)
    summed = select(every.c.value_id, counted.label("people")).group_by(every.c.value_id)
    return summed.having(counted > 0)


def _labelled(
    rows: Sequence[Any], wanted: Wanted, names: Sequence[Facet], labels: Mapping[tuple[Facet, str], str]
) -> dict[Facet, list[Counted]]:
    """By facet, in the order of the rows; what is chosen and nobody has comes last. What a key stands for is said only
    where the structure says it to everybody: else a key would tell how somebody who hides it has written it."""
    written = {(row.facet, row.key): row.label for row in rows}
    missing = [(name, key) for name in names for key in wanted.values.get(name, ()) if (name, key) not in written]
    found: dict[Facet, list[Counted]] = {name: [] for name in names}
    for name, key, number in [*((row.facet, row.key, row.people) for row in rows), *((*pair, 0) for pair in missing)]:
        if name in found:
            label = labels.get((name, key)) or written.get((name, key)) or key
            found[name].append(Counted(key, label, number, key in wanted.values.get(name, ())))
    return found


async def _names(session: AsyncSession, rows: Sequence[Any], wanted: Wanted) -> dict[tuple[Facet, str], str]:
    """What units and programmes are called: of these rows and of what is chosen. One query."""
    keys = {(row.facet, row.key) for row in rows} | {
        (name, key) for name in PLACES for key in wanted.values.get(name, ())
    }
    found = await session.execute(
        union_all(
            *(
                select(literal(facet).label("facet"), table.id, table.name).where(
                    table.id.in_([UUID(key) for name, key in sorted(keys) if name == facet])
                )
                for facet, table in PLACES.items()
            )
        )
    )
    return {(row.facet, str(row.id)): row.name for row in found}


async def _places(session: AsyncSession, facet: Facet, words: str) -> dict[tuple[Facet, str], str]:
    """Units or programmes whose name has the words. One query, of these facets."""
    if facet not in PLACES:
        return {}
    query = units(words) if facet == "unit" else programmes(words)
    return {(facet, str(place.id)): place.name for place in await session.scalars(query.limit(MOST_NAMES))}


def _has_words(facet: Facet, words: str, names: Mapping[tuple[Facet, str], str]) -> ColumnElement[bool]:
    """Values whose name has the words: one of these `names`, of units and programmes."""
    if facet in PLACES:
        return DirectoryValue.key.in_([key for _, key in names])
    return and_(true(), *[DirectoryValue.key.contains(word, autoescape=True) for word in sort_name(words).split()])
