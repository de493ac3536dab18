"""Reading cases and reports: each starts from what is visible to who reads."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.models import Member, MemberRole
from parvis.accounts.policy import MODERATING, may_moderate
from parvis.accounts.queries.people import is_active
from parvis.chat.attached import attached
from parvis.chat.models import Conversation, Message
from parvis.chat.queries import reported
from parvis.circles.models import Membership
from parvis.circles.policy import holds
from parvis.communities import queries as communities
from parvis.communities.models import Community
from parvis.documents.models import Document, Folder
from parvis.documents.policy import visible_document
from parvis.engagement.mentions import named_in
from parvis.engagement.models import Comment
from parvis.files.referred import DOCUMENTS, Card, ids_in
from parvis.files.shown import Attached
from parvis.kernel.errors import NotFound, Text, require
from parvis.kernel.pagination import PageRequest, paginate
from parvis.pages.models import PageThread
from parvis.posts.models import Post, PostPlace, PostReach
from parvis.profiles.queries.people import Named, named

from . import policy
from .models import Case, Level, Reason, Report, Snapshot

Wanted = Literal["open", "decided"]
State = Literal["standing", "hidden", "gone"]
"""What the subject of a case is now, in its community."""
FIRST_REPORTS = 5
"""How many come with their case."""
LAST_DECISIONS = 5
"""How many earlier ones about its author come with a case."""
ORGANISATION_ONLY: Text = {
    "fr": "Cette page est réservée à la modération de l’organisation.",
    "en": "This page is for the organisation’s moderators.",
}
RUNNERS_ONLY: Text = {
    "fr": "Ces signalements sont réservés aux personnes qui animent la communauté.",
    "en": "These reports are for those who run the community.",
}


@dataclass(frozen=True, slots=True)
class Somebody:
    """A member of whom a case speaks, by his name whether the reader may find him or not: a block hides nobody here."""

    id: UUID
    name: str
    found: Named | None


@dataclass(frozen=True, slots=True)
class Told:
    """What was reported in a case: how often for each reason, and the first reports."""

    counts: Mapping[str, int]
    first: Sequence[Report]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reported message was said, and what it shows. `is_open`: the moderator reads it there by himself;
    `number`: by which he finds it, that of the message that it is below."""

    conversation: Conversation
    is_open: bool
    number: int
    shown: Attached


@dataclass(frozen=True, slots=True)
class OfPage:
    """The page of which a comment was reported. `is_open`: the moderator reads it by himself; `quote`: what the comment
    is about, `thread_id` its discussion, while that is there."""

    id: UUID
    name: str
    is_open: bool
    thread_id: UUID | None
    quote: str


@dataclass(frozen=True, slots=True)
class Around:
    """What was said next to a message, and who is named in it."""

    messages: Sequence[Message]
    somebody: Mapping[UUID, Somebody]
    people: Mapping[UUID, Named]


@dataclass(frozen=True, slots=True)
class SeenCase:
    """A case as a moderator sees it. `community`: None on the square and for a conversation of some; `place`: where a
    message was said, as long as that is there; `changed`: it says something else than when it was last reported;
    `post_title`: of the post that its subject stands under; `document_ids`: to which it refers now, `documents`:
    those that the moderator may read by himself; `earlier`: the last decisions about its author in that community,
    `warned` how many there were."""

    case: Case
    community: Community | None
    state: State
    changed: bool
    post_title: str
    snapshots: Sequence[Snapshot]
    told: Told
    earlier: Sequence[Case]
    warned: int
    somebody: Mapping[UUID, Somebody]
    people: Mapping[UUID, Named]
    place: Place | None = None
    page: OfPage | None = None
    document_ids: Sequence[str] = ()
    documents: Mapping[UUID, Card] = field(default_factory=dict)


async def case(session: AsyncSession, actor: Actor, case_id: UUID) -> SeenCase:
    """At most twelve queries. Raises `NotFound` for one that is not visible to the actor."""
    found = await cases(session, actor, [case_id])
    if not found:
        raise NotFound
    return found[0]


async def cases(session: AsyncSession, actor: Actor, ids: Sequence[UUID]) -> list[SeenCase]:
    """Those of these that are visible to the actor, in that order. At most nine queries, three for messages, and two
    for comments of pages."""
    rows = {row[0].id: row for row in await session.execute(_whole().where(Case.id.in_(ids), policy.visible_to(actor)))}
    found = [rows[id_][0] for id_ in ids if id_ in rows]
    snapshots = await _snapshots(session, rows)
    told = await _told(session, rows)
    earlier = await _earlier(session, found)
    people = await _people(session, actor, snapshots)
    somebody = await _somebody(session, actor, found, told)
    places = await _places(session, actor, [(row[6], row[7]) for row in rows.values() if row[6] and row[7]])
    subjects = {id_: _subject(row) for id_, row in rows.items()}
    documents = await DOCUMENTS.cards(session, actor, ids_in([_refers(one) for one in subjects.values()]))
    pages = await _pages(session, actor, [(row[8], row[5]) for row in rows.values() if row[8]])
    seen = []
    for one in found:
        _, community, post, place, reach, comment, message, _, written = rows[one.id]
        before = [other for other in earlier[one.community_id, one.author_id] if other.id != one.id]
        seen.append(
            SeenCase(
                one,
                community,
                _state_of(message or (comment if written else None))
                if post is None
                else _state(post, place or reach, comment),
                _is_changed(subjects[one.id], snapshots[one.id]),
                _title(post) if post else "",
                snapshots[one.id],
                told[one.id],
                before[:LAST_DECISIONS],
                len(before),
                somebody,
                people,
                places.get(one.subject_id),
                pages.get((written.id, comment.thread_id if comment else None)) if written else None,
                _refers(subjects[one.id]),
                documents,
            )
        )
    return seen


async def in_community(
    session: AsyncSession, actor: Actor, community_id: UUID, wanted: Wanted, page: PageRequest
) -> tuple[list[SeenCase], str | None]:
    """A page of a community's cases: open ones from the first, decided ones from the last. At most eleven queries.
    Raises `NotFound`, and `Forbidden` for who does not run it."""
    place = await communities.community(session, actor, community_id)
    require(place.standing.moderates, RUNNERS_ONLY)
    return await _page(session, actor, policy.in_community(actor, community_id), wanted, page)


async def in_organisation(
    session: AsyncSession, actor: Actor, wanted: Wanted, page: PageRequest
) -> tuple[list[SeenCase], str | None]:
    """A page of the cases that fall to the organisation's moderators. At most nine queries. Raises `Forbidden`."""
    require(may_moderate(actor), ORGANISATION_ONLY)
    return await _page(session, actor, policy.in_organisation(actor), wanted, page)


async def waiting_in_community(session: AsyncSession, actor: Actor, community_id: UUID) -> int:
    """How many wait for those who run the community: 0 for who does not. Raises `NotFound`."""
    place = await communities.community(session, actor, community_id)
    return await _count(session, policy.in_community(actor, community_id)) if place.standing.moderates else 0


async def waiting_in_organisation(session: AsyncSession, actor: Actor) -> int:
    """How many wait for the organisation's moderators: 0 for who is none."""
    return await _count(session, policy.in_organisation(actor)) if may_moderate(actor) else 0


async def reports(
    session: AsyncSession, actor: Actor, case_id: UUID, page: PageRequest
) -> tuple[list[Report], str | None, Mapping[UUID, Somebody]]:
    """All that was reported in a case, the first first. Raises `NotFound`."""
    if await session.scalar(select(Case.id).where(Case.id == case_id, policy.visible_to(actor))) is None:
        raise NotFound
    statement = select(Report).where(Report.case_id == case_id)
    found = await paginate(session, statement, (Report.at, Report.reporter_id), page, lambda report: report)
    somebody = await _named(session, actor, {report.reporter_id for report in found.items})
    return found.items, found.next, somebody


async def mine(
    session: AsyncSession, actor: Actor, page: PageRequest
) -> tuple[list[tuple[Report, Case]], str | None, Mapping[UUID, str]]:
    """What the actor reported, the last first, and the names of those communities that he still knows of."""
    statement = select(Report, Case).join(Case, Case.id == Report.case_id).where(Report.reporter_id == actor.id)
    order = (Report.at.desc(), Report.case_id.desc())
    found = await paginate(session, statement, order, page, lambda report, case: (report, case))
    return found.items, found.next, await _names(session, actor, {case.community_id for _, case in found.items})


async def about_me(
    session: AsyncSession, actor: Actor, page: PageRequest
) -> tuple[list[tuple[Case, Snapshot]], str | None, Mapping[UUID, str], Mapping[UUID, Named]]:
    """What was decided on what the actor said or on himself, the last first, with what he had said. Who reported it is
    not his to know, nor that anybody did where nothing came of it."""
    last = select(func.max(Snapshot.version)).where(Snapshot.case_id == Case.id).correlate(Case).scalar_subquery()
    statement = select(Case, Snapshot).join(Snapshot, and_(Snapshot.case_id == Case.id, Snapshot.version == last))
    statement = statement.where(Case.author_id == actor.id, policy.acted())
    found = await paginate(session, statement, (Case.id.desc(),), page, lambda case, said: (case, said))
    names = await _names(session, actor, {case.community_id for case, _ in found.items})
    ids = {id_ for _, said in found.items for id_ in named_in(said.body)}
    return found.items, found.next, names, await named(session, actor, sorted(ids))


async def level_of(session: AsyncSession, actor: Actor, case: Case) -> Level:
    """As whom the actor decides on a case that he sees."""
    if case.community_id is None:
        return "organisation"
    is_mine = policy.in_community(actor, case.community_id)
    found = await session.scalar(select(Case.id).where(Case.id == case.id, is_mine))
    return "organisation" if found is None else "community"


async def deciders(session: AsyncSession, case: Case) -> tuple[Level, list[UUID]]:
    """Who may decide on a case now, and as whom, but for a week left: those who run the community, or the
    organisation's moderators when it is about one of these, or on the square."""
    of_organisation = or_(Case.community_id.is_(None), policy.is_about_runner())
    if await session.scalar(select(of_organisation).where(Case.id == case.id)):
        return "organisation", await organisation_moderators(session, but=case.author_id)
    place = select(Membership.member_id).join(Community, Community.circle_id == Membership.circle_id)
    place = place.where(Community.id == case.community_id, Membership.role.in_(("owner", "moderator")), holds())
    ids = await session.scalars(place.order_by(Membership.member_id))
    return "community", [id_ for id_ in ids if id_ != case.author_id]


async def organisation_moderators(session: AsyncSession, *, but: UUID) -> list[UUID]:
    query = select(Member.id).join(MemberRole, MemberRole.member_id == Member.id)
    query = query.where(MemberRole.role.in_(MODERATING), is_active()).distinct().order_by(Member.id)
    return [id_ for id_ in await session.scalars(query) if id_ != but]


def _whole() -> Select[*tuple[Any, ...]]:
    is_reach = and_(PostReach.post_id == Case.post_id, PostReach.scope == "square", Case.community_id.is_(None))
    is_place = and_(PostPlace.post_id == Case.post_id, PostPlace.community_id == Case.community_id)
    return (
        select(Case, Community, Post, PostPlace, PostReach, Comment, Message, Conversation, Document)
        .outerjoin(Community, Community.id == Case.community_id)
        .outerjoin(Post, Post.id == Case.post_id)
        .outerjoin(PostPlace, is_place)
        .outerjoin(PostReach, is_reach)
        .outerjoin(Comment, and_(Comment.id == Case.subject_id, Case.subject_kind.in_(("comment", "page_comment"))))
        .outerjoin(Message, and_(Message.id == Case.subject_id, Case.subject_kind == "message"))
        .outerjoin(Conversation, Conversation.id == Case.conversation_id)
        .outerjoin(Document, Document.id == Case.document_id)
        .execution_options(populate_existing=True)
    )


async def around(session: AsyncSession, actor: Actor, case: Case) -> Around:
    """What stands next to a reported message. Four queries."""
    messages = await reported.around(session, case.subject_id)
    ids = {message.author_id for message in messages if message.author_id}
    named_there = {id_ for message in messages for id_ in named_in(message.text)}
    people = await named(session, actor, sorted(named_there))
    return Around(messages, await _named(session, actor, ids), people)


async def _places(
    session: AsyncSession, actor: Actor, messages: Sequence[tuple[Message, Conversation]]
) -> dict[UUID, Place]:
    """Of each of these messages. At most three queries, and none for none."""
    said = [message for message, _ in messages]
    own = await reported.read_by(session, actor, [message.id for message in said])
    roots = await reported.roots(session, said)
    shown = await attached(session, [message.id for message in said if message.attached]) if said else {}
    return {
        message.id: Place(
            conversation,
            message.id in own,
            roots.get(message.root_id, message.number) if message.root_id else message.number,
            shown.get(message.id, Attached()),
        )
        for message, conversation in messages
    }


async def _pages(
    session: AsyncSession, actor: Actor, comments: Sequence[tuple[Document, Comment | None]]
) -> dict[tuple[UUID, UUID | None], OfPage]:
    """Of each of these pages and discussions. Two queries, and none for none."""
    if not comments:
        return {}
    ids = {document.id for document, _ in comments}
    own = select(Document.id).join(Folder, Folder.id == Document.folder_id)
    read = set(await session.scalars(own.where(Document.id.in_(ids), visible_document(actor))))
    threads = {comment.thread_id for _, comment in comments if comment}
    quoted = select(PageThread.thread_id, PageThread.quote).where(PageThread.thread_id.in_(threads))
    quotes = {row[0]: row[1] for row in await session.execute(quoted)}
    found = {}
    for document, comment in comments:
        thread_id = comment.thread_id if comment and comment.thread_id in quotes else None
        key = (document.id, comment.thread_id if comment else None)
        quote = quotes[thread_id] if thread_id else ""
        found[key] = OfPage(document.id, document.name, document.id in read, thread_id, quote)
    return found


async def _page(
    session: AsyncSession, actor: Actor, which: ColumnElement[bool], wanted: Wanted, page: PageRequest
) -> tuple[list[SeenCase], str | None]:
    is_wanted = Case.decided_at.is_(None) if wanted == "open" else Case.decided_at.is_not(None)
    order = Case.id if wanted == "open" else Case.id.desc()
    ids = await paginate(session, select(Case.id).where(which, is_wanted), (order,), page, lambda id_: id_)
    return await cases(session, actor, ids.items), ids.next


async def _count(session: AsyncSession, which: ColumnElement[bool]) -> int:
    return await session.scalar(select(func.count()).select_from(Case).where(which, Case.decided_at.is_(None))) or 0


async def _snapshots(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, list[Snapshot]]:
    """What was said, the last first."""
    query = select(Snapshot).where(Snapshot.case_id.in_(ids)).order_by(Snapshot.version.desc())
    found: dict[UUID, list[Snapshot]] = defaultdict(list)
    for snapshot in await session.scalars(query):
        found[snapshot.case_id].append(snapshot)
    return found


async def _told(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, Told]:
    """Two queries."""
    counted = select(Report.case_id, Report.reason, func.count()).where(Report.case_id.in_(ids))
    counts: dict[UUID, dict[str, int]] = defaultdict(dict)
    for case_id, reason, number in await session.execute(counted.group_by(Report.case_id, Report.reason)):
        counts[case_id][reason] = number
    place = func.row_number().over(partition_by=Report.case_id, order_by=(Report.at, Report.reporter_id))
    numbered = select(Report.case_id, Report.reporter_id, place.label("number")).where(Report.case_id.in_(ids))
    ranked = numbered.subquery()
    is_ranked = and_(ranked.c.case_id == Report.case_id, ranked.c.reporter_id == Report.reporter_id)
    query = select(Report).join(ranked, is_ranked).where(ranked.c.number <= FIRST_REPORTS)
    first: dict[UUID, list[Report]] = defaultdict(list)
    for report in await session.scalars(query.order_by(ranked.c.number)):
        first[report.case_id].append(report)
    return {id_: Told(counts[id_], first[id_]) for id_ in ids}


async def _earlier(session: AsyncSession, found: Sequence[Case]) -> dict[tuple[UUID | None, UUID], list[Case]]:
    """What was decided about their authors in their communities, the last first: of each at most one hundred."""
    number = func.row_number().over(partition_by=(Case.community_id, Case.author_id), order_by=Case.id.desc())
    numbered = select(Case.id, number.label("number")).where(
        Case.author_id.in_({one.author_id for one in found}),
        or_(Case.community_id.in_({one.community_id for one in found}), Case.community_id.is_(None)),
        policy.acted(),
    )
    ranked = numbered.subquery()
    query = select(Case).join(ranked, ranked.c.id == Case.id).where(ranked.c.number <= 100).order_by(Case.id.desc())
    earlier: dict[tuple[UUID | None, UUID], list[Case]] = defaultdict(list)
    for one in await session.scalars(query):
        earlier[one.community_id, one.author_id].append(one)
    return earlier


async def _people(
    session: AsyncSession, actor: Actor, snapshots: Mapping[UUID, Sequence[Snapshot]]
) -> Mapping[UUID, Named]:
    ids = {id_ for said in snapshots.values() for one in said for id_ in named_in(one.body)}
    return await named(session, actor, sorted(ids))


async def _somebody(
    session: AsyncSession, actor: Actor, found: Sequence[Case], told: Mapping[UUID, Told]
) -> Mapping[UUID, Somebody]:
    ids = {report.reporter_id for one in told.values() for report in one.first}
    for one in found:
        ids |= {one.author_id, one.decided_by or one.author_id}
    return await _named(session, actor, ids)


async def _named(session: AsyncSession, actor: Actor, ids: Collection[UUID]) -> Mapping[UUID, Somebody]:
    """Two queries."""
    people = await named(session, actor, sorted(ids))
    rows = await session.execute(select(Member.id, Member.name).where(Member.id.in_(ids)))
    return {id_: Somebody(id_, name, people.get(id_)) for id_, name in rows}


async def _names(session: AsyncSession, actor: Actor, ids: Collection[UUID | None]) -> Mapping[UUID, str]:
    """Of communities that the actor knows of."""
    found = await communities.seen(session, actor, sorted(id_ for id_ in ids if id_ is not None))
    return {one.community.id: one.community.name for one in found}


def _state(post: Post, place: PostPlace | PostReach | None, comment: Comment | None) -> State:
    is_off = place is None or (isinstance(place, PostPlace) and place.removed_at is not None)
    if post.deleted_at is not None or place is None or is_off:
        return "gone"
    if comment is not None and comment.deleted_at is not None:
        return "gone"
    hidden_at = place.hidden_at if comment is None else comment.hidden_at
    return "standing" if hidden_at is None else "hidden"


def _subject(row: Any) -> Post | Comment | Message | None:
    """What was reported, of a row of `_whole`, while it is kept."""
    found: Post | Comment | Message | None = row[5] or row[2] or row[6]
    return found


def _refers(said: Post | Comment | Message | None) -> Sequence[str]:
    return (said.document_ids if said is not None else None) or ()


def _state_of(said: Message | Comment | None) -> State:
    if said is None or said.deleted_at is not None:
        return "gone"
    return "standing" if said.hidden_at is None else "hidden"


def _is_changed(said: Post | Comment | Message | None, snapshots: Sequence[Snapshot]) -> bool:
    return said is not None and said.edited_at is not None and any(said.edited_at > last.at for last in snapshots[:1])


def _title(post: Post) -> str:
    """By which a post is told from others."""
    return post.title or next(iter(post.body.splitlines()), "")[:140]


def reason_counts(told: Told, reasons: Sequence[Reason]) -> list[tuple[Reason, int]]:
    """In the order in which they are offered."""
    return [(reason, told.counts[reason]) for reason in reasons if reason in told.counts]
