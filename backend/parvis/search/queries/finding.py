"""A page of what is found, the best first or the newest, and how much there is of each kind."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import BigInteger, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.chat.models import Conversation
from parvis.chat.policy import visible_to as visible_conversation
from parvis.communities.models import Community
from parvis.communities.policy import visible_to as visible_community
from parvis.kernel import clock
from parvis.kernel.analysis import Term
from parvis.kernel.entries.naming import near
from parvis.kernel.errors import NotFound
from parvis.kernel.pagination import decode_cursor, encode_cursor, malformed
from parvis.profiles.directory.reach import Reader
from parvis.search.models import Kind
from parvis.search.ranking import Ranker, Text
from parvis.search.words import Asked

from .candidates import READ_WHOLE, Candidate, Found, Listed, Narrowed, candidates, who_reads
from .hits import Hit, hits
from .statement import ALL, NEVER, Sort

MOST_NEAR = 6
CURSOR = (literal(0, BigInteger()),) * 3
"""Of what a cursor is: a score in thousandths or a moment in microseconds, an entry, and the second that scores were
reckoned at."""
LONGEST_READ = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A search. `place_id`: of a community or a conversation."""

    asked: Asked
    kinds: Sequence[Kind] = ()
    place_id: UUID | None = None
    narrowed: Narrowed = field(default_factory=Narrowed)
    sort: Sort = "match"


@dataclass(frozen=True, slots=True)
class Results:
    """A page. `counts`: of each kind, whatever kinds are wanted; `more`: of which kinds there are more; `is_cut`: more
    is found than is listed; `asked`: what was looked for in the end."""

    hits: Sequence[Hit]
    following: str | None
    counts: Mapping[Kind, int]
    more: Collection[Kind]
    is_limited: bool
    is_cut: bool
    asked: Asked
    corrected: str | None


async def find(session: AsyncSession, actor: Actor, wanted: Wanted, limit: int, cursor: str | None) -> Results:
    """At most twelve queries for what is found as it was typed. Raises `NotFound` and `Invalid`."""
    narrowed = await _placed(session, actor, wanted)
    reader = await who_reads(session, actor)
    now, after = _after(cursor)
    listed = Listed(set(wanted.kinds or ALL) & set(narrowed.kinds), wanted.sort, READ_WHOLE + 1)
    if wanted.sort == "recent":
        listed = replace(listed, limit=limit + 1, after=_moment(after) if after else None)
    asked, found, corrected = await _found(session, actor, reader, wanted.asked, narrowed, listed)
    chosen = found
    if found.is_limited and len(listed.kinds) < len(ALL):
        only = replace(narrowed, kinds=listed.kinds)
        chosen = await candidates(session, actor, reader, asked, only, listed)
    ordered = _ordered(asked, chosen.candidates[:READ_WHOLE], wanted.sort, now)
    if after is not None and wanted.sort == "match":
        ordered = [one for one in ordered if _key(one) > (-after[0], -after[1])]
    page = ordered[:limit]
    following = None
    if len(ordered) > limit and page:
        following = encode_cursor([*_place(page[-1], wanted.sort), int(now.timestamp())])
    shown = await hits(session, actor, page)
    counts = {kind: found.counts[kind] for kind in ALL if kind in found.counts}
    is_cut = wanted.sort == "match" and len(chosen.candidates) > READ_WHOLE
    return Results(shown, following, counts, found.more, found.is_limited, is_cut, asked, corrected)


async def _found(
    session: AsyncSession, actor: Actor, reader: Reader, asked: Asked, narrowed: Narrowed, listed: Listed
) -> tuple[Asked, Found, str | None]:
    """As it was typed; where nothing is so, by names that are spelt nearly so, or by all of the words but some."""
    found = await candidates(session, actor, reader, asked, narrowed, listed)
    if found.counts or not asked.terms or asked.sequences:
        return asked, found, None
    nearly = await _respelt(session, asked)
    if nearly is not None:
        found = await candidates(session, actor, reader, nearly, narrowed, listed)
        if found.candidates:
            return nearly, found, _corrected(asked, nearly, found.candidates[0])
    count = len(asked.terms)
    for least in sorted({count - 1, (count + 1) // 2, 1} - {0, count}, reverse=True):
        found = await candidates(session, actor, reader, asked, narrowed, listed, least)
        if found.counts:
            break
    return asked, found, None


async def _placed(session: AsyncSession, actor: Actor, wanted: Wanted) -> Narrowed:
    """One query, where a place is asked for."""
    if wanted.place_id is None:
        return wanted.narrowed
    community = select(Community.id).where(Community.id == wanted.place_id, visible_community(actor))
    conversation = select(Conversation.id).where(Conversation.id == wanted.place_id, visible_conversation(actor))
    is_community, is_conversation = (await session.execute(select(community.exists(), conversation.exists()))).one()
    if is_community:
        return replace(wanted.narrowed, community_id=wanted.place_id)
    if is_conversation:
        return replace(wanted.narrowed, conversation_id=wanted.place_id)
    raise NotFound


def _ordered(asked: Asked, found: Sequence[Candidate], sort: Sort, now: datetime) -> list[tuple[Candidate, float]]:
    if sort == "recent":
        return [(one, 0.0) for one in sorted(_once(found), key=lambda one: (one.at or NEVER, one.id), reverse=True)]
    ranker = Ranker(asked, now)
    scored = []
    for one in _once(found):
        title, _, body = (one.words or "").partition("|")
        scored.append((one, ranker.score(one.shown_as, one.at, Text(title, body), is_own=bool(one.is_own))))
    return sorted(scored, key=_key)


def _once(found: Sequence[Candidate]) -> list[Candidate]:
    """Each thing once: somebody has an entry for each class of readers, all of which may be found."""
    by_subject: dict[tuple[str, UUID], Candidate] = {}
    for one in found:
        known = by_subject.get((one.kind, one.subject_id))
        if known is None or one.id < known.id:
            by_subject[one.kind, one.subject_id] = one
    return list(by_subject.values())


def _key(one: tuple[Candidate, float]) -> tuple[int, int]:
    """The best first; of equals the last put."""
    return -round(one[1] * 1_000), -one[0].id


def _place(one: tuple[Candidate, float], sort: Sort) -> tuple[int, int]:
    """By which the next page begins after it: its score, or its moment, and its id."""
    candidate, score = one
    if sort == "recent":
        return round((candidate.at or NEVER).timestamp() * 1_000_000), candidate.id
    return round(score * 1_000), candidate.id


def _after(cursor: str | None) -> tuple[datetime, tuple[int, int] | None]:
    """The moment at which scores are reckoned, the same for all pages, and after what the page begins."""
    now = clock.now().replace(microsecond=0)
    if cursor is None:
        return now, None
    place, number, second = (int(str(value)) for value in decode_cursor(cursor, CURSOR))
    began = now.timestamp() - second
    if 0 <= began <= LONGEST_READ.total_seconds():
        now -= timedelta(seconds=began)
    return now, (place, number)


def _moment(place: tuple[int, int]) -> tuple[datetime, int]:
    """Raises `Invalid` for what is no moment."""
    try:
        return NEVER + timedelta(microseconds=place[0]), place[1]
    except OverflowError as error:
        raise malformed() from error


async def _respelt(session: AsyncSession, asked: Asked) -> Asked | None:
    """The same, whose words stand for names too that are spelt nearly so. One query for each word."""
    terms: list[Term] = []
    is_other = False
    for term in asked.terms:
        others = (await near(session, term.tokens[0]))[:MOST_NEAR]
        is_other = is_other or bool(others)
        terms.append(Term((*term.tokens, *others), term.beginning))
    return replace(asked, terms=terms) if is_other else None


def _corrected(asked: Asked, nearly: Asked, best: Candidate) -> str:
    """What was typed, with the words that were found in the place of those that were not: they are of something that
    its reader may read."""
    there = set((best.words or "").split())
    said = []
    for before, after in zip(asked.terms, nearly.terms, strict=True):
        plain = before.tokens[0]
        other = next((one for one in after.tokens[len(before.tokens) :] if one in there or not there), None)
        said.append(plain if plain in there or other is None else other)
    return " ".join(said)
