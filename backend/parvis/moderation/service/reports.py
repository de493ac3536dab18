"""Reporting what one reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from parvis.accounts.actor import Actor
from parvis.chat.queries.reported import reportable
from parvis.communities.models import Community
from parvis.documents.models import Folder
from parvis.engagement import policy as engagement_policy
from parvis.kernel.db.base import one_at_a_time
from parvis.kernel.errors import NotFound, Text, require
from parvis.kernel.events import record
from parvis.kernel.i18n import DEFAULT_LANGUAGE
from parvis.kernel.jobs import enqueue
from parvis.moderation import queries
from parvis.moderation.events import MyReportSent, ReportReceived
from parvis.moderation.models import Case, Report, Snapshot, Subject
from parvis.moderation.policy import LEFT_AFTER
from parvis.moderation.schemas.reports import ReportDraft
from parvis.pages.threads import queries as pages
from parvis.posts import policy as posts_policy
from parvis.posts import queries as posts
from parvis.posts.queries import Placed, SeenPost, Wall

LEFT = "moderation.left"
"""The job that tells the organisation's moderators what those who run a community left for a week."""
NOT_REPORTED: Text = {
    "fr": "On ne signale ni ce que l’on a écrit soi-même, ni ce qui est déjà masqué.",
    "en": "One reports neither what one wrote oneself, nor what is hidden already.",
}


Reported = tuple[Report, Case, Mapping[UUID, str]]
"""A report, its case, and the names of the communities that it was made in."""


@dataclass(frozen=True)
class Said:
    """Something that may be reported, as it is now."""

    kind: Subject
    id: UUID
    post_id: UUID | None
    author_id: UUID
    version: int
    title: str
    body: str
    language: str
    conversation_id: UUID | None = None
    document_id: UUID | None = None


async def report_post(session: AsyncSession, actor: Actor, post_id: UUID, draft: ReportDraft) -> list[Reported]:
    """Reports a post in each place of it that the actor reads, or on the square, once. Again changes nothing.

    Raises `NotFound` and `Forbidden`.
    """
    found = await posts.post(session, actor, post_id)
    post = found.post
    if post.author_id is None:
        raise NotFound
    require(posts_policy.may_report(actor, post, found.reach, hidden=found.is_hidden), NOT_REPORTED)
    places = [placed for placed in found.places if not placed.is_hidden]
    on_square = posts_policy.is_open_to_all(found.reach)
    said = Said("post", post.id, post.id, post.author_id, post.version, post.title, _with_choices(found), post.language)
    return await _report(session, actor, said, _names(places), draft, apart=on_square)


async def report_comment(
    session: AsyncSession, actor: Actor, post_id: UUID, comment_id: UUID, draft: ReportDraft
) -> list[Reported]:
    """The same with a comment, in each place that its discussion stands in. Raises `NotFound` and `Forbidden`."""
    found = await posts.post(session, actor, post_id)
    shown = (await posts.comment(session, actor, post_id, comment_id)).items[0]
    comment = shown.comment
    if not shown.is_there or comment.author_id is None:
        raise NotFound
    stance = found.stance(actor, comment.thread_id)
    require(stance.may_report and engagement_policy.may_report(actor, comment), NOT_REPORTED)
    places = [placed for placed in found.places if placed.place.thread_id == comment.thread_id]
    language = found.post.language
    said = Said("comment", comment.id, post_id, comment.author_id, comment.version, "", comment.body, language)
    on_square = posts_policy.is_open_to_all(found.reach)
    return await _report(session, actor, said, _names(places), draft, apart=on_square)


async def report_message(session: AsyncSession, actor: Actor, message_id: UUID, draft: ReportDraft) -> list[Reported]:
    """The same with a message: of a channel to those who run its community, of others to the organisation's moderators.
    Raises `NotFound` and `Forbidden`."""
    message, conversation = await reportable(session, actor, message_id)
    if message.author_id is None:
        raise NotFound
    require(message.author_id != actor.id, NOT_REPORTED)
    names: dict[UUID, str] = {}
    if conversation.community_id is not None:
        names[conversation.community_id] = (await session.get_one(Community, conversation.community_id)).name
    said = Said(
        kind="message",
        id=message.id,
        post_id=None,
        author_id=message.author_id,
        version=message.version,
        title="",
        body=message.text,
        language=DEFAULT_LANGUAGE,
        conversation_id=conversation.id,
    )
    return await _report(session, actor, said, names, draft, apart=not names)


async def report_page_comment(
    session: AsyncSession, actor: Actor, document_id: UUID, thread_id: UUID, comment_id: UUID, draft: ReportDraft
) -> list[Reported]:
    """The same with a comment of a page: in a community's space to those who run it, in a member's own to the
    organisation's moderators. Raises `NotFound` and `Forbidden`."""
    there = await pages.discussed(session, actor, document_id)
    shown = (await pages.comment(session, actor, document_id, thread_id, comment_id)).items[0]
    comment = shown.comment
    if not shown.is_there or comment.author_id is None:
        raise NotFound
    require(engagement_policy.may_report(actor, comment), NOT_REPORTED)
    space, folder = aliased(Folder), aliased(Folder)
    query = select(Community.id, Community.name).join(space, space.community_id == Community.id)
    query = query.join(folder, folder.space_id == space.id).where(folder.id == there.document.folder_id)
    names = {row[0]: row[1] for row in (await session.execute(query)).all()}
    said = Said(
        kind="page_comment",
        id=comment.id,
        post_id=None,
        author_id=comment.author_id,
        version=comment.version,
        title="",
        body=comment.body,
        language=DEFAULT_LANGUAGE,
        document_id=document_id,
    )
    return await _report(session, actor, said, names, draft, apart=not names)


def _names(places: Sequence[Placed]) -> dict[UUID, str]:
    return {placed.place.community_id: placed.community.name for placed in places}


async def _report(
    session: AsyncSession, actor: Actor, said: Said, names: Mapping[UUID, str], draft: ReportDraft, *, apart: bool
) -> list[Reported]:
    """In each of these communities; and `apart` from all, on the square, in a conversation or of somebody's
    own page."""
    await one_at_a_time(session, f"reports of {said.id}")
    walls: list[Wall] = [*names, *([None] if apart else [])]
    made = [(await _report_in(session, actor, said, wall, draft)) for wall in walls]
    record(session, MyReportSent(member_id=actor.id, kind=said.kind, id=said.id), actor_id=actor.id)
    return [(report, case, names) for report, case in made]


async def _report_in(
    session: AsyncSession, actor: Actor, said: Said, community_id: Wall, draft: ReportDraft
) -> tuple[Report, Case]:
    """The actor's report on this wall, made now unless it was."""
    known = await _reported(session, actor, said, community_id)
    if known is not None:
        return known
    case = await _open_case(session, said, community_id)
    report = Report(case_id=case.id, reporter_id=actor.id, reason=draft.reason, words=draft.words)
    session.add(report)
    await session.flush()
    level, deciders = await queries.deciders(session, case)
    for member_id in deciders:
        fact = ReportReceived(member_id=member_id, id=case.id, community_id=community_id, level=level)
        record(session, fact)  # Not who: of a fact on the log less is known than of the case.
    return report, case


async def _reported(session: AsyncSession, actor: Actor, said: Said, community_id: Wall) -> tuple[Report, Case] | None:
    """What the actor reported already: in the case that is open, or in one decided on these same words."""
    query = select(Report, Case).join(Case, Case.id == Report.case_id).order_by(Case.id.desc()).limit(1)
    query = query.where(Report.reporter_id == actor.id, Case.subject_id == said.id, Case.community_id == community_id)
    row = (await session.execute(query)).first()
    if row is None:
        return None
    report, case = row
    last = await _last_snapshot(session, case.id)
    return (report, case) if case.decided_at is None or _says_the_same(last, said) else None


async def _open_case(session: AsyncSession, said: Said, community_id: Wall) -> Case:
    """The open case of what was said, or a new one, with what it says now."""
    query = select(Case).where(Case.subject_id == said.id, Case.community_id == community_id, Case.decided_at.is_(None))
    case = (await session.execute(query)).scalar_one_or_none()
    if case is None:
        about = {"subject_kind": said.kind, "subject_id": said.id, "post_id": said.post_id}
        where = {"community_id": community_id, "conversation_id": said.conversation_id}
        where["document_id"] = said.document_id
        case = Case(author_id=said.author_id, version=1, **about, **where)
        session.add(case)
        await session.flush()
        if community_id is not None:
            await enqueue(session, LEFT, {"case_id": str(case.id)}, run_at=case.opened_at + LEFT_AFTER)
    if not _says_the_same(await _last_snapshot(session, case.id), said):
        words = {"title": said.title, "body": said.body, "language": said.language}
        session.add(Snapshot(case_id=case.id, version=said.version, **words))
        await session.flush()
    return case


async def _last_snapshot(session: AsyncSession, case_id: UUID) -> Snapshot | None:
    query = select(Snapshot).where(Snapshot.case_id == case_id).order_by(Snapshot.version.desc()).limit(1)
    return (await session.execute(query)).scalar_one_or_none()


def _says_the_same(last: Snapshot | None, said: Said) -> bool:
    return last is not None and (last.title, last.body) == (said.title, said.body)


def _with_choices(found: SeenPost) -> str:
    """What a post says; of a poll, with what one chooses from."""
    choices = found.poll.options if found.poll else ()
    return "\n\n".join([found.post.body, *(f"- {choice.label}" for choice in choices)])
