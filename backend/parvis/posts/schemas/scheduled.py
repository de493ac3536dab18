"""What is to be said later, over HTTP."""

from typing import Self
from uuid import UUID

from pydantic import AwareDatetime, Field

from parvis.communities.schemas.communities import CommunityRef
from parvis.engagement.mentions import rendered, with_names
from parvis.kernel.i18n import Language
from parvis.kernel.schemas import Instant, Out
from parvis.posts.models import Discussing, ResultsShown, SaidKind
from parvis.posts.scheduled import Scheduled

from .asked import PollDraft
from .attached import PostDocumentOut, PostFileOut, PostImageOut
from .gatherings import ScheduledEventOut
from .posts import PlacedDraft


class ScheduledDraft(PlacedDraft):
    """Something to say at a time to come. Whether you may is judged now, and again when that time comes."""

    publish_at: AwareDatetime


class ScheduledPollOut(Out):
    """What it will ask to choose from."""

    options: list[str]
    multiple: bool
    anonymous: bool
    results: ResultsShown
    closes_at: Instant | None

    @classmethod
    def of(cls, draft: PollDraft) -> Self:
        return cls(**draft.model_dump())


class ScheduledPostOut(Out):
    """Something that you are to say, and nobody else sees until then."""

    id: UUID
    kind: SaidKind
    title: str
    body: str = Field(description="Markdown.")
    html: str = Field(description="The same, safe to show.")
    language: Language
    poll: ScheduledPollOut | None
    event: ScheduledEventOut | None
    images: list[PostImageOut]
    files: list[PostFileOut]
    documents: list[PostDocumentOut]
    places: list[CommunityRef] = Field(description="Communities, of those that you may still know of.")
    discussion: Discussing
    publish_at: Instant
    refused: bool = Field(description="Its time came, and it could not be said: change it, or cancel it.")
    version: int = Field(description="Of its `ETag`.")

    @classmethod
    def of(cls, found: Scheduled) -> Self:
        kept, draft, people = found.kept, found.draft, found.people
        return cls(
            id=kept.id,
            kind=draft.kind,
            title=draft.title,
            body=with_names(draft.body, people, is_own=True),
            html=rendered(draft.body, people),
            language=draft.language,
            poll=ScheduledPollOut.of(draft.poll) if draft.poll else None,
            event=ScheduledEventOut.of(draft.event) if draft.event else None,
            images=PostImageOut.all_of(found.attached.images),
            files=PostFileOut.all_of(found.attached.files),
            documents=PostDocumentOut.all_of([str(id_) for id_ in draft.document_ids], found.documents),
            places=[CommunityRef(id=one.id, name=one.name) for one in found.places],
            discussion=draft.discussion,
            publish_at=kept.publish_at,
            refused=kept.refused_at is not None,
            version=kept.version,
        )
