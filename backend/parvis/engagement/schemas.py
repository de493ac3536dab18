"""Comments, reactions and bookmarks over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StringConstraints

from parvis.accounts.actor import Actor
from parvis.files.referred import REFERRED, DocumentIds, ReferredDocumentOut
from parvis.kernel.schemas import In, Instant, Out, Prose
from parvis.profiles.queries.people import Named
from parvis.profiles.schemas.people import PersonRef

from .mentions import rendered, with_names
from .models import REACTIONS, ReactionKind
from .policy import CommentAbility, abilities
from .queries import Discussion, Reacted, Said, Tally

CommentBody = Annotated[Prose, StringConstraints(min_length=1, max_length=10_000)]


class CommentDraft(In):
    """A comment, or a reply to one. `body`: Markdown; `@[Name](person:id)` names a member."""

    body: CommentBody
    parent_id: UUID | None = Field(None, description="The comment replied to. A reply to a reply stands beside it.")
    thread_id: UUID | None = Field(None, description="Where a post has several; by default the first that you may use.")
    document_ids: DocumentIds = Field(default_factory=list, description=REFERRED)


class CommentChange(In):
    body: CommentBody
    document_ids: DocumentIds | None = Field(None, description=f"{REFERRED} As before by default.")


class CommentDocumentOut(ReferredDocumentOut):
    """A document that a comment refers to."""


class ReactionOut(Out):
    """How many reacted in this way. What somebody did whom a block keeps apart from you is not counted."""

    kind: ReactionKind
    count: int
    mine: bool

    @classmethod
    def all_of(cls, reacted: Reacted) -> list[Self]:
        return [
            cls(kind=kind, count=reacted.counts[kind], mine=kind in reacted.mine)
            for kind in REACTIONS
            if kind in reacted.counts
        ]


class ThreadMixOut(Out):
    """How many of each public take part, each person once; guests are of none."""

    student: int = 0
    alum: int = 0
    staff: int = 0
    partner: int = 0


class ThreadOut(Out):
    """A discussion, without those whom a block keeps apart from you. `people` began it, commented or reacted."""

    id: UUID
    comments: int
    people: int
    mix: ThreadMixOut
    accepted_id: UUID | None = Field(description="The comment accepted as the answer.")
    version: int = Field(description="Grows with each comment and reaction.")

    @classmethod
    def of(cls, tally: Tally) -> Self:
        thread = tally.thread
        return cls(
            id=thread.id,
            comments=tally.comments,
            people=tally.people,
            mix=ThreadMixOut(**tally.mix),
            accepted_id=thread.accepted_id,
            version=thread.version,
        )


class SaidOut(Out):
    """Something said in a discussion. When it is `gone`, only its place is left."""

    id: UUID
    thread_id: UUID
    parent_id: UUID | None
    gone: bool
    hidden: bool = Field(description="Moderators hid it from all but its author and themselves.")
    author: PersonRef | None = Field(description="Null when gone, and for who is not for you to find.")
    body: str = Field(description="Markdown, as it was written.")
    html: str = Field(description="The same, safe to show.")
    documents: list[CommentDocumentOut]
    reactions: list[ReactionOut]
    accepted: bool = Field(description="As the answer to the question.")
    created_at: Instant
    edited_at: Instant | None
    version: int = Field(description="Of its `ETag`.")
    abilities: list[CommentAbility]


class CommentOut(SaidOut):
    """A comment with the first five replies to it."""

    reply_count: int
    replies: list[SaidOut]

    @classmethod
    def of(cls, said: Said, discussion: Discussion, actor: Actor) -> Self:
        replies = [SaidOut(**_said(reply, discussion, actor)) for reply in said.replies]
        return cls(**_said(said, discussion, actor), reply_count=said.reply_count, replies=replies)


class CommentsOut(Out):
    """A page of comments, the oldest first."""

    items: list[CommentOut]
    next: str | None

    @classmethod
    def of(cls, discussion: Discussion, actor: Actor) -> Self:
        items = [CommentOut.of(said, discussion, actor) for said in discussion.items]
        return cls(items=items, next=discussion.next)


def _said(said: Said, discussion: Discussion, actor: Actor) -> dict[str, object]:
    comment, is_there, stance = said.comment, said.is_there, discussion.stance
    body = comment.body if is_there else ""
    is_own = is_there and comment.author_id == actor.id
    return {
        "id": comment.id,
        "thread_id": comment.thread_id,
        "parent_id": comment.parent_id,
        "gone": not is_there,
        "hidden": is_there and comment.hidden_at is not None,
        "author": person_out(discussion.people, comment.author_id) if is_there else None,
        "body": with_names(body, discussion.people, is_own=is_own),
        "html": rendered(body, discussion.people),
        "documents": CommentDocumentOut.all_of(comment.document_ids if is_there else None, discussion.documents),
        "reactions": ReactionOut.all_of(said.reacted) if is_there else [],
        "accepted": said.is_accepted and is_there,
        "created_at": comment.created_at,
        "edited_at": comment.edited_at if is_there else None,
        "version": comment.version,
        "abilities": abilities(actor, comment, stance) if is_there and actor.may_use(stance.scope) else [],
    }


def person_out(people: Mapping[UUID, Named], member_id: UUID | None) -> PersonRef | None:
    """Who did something, if he is for the reader to find."""
    found = people.get(member_id) if member_id else None
    return PersonRef.of(found) if found else None
