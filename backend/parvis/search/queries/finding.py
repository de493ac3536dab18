"""A page of what is found, the best first or the newest, and how much there is of each kind."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from sqlalchemy import BigInteger, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.chat.models import Conversation
from parvis.chat.policy import visible_to as visible_conversation
from parvis.communities.models import Community
from parvis.communities.policy import visible_to as visible_community
from parvis.kernel import clock
from parvis.kernel.analysis import Term, words_of
from parvis.kernel.entries import EntryText
from parvis.kernel.entries.naming import near
from parvis.kernel.errors import Invalid, NotFound
from parvis.kernel.pagination import decode_cursor, encode_cursor
from parvis.profiles.directory.reach import Reader
from parvis.search.models import Kind
from parvis.search.ranking import Ranker, Text
from parvis.search.words import Asked

from .candidates import ALL, Candidate, Found, Narrowed, candidates, who_reads
from .hits import Hit, hits

Sort = Literal["match", "recent"]
READ_WHOLE = 600
"""How many candidates are scored by their texts; others by what is known of them without."""
READ = 4_000
"""Letters of a text by which it is scored."""
FEWEST_WORDS = 3
"""From so many words on, what has all of them but one is found where nothing has all."""
MOST_NEAR = 6
CURSOR = (literal(0, BigInteger()),) * 3
"""Of what a cursor is: a score in thousandths, an entry, and the second that scores were reckoned at."""
NEVER = 0


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
    """A page. `counts`: of each kind, whatever kinds are wanted; `asked`: what was looked for in the end."""

    hits: Sequence[Hit]
    following: str | None
    counts: Mapping[Kind, int]
    is_limited: bool
    asked: Asked
    corrected: str | None


async def find(session: AsyncSession, actor: Actor, wanted: Wanted, limit: int, cursor: str | None) -> Results:
    """At most twelve queries for what is found as it was typed. Raises `NotFound` and `Invalid`."""
    narrowed = await _placed(session, actor, wanted)
    reader = await who_reads(session, actor)
    asked, found, corrected = await _found(session, actor, reader, wanted.asked, narrowed)
    counted = Counter(candidate.shown_as for candidate in _once(found.candidates))
    chosen = found
    if wanted.kinds and found.is_limited:
        chosen = await candidates(
            session, actor, reader, asked, replace(narrowed, kinds=set(wanted.kinds) & set(narrowed.kinds))
        )
    those = [one for one in chosen.candidates if not wanted.kinds or one.shown_as in wanted.kinds]
    now, after = _after(cursor)
    ordered = await _ordered(session, asked, those, wanted.sort, now)
    if after is not None:
        ordered = [one for one in ordered if _key(one) > after]
    page = ordered[:limit]
    following = None
    if len(ordered) > limit and page:
        score, number = page[-1][1], page[-1][0].id
        following = encode_cursor([_thousandths(score), number, int(now.timestamp())])
    shown = await hits(session, actor, page)
    counts = {kind: counted[kind] for kind in ALL if counted[kind]}
    return Results(shown, following, counts, found.is_limited, asked, corrected)


async def _found(
    session: AsyncSession, actor: Actor, reader: Reader, asked: Asked, narrowed: Narrowed
) -> tuple[Asked, Found, str | None]:
    """As it was typed; where nothing is so, by names that are spelt nearly so, or by all of the words but some."""
    found = await candidates(session, actor, reader, asked, narrowed)
    if found.candidates or not asked.terms or asked.sequences:
        return asked, found, None
    nearly = await _respelt(session, asked)
    if nearly is not None:
        found = await candidates(session, actor, reader, nearly, narrowed)
        if found.candidates:
            return nearly, found, await _corrected(session, asked, nearly, found.candidates[0])
    count = len(asked.terms)
    for least in range(count - 1, count // 2, -1) if count >= FEWEST_WORDS else ():
        found = await candidates(session, actor, reader, asked, narrowed, least)
        if found.candidates:
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


async def _ordered(
    session: AsyncSession, asked: Asked, found: Sequence[Candidate], sort: Sort, now: datetime
) -> list[tuple[Candidate, float]]:
    """One query, where texts are compared."""
    if sort == "recent":
        recent = [(one, one.at.timestamp() if one.at else NEVER) for one in _once(found)]
        return sorted(recent, key=_key)
    ranker = Ranker(asked, now)
    first = [
        (one, ranker.first(one.shown_as, one.at, is_own=bool(one.is_own), in_title=bool(one.in_title)))
        for one in _once(found)
    ]
    first.sort(key=_key)
    texts = await _texts(session, [one.id for one, _ in first[:READ_WHOLE]])
    best = [
        (one, ranker.score(one.shown_as, one.at, texts[one.id], is_own=bool(one.is_own)))
        for one, _ in first[:READ_WHOLE]
        if one.id in texts
    ]
    return [*sorted(best, key=_key), *[(one, score - BEYOND) for one, score in first[READ_WHOLE:]]]


BEYOND = 1_000.0
"""Taken from the score of what is not read, which so comes after all that is."""


async def _texts(session: AsyncSession, ids: Sequence[int]) -> dict[int, Text]:
    if not ids:
        return {}
    query = select(EntryText.entry_id, func.substr(EntryText.words, 1, READ)).where(EntryText.entry_id.in_(ids))
    found = {}
    for id_, words in await session.execute(query):
        title, _, body = words.partition("|")
        found[id_] = Text(title, body)
    return found


def _once(found: Sequence[Candidate]) -> list[Candidate]:
    """Each thing once: somebody has an entry for each class of readers, all of which may be found."""
    by_subject: dict[tuple[str, UUID], Candidate] = {}
    for one in found:
        known = by_subject.get((one.kind, one.subject_id))
        if known is None or one.id < known.id:
            by_subject[one.kind, one.subject_id] = one
    return list(by_subject.values())


def _thousandths(score: float) -> int:
    return round(score * 1_000)


def _key(one: tuple[Candidate, float]) -> tuple[int, int]:
    return -_thousandths(one[1]), -one[0].id


def _after(cursor: str | None) -> tuple[datetime, tuple[int, int] | None]:
    """The moment at which scores are reckoned, the same for all pages, and after what the page begins."""
    now = clock.now().replace(microsecond=0)
    if cursor is None:
        return now, None
    score, number, second = decode_cursor(cursor, CURSOR)
    if not (isinstance(score, int) and isinstance(number, int) and isinstance(second, int)):
        raise Invalid
    since = timedelta(seconds=now.timestamp() - second)
    if not timedelta(0) <= since <= timedelta(days=2):
        return now, (-score, -number)
    return now - since, (-score, -number)


async def _respelt(session: AsyncSession, asked: Asked) -> Asked | None:
    """The same, whose words stand for names too that are spelt nearly so. One query for each word."""
    terms: list[Term] = []
    is_other = False
    for term in asked.terms:
        others = (await near(session, term.tokens[0]))[:MOST_NEAR]
        is_other = is_other or bool(others)
        terms.append(Term((*term.tokens, *others), term.beginning))
    return replace(asked, terms=terms) if is_other else None


async def _corrected(session: AsyncSession, asked: Asked, nearly: Asked, best: Candidate) -> str:
    """What was typed, with the words that were found in the place of those that were not: they are of something that
    its reader may read."""
    words = await session.scalar(select(EntryText.words).where(EntryText.entry_id == best.id)) or ""
    there = set(words_of(words))
    said = []
    for before, after in zip(asked.terms, nearly.terms, strict=True):
        plain = before.tokens[0]
        other = next((one for one in after.tokens[len(before.tokens) :] if one in there), None)
        said.append(plain if plain in there or other is None else other)
    return " ".join(said)
