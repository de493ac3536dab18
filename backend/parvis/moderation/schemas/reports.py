"""Reports over HTTP, as those see them who made them, and decisions as those whom they are about."""

from collections.abc import Mapping
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StringConstraints

from parvis.communities.schemas.communities import CommunityRef
from parvis.engagement.mentions import rendered
from parvis.kernel.i18n import Language
from parvis.kernel.schemas import In, Instant, Out, Prose
from parvis.moderation.events import Outcome
from parvis.moderation.models import Case, OnAuthor, OnContent, Reason, Report, Snapshot, Subject
from parvis.moderation.policy import is_on_square, is_private, outcome
from parvis.profiles.queries.people import Named


class ReportDraft(In):
    """Why you report it. `words`: what the moderators should know, if anything."""

    reason: Reason
    words: Annotated[Prose, StringConstraints(max_length=1_000)] = ""


class MyReportOut(Out):
    """Something that you reported in a community, and what became of it."""

    case_id: UUID
    kind: Subject
    subject_id: UUID
    post_id: UUID | None = Field(description="Null for a message, and a comment of a page.")
    document_id: UUID | None = Field(description="The page, of a comment of one.")
    community: CommunityRef | None = Field(description="Null on the square, and for one that you know of no longer.")
    square: bool = Field(description="It was said on the square.")
    private: bool = Field(description="It was said between two, or in a group.")
    reason: Reason
    words: str
    at: Instant
    outcome: Outcome | None = Field(description="Null until somebody has looked at it.")
    decided_at: Instant | None

    @classmethod
    def of(cls, report: Report, case: Case, names: Mapping[UUID, str]) -> Self:
        return cls(
            case_id=case.id,
            kind=case.subject_kind,
            subject_id=case.subject_id,
            post_id=case.post_id,
            document_id=case.document_id,
            community=_community(case, names),
            square=is_on_square(case),
            private=is_private(case),
            reason=report.reason,
            words=report.words,
            at=report.at,
            outcome=outcome(case),
            decided_at=case.decided_at,
        )


class MyReportsOut(Out):
    """What you reported now: in each community that you read it in."""

    items: list[MyReportOut]


class MyDecisionOut(Out):
    """What moderators decided on something that you said, or on you."""

    id: UUID
    kind: Subject
    post_id: UUID | None = Field(description="Null for a message, and a comment of a page.")
    document_id: UUID | None = Field(description="The page, of a comment of one.")
    community: CommunityRef | None = Field(description="Null on the square, and for one that you know of no longer.")
    square: bool = Field(description="It was said on the square.")
    private: bool = Field(description="It was said between two, or in a group.")
    title: str
    html: str = Field(description="What you had said, safe to show.")
    language: Language
    on_content: OnContent
    on_author: OnAuthor
    reason: str
    at: Instant
    restored_at: Instant | None = Field(description="When what had been hidden was shown again.")

    @classmethod
    def of(cls, case: Case, said: Snapshot, names: Mapping[UUID, str], people: Mapping[UUID, Named]) -> Self:
        assert case.decided_at is not None
        return cls(
            id=case.id,
            kind=case.subject_kind,
            post_id=case.post_id,
            document_id=case.document_id,
            community=_community(case, names),
            square=is_on_square(case),
            private=is_private(case),
            title=said.title,
            html=rendered(said.body, people),
            language=said.language,
            on_content=case.on_content,
            on_author=case.on_author,
            reason=case.reason,
            at=case.decided_at,
            restored_at=case.restored_at,
        )


def _community(case: Case, names: Mapping[UUID, str]) -> CommunityRef | None:
    if case.community_id is None or case.community_id not in names:
        return None
    return CommunityRef(id=case.community_id, name=names[case.community_id])
