"""Versions of pages: kept, asked for, compared, put back under the hands of who writes."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from parvis.files.queries import bytes_of
from parvis.kernel.clock import MovableClock
from parvis.kernel.runtime import Parvis
from parvis.pages import comparing, queries, tree, yjs
from parvis.pages.models import WrittenPage
from parvis.pages.service.keeping import Writing, keep
from tests.conftest import CountedQueries, SignIn, run_jobs
from tests.make.communities import Place, Someone, arrive, make_closed
from tests.make.spaces import answered, changed, document_url, folder_url, make_page, own_space, space_of

API = "/api/v1"


@pytest.fixture
async def ana(parvis: Parvis, sign_in: SignIn) -> Someone:
    return await arrive(parvis, sign_in, "Ana Arnaud", "staff")


@pytest.fixture
async def ben(parvis: Parvis, sign_in: SignIn) -> Someone:
    return await arrive(parvis, sign_in, "Ben Barre")


@pytest.fixture
async def place(ana: Someone, ben: Someone) -> Place:
    return await make_closed(ana, ben, access="on_request")


async def write(parvis: Parvis, someone: Someone, url: str, words: str) -> None:
    """As his editor would: what the page says now, and a paragraph."""
    document_id = UUID(url.rpartition("/")[2])
    written = await parvis.database.read(queries.written, document_id)
    document = yjs.document(written.updates)
    before = document.get_state()
    tree.write(document, [{"type": "paragraph", "content": [{"type": "text", "text": words}]}])
    writing = Writing(someone.member.id, frozenset({document.client_id}), document.get_update(before))
    await parvis.database.write(keep, document_id, [writing])


async def said(someone: Someone, url: str) -> str:
    return tree.text_of((await answered(someone.browser.get(url)))["content"])


async def test_versions_keep_who_wrote_what_and_come_back(
    parvis: Parvis,
    ana: Someone,
    ben: Someone,
    place: Place,
    moved_clock: MovableClock,
    counted_queries: CountedQueries,
) -> None:
    space = await space_of(ana, place)
    page = await answered(ana.browser.post(f"{folder_url(space)}/pages", json={"name": "Protocole"}))
    url = f"{API}/pages/{page['id']}"
    await write(parvis, ana, url, "Mesurer la salinité.")
    kept = await answered(ana.browser.post(f"{url}/versions", json={"label": "Relue"}))
    assert (kept["number"], kept["label"], [one["name"] for one in kept["authors"]]) == (2, "Relue", ["Ana Arnaud"])
    with counted_queries() as few:
        await answered(ben.browser.get(f"{url}/versions"))
    await write(parvis, ben, url, "Puis la température.")
    moved_clock.advance(timedelta(seconds=30))
    await run_jobs(parvis)
    moved_clock.advance(timedelta(minutes=11))
    await run_jobs(parvis)
    await said(ben, url)
    with counted_queries() as more:
        listed = (await answered(ben.browser.get(f"{url}/versions")))["items"]
    assert len(more) == len(few)
    assert [(one["number"], [by["name"] for by in one["authors"]]) for one in listed] == [
        (3, ["Ben Barre"]),
        (2, ["Ana Arnaud"]),
        (1, ["Ana Arnaud"]),
    ]
    assert listed[0]["characters"] == len(await said(ana, url))
    compared = await answered(ben.browser.get(f"{url}/versions/2/comparison"))
    assert [block["change"] for block in compared["blocks"]] == ["same", "same", "added"]
    assert compared["blocks"][2]["runs"] == [{"text": "Puis la température.", "change": "added", "author": 0}]
    assert [(one["person"]["name"], one["letters"]) for one in compared["authors"]] == [("Ben Barre", 20)]
    kept = [one["size"] for one in (await answered(ana.browser.get(f"{document_url(page)}/versions")))["items"]]
    async with parvis.database.reading() as session:
        state = (await session.get_one(WrittenPage, UUID(page["id"]))).size
    assert state > 0
    assert (await space_of(ana, place))["used"] == sum(kept) + state
    restored = await ben.browser.put(f"{url}/versions/2/current")
    assert restored.status_code == 200, restored.text
    assert await said(ana, url) == "Mesurer la salinité."
    again = await answered(ana.browser.get(f"{url}/versions/3"))
    assert tree.text_of(again["content"]).endswith("Puis la température.")
    rights = {"inherits": False, "grants": [{"member_id": ben.id, "level": "comment"}]}
    await changed(ana, f"{document_url(page)}/rights", rights, "PUT")
    for asked in (ben.browser.put(f"{url}/versions/2/current"), ben.browser.post(f"{url}/versions", json={})):
        assert (await asked).status_code == 403
    await changed(ana, f"{document_url(page)}/rights", {"inherits": False, "grants": []}, "PUT")
    for path in ("/versions", "/versions/1", "/versions/1/comparison"):
        assert (await ben.browser.get(f"{url}{path}")).status_code == 404


def test_blocks_are_compared_word_by_word() -> None:
    def doc(*words: str) -> dict[str, Any]:
        return {"content": [{"type": "paragraph", "content": [{"type": "text", "text": one}]} for one in words]}

    found = comparing.compare(doc("Un titre", "le chat noir dort"), doc("Un titre", "le chien noir dort", "Fin"))
    assert [block.change for block in found] == ["same", "changed", "added"]
    assert [(run.text, run.change) for run in found[1].runs] == [
        ("le ", "same"),
        ("chat", "removed"),
        ("chien", "added"),
        (" noir dort", "same"),
    ]


async def test_what_a_page_says_counts_where_it_stands(
    parvis: Parvis, ana: Someone, ben: Someone, place: Place, moved_clock: MovableClock
) -> None:
    space, own = await space_of(ana, place), await own_space(ana)
    page = await make_page(ana, space)
    await write(parvis, ana, f"{API}/pages/{page['id']}", "Mesurer la salinité." * 500)
    moved_clock.advance(timedelta(seconds=30))
    await run_jobs(parvis)
    account = UUID((await answered(ana.browser.get(place.url)))["id"])

    async def counted() -> tuple[int, int]:
        async with parvis.database.reading() as session:
            return await bytes_of(session, account), await bytes_of(session, ana.member.id)

    here, there = await counted()
    assert here == (await space_of(ana, place))["used"] > 10_000
    copy = await answered(
        ana.browser.post(f"{document_url(page)}/copies", json={"folder_id": own["folder_id"], "name": "Copie"})
    )
    assert (await counted())[1] > there + 10_000
    await changed(ana, document_url(page), {"folder_id": own["folder_id"]})
    assert (await counted())[0] == 0 == (await space_of(ana, place))["used"]
    assert (await counted())[1] == (await own_space(ana))["used"] > 20_000
    for one in (copy, page):
        await answered(ana.browser.delete(document_url(one), headers={"if-match": "*"}))
        await answered(ana.browser.delete(f"{API}/documents/trash/documents/{one['id']}"))
    assert (await counted())[1] == (await own_space(ana))["used"] == 0
