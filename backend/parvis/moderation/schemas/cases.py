"""Cases over HTTP, as moderators see them."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StringConstraints

from parvis.accounts.actor import Actor
from parvis.chat.events import MessageFileOut, MessageImageOut
from parvis.chat.models import ConversationKind, Message
from parvis.communities.schemas.communities import CommunityRef
from parvis.engagement.mentions import rendered
from parvis.files.referred import ReferredDocumentOut
from parvis.kernel.i18n import Language
from parvis.kernel.schemas import In, Instant, Out, Prose
from parvis.moderation.models import REASONS, Case, Level, OnAuthor, OnContent, Reason, Report, Snapshot, Subject
from parvis.moderation.policy import LEFT_AFTER, CaseAbility, abilities
from parvis.moderation.queries import Around, OfPage, Place, SeenCase, Somebody, State, reason_counts
from parvis.profiles.schemas.people import PersonRef


class DecisionDraft(In):
    """What becomes of what was said, and of who said it."""

    on_content: OnContent = Field(
        description="`hide` can be taken back; `remove` takes it off this community’s wall, or out of its conversation."
    )
    on_author: OnAuthor = Field("none", description="`exclude`: taken out of the community, and kept out.")
    reason: Annotated[Prose, StringConstraints(min_length=1, max_length=1_000)] = Field(
        description="What its author is told, when anything is done."
    )


class CasesCountOut(Out):
    """How many cases wait for you."""

    open: int


class CasePersonOut(Out):
    """Somebody of whom a case speaks."""

    id: UUID
    name: str
    person: PersonRef | None = Field(description="Null for who is not for you to find.")

    @classmethod
    def of(cls, somebody: Somebody) -> Self:
        found = somebody.found
        return cls(id=somebody.id, name=somebody.name, person=PersonRef.of(found) if found else None)


class CaseReportOut(Out):
    """What a member reported."""

    reporter: CasePersonOut
    reason: Reason
    words: str
    at: Instant

    @classmethod
    def of(cls, report: Report, reporter: Somebody) -> Self:
        return cls(reporter=CasePersonOut.of(reporter), reason=report.reason, words=report.words, at=report.at)


class ReasonCountOut(Out):
    reason: Reason
    reports: int


class SnapshotOut(Out):
    """What was said, as it was when it was reported."""

    title: str
    html: str = Field(description="Safe to show.")
    language: Language
    version: int
    at: Instant


class DecisionOut(Out):
    """What was decided. `by`: null when the account is gone."""

    on_content: OnContent
    on_author: OnAuthor
    reason: str
    by: CasePersonOut | None
    decided_as: Level
    at: Instant
    restored_at: Instant | None = Field(description="When what it had hidden was shown again.")


class EarlierOut(Out):
    """What was decided before about the same author in the same community."""

    on_content: OnContent
    on_author: OnAuthor
    reason: str
    at: Instant


class CaseConversationOut(Out):
    """Where a message was said that was reported."""

    id: UUID
    kind: ConversationKind
    name: str | None = Field(description="Of a channel.")
    number: int = Field(description="Of the message there; of a reply, that of the message that it is below.")
    open: bool = Field(description="You read it there.")
    images: list[MessageImageOut]
    files: list[MessageFileOut]

    @classmethod
    def of(cls, place: Place) -> Self:
        conversation = place.conversation
        return cls(
            id=conversation.id,
            kind=conversation.kind,
            name=conversation.name if conversation.kind == "channel" else None,
            number=place.number,
            open=place.is_open,
            images=MessageImageOut.all_of(place.shown.images),
            files=MessageFileOut.all_of(place.shown.files),
        )


class CaseDocumentOut(ReferredDocumentOut):
    """A document that what was reported refers to: locked, unless you may read it by yourself."""


class CasePageOut(Out):
    """Of which page a comment was reported."""

    id: UUID
    name: str
    open: bool = Field(description="You read it.")
    thread_id: UUID | None = Field(description="The discussion, as long as it is there.")
    quote: str = Field(description="The words that it is about, as they were.")

    @classmethod
    def of(cls, page: OfPage) -> Self:
        return cls(id=page.id, name=page.name, open=page.is_open, thread_id=page.thread_id, quote=page.quote)


class NearbyOut(Out):
    """A message next to one that was reported. `gone`: it was deleted, or moderators hid it."""

    number: int
    author: CasePersonOut | None
    html: str = Field(description="Safe to show.")
    at: Instant
    gone: bool
    reported: bool


class AroundOut(Out):
    """A few messages around one that was reported, the first first."""

    items: list[NearbyOut]

    @classmethod
    def of(cls, case: Case, found: Around) -> Self:
        return cls(items=[_nearby(case, one, found) for one in found.messages])


class CaseOut(Out):
    """Something said that was reported in a community, or on the square."""

    id: UUID
    community: CommunityRef | None = Field(
        description="Null on the square, in a conversation of some, and of a member’s own page."
    )
    conversation: CaseConversationOut | None = Field(description="Of a message, as long as that is there.")
    page: CasePageOut | None = Field(description="Of a comment of a page, as long as that is there.")
    kind: Subject
    subject_id: UUID
    post_id: UUID | None = Field(
        description="The post that it stands under, or is. Null for a message, and a comment of a page."
    )
    post_title: str = Field(description="Of that post, or how it begins.")
    state: State
    changed: bool = Field(description="It says something else now than when it was last reported.")
    snapshots: list[SnapshotOut] = Field(description="The last first.")
    documents: list[CaseDocumentOut] = Field(description="To which it refers now.")
    author: CasePersonOut
    reasons: list[ReasonCountOut]
    reports: int
    first_reports: list[CaseReportOut]
    earlier: list[EarlierOut] = Field(description="The last five decisions about its author in this community.")
    earlier_count: int
    opened_at: Instant
    left_at: Instant = Field(description="From when the organisation’s moderators see it too, if it is still open.")
    decision: DecisionOut | None
    version: int = Field(description="Of its `ETag`: grows with decisions.")
    abilities: list[CaseAbility]

    @classmethod
    def of(cls, seen: SeenCase, actor: Actor) -> Self:
        case, told = seen.case, seen.told
        reasons = [ReasonCountOut(reason=reason, reports=count) for reason, count in reason_counts(told, REASONS)]
        return cls(
            id=case.id,
            community=CommunityRef(id=seen.community.id, name=seen.community.name) if seen.community else None,
            conversation=CaseConversationOut.of(seen.place) if seen.place else None,
            page=CasePageOut.of(seen.page) if seen.page else None,
            kind=case.subject_kind,
            subject_id=case.subject_id,
            post_id=case.post_id,
            post_title=seen.post_title,
            state=seen.state,
            changed=seen.state != "gone" and seen.changed,
            snapshots=[_snapshot(one, seen) for one in seen.snapshots],
            documents=CaseDocumentOut.all_of(seen.document_ids if seen.state != "gone" else None, seen.documents),
            author=CasePersonOut.of(seen.somebody[case.author_id]),
            reasons=reasons,
            reports=sum(told.counts.values()),
            first_reports=[CaseReportOut.of(one, seen.somebody[one.reporter_id]) for one in told.first],
            earlier=[_earlier(one) for one in seen.earlier],
            earlier_count=seen.warned,
            opened_at=case.opened_at,
            left_at=case.opened_at + LEFT_AFTER,
            decision=_decision(seen),
            version=case.version,
            abilities=abilities(case) if actor.may_use("moderation:write") else [],
        )


def _nearby(case: Case, one: Message, found: Around) -> NearbyOut:
    author = found.somebody.get(one.author_id) if one.author_id else None
    gone = one.deleted_at is not None or one.hidden_at is not None
    return NearbyOut(
        number=one.number,
        author=CasePersonOut.of(author) if author else None,
        html="" if gone else rendered(one.text, found.people),
        at=one.created_at,
        gone=gone,
        reported=one.id == case.subject_id,
    )


def _snapshot(one: Snapshot, seen: SeenCase) -> SnapshotOut:
    html = rendered(one.body, seen.people)
    return SnapshotOut(title=one.title, html=html, language=one.language, version=one.version, at=one.at)


def _decision(seen: SeenCase) -> DecisionOut | None:
    case = seen.case
    if case.decided_at is None:
        return None
    by = seen.somebody.get(case.decided_by) if case.decided_by else None
    return DecisionOut(
        on_content=case.on_content,
        on_author=case.on_author,
        reason=case.reason,
        by=CasePersonOut.of(by) if by else None,
        decided_as=case.decided_as,
        at=case.decided_at,
        restored_at=case.restored_at,
    )


def _earlier(case: Case) -> EarlierOut:
    assert case.decided_at is not None
    return EarlierOut(on_content=case.on_content, on_author=case.on_author, reason=case.reason, at=case.decided_at)
