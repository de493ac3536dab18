"""Which entries a query finds, of those that its reader may read: the newest, as many as are ranked, how many there are
of each kind, and the first of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple, cast
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.models.people import Public
from parvis.accounts.policy import is_inside
from parvis.kernel.entries import Expression, asked, last_found
from parvis.profiles.directory.filters import FEW_MET, reader_of, told_of
from parvis.profiles.directory.reach import BIT, Reader
from parvis.search.models import Kind
from parvis.search.words import Asked

from .statement import A_COUNT, ALL, CUT, SHOWN_AS, Shape, Sort, statement

MOST_RANKED = 5_000
"""Of what a very common word finds, the newest so many are counted and ranked."""
EVERY = 2**31 - 2
"""More than there ever are."""
COUNTED = 200
"""Of a kind, so many are counted; beyond that, "more". Who may read fewer of the newest is given earlier ones too."""
READ_WHOLE = 300
"""Of these, how many are ranked by their texts: those with the words in their titles, of one's own places, and new."""
LOOKED_THROUGH = (9_000, 30_000, None)
"""Of the last that have very common words, so many are looked through on PostgreSQL for those that the reader may see;
then more, and all."""
FEW = 1_000
"""Up to so many found are judged as they are; more are first narrowed to places that the reader may read."""


class Candidate(NamedTuple):
    """An entry that was found, and may be read. `in_title`: all that is looked for stands in its title; `is_own`: it is
    of a community of the reader's; `words`: the beginning of its folded text, where it is to be ranked by it."""

    id: int
    kind: str
    subject_id: UUID
    part: str
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
    """`counts`: of each kind, how many, as far as they are counted; `more`: of which kinds there are, or may be, more;
    `is_limited`: there is more than is ranked."""

    candidates: Sequence[Candidate]
    counts: Mapping[Kind, int]
    more: Collection[Kind]
    is_limited: bool


NOTHING = Found((), {}, (), is_limited=False)


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
    """Two queries; twice as many where of very many few of the newest may be read, or, on PostgreSQL, few of the last
    are in places that the reader may read; four times as many at most. `least`: how many of the words are enough."""
    if not said.terms or not narrowed.kinds:
        return NOTHING
    told: dict[str, Any] = {
        **told_of(reader),
        **Expression(said.terms, said.without, least).told(),
        "counted": COUNTED + 1,
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
    shape = _shape(reader, said, narrowed, listed)
    found = await _among_newest(session, actor, shape, told, MOST_RANKED, LOOKED_THROUGH)
    if found.is_limited and sum(found.counts.values()) < COUNTED:
        found = await _among_newest(session, actor, shape, told, EVERY, (None,))
    return found


async def _among_newest(
    session: AsyncSession,
    actor: Actor,
    shape: Shape,
    told: Mapping[str, Any],
    most: int,
    looked_through: Sequence[int | None],
) -> Found:
    """What is found among the `most` newest that stand where the actor may read."""
    found = NOTHING
    for wanted in looked_through:
        last = await last_found(session, told, wanted)
        few = (last.number if last else await session.scalar(_HOW_MANY, told) or 0) <= FEW
        query = statement(actor.stand_in(), replace(shape, few=few, by_ids=last is not None))
        ids = {"ids": last.ids} if last else {}
        found = _found((await session.execute(query, {**told, **ids, "most": most + 1})).all(), most)
        if last is None or last.are_all or found.is_limited:
            break
    return found


async def who_reads(session: AsyncSession, actor: Actor) -> Reader:
    """One query; for a guest none."""
    if not is_inside(actor):
        return Reader(actor.id, 0, frozenset(), frozenset(), met=0)
    return await reader_of(session, actor)


def _shape(reader: Reader, said: Asked, narrowed: Narrowed, listed: Listed) -> Shape:
    return Shape(
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
        sequences=len(said.sequences),
        without=len(said.without_sequences),
    )


def _some(kinds: Collection[Kind]) -> tuple[Kind, ...]:
    """Empty for all."""
    wanted = tuple(sorted(set(kinds)))
    return () if len(wanted) == len(ALL) else wanted


def _found(rows: Sequence[Any], most: int) -> Found:
    counts: dict[Kind, int] = {}
    more: set[Kind] = set()
    cut = 0
    top: list[Candidate] = []
    for row in rows:
        if row[0] == CUT:
            cut = row[5]
        elif row[0] != A_COUNT:
            top.append(Candidate(*row))
        elif row[5]:
            kind = shown_as(row[1], row[3])
            counts[kind] = min(row[5], COUNTED)
            more |= {kind} if row[5] > COUNTED else set()
    is_limited = cut > most
    return Found(top, counts, counts.keys() if is_limited else more, is_limited)


_SOME = asked().limit(FEW + 1).subquery()
_HOW_MANY = select(func.count()).select_from(_SOME)
