"""What people are looked for by, as SQL over the directory's tables. Every statement starts from `Reader`: what he may
not see narrows nothing, counts nothing and orders nothing."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy import cast as cast_sql
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from parvis.accounts.actor import READER, Actor
from parvis.accounts.models.people import Public
from parvis.circles.models import Circle, Membership
from parvis.circles.policy import holds, meet
from parvis.kernel.analysis import Term, terms_of
from parvis.kernel.entries import found
from parvis.profiles.models import Block, Contact

from .models import DirectoryCount, DirectoryEntry, DirectoryFacet, DirectoryPerson, DirectoryValue, Facet
from .reach import BIT, COMMUNITIES, ORGANISATION, Reader, bits_of

FEW, FEW_ENTRIES = 5_000, 2_000
"""Up to so many people, or entries that have the words, it is quicker to take them all and sort them than to walk the
list until a page is full."""
FEW_OF_SEVERAL = 20_000
"""The same where several things are wanted: of many who have the one perhaps none has the other, and a walk is long."""
FEW_MET = 5_000
"""Up to so many people in the reader's communities it is quicker to take them all than to ask of one after another."""
MANY = 2**62
"""Stands for what was not counted further."""
WORDS = "words"
"""What the count of words is called among those of facets."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Words, and the keys of values: any of one facet's, something of each facet."""

    text: str = ""
    values: Mapping[Facet, Collection[str]] = field(default_factory=dict)

    @property
    def terms(self) -> list[Term]:
        return terms_of(self.text)

    def without(self, facet: Facet) -> "Wanted":
        return Wanted(self.text, {name: keys for name, keys in self.values.items() if name != facet})


@dataclass(frozen=True, slots=True)
class Choice:
    """The values of one facet that are chosen: the ids of those that somebody has, and how many do at most."""

    keys: Collection[str]
    ids: Sequence[int]
    people: int


@dataclass(frozen=True, slots=True)
class Words:
    """The words that are looked for, and how many entries have them beside those of people whose name has them, who
    are never many: counted as far as `FEW_ENTRIES`."""

    terms: Sequence[Term]
    entries: int

    @property
    def people(self) -> int:
        return self.entries if self.entries <= FEW_ENTRIES else MANY


@dataclass(frozen=True, slots=True)
class Search:
    """Who looks, and for what: with these, `people` is a statement."""

    reader: Reader
    words: Words | None
    choices: Mapping[Facet, Choice]

    def without(self, facet: Facet) -> "Search":
        return Search(self.reader, self.words, {name: kept for name, kept in self.choices.items() if name != facet})

    @property
    def publics(self) -> list[Public]:
        return [public for public in BIT if public in self.choices["public"].keys]

    @property
    def is_by_public_alone(self) -> bool:
        """What kept counts answer."""
        return self.words is None and self.choices.keys() <= {"public"}

    @property
    def is_of_few(self) -> bool:
        """Whether those found are so few that they are better sorted than walked."""
        narrowings = self.narrowings
        return bool(narrowings) and narrowings[0].people <= (FEW if len(narrowings) == 1 else FEW_OF_SEVERAL)

    @property
    def narrowings(self) -> "Sequence[Words | Choice]":
        """What narrows the search, beginning with what leaves the fewest."""
        return sorted([*([self.words] if self.words else []), *self.choices.values()], key=lambda item: item.people)


async def reader_of(session: AsyncSession, actor: Actor) -> Reader:
    """One query."""
    number = select(DirectoryPerson.number.label("number"))
    of_contacts = number.join(Contact, Contact.other_id == DirectoryPerson.member_id)
    blocked = number.join(Block, Block.blocked_id == DirectoryPerson.member_id).where(Block.blocker_id == actor.id)
    blocking = number.join(Block, Block.blocker_id == DirectoryPerson.member_id).where(Block.blocked_id == actor.id)
    met = select(cast_sql(func.coalesce(func.sum(Circle.people), 0), BigInteger)).join(
        Membership, Membership.circle_id == Circle.id
    )
    rows = await session.execute(
        union_all(
            of_contacts.add_columns(literal("known").label("what")).where(Contact.member_id == actor.id),
            number.add_columns(literal("known")).where(DirectoryPerson.member_id == actor.id),
            blocked.add_columns(literal("hidden")),
            blocking.add_columns(literal("hidden")),
            met.add_columns(literal("met")).where(Membership.member_id == actor.id, holds()),
        )
    )
    numbers: dict[str, list[int]] = defaultdict(list)
    for number_of, what in rows:
        numbers[what].append(number_of)
    hidden = frozenset(numbers["hidden"])
    known = frozenset(numbers["known"]) - hidden
    return Reader(actor.id, bits_of(actor.publics), known, hidden, met=sum(numbers["met"]))


async def search_of(session: AsyncSession, reader: Reader, wanted: Wanted) -> Search:
    """One query, where anything is wanted."""
    terms = wanted.terms
    chosen: dict[Facet, list[int]] = {facet: [] for facet, keys in wanted.values.items() if keys}
    people: dict[Facet, int] = dict.fromkeys(chosen, 0)
    entries = 0
    asked = [_how_many_have(facet, wanted.values[facet]) for facet in chosen]
    asked += [_how_many_found(terms)] if terms else []
    rows: Sequence[Any] = (await session.execute(union_all(*asked))).all() if asked else ()
    for facet, value_id, number in rows:
        if facet == WORDS:
            entries = number
        else:
            chosen[facet].append(value_id)
            people[facet] += number
    choices = {facet: Choice(wanted.values[facet], ids, people[facet]) for facet, ids in chosen.items()}
    return Search(reader, Words(terms, entries) if terms else None, choices)


def people(search: Search) -> Select[int, UUID]:
    """Numbers and ids of those found."""
    narrowings = list(search.narrowings)
    query = _listed(search.reader)
    if search.is_of_few:
        query = query.where(DirectoryPerson.number.in_(_those(search.reader, narrowings.pop(0))))
    return query.where(*[_is_among(search.reader, narrowing, DirectoryPerson.number) for narrowing in narrowings])


def people_by_name_first(search: Search, terms: Sequence[Term]) -> tuple[Select[int, UUID], Select[int, UUID]]:
    """The same in two lists: those whose name has the words, which whoever may find them sees; and the others."""
    entry = DirectoryEntry
    of_name = (entry.seen_by == ORGANISATION, entry.entry_id.in_(found(terms, "title")))
    named = select(select(entry.person_number).where(*of_name).cte("named"))
    chosen = [_is_among(search.reader, choice, DirectoryPerson.number) for choice in search.choices.values()]
    return (
        _listed(search.reader).where(DirectoryPerson.number.in_(named), *chosen),
        people(search).where(DirectoryPerson.number.not_in(named)),
    )


def numbers(search: Search) -> Select[int]:
    """Numbers of all those found by words or values, some of them twice."""
    narrowest, *others = search.narrowings
    query = _those(search.reader, narrowest)
    number = query.selected_columns[0]
    if search.reader.hidden:
        query = query.where(number.not_in(search.reader.hidden))
    return query.where(*[_is_among(search.reader, narrowing, number) for narrowing in others])


def shows(reader: Reader, mark: Any = DirectoryFacet) -> ColumnElement[bool]:
    """Whether its owner shows a value to the reader."""
    ways = [is_seen(mark.seen_by, reader.mask)]
    if reader.known:
        ways.append(mark.person_number.in_(reader.known))
    if reader.met:
        ways.append(and_(is_seen(mark.seen_by, COMMUNITIES), is_met(reader, mark.person_number)))
    return or_(*ways)


def shows_whoever_reads(mark: Any, *, many_met: bool) -> ColumnElement[bool]:
    """The same in a statement that is built once, and told who reads when it is executed (`told_of`)."""
    reader = Reader(READER, 0, frozenset(), frozenset(), met=FEW_MET + many_met)
    return or_(
        mark.seen_by.op("&")(bindparam("reader_mask", type_=Integer())) != 0,
        mark.person_number.in_(bindparam("reader_known", expanding=True)),
        and_(is_seen(mark.seen_by, COMMUNITIES), is_met(reader, mark.person_number)),
    )


def told_of(reader: Reader) -> dict[str, Any]:
    return {"reader": reader.member_id, "reader_mask": reader.mask, "reader_known": sorted(reader.known)}


def is_met(reader: Reader, number: Any) -> ColumnElement[bool]:
    """Whether the person with this number is in a community with the reader."""
    person = aliased(DirectoryPerson)
    if reader.met > FEW_MET:
        return (
            exists().where(person.number == number, meet(reader.member_id, person.member_id)).correlate_except(person)
        )
    mine, theirs = aliased(Membership), aliased(Membership)
    members = (
        select(person.number)
        .join(theirs, theirs.member_id == person.member_id)
        .join(mine, mine.circle_id == theirs.circle_id)
        .where(mine.member_id == reader.member_id, holds(mine), holds(theirs))
    )
    return cast("ColumnElement[bool]", number.in_(members))


def is_seen(seen_by: Any, bits: int) -> ColumnElement[bool]:
    """Whether readers of one of these bits see it."""
    return cast("ColumnElement[bool]", seen_by.op("&")(literal(bits)) != 0)


def _listed(reader: Reader) -> Select[int, UUID]:
    query = select(DirectoryPerson.number, DirectoryPerson.member_id)
    return query.where(DirectoryPerson.number.not_in(reader.hidden)) if reader.hidden else query


def _those(reader: Reader, narrowing: Words | Choice) -> Select[int]:
    """Numbers of those whom words or values find, and who show that to the reader."""
    if isinstance(narrowing, Words):
        entry = aliased(DirectoryEntry)
        of_words = entry.entry_id.in_(found(narrowing.terms))
        return select(entry.person_number).where(of_words, shows(reader, entry))
    mark = aliased(DirectoryFacet)
    return select(mark.person_number).where(mark.value_id.in_(narrowing.ids), shows(reader, mark))


def _is_among(reader: Reader, narrowing: Words | Choice, number: Any) -> ColumnElement[bool]:
    """The same, asked of one person after another."""
    if isinstance(narrowing, Words):
        entry = aliased(DirectoryEntry)
        # As no index has it: SQLite, which knows no numbers, would go through all that was found for each person.
        of_words = (entry.entry_id + 0).in_(found(narrowing.terms))
        mine = (entry.person_number == number, of_words, shows(reader, entry))
    else:
        mark = aliased(DirectoryFacet)
        mine = (mark.person_number == number, mark.value_id.in_(narrowing.ids), shows(reader, mark))
    return select(literal(1)).where(*mine).exists()


def _how_many_have(facet: Facet, keys: Collection[str]) -> Select[str, int, int]:
    value, count = DirectoryValue, DirectoryCount
    named = and_(value.facet == facet, value.key.in_(sorted(keys)))
    people = cast_sql(func.coalesce(func.sum(count.people), 0), BigInteger)
    query = select(literal(facet, String()), value.id, people).outerjoin(count, count.value_id == value.id)
    return query.where(named).group_by(value.id)


def _how_many_found(terms: Sequence[Term]) -> Select[str, int, int]:
    """Of people, as others will have entries too; and of their texts alone."""
    hits = found(terms).subquery()
    entry = DirectoryEntry
    of_people = select(literal(1)).where(entry.entry_id == hits.c.entry_id).exists()
    in_texts = hits.c.entry_id.not_in(found(terms, "title"))
    some = select(literal(1).label("one")).select_from(hits).where(in_texts, of_people).limit(FEW_ENTRIES + 1)
    return select(literal(WORDS, String()), cast_sql(null(), BigInteger), func.count()).select_from(some.subquery())
