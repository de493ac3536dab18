"""Discussions of pages over HTTP."""

from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints

from parvis.accounts.actor import Actor
from parvis.engagement.schemas import CommentBody, CommentOut
from parvis.files.referred import REFERRED, DocumentIds
from parvis.kernel.schemas import In, Instant, Out, Prose
from parvis.profiles.schemas.people import PersonRef

from .places import Place, written
from .queries import SeenThread, may_resolve

PageThreadAbility = Literal["answer", "resolve", "reopen"]


class PageThreadDraft(In):
    """A comment on some words of a page. `body`: Markdown; `@[Name](person:id)` names a member."""

    start: Place
    end: Place
    quote: Annotated[Prose, StringConstraints(min_length=1, max_length=1_000)] = Field(
        description="The words that it is about, as they are now."
    )
    body: CommentBody
    document_ids: DocumentIds = Field(default_factory=list, description=REFERRED)


class PageAnswerDraft(In):
    """What is said in a discussion."""

    body: CommentBody
    document_ids: DocumentIds = Field(default_factory=list, description=REFERRED)


class PageThreadOut(Out):
    """A discussion of some words of a page. Where both places are one, the words are gone."""

    id: UUID
    start: str = Field(description="Where the words begin: a relative position of Yjs, in base64.")
    end: str
    quote: str = Field(description="The words, as they were.")
    opening: CommentOut = Field(description="What it began with, and the first answers to it.")
    opened_at: Instant
    resolved_at: Instant | None
    resolved_by: PersonRef | None = Field(description="Null for who is not for you to find.")
    version: int = Field(description="Grows with all that happens in it.")
    abilities: list[PageThreadAbility]

    @classmethod
    def of(cls, seen: SeenThread, actor: Actor) -> Self:
        about = seen.page
        return cls(
            id=about.thread_id,
            start=written(about.begins),
            end=written(about.ends),
            quote=about.quote,
            opening=CommentOut.of(seen.opening, seen.discussion, actor),
            opened_at=about.opened_at,
            resolved_at=about.resolved_at,
            resolved_by=PersonRef.of(seen.resolved_by) if seen.resolved_by else None,
            version=seen.thread.version,
            abilities=_abilities(seen, actor),
        )


def _abilities(seen: SeenThread, actor: Actor) -> list[PageThreadAbility]:
    stance = seen.discussed.stance
    found: list[PageThreadAbility] = []
    if not actor.may_use(stance.scope):
        return found
    if stance.may_comment:
        found.append("answer")
    if may_resolve(actor, seen.discussed, seen.opening.comment.author_id):
        found.append("resolve" if seen.page.resolved_at is None else "reopen")
    return found
