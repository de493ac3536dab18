"""Messages over HTTP. The routes asked most send what `written` makes as it is; a test holds it to `MessageOut`."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError
from sqlalchemy import Row

from parvis.accounts.actor import Actor
from parvis.chat.events import MessageDocumentOut, MessageFileOut, MessageImageOut, MessageLinkOut
from parvis.chat.models import MessageKind, MessageRevision
from parvis.chat.policy import MessageAbility, message_abilities
from parvis.chat.queries.messages import SHOWN, OwnThread, Seen, Stretch
from parvis.chat.queries.people import Face
from parvis.engagement.mentions import rendered, with_names
from parvis.engagement.models import REACTIONS
from parvis.engagement.schemas import ReactionOut
from parvis.files.referred import REFERRED, DocumentIds
from parvis.files.shown import FILES, IMAGES, Attached, Files, Images
from parvis.kernel.schemas import In, Instant, Out, Prose
from parvis.kernel.text import beginning
from parvis.profiles.schemas.people import PersonRef

LONGEST = 10_000
MOST_FORWARDS = 10
BEGINNING = 160
"""Letters of a message that another quotes."""

Text = Annotated[Prose, StringConstraints(min_length=1, max_length=LONGEST)]


class MessageDraft(In):
    """Something to say. `text`: Markdown; `@[Name](person:id)` names a member, whose name is not kept."""

    client_id: UUID = Field(description="Drawn by who sends: sent again, it is said once.")
    text: Annotated[Prose, StringConstraints(max_length=LONGEST)] = ""
    root_id: UUID | None = Field(None, description="The message to whose thread it belongs.")
    quote_id: UUID | None = Field(None, description="The message of this conversation that it answers.")

    images: Images = Field(default_factory=list, description=IMAGES)
    files: Files = Field(default_factory=list, description=FILES)
    document_ids: DocumentIds = Field(default_factory=list, description=REFERRED)

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.text or self.images or self.files or self.document_ids):
            raise PydanticCustomError("empty", "a message says something")
        return self


class MessageChange(In):
    text: Text


class ForwardDraft(In):
    """Where to pass a message on, each with the `client_id` under which it is said there."""

    conversation_ids: Annotated[list[UUID], Field(min_length=1, max_length=MOST_FORWARDS)]
    client_ids: Annotated[list[UUID], Field(min_length=1, max_length=MOST_FORWARDS)]

    @model_validator(mode="after")
    def _one_for_each(self) -> Self:
        if len(set(self.conversation_ids)) < len(self.conversation_ids) or len(set(self.client_ids)) < len(
            self.conversation_ids
        ):
            raise PydanticCustomError("client_ids", "each conversation once, with an identifier of its own")
        return self


class ThreadReadDraft(In):
    number: Annotated[int, Field(ge=0, le=2**31 - 1, strict=True)]


class QuoteOut(Out):
    """The message that one answers."""

    id: UUID
    number: int
    author: PersonRef | None
    text_start: str
    gone: bool


class ForwardedOut(Out):
    """Where a message that was passed on comes from, as far as you may know."""

    author: PersonRef | None
    conversation_name: str | None


class MessageThreadOut(Out):
    """What was said below a message."""

    replies: int
    last_at: Instant
    people: list[PersonRef] = Field(description="The last three who replied.")
    read_number: int = Field(description="Up to which reply you have read.")
    follows: bool = Field(description="You are told of what is said in it.")


class MessageOut(Out):
    """A message, as you see it. When it is `gone`, only its place is left."""

    id: UUID
    conversation_id: UUID
    root_id: UUID | None
    number: int = Field(description="In the conversation, or in the thread: without gaps.")
    kind: MessageKind = Field(description="`said`, or what became of the conversation.")
    author: PersonRef | None
    client_id: UUID | None = Field(description="Of your own alone.")
    text: str = Field(description="Markdown, as it was written; of a line `named`, the name.")
    html: str = Field(description="The same, safe to show.")
    about: list[PersonRef] = Field(description="Whom a line is about.")
    quote: QuoteOut | None
    forwarded: ForwardedOut | None
    images: list[MessageImageOut]
    files: list[MessageFileOut]
    documents: list[MessageDocumentOut]
    links: list[MessageLinkOut] = Field(description="Cards of the first pages that it leads to.")
    reactions: list[ReactionOut]
    pinned: bool
    bookmarked: bool
    thread: MessageThreadOut | None
    created_at: Instant
    edited_at: Instant | None
    gone: bool
    hidden: bool = Field(description="Moderators hid it: it is `gone` for all but its author.")
    version: int = Field(description="Of its `ETag`.")
    abilities: list[MessageAbility]

    @classmethod
    def of(cls, seen: Seen, actor: Actor) -> Self:
        """Of one message alone."""
        return cls.model_validate(written(seen, seen.rows[0], actor))


class MessagesOut(Out):
    """A stretch of messages, the oldest first."""

    items: list[MessageOut]
    first: int = Field(description="The number of the first that is there for you.")
    last: int
    has_before: bool
    has_after: bool

    @classmethod
    def fields(cls, found: Stretch, actor: Actor) -> dict[str, Any]:
        return {
            "items": Writing(found.seen, actor).all(),
            "first": found.first,
            "last": found.last,
            "has_before": found.low > found.first,
            "has_after": found.high < found.last,
        }


class RevisionOut(Out):
    """What a message said before it was edited."""

    version: int
    text: str
    html: str
    until: Instant = Field(description="When it was edited.")

    @classmethod
    def of(cls, kept: MessageRevision, people: Mapping[UUID, Face]) -> Self:
        known = {id_: face.named for id_, face in people.items()}
        return cls(
            version=kept.version,
            text=with_names(kept.text, known, is_own=False),
            html=rendered(kept.text, known),
            until=kept.until,
        )


class RevisionsOut(Out):
    """The last first, a hundred at most."""

    items: list[RevisionOut]


class ForwardedMessagesOut(Out):
    """What was said by passing a message on, one for each conversation."""

    items: list[MessageOut]


class PinnedOut(Out):
    """Pinned messages, the last first: there are fifty at most."""

    items: list[MessageOut]

    @classmethod
    def of(cls, seen: Seen, actor: Actor) -> Self:
        return cls.model_validate({"items": Writing(seen, actor).all()})


def written(seen: Seen, row: Row[Any], actor: Actor) -> dict[str, Any]:
    """A message as JSON, but for ids, which the encoder writes."""
    return Writing(seen, actor).of(row)


_columns = attrgetter(*(column.key for column in SHOWN), "bookmarked")


class Writing:
    """Writes messages of a page, of which much is the same for all: that is told once."""

    def __init__(self, seen: Seen, actor: Actor) -> None:
        self._seen, self._reader = seen, actor.id
        self._may_write = actor.may_use("chat:write")
        self._named = {id_: face.named for id_, face in seen.people.items()}
        self._may: dict[tuple[bool, ...], list[MessageAbility]] = {}

    def all(self) -> list[dict[str, Any]]:
        return [self.of(row) for row in self._seen.rows]

    def of(self, row: Any) -> dict[str, Any]:
        # By place: to ask a row for each by its name takes longer than all else here.
        told: Sequence[Any] = row if isinstance(row, Row) else _columns(row)
        id_, conversation_id, root_id, number, _, kind, author_id, client_id, text = told[:9]
        quote_id, forwarded, attached, reactions, replies = told[9:14]
        pinned_at, created_at, edited_at, deleted_at, version, links, document_ids, hidden_at, bookmarked = told[16:]
        seen = self._seen
        is_own, is_said, is_hidden = author_id == self._reader, kind == "said", hidden_at is not None
        is_there = deleted_at is None and (is_own or not is_hidden)
        text = text if is_there else ""
        people = self._named if "person:" in text else {}
        return {
            "id": id_,
            "conversation_id": conversation_id,
            "root_id": root_id,
            "number": number,
            "kind": kind,
            "author": _face(seen, author_id) if is_there else None,
            "client_id": client_id if is_own else None,
            "text": with_names(text, people, is_own=is_own) if people else text,
            "html": rendered(text, people) if text and is_said else "",
            "about": [] if is_said else [face for one in seen.about.get(id_, ()) if (face := _face(seen, one))],
            "quote": _quote(seen, quote_id) if quote_id and is_there else None,
            "forwarded": _forwarded(seen, forwarded) if forwarded and is_there else None,
            **_attached(seen.attached.get(id_) if attached and is_there else None),
            "documents": _documents(seen, document_ids) if document_ids and is_there else [],
            "links": _links(seen, id_) if links and is_there else [],
            "reactions": _reactions(reactions, seen.reacted.get(id_, ())) if reactions and is_there else [],
            "pinned": pinned_at is not None,
            "bookmarked": bookmarked,
            "thread": _thread(seen, row) if replies else None,
            "created_at": instant(created_at),
            "edited_at": instant(edited_at) if edited_at else None,
            "gone": not is_there,
            "hidden": is_hidden,
            "version": version,
            "abilities": self._abilities(is_own, is_said, is_hidden, edited_at is not None, bool(links))
            if is_there and self._may_write
            else [],
        }

    def _abilities(self, *about: bool) -> list[MessageAbility]:
        """`about`: whether it is one's own, said, hidden, was edited, has links."""
        if about not in self._may:
            is_own, is_said, is_hidden, was_edited, has_links = about
            self._may[about] = message_abilities(
                self._seen.there.standing,
                is_own=is_own,
                is_said=is_said,
                is_hidden=is_hidden,
                was_edited=was_edited,
                has_links=has_links,
            )
        return self._may[about]


def start_of(text: str, people: Mapping[UUID, Face]) -> str:
    """The first words of a message, with the names of those whom it names."""
    known = {id_: face.named for id_, face in people.items()} if "person:" in text else {}
    return beginning(with_names(text, known, is_own=False) if known else text, BEGINNING)


def instant(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _face(seen: Seen, member_id: UUID | None) -> Mapping[str, Any] | None:
    face = seen.people.get(member_id) if member_id else None
    return face.json if face else None


def _quote(seen: Seen, quote_id: UUID) -> dict[str, Any] | None:
    row = seen.quotes.get(quote_id)
    if row is None:
        return None
    gone = row.deleted_at is not None or row.hidden_at is not None
    return {
        "id": str(row.id),
        "number": row.number,
        "author": None if gone else _face(seen, row.author_id),
        "text_start": "" if gone else start_of(row.text, seen.people),
        "gone": gone,
    }


def _forwarded(seen: Seen, forwarded: Mapping[str, Any]) -> dict[str, Any]:
    author_id, conversation_id = forwarded.get("author_id"), forwarded.get("conversation_id")
    face = seen.people.get(UUID(author_id)) if author_id else None
    return {
        "author": face.json if face and face.is_found else None,
        "conversation_name": seen.sources.get(UUID(conversation_id)) if conversation_id else None,
    }


def _attached(shown: Attached | None) -> dict[str, Any]:
    if shown is None:
        return {"images": [], "files": []}
    return {
        "images": [one.model_dump(mode="json") for one in MessageImageOut.all_of(shown.images)],
        "files": [one.model_dump(mode="json") for one in MessageFileOut.all_of(shown.files)],
    }


def _links(seen: Seen, message_id: UUID) -> list[dict[str, Any]]:
    return [one.model_dump(mode="json") for one in MessageLinkOut.all_of(seen.cards.get(message_id, ()))]


def _documents(seen: Seen, ids: Sequence[str]) -> list[dict[str, Any]]:
    return [one.model_dump(mode="json") for one in MessageDocumentOut.all_of(ids, seen.documents)]


def _reactions(counts: Mapping[str, int], mine: Any) -> list[dict[str, Any]]:
    return [{"kind": kind, "count": counts[kind], "mine": kind in mine} for kind in REACTIONS if counts.get(kind)]


def _thread(seen: Seen, row: Any) -> dict[str, Any]:
    own = seen.threads.get(row.id, OwnThread())
    return {
        "replies": row.replies,
        "last_at": instant(row.last_reply_at),
        "people": [face for id_ in row.repliers or () if (face := _face(seen, UUID(id_)))],
        "read_number": own.read_number,
        "follows": own.follows,
    }
