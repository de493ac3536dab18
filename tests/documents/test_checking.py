"""What a space counts is what stands in it, whatever was done to it; `parvis check` finds where it is not."""

from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.documents.checking import Miscounted, miscounted_spaces
from parvis.documents.models import Folder
from parvis.kernel.runtime import Parvis
from tests.files.uploads import upload
from tests.make.communities import Place, Someone
from tests.make.hostile_files import photo_with_place
from tests.make.pages import block, page_url, write_nodes
from tests.make.spaces import (
    answered,
    changed,
    changing,
    document_url,
    folder_url,
    make_folder,
    make_page,
    own_space,
    put_document,
    space_of,
)


async def test_what_a_space_counts_is_what_it_holds(ana: Someone, place: Place, parvis: Parvis) -> None:
    space, mine = await space_of(ana, place), await own_space(ana)
    folder = await make_folder(ana, space)
    kept = await put_document(ana, folder, "Plan.txt", b"un")
    file = await upload(ana.browser, b"deux!", "autre.txt")
    tag = (await ana.browser.get(document_url(kept))).headers["etag"]
    newer = f"{document_url(kept)}/versions"
    await answered(ana.browser.post(newer, json={"file_id": file["id"]}, headers={"if-match": tag}))
    thrown = await put_document(ana, folder, "Reste.txt", b"ailleurs")
    page = await make_page(ana, folder)
    picture = await upload(ana.browser, photo_with_place(), "carte.jpg")
    await answered(ana.browser.post(f"{page_url(page)}/pictures", json={"file_id": picture["id"]}))
    await write_nodes(parvis, ana, page, block("image", file_id=picture["id"], alt="La carte", width=40))
    await answered(ana.browser.post(f"{document_url(kept)}/copies", json={"folder_id": mine["folder_id"]}))
    await changing(ana, folder_url(folder), {"parent_id": mine["folder_id"]})
    await changed(ana, document_url(thrown), method="DELETE")
    async with parvis.database.reading() as session:
        assert await miscounted_spaces(session) == []
    counted = (await own_space(ana))["used"]
    assert counted > 2 + 2 + 5 + 8

    async def miscount(session: AsyncSession) -> UUID:
        one = update(Folder).where(Folder.used == counted).values(used=counted + 1).returning(Folder.id)
        found = await session.scalar(one)
        assert found is not None
        return found

    space_id = await parvis.database.write(miscount)

    async with parvis.database.reading() as session:
        assert await miscounted_spaces(session) == [Miscounted(space_id, counted + 1, counted)]
