"""Who takes part in a post, of those whom a reader may find in the places that he reads: others would tell him of a
place that he does not know of."""

from uuid import UUID

from sqlalchemy import ColumnElement, exists, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.models import Member
from parvis.circles.models import Membership
from parvis.circles.policy import holds
from parvis.engagement import queries as engagement
from parvis.engagement.models import Reaction, ReactionKind
from parvis.kernel.errors import NotFound
from parvis.kernel.pagination import Ordering, PageRequest, Statement, paginate
from parvis.profiles.policy import visible_member
from parvis.profiles.queries.people import Named, named

from . import queries
from .models import Attendance, PollVote
from .queries import SeenPost
from .schemas.gatherings import Shown


async def voters(
    session: AsyncSession, actor: Actor, post_id: UUID, option_id: UUID, page: PageRequest
) -> tuple[list[Named], str | None]:
    """Who chose this in a poll that is not anonymous. Raises `NotFound`."""
    found = await queries.post(session, actor, post_id)
    poll = found.poll
    if poll is None or poll.poll.anonymous or not poll.shows_results:
        raise NotFound
    statement = select(Member.id).join(PollVote, PollVote.member_id == Member.id)
    statement = statement.where(PollVote.post_id == post_id, PollVote.option_id == option_id)
    return await _page(session, actor, found, statement, (Member.id,), page)


async def reactors(
    session: AsyncSession,
    actor: Actor,
    post_id: UUID,
    comment_id: UUID | None,
    kind: ReactionKind,
    page: PageRequest,
) -> tuple[list[Named], str | None]:
    """Who reacted in this way to a post, or to a comment on it, the last first. Raises `NotFound`."""
    found = await queries.post(session, actor, post_id)
    if found.post.deleted_at is not None:
        raise NotFound
    threads = list(found.threads())
    if comment_id is not None:
        moderated = [thread_id for thread_id in threads if found.stance(actor, thread_id).moderates]
        await engagement.standing_comment(session, actor, threads, comment_id, moderated=moderated)
    statement = select(Member.id).join(Reaction, Reaction.member_id == Member.id)
    statement = statement.where(
        Reaction.subject_id == (comment_id or post_id), Reaction.kind == kind, Reaction.thread_id.in_(threads)
    )
    order = (Reaction.at.desc(), Reaction.member_id.desc())
    return await _page(session, actor, found, statement, order, page)


async def attendees(
    session: AsyncSession, actor: Actor, post_id: UUID, shown: Shown, page: PageRequest
) -> tuple[list[Named], str | None]:
    """Who answered so to an event, in the order of answers. Raises `NotFound`."""
    found = await queries.post(session, actor, post_id)
    if found.gathering is None or found.post.deleted_at is not None:
        raise NotFound
    statement = select(Member.id).join(Attendance, Attendance.member_id == Member.id)
    waits = shown == "waiting"
    statement = statement.where(
        Attendance.post_id == post_id,
        Attendance.answer == ("yes" if waits else shown),
        Attendance.waits.is_(waits),
    )
    return await _page(session, actor, found, statement, (Attendance.number, Attendance.member_id), page)


async def _page(
    session: AsyncSession,
    actor: Actor,
    found: SeenPost,
    statement: Statement,
    order: tuple[Ordering, ...],
    page: PageRequest,
) -> tuple[list[Named], str | None]:
    statement = statement.where(visible_member(actor), _is_there(found))
    ids = await paginate(session, statement, order, page, lambda id_: id_)
    people = await named(session, actor, ids.items)
    return [people[id_] for id_ in ids.items if id_ in people], ids.next


def _is_there(found: SeenPost) -> ColumnElement[bool]:
    if found.reach is not None:
        return true()
    circles = [placed.community.circle_id for placed in found.places]
    return exists().where(Membership.circle_id.in_(circles), Membership.member_id == Member.id, holds())
