"""The last entries that have a word, as PostgreSQL is asked for them; SQLite walks them as they are."""

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel import entries
from parvis.kernel.analysis import Language, terms_of
from parvis.kernel.entries import Draft, Expression, Last, last_found
from parvis.kernel.ids import new_id
from parvis.kernel.runtime import Parvis

pytestmark = pytest.mark.parametrize("dialect", ["postgresql"], scope="session")
BLOCK = 65_536
FRENCH: Language = "fr"


async def put(session: AsyncSession, block: int, *texts: str) -> None:
    """In this block of ids."""
    await session.execute(text(f"SELECT setval(pg_get_serial_sequence('entries', 'id'), {block * BLOCK + 9})"))
    drafts = [Draft(new_id(), "", said, FRENCH) for said in texts]
    await entries.put(session, "post", [draft.subject_id for draft in drafts], drafts)


async def last(parvis: Parvis, query: str, wanted: int | None) -> Last:
    async with parvis.database.reading() as session:
        last = await last_found(session, Expression(terms_of(query)).told(), wanted)
        assert last is not None
        return last


def blocks(found: Last) -> list[int]:
    ids = [int(id_) for id_ in found.ids.strip("{}").split(",") if id_]
    assert len(ids) == found.number
    return sorted(id_ // BLOCK for id_ in ids)


async def test_of_many_only_those_of_the_last_blocks_are_given(parvis: Parvis) -> None:
    for block in (1, 3, 7, 8, 9):
        await parvis.database.write(put, block, "Un jalon.", "Rien.", "Deux jalons.")
    found = await last(parvis, "jalon", 4)
    assert (blocks(found), found.are_all) == ([8, 8, 9, 9], False)
    found = await last(parvis, "jal", 6)
    assert (blocks(found), found.are_all) == ([7, 7, 8, 8, 9, 9], False)


async def test_all_are_given_where_there_are_few_or_all_are_wanted(parvis: Parvis) -> None:
    for block in (1, 7, 9):
        await parvis.database.write(put, block, "Un jalon.")
    await parvis.database.write(put, 2, "Une balise.")
    await parvis.database.write(put, 99, "Rien.")
    for query, wanted, there in (
        ("jalon", 2, [1, 7, 9]),
        ("jalon", None, [1, 7, 9]),
        ("balise", 2, [2]),
        ("absent", 2, []),
    ):
        found = await last(parvis, query, wanted)
        assert (blocks(found), found.are_all) == (there, True)
