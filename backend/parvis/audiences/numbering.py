"""Those whom a value takes in, by number: many are counted quickly so.

They are read from the directory's tables, which follow within a second what they are made of. Who is in an audience at
the moment when something is sent to it is said by `compiling.py`.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from parvis.accounts.actor import Actor
from parvis.accounts.names import sort_name
from parvis.accounts.queries.people import holds_today
from parvis.circles.models import Membership
from parvis.profiles.directory.models import DirectoryHeld, DirectoryPerson
from parvis.profiles.directory.reach import PUBLICS
from parvis.profiles.directory.sheets import ANYWHERE, place_of_shown, place_of_year

from .compiling import at_times, inside, is_in, kinds_of
from .rules import AffiliationIs, CityIs, CommunityIs, Criterion, PublicIs, SkillIs, UnitIs, YearIs

SHIFT = 5
"""A person's code is his number, and in so many bits below it those of his publics."""
NO, YES = b"01"


def codes(criterion: Criterion, value: Any, actor: Actor, *, as_said: bool = True) -> Select[int]:
    """The codes of those who have this value of the criterion, some of them twice. Not `as_said`: whatever they are
    there as."""
    if isinstance(criterion, CommunityIs):
        person = DirectoryPerson
        query = _codes(person.number, person.standing.bitwise_and(PUBLICS))
        there = query.join_from(Membership, person, person.member_id == Membership.member_id)
        return there.where(is_in([value], actor))
    held = DirectoryHeld
    return _codes(held.person_number, held.publics).where(*_holding(criterion, value, as_said=as_said))


def counted(had: Mapping[int, Sequence[int]]) -> Iterator[tuple[int, int, int]]:
    """From the codes of those who have each bit: bits, publics, and how many people have just these and are of those.

    Sets of people are long whole numbers, of one bit each: they are met and counted in thousandths of a millisecond.
    """
    size = 1 + max((max(codes) >> SHIFT for codes in had.values() if codes), default=0)
    publics, sets = bytearray(size), dict[int, int]()
    for bit, codes in had.items():
        written = bytearray([NO]) * size
        for code in codes:
            number = code >> SHIFT
            written[number] = YES
            publics[number] = code & PUBLICS
        sets = dict(_parted(sets, bit, int(written, 2)))
    for value in set(publics):
        digits = bytearray([NO]) * 256
        digits[value] = YES
        of_these = int(publics.translate(digits), 2)
        for bits, some in sets.items():
            if number := (some & of_these).bit_count():
                yield bits, value, number


def _parted(sets: Mapping[int, int], bit: int, those: int) -> Iterator[tuple[int, int]]:
    """Sets by their bits, each parted into those who have another bit too and the rest."""
    for bits, some in sets.items():
        if both := some & those:
            yield bits | bit, both
            those &= ~both
        if both != some:
            yield bits, some & ~both
    if those:
        yield bit, those


def _codes(number: Any, publics: Any) -> Select[int]:
    return select((number * 2**SHIFT + publics).label("code"))


def _holding(criterion: Criterion, value: Any, *, as_said: bool) -> Iterator[ColumnElement[bool]]:
    held = DirectoryHeld
    match criterion:
        case PublicIs():
            yield held.place == ANYWHERE
            yield held.kind.in_(kinds_of([value]))
        case AffiliationIs():
            yield held.place == ANYWHERE
            yield held.kind == value
        case UnitIs():
            yield held.place.in_(inside([value]))
        case YearIs():
            yield held.place == place_of_year(value)
        case CityIs() | SkillIs():
            yield held.place == place_of_shown(criterion.kind, sort_name(value))
            return
        case _:
            yield held.place == value
    public = getattr(criterion, "public", None)
    if as_said and public is not None:
        yield held.kind.in_(kinds_of([public]))
    if isinstance(criterion, AffiliationIs):
        yield from at_times(criterion, held)
    else:
        yield holds_today(held)
