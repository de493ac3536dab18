from uuid import UUID

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import func, select, table
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel import entries
from parvis.kernel.analysis import Language, terms_of
from parvis.kernel.entries import Draft, Entry, Within, matching
from parvis.kernel.ids import new_id
from parvis.kernel.runtime import Parvis

CLAIRE, BENOIT, MARINE = new_id(), new_id(), new_id()


def draft(subject_id: UUID, title: str, body: str = "", part: str = "", language: Language = "fr") -> Draft:
    return Draft(subject_id, title, body, language, part, named=True)


async def put(parvis: Parvis, *drafts: Draft) -> None:
    subjects = list({item.subject_id for item in drafts})
    await parvis.database.write(entries.put, "person", subjects, drafts)


async def found(parvis: Parvis, query: str, within: Within = "all") -> set[UUID]:
    async with parvis.database.reading() as session:
        wanted = select(Entry.subject_id).where(matching(terms_of(query), within))
        return set(await session.scalars(wanted))


async def kept_tokens(parvis: Parvis) -> int:
    async with parvis.database.reading() as session:
        return await session.scalar(select(func.count()).select_from(table("entry_tokens"))) or 0


async def test_a_thing_is_found_by_the_words_of_its_title_and_body(parvis: Parvis) -> None:
    await put(parvis, draft(CLAIRE, "Claire Vasseur", "Urbaniste, rivières"), draft(BENOIT, "Benoît Roux", "Étudiants"))
    assert await found(parvis, "riviere") == {CLAIRE}
    assert await found(parvis, "vass") == {CLAIRE}
    assert await found(parvis, "benoit etudiante") == {BENOIT}
    assert await found(parvis, "benoit riviere") == set()


async def test_the_title_can_be_asked_alone(parvis: Parvis) -> None:
    await put(parvis, draft(CLAIRE, "Claire Rivière"), draft(BENOIT, "Benoît Roux", "rivières"))
    assert await found(parvis, "riviere", "title") == {CLAIRE}
    assert await found(parvis, "rivi", "title") == {CLAIRE}
    assert await found(parvis, "rivi") == {CLAIRE, BENOIT}


async def test_names_are_found_as_they_are_written(parvis: Parvis) -> None:
    await put(parvis, draft(MARINE, "Paul Marin"))
    assert await found(parvis, "marine") == set()
    assert await found(parvis, "marin") == {MARINE}


async def test_putting_replaces_what_changed_and_leaves_the_rest_alone(parvis: Parvis) -> None:
    await put(parvis, draft(CLAIRE, "Claire", "eau", "all"), draft(CLAIRE, "Claire", "eau, poterie", "contacts"))
    await put(parvis, draft(CLAIRE, "Claire", "eau", "all"), draft(CLAIRE, "Claire", "eau, danse", "contacts"))
    assert await found(parvis, "poterie") == set()
    assert await found(parvis, "danse") == {CLAIRE}
    await put(parvis, draft(CLAIRE, "Claire", "eau", "all"))
    assert await found(parvis, "danse") == set()
    assert await found(parvis, "eau") == {CLAIRE}
    assert await kept_tokens(parvis) == 1


async def test_nothing_changed_writes_nothing(parvis: Parvis) -> None:
    async def numbers(session: AsyncSession) -> list[int]:
        return list(await session.scalars(select(Entry.id)))

    await put(parvis, draft(CLAIRE, "Claire", "eau"))
    async with parvis.database.reading() as session:
        before = await numbers(session)
    await put(parvis, draft(CLAIRE, "Claire", "eau"))
    async with parvis.database.reading() as session:
        assert await numbers(session) == before


async def test_forgetting_leaves_nothing_to_find(parvis: Parvis) -> None:
    await put(parvis, draft(CLAIRE, "Claire", "eau"), draft(BENOIT, "Benoît", "eau"))
    await parvis.database.write(entries.forget, "person", [CLAIRE])
    assert await found(parvis, "eau") == {BENOIT}
    assert await kept_tokens(parvis) == 1


@pytest.mark.parametrize("hostile", ['" OR 1', "title : *", "NEAR(a b)", "' | 'a':*", "\\", "a' & !'b", "co-op:A"])
async def test_no_query_is_read_as_an_expression(parvis: Parvis, hostile: str) -> None:
    await put(parvis, draft(CLAIRE, "Claire"))
    if terms := terms_of(hostile):
        async with parvis.database.reading() as session:
            assert list(await session.scalars(select(Entry.id).where(matching(terms)))) == []


@hypothesis_settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(min_size=1, max_size=80))
async def test_whatever_is_written_is_found_by_itself(parvis: Parvis, text: str) -> None:
    text = text.replace("\0", "").encode("utf-8", "ignore").decode()
    await put(parvis, Draft(CLAIRE, "Claire", text, "fr"))
    if terms_of(text):
        assert await found(parvis, text) == {CLAIRE}
