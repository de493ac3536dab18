"""Rules as SQL. One statement says who is in an audience, whatever the rule, to be used as it is or inside others."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, not_, or_, select

from parvis.accounts.actor import Actor
from parvis.accounts.models import Affiliation, Cohort, Unit
from parvis.accounts.models.people import Public
from parvis.accounts.names import sort_name
from parvis.accounts.publics import PUBLIC_OF
from parvis.accounts.queries.people import holds_today
from parvis.circles.models import Membership
from parvis.circles.policy import holds
from parvis.communities.models import Community
from parvis.communities.policy import readable_by
from parvis.profiles.directory.filters import is_seen
from parvis.profiles.directory.models import DirectoryFacet, DirectoryHeld, DirectoryPerson, DirectoryValue, Facet
from parvis.profiles.directory.reach import ORGANISATION, STANDINGS_OF_A_LEVEL
from parvis.profiles.directory.sheets import INSTITUTION

from .rules import AffiliationIs, CohortIs, CommunityIs, Criterion, ProgrammeIs, PublicIs, Rule, UnitIs, YearIs

Holding = type[Affiliation] | type[DirectoryHeld]


def who(rule: Rule, actor: Actor | None) -> Select[UUID]:
    """Ids of those in the audience: listed in the directory (active, and of the organisation today), so no guests.

    A condition: `Member.id.in_(who(rule, actor))`. `actor`: as whom it is judged which communities may be named; None:
    none.
    """
    return select(DirectoryPerson.member_id).where(*_conditions(rule, actor))


def members(rule: Rule, actor: Actor, *, after: UUID | None = None, limit: int) -> Select[UUID]:
    """The same in pages: in the order of ids, those after one."""
    page = who(rule, actor).order_by(DirectoryPerson.member_id).limit(limit)
    return page if after is None else page.where(DirectoryPerson.member_id > after)


def shown(rule: Rule) -> Select[UUID]:
    """The same where people will be seen to be in it, and so to be what the rule says: without those who do not show
    the whole organisation what they are to the institution, where that is asked. See `rules.refuse_hidden`."""
    people = who(rule, None)
    if any(criterion.kind not in ("city", "skill") for criterion in rule.criteria):
        people = people.where(DirectoryPerson.standing < STANDINGS_OF_A_LEVEL)
    return people


def holds_of(criterion: Criterion, actor: Actor | None) -> ColumnElement[bool]:
    """Whether a criterion holds of somebody in the directory."""
    return DirectoryPerson.member_id.in_(having(criterion, criterion.values, actor))


def having(criterion: Criterion, values: Sequence[Any], actor: Actor | None, *, as_said: bool = True) -> Select[UUID]:
    """Ids of members who have one of these values of the criterion, some of them twice. Not `as_said`: whatever they
    are there as."""
    match criterion:
        case PublicIs():
            return _affiliated(Affiliation.kind.in_(kinds_of(values)), holds_today())
        case UnitIs():
            return _standing(criterion, Affiliation.unit_id.in_(inside(values)), as_said=as_said)
        case ProgrammeIs():
            return _standing(criterion, Affiliation.programme_id.in_(values), as_said=as_said)
        case CohortIs():
            return _standing(criterion, Affiliation.cohort_id.in_(values), as_said=as_said)
        case YearIs():
            of_year = select(Cohort.id).where(Cohort.year.in_(values))
            return _standing(criterion, Affiliation.cohort_id.in_(of_year), as_said=as_said)
        case AffiliationIs():
            return _affiliated(Affiliation.kind.in_(values), *at_times(criterion, Affiliation))
        case CommunityIs():
            return select(Membership.member_id.label("member_id")).where(is_in(values, actor))
        case _:
            person, mark = DirectoryPerson.__table__.alias(), DirectoryFacet
            showing = select(person.c.member_id).join_from(mark, person, person.c.number == mark.person_number)
            return showing.where(shows(criterion.kind, values))


def named_by(actor: Actor | None) -> ColumnElement[bool]:
    """Communities that the actor may name in an audience: those whose members he may list, never secret ones."""
    if actor is None:
        return false()
    return and_(Community.access != "secret", readable_by(actor))


def _conditions(rule: Rule, actor: Actor | None) -> Iterator[ColumnElement[bool]]:
    for criterion in rule.all:
        yield holds_of(criterion, actor)
    if rule.any:
        yield or_(*[holds_of(criterion, actor) for criterion in rule.any])
    for criterion in rule.none:
        yield not_(holds_of(criterion, actor))


def _affiliated(*conditions: ColumnElement[bool]) -> Select[UUID]:
    return select(Affiliation.member_id.label("member_id")).where(Affiliation.source == INSTITUTION, *conditions)


def _standing(
    criterion: UnitIs | ProgrammeIs | CohortIs | YearIs, place: ColumnElement[bool], *, as_said: bool
) -> Select[UUID]:
    """Those who are in a place today."""
    query = _affiliated(place, holds_today())
    public = criterion.public if as_said else None
    return query if public is None else query.where(Affiliation.kind.in_(kinds_of([public])))


def kinds_of(publics: Sequence[Public]) -> list[str]:
    return [kind for kind, public in PUBLIC_OF.items() if public in publics]


def inside(unit_ids: Sequence[UUID]) -> Select[UUID]:
    """The ids of these units and of all that is in them, at any depth."""
    found = select(Unit.id).where(Unit.id.in_(unit_ids)).cte(recursive=True)
    return select(found.union(select(Unit.id).where(Unit.parent_id == found.c.id)).c.id)


def at_times(criterion: AffiliationIs, held: Holding) -> Iterator[ColumnElement[bool]]:
    """That what is held was, is or will be at the times that are said."""
    days, starts, ends = criterion.days, held.starts_on, held.ends_on
    if not days:
        yield holds_today(held)
    if on := days.get("held_on"):
        yield and_(starts <= on, or_(ends.is_(None), ends > on))
    if first := days.get("held_from"):
        yield or_(ends.is_(None), ends > first)
    if last := days.get("held_until"):
        yield starts <= last
    if first := days.get("started_from"):
        yield starts >= first
    if before := days.get("started_before"):
        yield starts < before
    if first := days.get("ended_from"):
        yield ends >= first
    if before := days.get("ended_before"):
        yield ends < before


def shows(facet: Facet, words: Sequence[str]) -> ColumnElement[bool]:
    """Marks of those who show one of these to the whole organisation."""
    mark, value = DirectoryFacet, DirectoryValue
    keys = [sort_name(word) for word in words]
    wanted = select(value.id).where(value.facet == facet, value.key.in_(keys))
    return and_(mark.value_id.in_(wanted), is_seen(mark.seen_by, ORGANISATION))


def is_in(ids: Sequence[UUID], actor: Actor | None) -> ColumnElement[bool]:
    """Memberships of these communities, as far as the actor may name them."""
    circles = select(Community.circle_id).where(Community.id.in_(ids), named_by(actor))
    return and_(Membership.circle_id.in_(circles), holds())
