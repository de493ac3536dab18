"""The one statement that finds: it narrows entries by words and place, and judges each kind by the condition of its
feature; of many entries no more than it takes to list the first, and to count of each kind as far as is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Literal

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

from parvis.accounts.actor import KINDS_OF_READERS, Actor
from parvis.chat.models import Conversation
from parvis.documents.models import Folder
from parvis.kernel.db import Id, UtcDateTime
from parvis.kernel.entries import Entry, EntryText, asked
from parvis.posts.models import PostPlace
from parvis.profiles.directory.models import DirectoryPerson
from parvis.search.models import Kind
from parvis.search.policy import is_own, is_visible, may_be_readable, visible_among, without_place

Sort = Literal["match", "recent"]
How = Mapping[str, Any]
"""What entries are judged by, beside who reads: see `is_visible`."""
READ = 1_500
"""Letters of a text by which it is ranked."""
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
WITHOUT_PARTS = ("comment", "person")
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
A_COUNT, CUT = -1, -2
"""Stand for the ids of rows that say how many there are of a kind, and how many were found before they were judged."""
_MOST, _LIMIT, _COUNTED = (bindparam(name, type_=Integer()) for name in ("most", "limit", "counted"))


@dataclass(frozen=True, slots=True)
class Shape:
    """What the statement depends on beside its parameters. `few`: few are found, and all are judged; `by_ids`: it is
    told which are."""

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
    few: bool = True
    by_ids: bool = False


@lru_cache(maxsize=KINDS_OF_READERS * 8)
def statement(actor: Actor, shape: Shape) -> Select[*tuple[Any, ...]]:
    """Rows of candidates, and of counts (`A_COUNT`, `CUT`), whose figure stands in the place of `in_title`."""
    last = _narrow(actor, shape).cte("last")
    place = bindparam("community", type_=Id) if shape.community else None
    how = {"many_met": shape.many_met, "in_community": place}
    each = _judged(actor, last, shape, how) if shape.few else _judged_as_needed(actor, last, shape, how)
    return select(union_all(*each, _cut(last)).subquery("every"))


def _judged(actor: Actor, last: CTE, shape: Shape, how: How) -> Sequence[Select[*tuple[Any, ...]]]:
    """Counts, and the first, of few entries: all are judged once. Of people and comments, whose parts are all shown as
    one kind, no part is told."""
    found = select(last, _in_title(last, shape)).cte("found")
    seen = visible_among(found, actor, **how).cte("seen")
    part = case((seen.c.kind.in_(WITHOUT_PARTS), ""), else_=seen.c.part).label("part")
    each = select(seen.c.kind, part, seen.c.subject_id).subquery("each")
    counted = _figures(A_COUNT, each.c.kind, each.c.part, func.count(each.c.subject_id.distinct()))
    return counted.group_by(each.c.kind, each.c.part), _with_words(_first(seen, shape).limit(_LIMIT), shape)


def _judged_as_needed(actor: Actor, last: CTE, shape: Shape, how: How) -> Sequence[Select[*tuple[Any, ...]]]:
    """The same of many: they are put in order first, and judged in that order until enough may be read."""
    found = select(last, _in_title(last, shape), is_own(last, actor)).cte("found")
    by_rank = _first(found, shape).limit(_MOST).subquery("by_rank")
    is_seen = is_visible(by_rank, actor, **how, narrowed=True)
    counted = [_counted(actor, found, kind, how) for kind in shape.kinds or ALL]
    return *counted, _with_words(select(*without_place(by_rank)).where(is_seen).limit(_LIMIT), shape)


def _narrow(actor: Actor, shape: Shape) -> Select[*tuple[Any, ...]]:
    """Entries by their words, and by what their own rows say; the last put first."""
    entry = (Entry.id, Entry.kind, Entry.subject_id, Entry.part, Entry.place_id, Entry.at)
    query: Select[*tuple[Any, ...]]
    if shape.by_ids:
        query = select(*entry).where(Entry.id == any_(cast_sql(bindparam("ids", type_=String()), ARRAY(BigInteger))))
        order = Entry.id.desc()
    else:
        tokens = asked()
        entry_id = tokens.selected_columns[0]
        query, order = tokens.with_only_columns(*entry).join(Entry, Entry.id == entry_id), entry_id.desc()
    query = query.where(*_conditions(actor, shape)).order_by(order)
    return query if shape.few else query.limit(_MOST)


def _in_title(last: CTE, shape: Shape) -> ColumnElement[int]:
    """SQLite looks titles up from the first of these on, however many more have the words; PostgreSQL has an index of
    titles alone."""
    titled = asked("title")
    if not shape.by_ids:
        titled = titled.where(titled.selected_columns[0] >= select(func.min(last.c.id)).scalar_subquery())
    return case((last.c.id.in_(titled), 1), else_=0).label("in_title")


def _counted(actor: Actor, found: CTE, kind: Kind, how: How) -> Select[*tuple[Any, ...]]:
    """Of one kind, as far as is told. Somebody has several entries, and is counted once."""
    kept, part = KEPT_AS.get(kind, (kind, ""))
    is_seen = is_visible(found, actor, **how, narrowed=True, only=kept)
    each = select(found.c.subject_id).where(_is_kind(kind, found.c), is_seen)
    some = (each.distinct() if kind == "person" else each).limit(_COUNTED).subquery(f"some_{kind}")
    return _figures(A_COUNT, literal(kept, String()), literal(part, String()), func.count(some.c.subject_id))


def _cut(last: CTE) -> Select[*tuple[Any, ...]]:
    return _figures(CUT, literal("", String()), literal("", String()), func.count()).select_from(last)


def _figures(what: int, kind: Any, part: Any, how_many: Any) -> Select[*tuple[Any, ...]]:
    """Figures in the columns of entries."""
    no_id, no_text = cast_sql(null(), Id()), cast_sql(null(), String())
    return select(
        cast_sql(literal(what), BigInteger).label("id"),
        *(kind.label("kind"), no_id.label("subject_id"), part.label("part")),
        *(cast_sql(null(), UtcDateTime()).label("at"), cast_sql(how_many, Integer).label("in_title")),
        *(literal(0).label("is_own"), no_text.label("words")),
    )


def _first(seen: CTE, shape: Shape) -> Select[*tuple[Any, ...]]:
    """Those that may be listed, in the order in which they are."""
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
    return query.order_by(*order)


def _with_words(listed: Select[*tuple[Any, ...]], shape: Shape) -> Select[*tuple[Any, ...]]:
    """With the texts that they are ranked by."""
    top = listed.subquery("top")
    words: Any = cast_sql(null(), String())
    if shape.sort == "match":
        said = select(func.substr(EntryText.words, 1, READ)).where(EntryText.entry_id == top.c.id)
        words = said.scalar_subquery()
    return select(top, words.label("words"))


def _conditions(actor: Actor, shape: Shape) -> list[ColumnElement[bool]]:
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
