"""Versions, who holds a document, and the trash."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from parvis.documents.service import copying
from parvis.documents.service.trash import EMPTY
from parvis.kernel import clock
from parvis.kernel.clock import MovableClock
from parvis.kernel.jobs import Job
from parvis.kernel.runtime import Parvis
from tests.conftest import listen, run_jobs
from tests.files.uploads import upload
from tests.make.communities import Place, Someone
from tests.make.spaces import (
    DOCUMENTS,
    changed,
    changing,
    document_url,
    folder_url,
    make_folder,
    names_in,
    own_space,
    put_document,
    seen,
    space_of,
)


async def numbers(someone: Someone, url: str) -> list[int]:
    return [one["number"] for one in (await seen(someone, f"{url}/versions"))["items"]]


async def test_what_a_document_was_is_kept_until_somebody_deletes_it(
    ana: Someone, ben: Someone, zoe: Someone, place: Place
) -> None:
    space = await space_of(ana, place)
    document = await put_document(ben, space, "Plan.txt", b"un")
    url = document_url(document)
    for content, label in ((b"deux!", "Relu"), (b"trois.", "")):
        file = await upload(ana.browser, content, "autre.txt")
        made = await ana.browser.post(
            f"{url}/versions",
            json={"file_id": file["id"], "label": label},
            headers={"if-match": (await ana.browser.get(url)).headers["etag"]},
        )
        assert made.status_code == 201, made.text
    kept = (await seen(ben, f"{url}/versions"))["items"]
    assert [(one["number"], one["label"], one["current"]) for one in kept] == [
        (3, "", True),
        (2, "Relu", False),
        (1, "", False),
    ]
    assert (await space_of(ben, place))["used"] == 2 + 5 + 6
    assert (await ben.browser.get(f"{url}/versions/2/content")).content == b"deux!"
    assert (await ben.browser.get(kept[2]["url"])).content == b"un"
    tag = (await ben.browser.get(url)).headers["etag"]

    async def ask(method: str, path: str, body: object = None, tag: str | None = None) -> int:
        now = tag or (await ben.browser.get(url)).headers["etag"]
        reply = await ben.browser.request(method, f"{url}/versions/{path}", json=body, headers={"if-match": now})
        return reply.status_code

    assert await ask("PATCH", "1", {"frozen": True}) == 200
    assert await ask("PATCH", "1", {"frozen": False}, tag) == 412
    assert (await ben.browser.patch(f"{url}/versions/1", json={})).status_code == 428
    assert await ask("DELETE", "1") == 409
    assert await ask("DELETE", "3") == 409
    assert await ask("DELETE", "2") == 204
    assert await ask("GET", "2/content") == 404
    assert await ask("PUT", "1/current") == 200
    assert await numbers(ben, url) == [4, 3, 1]
    restored = (await seen(ben, f"{url}/versions"))["items"][0]
    assert (restored["restored_from"], (await ben.browser.get(f"{url}/content")).content) == (1, b"un")
    assert (await space_of(ben, place))["used"] == 2 + 6 + 2
    for path in ("versions", "versions/1/content"):
        assert (await zoe.browser.get(f"{url}/{path}")).status_code == 404
    assert (await zoe.browser.get(restored["url"])).status_code == 404


async def test_nobody_changes_what_another_holds_until_its_time_is_over(
    ana: Someone, ben: Someone, place: Place, moved_clock: MovableClock
) -> None:
    space = await space_of(ana, place)
    document = await put_document(ana, space)
    url = document_url(document)
    assert (await ben.browser.put(f"{url}/lock", json={"minutes": 481})).status_code == 422
    assert (await ben.browser.put(f"{url}/lock", json={"minutes": 60})).status_code == 200
    found = await seen(ana, url)
    assert (found["lock"]["by"]["name"], found["lock"]["is_mine"]) == ("Ben Barre", False)
    assert found["abilities"] == ["comment", "copy", "label", "unlock", "share"]
    refused = await changing(ana, url, {"name": "Autre.txt"})
    assert (refused.status_code, refused.json()["code"], refused.json()["by"]) == (409, "locked", "Ben Barre")
    assert (await changing(ana, url, method="DELETE")).status_code == 409
    assert (await ana.browser.put(f"{url}/lock", json={"minutes": 1})).status_code == 409
    assert (await changing(ben, url, {"name": "Le mien.txt"})).status_code == 200
    assert (await ana.browser.delete(f"{url}/lock")).json()["lock"] is None, "who manages it breaks the lock"
    assert (await ana.browser.put(f"{url}/lock", json={"minutes": 5})).status_code == 200
    assert (await ben.browser.delete(f"{url}/lock")).status_code == 403
    moved_clock.advance(timedelta(minutes=6))
    assert (await changing(ben, url, {"name": "À nous.txt"})).status_code == 200


async def test_what_is_thrown_away_comes_back_to_where_it_was(
    parvis: Parvis, ana: Someone, ben: Someone, zoe: Someone, place: Place
) -> None:
    space = await space_of(ana, place)
    outer = await make_folder(ben, space, "Dehors")
    inner = await make_folder(ben, outer, "Dedans")
    document = await put_document(ben, inner, "Plan.txt", b"un")
    url = document_url(document)
    assert (await ben.browser.delete(url)).status_code == 428
    assert (await changing(ben, url, method="DELETE")).status_code == 204
    assert (await ana.browser.get(url)).status_code == 404
    assert (await ana.browser.get(document["url"])).status_code == 404
    assert await names_in(ana, inner) == []
    [thrown] = (await seen(ana, f"{DOCUMENTS}/trash"))["items"]
    assert (thrown["kind"], thrown["name"], thrown["folder"]["name"]) == ("document", "Plan.txt", "Dedans")
    assert thrown["abilities"] == ["recover", "delete"]
    assert (await seen(zoe, f"{DOCUMENTS}/trash"))["items"] == []
    assert (await zoe.browser.post(f"{url}/recovery")).status_code == 404
    again = await put_document(ben, inner, "Plan.txt", b"deux")
    assert (await ben.browser.post(f"{url}/recovery")).json()["name"] == "Plan (2).txt"
    assert await names_in(ana, inner) == ["Plan (2).txt", "Plan.txt"]
    # A folder goes with all in it, and what was thrown before it stays thrown.
    await changed(ben, document_url(again), method="DELETE")
    await changed(ben, folder_url(outer), method="DELETE")
    for gone in (folder_url(outer), folder_url(inner), url):
        assert (await ben.browser.get(gone)).status_code == 404
    assert [one["name"] for one in (await seen(ben, f"{DOCUMENTS}/trash?space_id={space['folder_id']}"))["items"]] == [
        "Dehors"
    ]
    back = await ben.browser.post(f"{folder_url(outer)}/recovery")
    assert back.status_code == 200, back.text
    assert await names_in(ben, inner) == ["Plan (2).txt"]
    # Where it was is gone: it comes back into the space itself.
    await changed(ben, url, method="DELETE")
    await changed(ben, folder_url(outer), method="DELETE")
    await ana.browser.delete(f"{DOCUMENTS}/trash/folders/{outer['id']}")
    assert (await ben.browser.delete(f"{DOCUMENTS}/trash/documents/{document['id']}")).status_code in {403, 404}
    await run_jobs(parvis)
    assert (await space_of(ana, place))["used"] == 0
    assert (await ana.browser.post(f"{folder_url(outer)}/recovery")).status_code == 404


async def test_the_trash_is_emptied_after_its_time(
    parvis: Parvis, ana: Someone, ben: Someone, place: Place, moved_clock: MovableClock
) -> None:
    space = await space_of(ana, place)
    folder = await make_folder(ben, space)
    await put_document(ben, folder, content=b"x" * 40)
    loose = await put_document(ben, space, "Seul.txt", b"y" * 2)
    await changed(ben, folder_url(folder), method="DELETE")
    await changed(ben, document_url(loose), method="DELETE")
    moved_clock.advance(timedelta(days=29))
    await run_jobs(parvis)
    assert len((await seen(ben, f"{DOCUMENTS}/trash"))["items"]) == 2
    for _ in range(2):
        moved_clock.advance(timedelta(days=1, hours=1))
        await run_jobs(parvis)
    assert (await seen(ben, f"{DOCUMENTS}/trash"))["items"] == []
    assert (await space_of(ben, place))["used"] == 0
    async with parvis.database.reading() as session:
        waiting = select(Job.id).where(Job.name == EMPTY, Job.ended_at.is_(None))
        assert (await session.scalars(waiting)).all() == [], f"nothing is in a trash at {clock.now()}"


async def test_copies_are_of_what_one_reads_and_stand_by_themselves(
    parvis: Parvis, ana: Someone, ben: Someone, zoe: Someone, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "AT_ONCE", 2)
    space = await space_of(ana, place)
    outer = await make_folder(ben, space, "Dehors")
    inner = await make_folder(ben, outer, "Dedans")
    for number in range(5):
        await put_document(ben, inner if number else outer, f"{number}.txt", b"x" * (number + 1))
    hidden = await make_folder(ana, outer, "Caché")
    await put_document(ana, hidden, "Secret.txt")
    await changed(ana, f"{folder_url(hidden)}/rights", {"inherits": False, "grants": []}, "PUT")
    mine = (await own_space(ben))["folder_id"]
    copied = await ben.browser.post(f"{folder_url(outer)}/copies", json={"parent_id": mine, "name": "À moi"})
    assert copied.status_code == 201, copied.text
    await run_jobs(parvis)
    there = copied.json()
    assert await names_in(ben, there, "folders") == ["Dedans"]
    assert await names_in(ben, there) == ["0.txt"]
    [inside] = (await seen(ben, f"{folder_url(there)}/folders"))["items"]
    assert await names_in(ben, inside) == ["1.txt", "2.txt", "3.txt", "4.txt"]
    assert (await own_space(ben))["used"] == 1 + 2 + 3 + 4 + 5
    within = await ben.browser.post(f"{folder_url(outer)}/copies", json={"parent_id": inner["id"]})
    assert (within.status_code, within.json()["code"]) == (409, "into_itself")
    [first] = (await seen(ben, f"{folder_url(there)}/documents"))["items"]
    again = await ben.browser.post(f"{document_url(first)}/copies", json={"folder_id": there["id"]})
    assert (again.status_code, again.json()["name"]) == (201, "0 (2).txt")
    assert (await ana.browser.get(document_url(first))).status_code == 404
    assert (await zoe.browser.post(f"{folder_url(outer)}/copies", json={"parent_id": mine})).status_code == 404


async def test_a_word_inside_a_document_finds_it_as_long_as_one_reads_it(
    parvis: Parvis, ana: Someone, ben: Someone, place: Place
) -> None:
    space = await space_of(ana, place)
    folder = await make_folder(ben, space, "Notes")
    document = await put_document(ben, folder, "Relevé.txt", b"La digitale pousse au bord du chemin.")
    await run_jobs(parvis)
    await listen(parvis)
    assert await names_in(ana, space, q="digitales") == ["Relevé.txt"]
    assert (await seen(ana, document_url(document)))["preview"]["state"] == "ready"
    await changed(ana, f"{folder_url(folder)}/rights", {"inherits": False, "grants": []}, "PUT")
    assert await names_in(ben, space, q="digitales") == []
    assert await names_in(ana, space, q="digitales") == ["Relevé.txt"]
