"""Saying something: the path that is gone most, on tables alone, by statements built once.

The number is taken by changing the conversation's row, which holds it until the commit: so numbers have no gap, and
stand in the order in which they were kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.chat.attached import attach, copy
from parvis.chat.events import MessageFileOut, MessageImageOut, MessagePosted, Quoted, Speaker
from parvis.chat.models import MessageKind, MessageMention, MessageSubject
from parvis.chat.policy import CANNOT_POST, may_post
from parvis.chat.queries.messages import MESSAGES, Seen, one
from parvis.chat.queries.people import Face, Faces, bare, faces
from parvis.chat.queries.standing import CONVERSATIONS, There, among, standing
from parvis.chat.schemas.messages import BEGINNING, ForwardDraft, MessageDraft
from parvis.engagement.mentions import named_in, rendered, with_names, without_names
from parvis.files.referred import DOCUMENTS
from parvis.files.referred import kept as kept_ids
from parvis.files.shown import Attached
from parvis.kernel import clock
from parvis.kernel.db import Id, UtcDateTime, Write
from parvis.kernel.errors import NotFound, ParvisError, require
from parvis.kernel.events import record
from parvis.kernel.ids import new_id
from parvis.kernel.text import beginning

from .unfurling import look_later

_c, _m = CONVERSATIONS.c, MESSAGES.c
_IT = _c.id == bindparam("conversation", type_=Id)
_COUNTS = (_c.last_number, _c.last_sequence)
_NEXT = (
    update(CONVERSATIONS)
    .where(_IT)
    .values(
        last_number=_c.last_number + 1, last_sequence=_c.last_sequence + 1, last_at=bindparam("now", type_=UtcDateTime)
    )
    .returning(*_COUNTS)
)
_NEXT_REPLY = update(CONVERSATIONS).where(_IT).values(last_sequence=_c.last_sequence + 1).returning(*_COUNTS)
_INSERT = insert(MESSAGES)
_ROOT = select(_m.id, _m.sequence, _m.replies, _m.repliers).where(
    _m.id == bindparam("root", type_=Id),
    _m.conversation_id == bindparam("conversation", type_=Id),
    _m.root_id.is_(None),
    _m.deleted_at.is_(None),
    _m.hidden_at.is_(None),
    _m.kind == "said",
)
_QUOTED = select(_m.id, _m.number, _m.sequence, _m.author_id, _m.text, _m.hidden_at, _m.deleted_at).where(
    _m.id == bindparam("quote", type_=Id),
    _m.conversation_id == bindparam("conversation", type_=Id),
    _m.deleted_at.is_(None),
    _m.hidden_at.is_(None),
    _m.kind == "said",
)
REPLIERS_SHOWN = 3


class ClientIdReused(ParvisError):
    """It came before with another message."""

    status, code = 422, "client_id_reused"
    title = {
        "fr": "Cet identifiant a déjà servi pour un autre message.",
        "en": "This identifier was already used for another message.",
    }


@dataclass(frozen=True, slots=True)
class Source:
    """What is passed on: which message, whose and where it was said, and what it shows."""

    id: UUID
    told: dict[str, str]
    attached: int
    shown: Attached


@dataclass(slots=True)
class Fresh:
    """A message as it was just said, like a row of those that are read."""

    id: UUID
    conversation_id: UUID
    root_id: UUID | None
    number: int
    sequence: int
    kind: MessageKind
    author_id: UUID | None
    client_id: UUID | None
    text: str
    quote_id: UUID | None
    created_at: datetime
    forwarded: Any = None
    attached: int = 0
    links: int | None = 0
    document_ids: Any = None
    reactions: Any = None
    replies: int = 0
    repliers: Any = None
    last_reply_at: Any = None
    pinned_at: Any = None
    edited_at: Any = None
    hidden_at: Any = None
    deleted_at: Any = None
    version: int = 1
    bookmarked: bool = False


async def send(
    write: Write, actor: Actor, kept: Faces, conversation_id: UUID, draft: MessageDraft
) -> tuple[Seen, bool]:
    """Says something once, however often it is sent. Returns it as its author sees it, and whether this said it.

    Raises `NotFound`, `Forbidden`, and `ClientIdReused` when another message came with its `client_id`.
    """
    try:
        return await write(post, actor, kept, conversation_id, draft)
    except IntegrityError:  # Sent twice at once on PostgreSQL: the second waited for the first, and finds it now.
        return await write(post, actor, kept, conversation_id, draft)


async def send_on(write: Write, actor: Actor, kept: Faces, message_id: UUID, draft: ForwardDraft) -> list[Seen]:
    """The same of what is passed on. Raises as `forward` does."""
    try:
        return await write(forward, actor, kept, message_id, draft)
    except IntegrityError:
        return await write(forward, actor, kept, message_id, draft)


async def post(
    session: AsyncSession,
    actor: Actor,
    kept: Faces,
    conversation_id: UUID,
    draft: MessageDraft,
    source: Source | None = None,
) -> tuple[Seen, bool]:
    """The same within one unit of work. `source`: of what is passed on."""
    there = await standing(session, actor, conversation_id, draft.client_id)
    fingerprint = _fingerprint(conversation_id, draft, source)
    if there.known is not None:
        return await _again(session, actor, kept, there.known, fingerprint), False
    require(may_post(there.standing), CANNOT_POST)
    text = without_names(draft.text) if "person:" in draft.text else draft.text
    said = await _number(session, there, draft.root_id, actor.id, text)
    said.client_id, said.quote_id = draft.client_id, draft.quote_id
    said.attached = len(draft.images) + len(draft.files) if source is None else source.attached
    said.forwarded = source.told if source else None
    cards = await DOCUMENTS.referable(session, actor, draft.document_ids) if draft.document_ids else {}
    said.document_ids = kept_ids(draft.document_ids)
    quote = await _quoted(session, there, draft.quote_id) if draft.quote_id else None
    await session.execute(
        _INSERT,
        [
            {
                "id": said.id,
                "conversation_id": there.id,
                "root_id": said.root_id,
                "number": said.number,
                "sequence": said.sequence,
                "kind": "said",
                "author_id": actor.id,
                "client_id": draft.client_id,
                "fingerprint": fingerprint,
                "text": text,
                "quote_id": draft.quote_id,
                "created_at": said.created_at,
                "forwarded": said.forwarded,
                "attached": said.attached,
                "links": 0,
                "document_ids": said.document_ids,
                "reactions": _NOTHING,
                "replies": 0,
                "version": 1,
            }
        ],
    )
    shown = await _attach(session, actor, said, draft, source) if said.attached else None
    await look_later(session, said.id, 1, text)
    await _tell(session, actor, there, said, quote, shown)
    if source is not None:
        return await one(session, actor, kept, said.id), True
    people = await _people(session, actor, kept, said, quote)
    quotes, attached = {quote.id: quote} if quote else {}, {said.id: shown} if shown else {}
    return Seen(there, [said], people, quotes, attached=attached, documents=cards), True  # type: ignore[list-item]


_NOTHING: dict[str, Any] = {}


async def forward(
    session: AsyncSession, actor: Actor, kept: Faces, message_id: UUID, draft: ForwardDraft
) -> list[Seen]:
    """Says what a message says elsewhere, with what it shows. Raises `NotFound` for a message that the actor may not
    read, and for a conversation; `Forbidden` where he may not write."""
    seen = await one(session, actor, kept, message_id)
    row = seen.rows[0]
    if row.deleted_at is not None or row.hidden_at is not None or row.kind != "said":
        raise NotFound
    told = row.forwarded or {"author_id": str(row.author_id), "conversation_id": str(row.conversation_id)}
    source = Source(row.id, told, row.attached, seen.attached.get(row.id, Attached()))
    refers = [UUID(id_) for id_ in row.document_ids or () if UUID(id_) in seen.documents]
    said = []
    for conversation_id, client_id in zip(draft.conversation_ids, draft.client_ids, strict=False):
        again = MessageDraft.model_construct(
            client_id=client_id, text=row.text, root_id=None, quote_id=None, images=[], files=[], document_ids=refers
        )
        said.append((await post(session, actor, kept, conversation_id, again, source))[0])
    return said


async def _attach(
    session: AsyncSession, actor: Actor, said: Fresh, draft: MessageDraft, source: Source | None
) -> Attached:
    if source is not None:
        return await copy(session, said.id, source.shown)
    return await attach(session, actor, said.id, draft.images, draft.files)


def _fingerprint(conversation_id: UUID, draft: MessageDraft, source: Source | None) -> bytes:
    said: list[Any] = [conversation_id, draft.text, draft.root_id, draft.quote_id]
    if draft.images or draft.files or source:
        said += [[image.id for image in draft.images], draft.files, source.id if source else None]
    if draft.document_ids:
        said.append(draft.document_ids)
    return blake2b(orjson.dumps(said), digest_size=16).digest()


async def _again(session: AsyncSession, actor: Actor, kept: Faces, known: UUID, fingerprint: bytes) -> Seen:
    if await session.scalar(select(_m.fingerprint).where(_m.id == known)) != fingerprint:
        raise ClientIdReused
    return await one(session, actor, kept, known)


async def _number(session: AsyncSession, there: There, root_id: UUID | None, author_id: UUID, text: str) -> Fresh:
    """Takes the next number of the flow, or of a thread. Raises `NotFound` for a thread that is not there."""
    now = clock.now()
    if root_id is None:
        row = (await session.execute(_NEXT, {"conversation": there.id, "now": now})).one()
        return Fresh(
            new_id(), there.id, None, row.last_number, row.last_sequence, "said", author_id, None, text, None, now
        )
    row = (await session.execute(_NEXT_REPLY, {"conversation": there.id})).one()
    root = (await session.execute(_ROOT, {"root": root_id, "conversation": there.id})).one_or_none()
    if root is None or root.sequence < there.first_sequence:
        raise NotFound
    number = root.replies + 1
    repliers = list(dict.fromkeys([str(author_id), *(root.repliers or ())]))[:REPLIERS_SHOWN]
    grown = update(MESSAGES).where(_m.id == root_id).values(replies=number, repliers=repliers, last_reply_at=now)
    await session.execute(grown)
    return Fresh(new_id(), there.id, root_id, number, row.last_sequence, "said", author_id, None, text, None, now)


async def _quoted(session: AsyncSession, there: There, quote_id: UUID) -> Any:
    row = (await session.execute(_QUOTED, {"quote": quote_id, "conversation": there.id})).one_or_none()
    if row is None or row.sequence < there.first_sequence:
        raise NotFound
    return row


async def _tell(
    session: AsyncSession, actor: Actor, there: There, said: Fresh, quote: Any, shown: Attached | None
) -> None:
    """To all who follow the conversation; and counts it for those whom it names."""
    named = named_in(said.text) if "person:" in said.text else []
    spoken_of = list(dict.fromkeys([*named, *(named_in(quote.text) if quote else [])]))
    present = await among(session, there, spoken_of) if spoken_of else []
    await _count_named(session, actor, said, [id_ for id_ in present if id_ in named])
    known = await bare(session, [*present, *([quote.author_id] if quote and quote.author_id else [])])
    quotes = quote is not None and not there.has_newcomers
    fact = MessagePosted.model_construct(
        conversation_id=there.id,
        id=said.id,
        root_id=said.root_id,
        number=said.number,
        version=1,
        kind="said",
        author=Speaker.model_construct(id=actor.id, name=actor.name, public=actor.shown_public),
        client_id=said.client_id,
        text=with_names(said.text, known, is_own=False) if named else said.text,
        html=rendered(said.text, known),
        quote=Quoted(
            id=quote.id,
            number=quote.number,
            author=speaker(known.get(quote.author_id)),
            text_start=beginning(with_names(quote.text, known, is_own=False), BEGINNING),
            gone=False,
        )
        if quotes
        else None,
        about=[],
        attached=said.attached,
        images=MessageImageOut.all_of(shown.images) if shown else [],
        files=MessageFileOut.all_of(shown.files) if shown else [],
        replies=said.number if said.root_id else None,
        created_at=said.created_at,
        complete=len(present) == len(spoken_of)
        and (quote is None or quotes)
        and said.forwarded is None
        and said.document_ids is None,
    )
    record(session, fact, actor_id=actor.id)


async def _count_named(session: AsyncSession, actor: Actor, said: Fresh, present: Sequence[UUID]) -> None:
    rows = [
        {
            "message_id": said.id,
            "member_id": member_id,
            "conversation_id": said.conversation_id,
            "root_id": said.root_id,
            "number": said.number,
        }
        for member_id in present
        if member_id != actor.id
    ]
    if rows:
        await session.execute(insert(MessageMention), rows)


async def _people(session: AsyncSession, actor: Actor, kept: Faces, said: Fresh, quote: Any) -> dict[UUID, Face]:
    wanted = {actor.id, *(named_in(said.text) if "person:" in said.text else ())}
    if quote is not None and quote.author_id:
        wanted.add(quote.author_id)
    return await faces(session, actor, kept, wanted)


def speaker(named: Any) -> Speaker | None:
    return Speaker(id=named.id, name=named.name, public=named.public) if named else None


async def say_line(
    session: AsyncSession,
    actor: Actor,
    conversation_id: UUID,
    kind: MessageKind,
    about: Sequence[UUID] = (),
    text: str = "",
) -> Fresh:
    """A line about what became of the conversation, numbered like all that is said there."""
    now = clock.now()
    row = (await session.execute(_NEXT, {"conversation": conversation_id, "now": now})).one()
    said = Fresh(
        *(new_id(), conversation_id, None, row.last_number, row.last_sequence, kind, actor.id, None, text, None, now),
    )
    kept = {
        "id": said.id,
        "conversation_id": conversation_id,
        "number": said.number,
        "sequence": said.sequence,
        "kind": kind,
        "author_id": actor.id,
        "text": text,
        "created_at": now,
        "attached": 0,
        "links": 0,
        "reactions": _NOTHING,
        "replies": 0,
        "version": 1,
    }
    await session.execute(insert(MESSAGES), [kept])
    if about:
        await session.execute(insert(MessageSubject), [{"message_id": said.id, "member_id": id_} for id_ in about])
    people = await bare(session, about)
    fact = MessagePosted(
        conversation_id=conversation_id,
        id=said.id,
        root_id=None,
        number=said.number,
        version=1,
        kind=kind,
        author=Speaker(id=actor.id, name=actor.name, public=actor.shown_public),
        client_id=None,
        text=text,
        html="",
        quote=None,
        about=[one for id_ in about if (one := speaker(people.get(id_)))],
        attached=0,
        images=[],
        files=[],
        replies=None,
        created_at=now,
        complete=True,
    )
    record(session, fact, actor_id=actor.id)
    return said
