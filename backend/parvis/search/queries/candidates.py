"""Which entries a query finds, of those that its reader may read: the newest, as many as are ranked, how many there are
of each kind, and the first of them. One statement narrows them by words and place, and judges each kind by the
condition of its feature."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Literal, NamedTuple, cast
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CTE,
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    any_,
    bindparam,
    case,
    exists,
    func,
    literal,
    not_,
    null,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy import cast as cast_sql
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import KINDS_OF_READERS, Actor
from parvis.accounts.models.people import Public
from parvis.accounts.policy import is_inside
from parvis.chat.models import Conversation
from parvis.documents.models import Folder
from parvis.kernel.db import Id, UtcDateTime
from parvis.kernel.entries import Entry, EntryText, Expression, all_found, asked, last_found
from parvis.posts.models import PostPlace
from parvis.profiles.directory.filters import FEW_MET, reader_of, told_of
from parvis.profiles.directory.models import DirectoryPerson
from parvis.profiles.directory.reach import BIT, Reader
from parvis.search.models import Kind
from parvis.search.policy import may_be_readable, visible_among
from parvis.search.words import Asked

Sort = Literal["match", "recent"]
MOST_RANKED = 5_000
"""Of what a very common word finds, the newest so many are counted and ranked."""
READ_WHOLE = 300
"""Of these, how many are ranked by their texts: those with the words in their titles, of one's own places, and new."""
READ = 1_500
"""Letters of a text by which it is ranked."""
LOOKED_THROUGH = 15_000
"""Of the last that have very common words, so many are looked through for those that the reader may see."""
FEW = 1_000
"""Up to so many found are judged as they are; more are first narrowed to places that the reader may read."""
ALL: tuple[Kind, ...] = ("person", "community", "post", "event", "comment", "message", "document", "page")
KEPT_AS: Mapping[Kind, tuple[str, str]] = {
    "post": ("post", ""),
    "event": ("post", "event"),
    "document": ("document", ""),
    "page": ("document", "page"),
}
"""Kind and part of the entries of those that share a kind with others."""
SHOWN_AS: Mapping[tuple[str, str], Kind] = {kept: kind for kind, kept in KEPT_AS.items()}
NAMES = ("community", "person")
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
COUNTED, CUT = -1, -2
"""Stand for the ids of rows that say how many there are of a kind, and how many were found before they were judged."""


class Candidate(NamedTuple):
    """An entry that was found, and may be read. `in_title`: all that is looked for stands in its title; `is_own`: it is
    of a community of the reader's; `words`: the beginning of its folded text, where it is to be ranked by it."""

    id: int
    kind: str
    subject_id: UUID
    part: str
    place_id: UUID | None
    author_id: UUID | None
    at: datetime | None
    in_title: int
    is_own: int
    words: str | None = None

    @property
    def shown_as(self) -> Kind:
        return shown_as(self.kind, self.part)


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
class Listed:
    """Which of what is found is listed: these kinds, the best or the newest; of these `limit` after a moment and an
    entry."""

    kinds: Collection[Kind] = ALL
    sort: Sort = "match"
    limit: int = READ_WHOLE
    after: tuple[datetime, int] | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """`counts`: of each kind, how many; `is_limited`: there is more than is counted and ranked."""

    candidates: Sequence[Candidate]
    counts: Mapping[Kind, int]
    is_limited: bool


NOTHING = Found((), {}, is_limited=False)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the statement depends on beside its parameters."""

    few: bool
    by_ids: bool
    many_met: bool
    kinds: tuple[Kind, ...]
    listed: tuple[Kind, ...]
    sort: Sort
    after: bool
    community: bool
    conversation: bool
    author: bool
    public: bool
    since: bool
    until: bool
    sequences: int
    without: int


def shown_as(kind: str, part: str) -> Kind:
    return SHOWN_AS.get((kind, part)) or cast("Kind", kind)


async def candidates(
    session: AsyncSession,
    actor: Actor,
    reader: Reader,
    said: Asked,
    narrowed: Narrowed,
    listed: Listed,
    least: int | None = None,
) -> Found:
    """Two queries; on PostgreSQL four, or eight where many are found. `least`: how many of the words are enough."""
    if not said.terms or not narrowed.kinds:
        return NOTHING
    told: dict[str, Any] = {
        **told_of(reader),
        **Expression(said.terms, said.without, least).told(),
        "most": MOST_RANKED + 1,
        "limit": listed.limit,
        "after_at": listed.after[0] if listed.after else None,
        "after_id": listed.after[1] if listed.after else None,
        "community": narrowed.community_id,
        "conversation": narrowed.conversation_id,
        "author": narrowed.author_id,
        "since": narrowed.since,
        "until": narrowed.until,
        "standings": reader.standings(BIT[narrowed.public]) if narrowed.public else [],
        **{f"phrase_{number}": f"%{phrase}%" for number, phrase in enumerate(said.sequences)},
        **{f"without_{number}": f"%{phrase}%" for number, phrase in enumerate(said.without_sequences)},
    }
    last = await last_found(session, told, FEW, LOOKED_THROUGH)
    few = (len(last.ids) if last else await session.scalar(_HOW_MANY, told) or 0) <= FEW
    shape = _Shape(
        few=few,
        by_ids=last is not None,
        many_met=reader.met > FEW_MET,
        kinds=_some(narrowed.kinds),
        listed=_some(listed.kinds),
        sort=listed.sort,
        after=listed.after is not None,
        community=narrowed.community_id is not None,
        conversation=narrowed.conversation_id is not None,
        author=narrowed.author_id is not None,
        public=narrowed.public is not None,
        since=narrowed.since is not None,
        until=narrowed.until is not None,
        sequences=len(said.sequences) if least is None else 0,
        without=len(said.without_sequences),
    )
    statement = _statement(actor.stand_in(), shape)
    found = _found((await session.execute(statement, told | {"ids": last.ids} if last else told)).all())
    if last and not last.are_all and not found.is_limited:  # Too few of the last may be read.
        last = await all_found(session, told)
        found = _found((await session.execute(statement, told | {"ids": last.ids})).all())
    return found


async def who_reads(session: AsyncSession, actor: Actor) -> Reader:
    """One query; for a guest none."""
    if not is_inside(actor):
        return Reader(actor.id, 0, frozenset(), frozenset(), met=0)
    return await reader_of(session, actor)


def _some(kinds: Collection[Kind]) -> tuple[Kind, ...]:
    """Empty for all."""
    wanted = tuple(sorted(set(kinds)))
    return () if len(wanted) == len(ALL) else wanted


def _found(rows: Sequence[Any]) -> Found:
    counts: dict[Kind, int] = {}
    cut = 0
    top: list[Candidate] = []
    for row in rows:
        if row[0] == COUNTED:
            counts[shown_as(row[1], row[3])] = row[7]
        elif row[0] == CUT:
            cut = row[7]
        else:
            top.append(Candidate(*row))
    return Found(top, counts, is_limited=cut > MOST_RANKED)


_SOME = asked().limit(FEW + 1).subquery()
_HOW_MANY = select(func.count()).select_from(_SOME)


@lru_cache(maxsize=KINDS_OF_READERS * 8)
def _statement(actor: Actor, shape: _Shape) -> Select[*tuple[Any, ...]]:
    last = _narrow(actor, shape).cte("last")
    found = select(last, _in_title(last, shape)).cte("found")
    place = bindparam("community", type_=Id) if shape.community else None
    seen = visible_among(found, actor, many_met=shape.many_met, in_community=place, narrowed=not shape.few).cte("seen")
    every = union_all(_counted(seen), _cut(last), _top(seen, shape)).subquery("every")
    return select(every)


def _narrow(actor: Actor, shape: _Shape) -> Select[*tuple[Any, ...]]:
    """Entries by their words, and by what their own rows say; the last put first."""
    entry = (Entry.id, Entry.kind, Entry.subject_id, Entry.part, Entry.place_id, Entry.author_id, Entry.at)
    query: Select[*tuple[Any, ...]]
    if shape.by_ids:
        query = select(*entry).where(Entry.id == any_(bindparam("ids", type_=ARRAY(BigInteger))))
        order = Entry.id.desc()
    else:
        tokens = asked()
        entry_id = tokens.selected_columns[0]
        query, order = tokens.with_only_columns(*entry).join(Entry, Entry.id == entry_id), entry_id.desc()
    query = query.where(*_conditions(actor, shape)).order_by(order)
    return query if shape.few else query.limit(bindparam("most", type_=Integer()))


def _in_title(last: CTE, shape: _Shape) -> ColumnElement[int]:
    """SQLite looks titles up from the first of these on, however many more have the words; PostgreSQL has an index of
    titles alone."""
    titled = asked("title")
    if not shape.by_ids:
        titled = titled.where(titled.selected_columns[0] >= select(func.min(last.c.id)).scalar_subquery())
    return case((last.c.id.in_(titled), 1), else_=0).label("in_title")


def _counted(seen: CTE) -> Select[*tuple[Any, ...]]:
    """Of people and comments, whose parts are all shown as one kind, none is told."""
    part = case((seen.c.kind.in_(("person", "comment")), ""), else_=seen.c.part).label("part")
    each = select(seen.c.kind, part, seen.c.subject_id).subquery("each")
    how_many = func.count(each.c.subject_id.distinct())
    return _figures(COUNTED, each.c.kind, each.c.part, how_many).group_by(each.c.kind, each.c.part)


def _cut(last: CTE) -> Select[*tuple[Any, ...]]:
    return _figures(CUT, literal("", String()), literal("", String()), func.count()).select_from(last)


def _figures(what: int, kind: Any, part: Any, how_many: Any) -> Select[*tuple[Any, ...]]:
    """Figures in the columns of entries."""
    no_id, no_text = cast_sql(null(), Id()), cast_sql(null(), String())
    return select(
        cast_sql(literal(what), BigInteger).label("id"),
        *(kind.label("kind"), no_id.label("subject_id"), part.label("part")),
        *(no_id.label("place_id"), no_id.label("author_id"), cast_sql(null(), UtcDateTime()).label("at")),
        *(cast_sql(how_many, Integer).label("in_title"), literal(0).label("is_own"), no_text.label("words")),
    )


def _top(seen: CTE, shape: _Shape) -> Select[*tuple[Any, ...]]:
    """Those that are listed, with the texts that they are ranked by."""
    is_name = case((seen.c.kind.in_(NAMES), 1), else_=0)
    query = select(seen)
    if shape.listed:
        query = query.where(or_(*[_is_kind(kind, seen.c) for kind in shape.listed]))
    if shape.sort == "recent":
        at = func.coalesce(seen.c.at, literal(NEVER, UtcDateTime()))
        if shape.after:
            bound = tuple_(bindparam("after_at", type_=UtcDateTime), bindparam("after_id", type_=BigInteger()))
            query = query.where(tuple_(at, seen.c.id) < bound)
        order: tuple[Any, ...] = (at.desc(), seen.c.id.desc())
    else:
        order = (seen.c.in_title.desc(), is_name.desc(), seen.c.is_own.desc(), seen.c.id.desc())
    top = query.order_by(*order).limit(bindparam("limit", type_=Integer())).subquery("top")
    words: Any = cast_sql(null(), String())
    if shape.sort == "match":
        said = select(func.substr(EntryText.words, 1, READ)).where(EntryText.entry_id == top.c.id)
        words = said.scalar_subquery()
    return select(top, words.label("words"))


def _conditions(actor: Actor, shape: _Shape) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if not shape.few:
        found.append(may_be_readable(actor))
    if shape.kinds:
        found.append(or_(*[_is_kind(kind, Entry) for kind in shape.kinds]))
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


def _is_kind(kind: Kind, entry: Any) -> ColumnElement[bool]:
    kept = KEPT_AS.get(kind)
    return and_(entry.kind == kept[0], entry.part == kept[1]) if kept else entry.kind == kind


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
