"""Which entries a query finds, of those that its reader may read: the newest, as many as are ranked. One statement
narrows them by words and place, and judges each kind by the condition of its feature."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, exists, func, not_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import KINDS_OF_READERS, Actor
from parvis.accounts.models.people import Public
from parvis.accounts.policy import is_inside
from parvis.chat.models import Conversation
from parvis.documents.models import Folder
from parvis.kernel.db import Id, UtcDateTime
from parvis.kernel.entries import Entry, EntryText, Expression, asked
from parvis.posts.models import PostPlace
from parvis.profiles.directory.filters import FEW_MET, reader_of, told_of
from parvis.profiles.directory.models import DirectoryPerson
from parvis.profiles.directory.reach import BIT, Reader
from parvis.search.models import Kind
from parvis.search.policy import readable_places, visible_among
from parvis.search.words import Asked

MOST_RANKED = 5_000
"""Of what a very common word finds, the newest so many are ranked."""
FEW = 1_000
"""Up to so many found are judged as they are; more are first narrowed to places that the reader may read."""
ALL: tuple[Kind, ...] = ("person", "community", "post", "event", "comment", "message", "document", "page")
KEPT_AS: dict[Kind, tuple[str, str]] = {
    "post": ("post", ""),
    "event": ("post", "event"),
    "document": ("document", ""),
    "page": ("document", "page"),
}
"""Kind and part of the entries of those that share a kind with others."""
SHOWN_AS: dict[tuple[str, str], Kind] = {kept: kind for kind, kept in KEPT_AS.items()}


class Candidate(NamedTuple):
    """An entry that was found, and may be read. `in_title`: all that is looked for stands in its title; `is_own`: it is
    of a community of the reader's."""

    id: int
    kind: str
    subject_id: UUID
    part: str
    place_id: UUID | None
    author_id: UUID | None
    at: datetime | None
    in_title: int
    is_own: int

    @property
    def shown_as(self) -> Kind:
        return SHOWN_AS.get((self.kind, self.part)) or cast("Kind", self.kind)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What else is asked of what is found. `community_id` and `conversation_id`: of places that the reader may read."""

    kinds: Collection[Kind] = ALL
    community_id: UUID | None = None
    conversation_id: UUID | None = None
    author_id: UUID | None = None
    public: Public | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """`is_limited`: more was found than is ranked."""

    candidates: Sequence[Candidate]
    is_limited: bool


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the statement depends on beside its parameters."""

    few: bool
    many_met: bool
    kinds: tuple[Kind, ...]
    community: bool
    conversation: bool
    author: bool
    public: bool
    since: bool
    until: bool
    sequences: int
    without: int


async def candidates(
    session: AsyncSession, actor: Actor, reader: Reader, said: Asked, narrowed: Narrowed, least: int | None = None
) -> Found:
    """Two queries."""
    if not said.terms or not narrowed.kinds:
        return Found((), is_limited=False)
    expression = Expression(said.terms, said.without, least)
    told: dict[str, Any] = {**told_of(reader), **expression.told(), "most": MOST_RANKED + 1}
    few = (await session.scalar(_HOW_MANY, told) or 0) <= FEW
    shape = _Shape(
        few,
        reader.met > FEW_MET,
        tuple(sorted(narrowed.kinds)) if len(set(narrowed.kinds)) < len(ALL) else (),
        narrowed.community_id is not None,
        narrowed.conversation_id is not None,
        narrowed.author_id is not None,
        narrowed.public is not None,
        narrowed.since is not None,
        narrowed.until is not None,
        len(said.sequences) if least is None else 0,
        len(said.without_sequences),
    )
    told |= {
        "community": narrowed.community_id,
        "conversation": narrowed.conversation_id,
        "author": narrowed.author_id,
        "since": narrowed.since,
        "until": narrowed.until,
        "standings": reader.standings(BIT[narrowed.public]) if narrowed.public else [],
        **{f"phrase_{number}": f"%{phrase}%" for number, phrase in enumerate(said.sequences)},
        **{f"without_{number}": f"%{phrase}%" for number, phrase in enumerate(said.without_sequences)},
    }
    statement = _statement(actor.stand_in(), shape)
    rows = (await session.execute(statement, told)).all()
    found = [Candidate(*row) for row in rows]
    return Found(found[:MOST_RANKED], is_limited=len(found) > MOST_RANKED)


async def who_reads(session: AsyncSession, actor: Actor) -> Reader:
    """One query; for a guest none."""
    if not is_inside(actor):
        return Reader(actor.id, 0, frozenset(), frozenset(), met=0)
    return await reader_of(session, actor)


_SOME = asked().limit(FEW + 1).subquery()
_HOW_MANY = select(func.count()).select_from(_SOME)


@lru_cache(maxsize=KINDS_OF_READERS * 8)
def _statement(actor: Actor, shape: _Shape) -> Select[*tuple[Any, ...]]:
    tokens = asked()
    entry_id = tokens.selected_columns[0]
    titled = asked("title").scalar_subquery()
    narrow = (
        tokens.with_only_columns(
            Entry.id,
            Entry.kind,
            Entry.subject_id,
            Entry.part,
            Entry.place_id,
            Entry.author_id,
            Entry.at,
            case((Entry.id.in_(titled), 1), else_=0).label("in_title"),
        )
        .join(Entry, Entry.id == entry_id)
        .where(*_conditions(actor, shape))
        .order_by(entry_id.desc())
    )
    if not shape.few:
        narrow = narrow.limit(bindparam("most"))
    place = bindparam("community", type_=Id) if shape.community else None
    found = narrow.cte("found")
    return visible_among(found, actor, many_met=shape.many_met, in_community=place)


def _conditions(actor: Actor, shape: _Shape) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if not shape.few:
        found.append(or_(Entry.place_id.is_(None), Entry.place_id.in_(readable_places(actor))))
    if shape.kinds:
        found.append(or_(*[_is_kind(kind) for kind in shape.kinds]))
    if shape.community:
        found.append(_stands_in_community())
    if shape.conversation:
        found.append(and_(Entry.kind == "message", Entry.place_id == bindparam("conversation", type_=Id)))
    if shape.author:
        found.append(Entry.author_id == bindparam("author", type_=Id))
    if shape.public:
        found.append(_is_of_public())
    if shape.since:
        found.append(Entry.at >= bindparam("since", type_=UtcDateTime))
    if shape.until:
        found.append(Entry.at < bindparam("until", type_=UtcDateTime))
    found += [_says(f"phrase_{number}") for number in range(shape.sequences)]
    found += [not_(_says(f"without_{number}")) for number in range(shape.without)]
    return found


def _is_kind(kind: Kind) -> ColumnElement[bool]:
    kept = KEPT_AS.get(kind)
    return and_(Entry.kind == kept[0], Entry.part == kept[1]) if kept else Entry.kind == kind


def _stands_in_community() -> ColumnElement[bool]:
    """By its place; of what stands in several its kind's condition says it."""
    community = bindparam("community", type_=Id)
    channels = select(Conversation.id).where(Conversation.community_id == community)
    space = select(Folder.id).where(Folder.community_id == community, Folder.parent_id.is_(None))
    in_several = exists().where(PostPlace.community_id == community, PostPlace.post_id == Entry.subject_id)
    return or_(
        Entry.place_id == community,
        Entry.place_id.in_(channels),
        Entry.place_id.in_(space),
        and_(Entry.place_id.is_(None), Entry.kind == "comment"),
        and_(Entry.place_id.is_(None), Entry.kind == "post", in_several),
    )


def _is_of_public() -> ColumnElement[bool]:
    """Said by, or about, somebody who shows the reader that he is of that public."""
    of_public = select(DirectoryPerson.member_id).where(
        DirectoryPerson.standing.in_(bindparam("standings", expanding=True))
    )
    who = case((Entry.kind == "person", Entry.subject_id), else_=Entry.author_id)
    return who.in_(of_public)


def _says(parameter: str) -> ColumnElement[bool]:
    return exists().where(EntryText.entry_id == Entry.id, EntryText.words.like(bindparam(parameter)))
