"""Spaces, folders in them, and documents made of uploads: made, listed, found, renamed, moved."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.documents.models import Document, DocumentVersion, Folder
from parvis.files.models import File
from parvis.files.places import IN_A_PLACE
from parvis.files.queries import bytes_of
from parvis.kernel.config import Settings
from parvis.kernel.ids import new_id
from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries
from tests.make.communities import Place, Someone, make_community
from tests.make.spaces import (
    DOCUMENTS,
    FOLDERS,
    answered,
    changed,
    changing,
    document_url,
    folder_url,
    make_folder,
    names_in,
    own_space,
    put_document,
    putting,
    seen,
    space_of,
)


async def test_one_s_spaces_are_one_s_own_and_those_of_one_s_communities(
    ana: Someone, ben: Someone, zoe: Someone, place: Place
) -> None:
    opened = await make_community(ana, "Atelier ouvert")
    found = (await seen(ben, f"{DOCUMENTS}/spaces"))["items"]
    assert [(one["kind"], one["name"], one["level"]) for one in found] == [
        ("own", "Ben Barre", "manage"),
        ("community", "Géographie et aménagement", "write"),
    ]
    assert [
        one["name"]
        for one in (
            await seen(
                ana,
                f"{DOCUMENTS}/spaces",
            )
        )["items"]
    ] == [
        "Ana Arnaud",
        "Atelier ouvert",
        "Géographie et aménagement",
    ]
    first = await seen(ana, f"{DOCUMENTS}/spaces?limit=1")
    assert [one["kind"] for one in first["items"]] == ["own"]
    rest = await seen(ana, f"{DOCUMENTS}/spaces?limit=5&cursor={first['next']}")
    assert [one["name"] for one in rest["items"]] == ["Atelier ouvert", "Géographie et aménagement"]
    # Who is of the organisation reads what an open community has, and nothing of another.
    space = await space_of(zoe, opened)
    assert (space["level"], (await seen(zoe, folder_url(space)))["public"]) == ("read", "organisation")
    assert (await zoe.browser.post(f"{folder_url(space)}/folders", json={"name": "À moi"})).status_code == 403
    closed = await space_of(ben, place)
    assert (await zoe.browser.get(f"{place.url}/space")).status_code == 403
    assert (await zoe.browser.get(folder_url(closed))).status_code == 404
    # Nobody reads what is another's own.
    mine = await own_space(ben)
    assert (await seen(ben, folder_url(mine)))["public"] == "private"
    assert (await ana.browser.get(folder_url(mine))).status_code == 404
    assert await own_space(ben) == mine
    guarded = await changing(ana, folder_url(closed), {"name": "Autre"})
    assert guarded.status_code == 403


async def test_folders_and_documents_are_listed_in_the_order_that_is_asked_for(
    ana: Someone, ben: Someone, zoe: Someone, place: Place, counted_queries: CountedQueries
) -> None:
    space = await space_of(ana, place)
    for name in ("Été", "chapitre 10", "Chapitre 2"):
        await make_folder(ben, space, name)
    course = await make_folder(ben, space, "Cours")
    for name, content in (("Zèbre.pdf", b"%PDF-1.7 rayures"), ("image 9.txt", b"neuf"), ("image 10.txt", b"dix")):
        await put_document(ben, course, name, content)
    assert await names_in(ana, space, "folders") == ["Chapitre 2", "chapitre 10", "Cours", "Été"]
    assert await names_in(ana, space, "folders", sort="-name") == ["Été", "Cours", "chapitre 10", "Chapitre 2"]
    assert await names_in(ana, course) == ["image 9.txt", "image 10.txt", "Zèbre.pdf"]
    assert await names_in(ana, course, sort="-changed_at") == ["image 10.txt", "image 9.txt", "Zèbre.pdf"]
    assert await names_in(ana, course, sort="-size") == ["Zèbre.pdf", "image 9.txt", "image 10.txt"]
    assert await names_in(ana, course, kind=["pdf", "image"]) == ["Zèbre.pdf"]
    assert await names_in(ana, course, by=ana.id) == []
    assert await names_in(ana, course, q="zebre") == await names_in(ana, space, q="ZÈBRE") == ["Zèbre.pdf"]
    assert await names_in(ana, space, q="10") == ["image 10.txt"]
    assert await names_in(ana, space) == []
    with counted_queries() as queries:
        page = await seen(ana, f"{folder_url(course)}/documents?limit=2")
    assert len(queries) <= 6
    assert await names_in(ana, course, limit=2, cursor=page["next"]) == ["Zèbre.pdf"]
    [first] = [item for item in page["items"] if item["name"] == "image 9.txt"]
    assert (first["group"], first["number"], first["level"], first["access"]) == ("text", 1, "manage", "inherited")
    assert first["changed_by"]["name"] == "Ben Barre"
    assert first["folder"] == {"id": course["id"], "name": "Cours"}
    whole = await seen(ben, folder_url(course))
    assert (whole["folders"], whole["documents"], whole["level"], whole["public"]) == (0, 3, "write", "community")
    assert [crumb["name"] for crumb in whole["path"]] == ["Géographie et aménagement"]
    assert whole["space"]["community"] == {"id": place.id, "name": "Géographie et aménagement"}
    assert whole["abilities"] == ["add", "rename", "move", "trash", "copy"]
    for path in ("", "/folders", "/documents"):
        assert (await zoe.browser.get(f"{folder_url(course)}{path}")).status_code == 404


async def test_a_name_is_given_once_in_a_folder(ana: Someone, ben: Someone, place: Place) -> None:
    space = await space_of(ana, place)
    folder = await make_folder(ben, space, "Comptes rendus")
    again = await ana.browser.post(f"{folder_url(space)}/folders", json={"name": "COMPTES RENDUS"})
    assert (again.status_code, again.json()["code"], again.json()["folder_id"]) == (409, "name_taken", folder["id"])
    first = await put_document(ben, folder, "Plan.pdf", b"%PDF-1.7 un")
    taken = await putting(ana, folder, "plan.PDF", b"%PDF-1.7 deux")
    assert (taken.status_code, taken.json()["code"], taken.json()["document_id"]) == (409, "name_taken", first["id"])
    other = await put_document(ana, folder, "plan.pdf", b"%PDF-1.7 trois", if_exists="rename")
    assert (other["name"], other["number"]) == ("plan (2).pdf", 1)
    newer = await put_document(ana, folder, "plan.pdf", b"%PDF-1.7 quatre", if_exists="version")
    assert (newer["id"], newer["name"], newer["number"]) == (first["id"], "Plan.pdf", 2)
    assert (await ben.browser.get(f"{document_url(first)}/content")).content == b"%PDF-1.7 quatre"
    renaming = await changing(ben, document_url(other), {"name": "PLAN.pdf"})
    assert (renaming.status_code, renaming.json()["code"]) == (409, "name_taken")
    kept = await changed(ben, document_url(other), {"name": "Plan détaillé.pdf"})
    download = await ben.browser.get(kept["url"])
    assert "Plan%20d%C3%A9taill%C3%A9.pdf" in download.headers["content-disposition"]
    assert kept["version"] == other["version"] + 1
    file = await putting(ben, space, "..\\a/b:c.txt")
    assert file.json()["name"] == "b_c.txt"


async def test_a_change_says_which_version_it_changes(ana: Someone, ben: Someone, place: Place) -> None:
    space = await space_of(ana, place)
    folder = await make_folder(ben, space)
    document = await put_document(ben, folder)
    for url in (folder_url(folder), document_url(document)):
        tag = (await ana.browser.get(url)).headers["etag"]
        assert (await ana.browser.patch(url, json={"name": "Autre.txt"})).status_code == 428
        assert (await changing(ana, url, {"name": "Autre.txt"}, tag=tag)).status_code == 200
        assert (await changing(ben, url, {"name": "Encore.txt"}, tag=tag)).status_code == 412
        assert (await changing(ana, url, {"name": None})).status_code == 422


async def test_an_upload_counts_for_the_space_that_it_is_put_in(
    ana: Someone, ben: Someone, zoe: Someone, place: Place, settings: Settings
) -> None:
    space = await space_of(ana, place)
    document = await put_document(ben, space, content=b"x" * 1000)
    assert ((await space_of(ben, place))["used"], space["quota"]) == (1000, settings.community_quota)
    mine = await own_space(ben)
    moved = await changing(ben, document_url(document), {"folder_id": mine["folder_id"]})
    assert moved.status_code == 403, "a member takes nothing out of the community"
    assert (await changing(ana, document_url(document), {"folder_id": mine["folder_id"]})).status_code == 404
    owned = await put_document(ana, await own_space(ana), "À moi.txt", b"y" * 10)
    given = await changed(ana, document_url(owned), {"folder_id": space["folder_id"]})
    assert [crumb["name"] for crumb in given["path"]] == ["Géographie et aménagement"]
    assert (await space_of(ben, place))["used"] == 1010
    assert (await own_space(ana))["used"] == 0
    assert (await ben.browser.get(given["url"])).content == b"y" * 10
    assert (await zoe.browser.get(given["url"])).status_code == 404
    theirs = await putting(zoe, space)
    assert theirs.status_code == 404
    used = await ben.browser.post(f"{folder_url(space)}/documents", json={"file_id": given["file_id"]})
    assert used.status_code == 404, "what is in use is not put elsewhere"


@pytest.fixture
async def tree(ana: Someone, ben: Someone, place: Place) -> dict[str, dict[str, Any]]:
    space = await space_of(ana, place)
    one = await make_folder(ben, space, "Un")
    two = await make_folder(ben, one, "Deux")
    three = await make_folder(ben, two, "Trois")
    return {"space": space, "one": one, "two": two, "three": three, "leaf": await put_document(ben, three)}


async def test_a_folder_moves_with_all_that_is_in_it(
    ana: Someone, ben: Someone, place: Place, tree: dict[str, dict[str, Any]]
) -> None:
    async def move(someone: Someone, what: str, to: dict[str, Any]) -> tuple[int, str]:
        target = {"parent_id": to.get("folder_id") or to["id"]}
        reply = await changing(someone, folder_url(tree[what]), target)
        return reply.status_code, reply.json().get("code", "")

    assert await move(ben, "one", tree["three"]) == (409, "into_itself")
    assert await move(ben, "two", tree["space"]) == (200, "")
    assert [crumb["name"] for crumb in (await seen(ben, document_url(tree["leaf"])))["path"]] == [
        "Géographie et aménagement",
        "Deux",
        "Trois",
    ]
    assert await names_in(ben, tree["one"], "folders") == []
    mine = await own_space(ana)
    assert await move(ana, "two", mine) == (200, "")
    assert (await ben.browser.get(document_url(tree["leaf"]))).status_code == 404
    leaf = await seen(ana, document_url(tree["leaf"]))
    assert (leaf["space"]["kind"], leaf["level"]) == ("own", "manage")
    assert ((await own_space(ana))["used"], (await space_of(ana, place))["used"]) == (8, 0)
    assert (await ben.browser.get(leaf["url"])).status_code == 404
    deep = tree["space"]
    for number in range(20):
        deep = await make_folder(ana, deep, f"{number}")
    too_deep = await ana.browser.post(f"{folder_url(deep)}/folders", json={"name": "21"})
    assert (too_deep.status_code, too_deep.json()["code"]) == (409, "too_deep")
    assert await move(ana, "one", deep) == (409, "too_deep")


async def test_a_folder_of_many_files_moves_to_another_space(
    ana: Someone, ben: Someone, place: Place, tree: dict[str, dict[str, Any]], parvis: Parvis
) -> None:
    await parvis.database.write(fill, UUID(tree["three"]["id"]), 700)
    mine = await own_space(ana)
    moved = await changing(ana, folder_url(tree["two"]), {"parent_id": mine["folder_id"]})
    assert moved.status_code == 200, moved.text
    assert (await own_space(ana))["used"] == 708
    for whose, counted in ((ana.id, 708), (place.id, 0)):
        assert await parvis.database.read(bytes_of, UUID(whose)) == counted
    back = await changing(ana, folder_url(tree["two"]), {"parent_id": tree["space"]["folder_id"]})
    assert back.status_code == 200, back.text
    assert ((await own_space(ana))["used"], (await space_of(ana, place))["used"]) == (0, 708)


async def fill(session: AsyncSession, folder_id: UUID, count: int) -> None:
    """Puts so many small files in a folder."""
    about = {"size": 1, "media_type": "text/plain"}
    ids = [(new_id(), new_id()) for _ in range(count)]
    space = await session.get_one(Folder, (await session.get_one(Folder, folder_id)).space_id)
    files = [{"id": file, "name": "n", "sha256": file.hex * 2, "account_id": IN_A_PLACE} for _, file in ids]
    await session.execute(insert(File), [one | about for one in files])
    documents = [{"id": id_, "folder_id": folder_id, "name": id_.hex, "sort_key": id_.hex} | about for id_, _ in ids]
    await session.execute(insert(Document), documents)
    versions = [{"document_id": id_, "number": 1, "file_id": file} | about for id_, file in ids]
    await session.execute(insert(DocumentVersion), versions)
    await session.execute(update(Folder).where(Folder.id == space.id).values(used=Folder.used + count))


async def test_who_is_taken_out_reads_nothing_more(
    ana: Someone, ben: Someone, place: Place, tree: dict[str, dict[str, Any]]
) -> None:
    leaf = tree["leaf"]
    asked = [
        f"{place.url}/space",
        *(f"{FOLDERS}/{tree['three']['id']}{path}" for path in ("", "/folders", "/documents", "/documents?q=plan")),
        *(f"{document_url(leaf)}{path}" for path in ("", "/content")),
        leaf["url"],
    ]
    assert {(await ben.browser.get(url)).status_code for url in asked} == {200}
    assert (await ana.browser.delete(f"{place.url}/members/{ben.id}")).status_code == 204
    assert [(await ben.browser.get(url)).status_code for url in asked] == [403] + [404] * (len(asked) - 1)
    assert [one["kind"] for one in (await seen(ben, f"{DOCUMENTS}/spaces"))["items"]] == ["own"]
    assert (await changing(ben, document_url(leaf), {"name": "Autre"}, tag="*")).status_code == 404


async def test_an_archived_community_is_only_read(ana: Someone, ben: Someone, place: Place) -> None:
    space = await space_of(ana, place)
    document = await put_document(ben, space)
    tag = (await ana.browser.get(place.url)).headers["etag"]
    assert (await ana.browser.put(f"{place.url}/archiving", headers={"if-match": tag})).status_code == 200
    found = await seen(ana, document_url(document))
    assert (found["level"], found["abilities"]) == ("read", ["copy"])
    assert (await changing(ana, document_url(document), {"name": "Autre"})).status_code == 403
    assert (await putting(ben, space, "Autre.txt")).status_code == 403
    assert (await answered(ben.browser.get(f"{DOCUMENTS}/spaces")))["items"][1]["archived"] is True


async def test_members_put_nothing_in_where_moderators_alone_do(ana: Someone, ben: Someone, place: Place) -> None:
    space = await space_of(ana, place)
    tag = (await ana.browser.get(place.url)).headers["etag"]
    only = await ana.browser.patch(place.url, json={"uploading": "moderators"}, headers={"if-match": tag})
    assert only.status_code == 200
    assert ((await space_of(ben, place))["level"], (await space_of(ana, place))["level"]) == ("comment", "manage")
    assert (await putting(ben, space)).status_code == 403
    assert (await putting(ana, space)).status_code == 201
