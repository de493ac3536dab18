"""Communities that may suit somebody, each with the reason why: whom he would find there, or of what it speaks.

A reason tells of people only where anybody of the organisation may see who is in, and of those alone whom the reader
may find.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, zip_longest
from typing import Literal
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, not_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from parvis.accounts.actor import Actor
from parvis.accounts.models import Affiliation, Member
from parvis.accounts.policy import is_inside
from parvis.accounts.queries.people import holds_today
from parvis.circles.models import Circle, Membership
from parvis.circles.policy import holds, is_in
from parvis.communities.models import Community, CommunityTag, JoinRequest
from parvis.communities.policy import visible_to
from parvis.kernel.text import fold
from parvis.profiles.catalogue import INTERESTS
from parvis.profiles.models import Contact, MemberInterest, ProfileField
from parvis.profiles.policy import visible_kept_elsewhere, visible_member

from . import Seen, seen

Why = Literal["contacts", "programme", "subjects", "lively"]
MOST = 6
MOST_NAMED = 2
FEWEST_FELLOWS = 2
"""Of the same programme: one alone would be told by a number."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A community that the actor is not in, and why it may suit him."""

    seen: Seen
    why: Why
    people: int
    """Contacts, or people of his programme, who are in it."""
    known: Sequence[UUID]
    """Two of these contacts."""
    subjects: Sequence[str]
    """Its tags that are among his interests and skills."""


async def suggestions(session: AsyncSession, actor: Actor) -> list[Suggestion]:
    """Six at most, reasons in turn; none for a guest. At most nine queries."""
    if not is_inside(actor):
        return []
    by_contacts = await _counted(session, _with(actor, _is_contact(actor), fewest=1))
    by_fellows = await _counted(session, _with(actor, _is_fellow(actor), fewest=FEWEST_FELLOWS))
    subjects = await subjects_of(session, actor)
    by_subjects = await _counted(session, _about(actor, subjects)) if subjects else {}
    lively = await _counted(session, _lively(actor))
    whys: dict[UUID, Why] = {}
    for id_, why in _in_turn(contacts=by_contacts, programme=by_fellows, subjects=by_subjects, lively=lively):
        if len(whys) < MOST:
            whys.setdefault(id_, why)
    people = {"contacts": by_contacts, "programme": by_fellows}
    known = await _known(session, actor, [id_ for id_, why in whys.items() if why == "contacts"])
    return [
        Suggestion(
            seen=one,
            why=whys[one.community.id],
            people=people.get(whys[one.community.id], {}).get(one.community.id, 0),
            known=known.get(one.community.id, ()),
            subjects=[tag for tag in one.tags if fold(tag) in subjects],
        )
        for one in await seen(session, actor, list(whys))
    ]


def _in_turn(**found: Mapping[UUID, int]) -> Iterator[tuple[UUID, Why]]:
    """The first of each reason, then the second of each. What is lively fills up."""
    last: Why = "lively"
    columns = [[(id_, why) for id_ in ids] for why, ids in found.items() if why != last]
    turns = (pair for pair in chain.from_iterable(zip_longest(*columns)) if pair is not None)
    return chain(turns, ((id_, last) for id_ in found[last]))  # type: ignore[arg-type]


async def _counted(session: AsyncSession, query: Select[UUID, int]) -> dict[UUID, int]:
    rows = await session.execute(query.limit(MOST))
    return {row[0]: row[1] for row in rows}


def _new_to(actor: Actor) -> ColumnElement[bool]:
    """Communities that the actor could come into, and has not asked to."""
    asked = exists().where(JoinRequest.community_id == Community.id, JoinRequest.member_id == actor.id)
    mine = is_in(actor.id, Community.circle_id)
    return and_(
        Community.archived_at.is_(None), Community.access != "secret", visible_to(actor), not_(mine), not_(asked)
    )


def _with(actor: Actor, is_such: ColumnElement[bool], fewest: int) -> Select[UUID, int]:
    """Open communities by how many such people are in them."""
    number = func.count(Membership.member_id)
    return (
        select(Community.id, number)
        .join(Membership, Membership.circle_id == Community.circle_id)
        .join(Member, Member.id == Membership.member_id)
        .where(is_such, holds(), visible_member(actor), Member.id != actor.id)
        .where(Community.access == "open", _new_to(actor))
        .group_by(Community.id)
        .having(number >= fewest)
        .order_by(number.desc(), Community.id)
    )


def _is_contact(actor: Actor) -> ColumnElement[bool]:
    return Membership.member_id.in_(select(Contact.other_id).where(Contact.member_id == actor.id))


def _is_fellow(actor: Actor) -> ColumnElement[bool]:
    mine, theirs = aliased(Affiliation), aliased(Affiliation)
    fellows = (
        select(theirs.member_id)
        .join(mine, mine.programme_id == theirs.programme_id)
        .where(mine.member_id == actor.id, holds_today(mine), holds_today(theirs))
    )
    shown = visible_kept_elsewhere(actor, "affiliations", Membership.member_id)
    return and_(Membership.member_id.in_(fellows), shown)


async def subjects_of(session: AsyncSession, actor: Actor) -> set[str]:
    """What the actor says of his skills and interests, folded as tags are. Two queries."""
    chosen = await session.scalars(select(MemberInterest.interest).where(MemberInterest.member_id == actor.id))
    of_skills = select(ProfileField.value).where(ProfileField.member_id == actor.id, ProfileField.field == "skills")
    return subjects_in(chosen, await session.scalar(of_skills) or [])


def subjects_in(chosen: Iterable[str], skills: Iterable[str]) -> set[str]:
    """What these interests and skills are about, folded as tags are."""
    words = [word for key in chosen for words in _words_of_interests()[key] for word in words]
    return {*words, *(" ".join(fold(word).split()) for word in skills)}


@cache
def _words_of_interests() -> Mapping[str, Sequence[Sequence[str]]]:
    """In each language, folded."""
    return {
        key: [[" ".join(fold(word).split()) for word in re.split(r" et | and ", text)] for text in texts.values()]
        for key, texts in INTERESTS.items()
    }


def _about(actor: Actor, subjects: set[str]) -> Select[UUID, int]:
    number = func.count(CommunityTag.tag)
    return (
        select(Community.id, number)
        .join(CommunityTag, CommunityTag.community_id == Community.id)
        .join(Circle, Circle.id == Community.circle_id)
        .where(CommunityTag.tag.in_(sorted(subjects)), _new_to(actor))
        .group_by(Community.id, Circle.people)
        .order_by(number.desc(), Circle.people.desc(), Community.id)
    )


def _lively(actor: Actor) -> Select[UUID, int]:
    """Open communities where something was said last."""
    return (
        select(Community.id, literal(0))
        .where(Community.access == "open", _new_to(actor))
        .order_by(Community.active_at.desc(), Community.id)
    )


async def _known(session: AsyncSession, actor: Actor, ids: Sequence[UUID]) -> dict[UUID, list[UUID]]:
    """Two of the actor's contacts in each of these, the first to come first. One query, where there are any."""
    if not ids:
        return {}
    place = func.row_number().over(partition_by=Community.id, order_by=(Membership.since, Membership.member_id))
    ranked = (
        select(Community.id.label("community_id"), Membership.member_id, place.label("place"))
        .join(Membership, Membership.circle_id == Community.circle_id)
        .join(Member, Member.id == Membership.member_id)
        .where(Community.id.in_(ids), _is_contact(actor), holds(), visible_member(actor))
        .subquery()
    )
    found: dict[UUID, list[UUID]] = {}
    query = select(ranked).where(ranked.c.place <= MOST_NAMED).order_by(ranked.c.place)
    for row in await session.execute(query):
        found.setdefault(row.community_id, []).append(row.member_id)
    return found
