"""The words of names: those that begin with what somebody types, and those that are spelt nearly like it."""

from collections.abc import Collection, Mapping, Sequence
from typing import cast

from sqlalchemy import ColumnElement, Select, Table, delete, exists, func, insert, not_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from .models import EntryName, NameGram

SHORTEST_FORGIVEN = 4
"""Letters of a word below which a mistake makes another word of it."""
FORGIVEN_KINDS = ("community", "document", "person")
LONG = 7
"""Letters of a word from which on two mistakes are forgiven."""
NEAREST_LOOKED_AT = 60

_names, _grams = cast(Table, EntryName.__table__), cast(Table, NameGram.__table__)
_add_gram = text("INSERT INTO name_grams (gram, word) VALUES (:gram, :word) ON CONFLICT (gram, word) DO NOTHING")


def grams_of(word: str) -> set[str]:
    """Every three letters of a word, its ends marked."""
    marked = f"^{word}$"
    return {marked[start : start + 3] for start in range(len(marked) - 2)}


async def keep_names(
    session: AsyncSession,
    kind: str,
    changed: Sequence[int],
    words: Mapping[int, Collection[str]],
    forgiven: Collection[str],
) -> None:
    """Of these entries, whose names changed or are gone, no word is kept, and of those these words. What no name has
    any more is forgotten."""
    lost: set[str] = set()
    if changed:
        mine = _names.c.entry_id.in_(changed)
        lost = set(await session.scalars(select(_names.c.word).where(mine)))
        if lost:
            await session.execute(delete(_names).where(mine))
    rows = [
        {"kind": kind, "word": word, "entry_id": id_} for id_, some in words.items() for word in dict.fromkeys(some)
    ]
    if rows:
        await session.execute(insert(_names), rows)
    await _spell(session, forgiven)
    if lost := lost - set(forgiven):
        used = exists().where(_names.c.kind.in_(FORGIVEN_KINDS), _names.c.word == _grams.c.word)
        await session.execute(delete(_grams).where(_grams.c.word.in_(sorted(lost)), not_(used)))


async def near(session: AsyncSession, word: str) -> list[str]:
    """Words of names that are spelt nearly so, the nearest first: one mistake in a short word, two in a long one. One
    query. Nobody is told of them before something that he may see was found by them."""
    if len(word) < SHORTEST_FORGIVEN:
        return []
    found = await session.scalars(_sharing(sorted(grams_of(word))))
    most = 1 if len(word) < LONG else 2
    measured = ((distance(word, other, most), other) for other in found if other != word)
    return [other for steps, other in sorted(measured) if steps <= most]


def distance(one: str, other: str, most: int) -> int:
    """How many letters were left out, added, changed or swapped with the next; beyond `most` it is not counted."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        line = [row]
        for column, wanted in enumerate(other, start=1):
            steps = min(last[column] + 1, line[-1] + 1, last[column - 1] + (letter != wanted))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == wanted:
                steps = min(steps, before[column - 2] + 1)
            line.append(steps)
        if min(line) > most:
            return most + 1
        before, last = last, line
    return last[-1]


def beginning_with(kind: str, beginning: str) -> ColumnElement[bool]:
    """Rows of `EntryName` of this kind whose word begins so."""
    end = beginning[:-1] + chr(ord(beginning[-1]) + 1)
    return (_names.c.kind == kind) & (_names.c.word >= beginning) & (_names.c.word < end)


async def _spell(session: AsyncSession, words: Collection[str]) -> None:
    wanted = sorted(word for word in words if len(word) >= SHORTEST_FORGIVEN and not word.isdigit())
    if not wanted:
        return
    known = set(await session.scalars(select(_grams.c.word).where(_grams.c.word.in_(wanted)).distinct()))
    rows = [{"gram": gram, "word": word} for word in wanted if word not in known for gram in sorted(grams_of(word))]
    if rows:
        await session.execute(_add_gram, rows)


def _sharing(grams: Sequence[str]) -> Select[str]:
    shared = func.count()
    query = select(_grams.c.word).where(_grams.c.gram.in_(grams)).group_by(_grams.c.word)
    return query.having(shared * 3 >= len(grams)).order_by(shared.desc(), _grams.c.word).limit(NEAREST_LOOKED_AT)
