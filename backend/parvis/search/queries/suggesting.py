"""What somebody may be typing the name of: a few things, people first."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import CTE, Select, bindparam, case, exists, literal, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from parvis.accounts.actor import KINDS_OF_READERS, Actor
from parvis.kernel import clock
from parvis.kernel.analysis import LIGHT, Term, sequence_of
from parvis.kernel.entries import Entry, EntryName
from parvis.kernel.entries.naming import near
from parvis.profiles.directory.filters import FEW_MET, told_of
from parvis.profiles.directory.reach import Reader
from parvis.profiles.models import Contact
from parvis.search.models import Kind
from parvis.search.policy import visible_among
from parvis.search.ranking import Ranker
from parvis.search.words import understood

from .candidates import Candidate, who_reads
from .hits import Hit, hits

SHORTEST = 2
MOST_WORDS = 4
MOST_NAMED = 1_500
"""Of each kind, how many names that begin so are looked at."""
MOST_LOOKED_AT = {"person": 150, "community": 50, "document": 50, "post": 50}
AT_MOST = {"person": 4, "community": 3, "document": 3, "page": 3, "post": 2, "event": 2}
CONTACT = 2.0


@dataclass(frozen=True, slots=True)
class Suggested:
    hits: Sequence[Hit]
    terms: Sequence[Term]
    is_approximate: bool


async def suggest(
    session: AsyncSession, actor: Actor, typed: str, kinds: Collection[Kind], limit: int = 8
) -> Suggested:
    """Names whose words begin with the words typed; where there are none, those that are spelt nearly so. At most
    twelve queries."""
    every = list(dict.fromkeys(sequence_of(typed).split()))
    heavy = [word for word in every if word not in LIGHT or len(every) == 1]
    words = sorted(heavy[:MOST_WORDS], key=len, reverse=True)
    if not words or len("".join(words)) < SHORTEST:
        return Suggested((), (), is_approximate=False)
    reader = await who_reads(session, actor)
    ways: Sequence[Sequence[str]] = [[word] for word in words]
    found = await _candidates(session, actor, reader, words, ways)
    is_approximate = False
    if not found:
        ways = [[*(await near(session, word))[:5], word] for word in words]
        is_approximate = any(len(way) > 1 for way in ways)
        found = await _candidates(session, actor, reader, words, ways) if is_approximate else []
    terms = [Term(tuple(way), word) for way, word in zip(ways, words, strict=True)]
    ranked = _ranked(typed, [one for one in found if one.candidate.shown_as in kinds])[:limit]
    return Suggested(await hits(session, actor, ranked, longest=1), terms, is_approximate)


@dataclass(frozen=True, slots=True)
class _Named:
    candidate: Candidate
    is_contact: bool


async def _candidates(
    session: AsyncSession, actor: Actor, reader: Reader, words: Sequence[str], ways: Sequence[Sequence[str]]
) -> list[_Named]:
    """One query."""
    told: dict[str, Any] = {**told_of(reader)}
    for number, (word, way) in enumerate(zip(words, ways, strict=True)):
        told |= {f"from_{number}": word, f"to_{number}": _after(word), f"near_{number}": list(way)}
    statement = _statement(actor.stand_in(), len(words), reader.met > FEW_MET)
    return [
        _Named(Candidate(*row[:-1]), bool(row.is_contact)) for row in (await session.execute(statement, told)).all()
    ]


@lru_cache(maxsize=KINDS_OF_READERS)
def _statement(actor: Actor, words: int, many_met: bool) -> Select[*tuple[Any, ...]]:
    some = union_all(
        *[select(_of_kind(kind, words, most).subquery(f"of_{kind}")) for kind, most in MOST_LOOKED_AT.items()]
    )
    found: CTE = some.cte("found")
    seen = visible_among(found, actor, many_met=many_met)
    return seen.add_columns(_is_contact(actor, seen).label("is_contact"))


def _of_kind(kind: str, words: int, most: int) -> Select[*tuple[Any, ...]]:
    """By the longest of the words; of the others is asked of each that has it."""
    named = select(EntryName.entry_id).where(EntryName.kind == kind, _word(EntryName, 0)).distinct()
    query: Select[*tuple[Any, ...]] = select(
        *(Entry.id, Entry.kind, Entry.subject_id, Entry.part, Entry.place_id, Entry.at),
        literal(1).label("in_title"),
    ).where(Entry.id.in_(named.limit(MOST_NAMED)))
    for number in range(1, words):
        other = aliased(EntryName)
        query = query.where(exists().where(other.entry_id == Entry.id, _word(other, number)))
    return query.order_by(Entry.id.desc()).limit(most)


def _word(name: Any, number: int) -> Any:
    begins = (name.word >= bindparam(f"from_{number}")) & (name.word < bindparam(f"to_{number}"))
    return or_(begins, name.word.in_(bindparam(f"near_{number}", expanding=True)))


def _is_contact(actor: Actor, seen: Select[*tuple[Any, ...]]) -> Any:
    subject = seen.selected_columns.subject_id
    known = select(Contact.other_id).where(Contact.member_id == actor.id)
    return case((subject.in_(known), 1), else_=0)


def _after(beginning: str) -> str:
    return beginning + "\U0010ffff"


def _ranked(typed: str, found: Sequence[_Named]) -> list[tuple[Candidate, float]]:
    ranker = Ranker(understood(typed), clock.now())
    scored = [
        (
            one.candidate,
            ranker.first(one.candidate.shown_as, one.candidate.at, is_own=bool(one.candidate.is_own), in_title=True)
            + (CONTACT if one.is_contact else 0.0),
        )
        for one in found
    ]
    scored.sort(key=lambda one: (-one[1], -one[0].id))
    taken: dict[str, int] = defaultdict(int)
    kept: list[tuple[Candidate, float]] = []
    for candidate, score in scored:
        if taken[candidate.shown_as] < AT_MOST.get(candidate.shown_as, 0):
            taken[candidate.shown_as] += 1
            kept.append((candidate, score))
    kept.sort(key=lambda one: (one[0].kind != "person", -one[1], -one[0].id))
    return kept
