"""What people are looked for by, as SQL over the directory's tables. Every statement starts from `Reader`: what he may
not see narrows nothing, counts nothing and orders nothing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, func, literal, or_, select, true, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from parvis.accounts.actor import Actor
from parvis.accounts.models.people import Public
from parvis.kernel.analysis import Term, terms_of
from parvis.kernel.entries import Entry, matching
from parvis.profiles.models import Block, Contact

from .index import KIND
from .models import DirectoryCount, DirectoryFacet, DirectoryPerson, DirectoryValue, Facet
from .reach import BIT, PUBLICS, Reader, bits_of

FEW = 20_000
"""Up to so many people it is quicker to take them all and sort them than to walk the list until a page is full."""


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
class Search:
    """Who looks, and for what: with these, `people` is a statement."""

    reader: Reader
    terms: Sequence[Term]
    choices: Mapping[Facet, Choice]

    def without(self, facet: Facet) -> "Search":
        return Search(self.reader, self.terms, {name: kept for name, kept in self.choices.items() if name != facet})

    @property
    def publics(self) -> list[Public]:
        return [public for public in BIT if public in self.choices["public"].keys]

    @property
    def is_by_public_alone(self) -> bool:
        """What kept counts answer."""
        return not self.terms and self.choices.keys() <= {"public"}


async def reader_of(session: AsyncSession, actor: Actor) -> Reader:
    """One query."""
    number = select(DirectoryPerson.number.label("number"))
    of_contacts = number.join(Contact, Contact.other_id == DirectoryPerson.member_id)
    blocked = number.join(Block, Block.blocked_id == DirectoryPerson.member_id).where(Block.blocker_id == actor.id)
    blocking = number.join(Block, Block.blocker_id == DirectoryPerson.member_id).where(Block.blocked_id == actor.id)
    rows = await session.execute(
        union_all(
            of_contacts.add_columns(true().label("is_known")).where(Contact.member_id == actor.id),
            number.add_columns(true().label("is_known")).where(DirectoryPerson.member_id == actor.id),
            blocked.add_columns(false().label("is_known")),
            blocking.add_columns(false().label("is_known")),
        )
    )
    marked = [(row.number, row.is_known) for row in rows]
    hidden = frozenset(number for number, is_known in marked if not is_known)
    known = frozenset(number for number, is_known in marked if is_known)
    return Reader(bits_of(actor.publics), known - hidden, hidden)


async def search_of(session: AsyncSession, reader: Reader, wanted: Wanted) -> Search:
    """One query, where values are chosen."""
    chosen: dict[Facet, list[int]] = {facet: [] for facet, keys in wanted.values.items() if keys}
    people: dict[Facet, int] = dict.fromkeys(chosen, 0)
    if chosen:
        named = or_(*[_named(facet, wanted.values[facet]) for facet in chosen])
        counted = func.coalesce(func.sum(DirectoryCount.people), 0)
        query = (
            select(DirectoryValue.facet, DirectoryValue.id, counted)
            .outerjoin(DirectoryCount, DirectoryCount.value_id == DirectoryValue.id)
            .where(named)
            .group_by(DirectoryValue.facet, DirectoryValue.id)
        )
        for facet, value_id, has_it in await session.execute(query):
            chosen[facet].append(value_id)
            people[facet] += int(has_it)
    choices = {facet: Choice(wanted.values[facet], ids, people[facet]) for facet, ids in chosen.items()}
    return Search(reader, wanted.terms, choices)


def people(search: Search) -> tuple[Select[int, UUID], bool]:
    """Numbers and ids of those found; and whether they are so few that they are better sorted than walked."""
    query = select(DirectoryPerson.number, DirectoryPerson.member_id)
    if search.reader.hidden:
        query = query.where(DirectoryPerson.number.not_in(search.reader.hidden))
    driving = _smallest(search)
    if search.terms:
        query = query.where(DirectoryPerson.number.in_(_worded(search)))
    elif driving is not None:
        query = query.where(DirectoryPerson.number.in_(_having(search.reader, search.choices[driving])))
    for facet, choice in search.choices.items():
        if facet != driving or search.terms:
            query = query.where(_has(search.reader, choice))
    return query, bool(search.terms) or driving is not None


def is_named_so(terms: Sequence[Term]) -> ColumnElement[bool]:
    """Whether the name itself has every term. It is seen by whoever may find its owner."""
    named = select(Entry.subject_id).where(_of_people(), Entry.part == "organisation", matching(terms, "title"))
    return DirectoryPerson.member_id.in_(named)


def shows(reader: Reader, mark: Any = DirectoryFacet) -> ColumnElement[bool]:
    """Whether its owner shows a value to the reader."""
    seen = mark.seen_by.op("&")(literal(reader.mask)) != 0
    return or_(seen, mark.person_number.in_(reader.known)) if reader.known else seen


def _smallest(search: Search) -> Facet | None:
    """The facet whose values have the fewest people, if that is few."""
    facet = min(search.choices, key=lambda name: search.choices[name].people, default=None)
    return facet if facet is not None and search.choices[facet].people <= FEW else None


def _having(reader: Reader, choice: Choice) -> Select[int]:
    return select(DirectoryFacet.person_number).where(DirectoryFacet.value_id.in_(choice.ids), shows(reader))


def _has(reader: Reader, choice: Choice) -> ColumnElement[bool]:
    mark = aliased(DirectoryFacet)
    mine = (mark.person_number == DirectoryPerson.number, mark.value_id.in_(choice.ids))
    return select(literal(1)).where(*mine, shows(reader, mark)).exists()


def _worded(search: Search) -> Select[int]:
    """Numbers of those who have the words in what they show to the reader."""
    person = aliased(DirectoryPerson)
    reader = search.reader
    is_known = person.number.in_(reader.known) if reader.known else false()
    shares_public = person.standing.op("&")(literal(reader.publics & PUBLICS)) != 0
    reaches = or_(
        Entry.part == "organisation",
        and_(Entry.part == "publics", shares_public),
        and_(Entry.part.in_(("publics", "contacts")), is_known),
    )
    found = select(person.number).join(Entry, Entry.subject_id == person.member_id)
    return found.where(_of_people(), matching(search.terms), reaches)


def _of_people() -> ColumnElement[bool]:
    """As no index has it: SQLite, which knows no numbers, would go through the entries of all people, and leave for the
    last which of them have the words."""
    return Entry.kind.concat("") == KIND


def _named(facet: Facet, keys: Collection[str]) -> ColumnElement[bool]:
    return and_(DirectoryValue.facet == facet, DirectoryValue.key.in_(sorted(keys)))
