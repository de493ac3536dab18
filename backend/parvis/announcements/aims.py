"""Whom an announcement is for, as SQL: those whom it names, less those who were told another, or too much."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select, union_all
from sqlalchemy.orm import aliased

from parvis.accounts.actor import Actor
from parvis.accounts.models import Address, Member
from parvis.accounts.queries.identities import identifying
from parvis.accounts.queries.people import is_active
from parvis.audiences.compiling import who
from parvis.audiences.models import Audience
from parvis.audiences.queries import members_of
from parvis.audiences.rules import Rule
from parvis.choices.policy import wants_mail
from parvis.circles.models import Membership
from parvis.circles.policy import holds
from parvis.communities.models import Community
from parvis.kernel import clock
from parvis.posts.models import Recipient
from parvis.profiles.policy import belongs

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Aim:
    """Whom it names: an audience by its `rule`, those in one that was frozen, the people of `places`, or without any of
    these the whole organisation. `excluded`: announcements whose recipients are left out."""

    rule: Rule | None = None
    places: Sequence[UUID] = ()
    excluded: Sequence[UUID] = ()
    frozen: Audience | None = None


def named_by(aim: Aim, actor: Actor) -> ColumnElement[bool]:
    """Members whom it names, but for who announces it."""
    named: ColumnElement[bool] = belongs(Member.id)
    if aim.rule is not None:
        named = Member.id.in_(who(aim.rule, actor))
    elif aim.frozen is not None:
        named &= Member.id.in_(members_of(aim.frozen, actor))
    elif aim.places:
        named = Member.id.in_(_people_of(aim.places))
    return named & is_active() & (Member.id != actor.id)


def told_before(aim: Aim, among: Sequence[UUID] | None = None) -> ColumnElement[bool]:
    """Members who were told one of the announcements that it excludes. `among`: to be asked of these alone, which costs
    less than to know all."""
    told = select(Recipient.member_id).where(Recipient.post_id.in_(aim.excluded))
    return Member.id.in_(told if among is None else told.where(Recipient.member_id.in_(among)))


def told_enough(most: int, among: Sequence[UUID] | None = None) -> ColumnElement[bool]:
    """Members who were told, or reminded of, that many announcements within a week. `among`: as above."""
    since, reminded = clock.now() - WEEK, aliased(Recipient)
    told = select(Recipient.member_id).where(Recipient.at > since)
    again = select(reminded.member_id).where(reminded.reminded_at > since)
    if among is not None:
        told, again = told.where(Recipient.member_id.in_(among)), again.where(reminded.member_id.in_(among))
    times = union_all(told, again).subquery()
    return Member.id.in_(select(times.c.member_id).group_by(times.c.member_id).having(func.count() >= most))


def mailed(*, essential: bool) -> ColumnElement[bool]:
    """Members who get such an announcement by mail at once: they have an address, and want that or have no choice."""
    has_address = Member.id.in_(select(Address.member_id).where(Address.is_primary.is_(True), identifying()))
    return has_address if essential else has_address & wants_mail("announcements", Member.id)


def _people_of(community_ids: Sequence[UUID]) -> Select[UUID]:
    circles = select(Community.circle_id).where(Community.id.in_(community_ids))
    return select(Membership.member_id).where(Membership.circle_id.in_(circles), holds())
