"""A post over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from parvis.accounts.actor import Actor
from parvis.communities.schemas.communities import CommunityRef
from parvis.engagement.mentions import rendered, with_names
from parvis.engagement.schemas import ReactionOut, ThreadOut, person_out
from parvis.files.referred import REFERRED, DocumentIds
from parvis.files.shown import FILES, IMAGES, Files, Images
from parvis.kernel.i18n import Language
from parvis.kernel.schemas import In, Instant, Line, Out, Prose, refuse_null
from parvis.posts.models import Discussing, PostKind, PostVersion, ReachScope, SaidKind
from parvis.posts.policy import PlaceAbility, PostAbility, abilities_in
from parvis.posts.queries import Placed, SeenPost
from parvis.profiles.queries.people import Named
from parvis.profiles.schemas.people import PersonRef

from .announced import AnnouncementOut, Facts
from .asked import IdeaOut, PollDraft, PollOut
from .attached import LinkOut, PostDocumentOut, PostFileOut, PostImageOut
from .gatherings import EventDraft, EventOut

MOST_PLACES = 10
TITLED = frozenset({"question", "idea", "event", "announcement"})
"""Kinds that are not said without a title."""


def _once_each(ids: list[UUID]) -> list[UUID]:
    return list(dict.fromkeys(ids))


Title = Annotated[Line, StringConstraints(max_length=200)]
Body = Annotated[Prose, StringConstraints(min_length=1, max_length=20_000)]
Places = Annotated[list[UUID], Field(min_length=1, max_length=MOST_PLACES), AfterValidator(_once_each)]

SeenIds = Annotated[list[UUID], Field(min_length=1, max_length=50)]


class WordsDraft(In):
    """What something says and shows. `body`: Markdown; `@[Name](person:id)` names a member, whose name is not kept."""

    title: Title = ""
    body: Body
    language: Language = "fr"
    images: Images = Field(default_factory=list, description=IMAGES)
    files: Files = Field(default_factory=list, description=FILES)


class PostDraft(WordsDraft):
    """Something to say. `body`: Markdown; `@[Name](person:id)` names a member, whose name is not kept. `@communauté`
    calls everybody where you run the community."""

    kind: SaidKind = "message"
    title: Title = Field("", description="A question, an idea or an event needs one.")
    document_ids: DocumentIds = Field(default_factory=list, description=REFERRED)
    poll: PollDraft | None = Field(None, description="Of a poll, and of nothing else.")
    event: EventDraft | None = Field(None, description="Of an event, and of nothing else.")

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        if self.kind in TITLED and not self.title:
            raise PydanticCustomError("title_needed", "a question, an idea or an event has a title")
        if (self.kind == "poll") != (self.poll is not None):
            raise PydanticCustomError("poll", "a poll has choices, and nothing else has")
        if (self.kind == "event") != (self.event is not None):
            raise PydanticCustomError("event", "an event takes place at some time, and nothing else does")
        return self


class PlacedDraft(PostDraft):
    """Something to say once, in several communities."""

    places: Places = Field(description="Communities, all of which you may post in.")
    discussion: Discussing = Field("shared", description="One for all places, or each its own.")


class PostChange(In):
    """What to change; what is absent stays."""

    title: Title | None = None
    body: Body | None = None
    language: Language | None = None
    images: Images | None = Field(None, description=IMAGES)
    files: Files | None = Field(None, description=FILES)
    document_ids: DocumentIds | None = Field(None, description=REFERRED)
    event: EventDraft | None = Field(None, description="Of an event: all of it anew. Those who come are told.")
    facts: Facts | None = Field(None, description="Of an announcement, and of nothing else.")

    @model_validator(mode="after")
    def _empties_nothing(self) -> Self:
        refuse_null(self, self.model_fields_set)
        return self


class SeenPostsDraft(In):
    """What is before one's eyes."""

    post_ids: SeenIds = Field(description="Posts that you have before your eyes.")


class PostTextDraft(In):
    """The words of a post that is being written."""

    body: Body


class PostTextOut(Out):
    """How they would be read."""

    html: str = Field(description="Rendered and sanitised.")


class AnswerDraft(In):
    comment_id: UUID


class PostPlaceOut(Out):
    """A community that a post was said in, of those that you may read."""

    community: CommunityRef
    thread_id: UUID
    pinned: bool
    hidden: bool = Field(description="Moderators hid it here from all but its author and themselves.")
    abilities: list[PlaceAbility]

    @classmethod
    def of(cls, placed: Placed, seen: SeenPost, actor: Actor) -> Self:
        community, post = placed.community, seen.post
        may = post.deleted_at is None and actor.may_use("posts:write")
        return cls(
            community=CommunityRef(id=community.id, name=community.name),
            thread_id=placed.place.thread_id,
            pinned=placed.place.pinned_at is not None,
            hidden=placed.is_hidden,
            abilities=abilities_in(actor, post, placed.where, hidden=placed.is_hidden) if may else [],
        )


class PostOut(Out):
    """A post, as you see it. When it is `gone`, only its place is left, and what others said under it."""

    id: UUID
    kind: PostKind
    gone: bool
    author: PersonRef | None = Field(description="Null when gone, and for who is not for you to find.")
    title: str
    body: str = Field(description="Markdown, as it was written.")
    html: str = Field(description="The same, safe to show.")
    language: Language
    places: list[PostPlaceOut]
    reach: ReachScope | None = Field(
        description="Where it stands in no community: on the square, which all of the organisation read, or with those "
        "alone who are told of it."
    )
    threads: list[ThreadOut] = Field(description="Its discussions that you may read: one, or one per place.")
    comments: int = Field(description="In all of these.")
    reactions: list[ReactionOut]
    images: list[PostImageOut]
    files: list[PostFileOut]
    documents: list[PostDocumentOut]
    links: list[LinkOut] = Field(description="Cards of the first pages that it leads to.")
    poll: PollOut | None
    idea: IdeaOut | None
    event: EventOut | None
    announcement: AnnouncementOut | None
    bookmarked: bool
    said_at: Instant
    edited_at: Instant | None
    version: int = Field(description="Of its `ETag`.")
    abilities: list[PostAbility]

    @classmethod
    def of(cls, seen: SeenPost, actor: Actor) -> Self:
        post, is_there = seen.post, seen.post.deleted_at is None
        threads = [ThreadOut.of(tally) for tally in seen.threads().values()]
        may = is_there and actor.may_use("posts:write")
        return cls(
            id=post.id,
            kind=post.kind,
            gone=not is_there,
            author=person_out(seen.people, post.author_id),
            title=post.title,
            body=with_names(post.body, seen.people, is_own=post.author_id == actor.id),
            html=rendered(post.body, seen.people),
            language=post.language,
            places=[PostPlaceOut.of(placed, seen, actor) for placed in seen.places],
            reach=seen.reach.scope if seen.reach else None,
            threads=threads,
            comments=sum(thread.comments for thread in threads),
            reactions=ReactionOut.all_of(seen.reacted) if is_there else [],
            images=PostImageOut.all_of(seen.attached.images),
            files=PostFileOut.all_of(seen.attached.files),
            documents=PostDocumentOut.all_of(post.document_ids if is_there else None, seen.documents),
            links=LinkOut.all_of(seen.cards),
            poll=PollOut.of(seen.poll) if seen.poll and is_there else None,
            idea=IdeaOut.of(seen.idea, seen.people) if seen.idea and is_there else None,
            event=EventOut.of(seen.gathering) if seen.gathering and is_there else None,
            announcement=AnnouncementOut.of(seen.announcement, actor) if seen.announcement and is_there else None,
            bookmarked=seen.is_bookmarked,
            said_at=post.said_at,
            edited_at=post.edited_at,
            version=post.version,
            abilities=seen.abilities(actor) if may else [],
        )


class PostVersionOut(Out):
    """What a post said before it was edited."""

    version: int
    title: str
    body: str
    html: str
    language: Language
    until: Instant = Field(description="When it was edited.")

    @classmethod
    def of(cls, version: PostVersion, people: Mapping[UUID, Named]) -> Self:
        return cls(
            version=version.version,
            title=version.title,
            body=with_names(version.body, people, is_own=False),
            html=rendered(version.body, people),
            language=version.language,
            until=version.until,
        )
