"""Reading announcements as those do who make them: what is being written, whom it would reach, how far it was read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, literal, not_, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.models import Member
from parvis.accounts.models.people import Public
from parvis.accounts.policy import may_announce
from parvis.accounts.publics import PRECEDENCE
from parvis.accounts.queries.organisation import organisation
from parvis.audiences import queries as audiences
from parvis.audiences.counting import Count
from parvis.audiences.models import Audience
from parvis.audiences.policy import visible_to as visible_audience
from parvis.engagement.mentions import named_in
from parvis.files.shown import Attached
from parvis.kernel import clock
from parvis.kernel.errors import NotFound, require
from parvis.kernel.pagination import PageRequest, paginate
from parvis.posts.attached import shown_aside
from parvis.posts.models import Announcement, Post, Recipient
from parvis.posts.policy import visible_to
from parvis.profiles.policy import visible_member
from parvis.profiles.queries.people import Named, named

from .aims import Aim, mailed, named_by, told_before, told_enough
from .grouping import FEW, GROUP, Figures, Group, grouped, part_of, total
from .kept import KeptDraft
from .models import AnnouncementDraft
from .policy import ANNOUNCERS_ONLY

HOURS = (1, 3, 6, 12, 24, 36, 48, 72, 96, 120, 144, 168, 240, 336, 504, 720)
"""How long after it was sent readings are counted."""


@dataclass(frozen=True, slots=True)
class Reached:
    """Whom an announcement would reach. `people`: None for fewer than five; `about`: what singles somebody out of its
    audience is not counted; of a frozen audience nothing else is told then. `told_before`: left out, because they were
    told another; `told_enough`: because they were told much this week; `by_mail`: of those reached, by mail too."""

    people: int | None
    about: bool
    named: int | None
    told_before: int | None
    told_enough: int | None
    by_mail: int | None
    most: int


@dataclass(frozen=True, slots=True)
class Written:
    """An announcement that is being written, those of whom it speaks, what it is to show, and the names of what its
    rule, its places, its audience and what it excludes are, as far as its author may know them."""

    kept: AnnouncementDraft
    draft: KeptDraft
    people: Mapping[UUID, Named]
    names: Mapping[UUID, str]
    attached: Attached


@dataclass(frozen=True, slots=True)
class Sent:
    """An announcement that was sent."""

    announcement: Announcement
    post: Post
    author: Named | None


@dataclass(frozen=True, slots=True)
class Report:
    """How far an announcement was read. `whole`: of all who are told it, None for fewer than 20."""

    sent: Sent
    mailed: int
    whole: Figures | None
    groups: Sequence[Group]
    hours: Sequence[int]


async def draft(session: AsyncSession, actor: Actor, draft_id: UUID) -> Written:
    """At most twelve queries. Raises `NotFound` for one that is not the actor's."""
    mine = select(AnnouncementDraft).where(AnnouncementDraft.id == draft_id, AnnouncementDraft.author_id == actor.id)
    found = (await session.execute(mine.execution_options(populate_existing=True))).scalar_one_or_none()
    if found is None:
        raise NotFound
    return (await _written(session, actor, [found]))[0]


async def page_of_drafts(session: AsyncSession, actor: Actor, page: PageRequest) -> tuple[list[Written], str | None]:
    """What the actor is to announce, the last begun first. At most twelve queries."""
    mine = select(AnnouncementDraft).where(AnnouncementDraft.author_id == actor.id)
    found = await paginate(session, mine, (AnnouncementDraft.id.desc(),), page, lambda kept: kept)
    return await _written(session, actor, found.items), found.next


async def reached(session: AsyncSession, actor: Actor, aim: Aim, *, essential: bool) -> Reached:
    """Those are left out whom sending leaves out. Raises `Forbidden`, and `Invalid` for a rule that names what is not
    there. At most eight queries."""
    require(may_announce(actor), ANNOUNCERS_ONLY)
    most = (await organisation(session)).weekly_announcements
    counted = Count(0)
    if aim.rule is not None:
        counted, settled = await audiences.count_settled(session, actor, aim.rule, at="rule")
        aim = replace(aim, rule=settled)
    elif aim.frozen is not None:
        counted = await audiences.count_of_saved(session, actor, aim.frozen.id)
    if counted.people is None or (aim.frozen is not None and counted.about):
        return Reached(counted.people, counted.about, counted.people, None, None, None, most)
    before = told_before(aim) if aim.excluded else literal(False)
    enough = and_(not_(before), literal(False) if essential else told_enough(most))
    taken = and_(not_(before), not_(enough))
    query = select(func.count(), _sum(before), _sum(enough), _sum(and_(taken, mailed(essential=essential))))
    row = (await session.execute(query.select_from(Member).where(named_by(aim, actor)))).one()
    named_, told, enough_, by_mail = (int(number or 0) for number in row)
    return replace(_told(named_, told, enough_, by_mail, most=most), about=counted.about)


async def page_of_sent(session: AsyncSession, actor: Actor, page: PageRequest) -> tuple[list[Sent], str | None]:
    """What was announced, by whomever, the last first. Three queries. Raises `Forbidden`."""
    require(may_announce(actor), ANNOUNCERS_ONLY)
    statement = select(Announcement, Post).join(Post, Post.id == Announcement.post_id)
    statement = statement.where(visible_to(actor), Post.deleted_at.is_(None))
    order = (Announcement.sent_at.desc(), Announcement.post_id.desc())
    found = await paginate(session, statement, order, page, lambda one, post: (one, post))
    return await _sent(session, actor, found.items), found.next


async def sent(session: AsyncSession, actor: Actor, post_id: UUID) -> Sent:
    """One that the actor may follow. Raises `NotFound` and `Forbidden`."""
    statement = select(Announcement, Post).join(Post, Post.id == Announcement.post_id)
    statement = statement.where(Post.id == post_id, Post.deleted_at.is_(None), visible_to(actor))
    rows = (await session.execute(statement.execution_options(populate_existing=True))).all()
    if not rows:
        raise NotFound
    require(may_announce(actor), ANNOUNCERS_ONLY)
    return (await _sent(session, actor, [(one, post) for one, post in rows]))[0]


async def report(session: AsyncSession, actor: Actor, post_id: UUID) -> Report:
    """Four queries. Raises `NotFound` and `Forbidden`."""
    found = await sent(session, actor, post_id)
    at = found.announcement.sent_at
    hours = _elapsed(at)
    steps = [_sum(Recipient.read_at <= at + timedelta(hours=hour)) for hour in hours]
    counts = [func.count(), *(_sum(column.is_not(None)) for column in _DONE), _sum(Recipient.mailed_at.is_not(None))]
    query = select(Recipient.public, *counts, *steps).where(Recipient.post_id == post_id).group_by(Recipient.public)
    of_publics: dict[Public | None, Figures] = {}
    by_mail = 0
    for kind, told, seen, read, acknowledged, mails, *row in await session.execute(query):
        public = next((one for one in PRECEDENCE if one == kind), None)
        of_publics[public] = Figures(told, seen or 0, read or 0, acknowledged or 0, [number or 0 for number in row])
        by_mail += mails or 0
    whole = total(of_publics.values()) if of_publics else None
    shown = whole if whole is not None and whole.told >= GROUP else None
    return Report(found, by_mail, shown, grouped(of_publics) if shown else [], hours)


async def acknowledged(
    session: AsyncSession, actor: Actor, post_id: UUID, page: PageRequest
) -> tuple[list[tuple[Named, datetime]], str | None]:
    """Who said that he has read one that asked for it, by name, of those whom the actor may find. Raises `NotFound` and
    `Forbidden`."""
    if not (await sent(session, actor, post_id)).announcement.asks:
        raise NotFound
    statement = select(Recipient.member_id, Recipient.acknowledged_at).join(Member, Member.id == Recipient.member_id)
    statement = statement.where(Recipient.post_id == post_id, Recipient.acknowledged_at.is_not(None))
    order = (Member.sort_name, Member.id)
    rows = await paginate(session, statement.where(visible_member(actor)), order, page, lambda *row: row)
    people = await named(session, actor, [id_ for id_, _ in rows.items])
    return [(people[id_], at) for id_, at in rows.items if id_ in people], rows.next


async def _written(session: AsyncSession, actor: Actor, rows: Sequence[AnnouncementDraft]) -> list[Written]:
    drafts = {kept.id: KeptDraft.model_validate(kept.draft) for kept in rows}
    every = drafts.values()
    people = await named(session, actor, sorted({id_ for draft in every for id_ in named_in(draft.body)}))
    places = {id_ for draft in every for id_ in draft.places}
    names = dict(await audiences.names_of(session, actor, [draft.rule for draft in every if draft.rule], places))
    if frozen := {draft.audience_id for draft in every if draft.audience_id}:
        mine = select(Audience.id, Audience.name).where(Audience.id.in_(frozen), visible_audience(actor))
        names |= dict((await session.execute(mine)).all())
    if excluded := {id_ for draft in every for id_ in draft.excluded}:
        known = select(Post.id, Post.title).where(Post.id.in_(excluded), Post.deleted_at.is_(None), visible_to(actor))
        names |= dict((await session.execute(known)).all())
    shown = await shown_aside(session, drafts)
    return [Written(kept, drafts[kept.id], people, names, shown[kept.id]) for kept in rows]


_DONE = (Recipient.seen_at, Recipient.read_at, Recipient.acknowledged_at)


def _told(named: int, before: int, enough: int, by_mail: int, *, most: int) -> Reached:
    """Numbers whose sums and differences tell of no handful of people either."""
    if named < FEW:
        return Reached(None, about=False, named=None, told_before=None, told_enough=None, by_mail=None, most=most)
    before = part_of(before, named)
    enough = part_of(enough, named - before)
    people = named - before - enough
    shown = people if people >= FEW else None
    return Reached(shown, False, named, before, enough, part_of(by_mail, people) if shown else None, most)


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _elapsed(at: datetime) -> list[int]:
    """The hours that are over, and the one that is running."""
    passed = (clock.now() - at) / timedelta(hours=1)
    return [hour for number, hour in enumerate(HOURS) if number == 0 or HOURS[number - 1] <= passed]


async def _sent(session: AsyncSession, actor: Actor, rows: Sequence[tuple[Announcement, Post]]) -> list[Sent]:
    ids = {post.author_id for _, post in rows if post.author_id is not None}
    people: Mapping[UUID, Named] = await named(session, actor, sorted(ids))
    return [Sent(one, post, people.get(post.author_id or post.id)) for one, post in rows]
