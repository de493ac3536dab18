"""Pictures in pages: made anew, read by whoever reads the page, in its files, and gone when nothing shows them."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from docx import Document
from PIL import Image
from sqlalchemy import func, select

from parvis.files.models import File
from parvis.kernel.clock import MovableClock
from parvis.kernel.runtime import Parvis
from parvis.pages.models import PagePicture
from tests.conftest import SignIn, run_jobs
from tests.files.uploads import upload
from tests.make.communities import Someone, arrive, make_closed
from tests.make.hostile_files import photo_with_place
from tests.make.pages import block, page_url, write_nodes
from tests.make.spaces import answered, changed, document_url, make_page, space_of


@pytest.fixture
async def ana(parvis: Parvis, sign_in: SignIn) -> Someone:
    return await arrive(parvis, sign_in, "Ana Arnaud", "staff")


@pytest.fixture
async def ben(parvis: Parvis, sign_in: SignIn) -> Someone:
    return await arrive(parvis, sign_in, "Ben Barre")


async def put_picture(someone: Someone, page: dict[str, Any], content: bytes) -> dict[str, Any]:
    file = await upload(someone.browser, content, "carte.jpg")
    added = await answered(someone.browser.post(f"{page_url(page)}/pictures", json={"file_id": file["id"]}))
    assert added["id"] == file["id"]
    found: dict[str, Any] = added
    return found


async def files_for(parvis: Parvis, document_id: str) -> int:
    query = select(func.count()).where(File.claimed_kind == "page_picture", File.claimed_id == UUID(document_id))
    async with parvis.database.reading() as session:
        return int(await session.scalar(query) or 0)


async def test_a_picture_is_read_as_the_page_is_and_stands_in_its_files(
    parvis: Parvis, ana: Someone, ben: Someone
) -> None:
    place = await make_closed(ana, ben, access="on_request")
    space = await space_of(ana, place)
    page = await make_page(ana, space)
    used = (await space_of(ana, place))["used"]
    picture = await put_picture(ben, page, photo_with_place())
    again = await ben.browser.post(f"{page_url(page)}/pictures", json={"file_id": picture["id"]})
    assert again.json() == picture
    await write_nodes(parvis, ben, page, block("image", file_id=picture["id"], alt="La carte", width=40))
    shown = await ana.browser.get(picture["url"])
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/webp")
    assert not Image.open(BytesIO(shown.content)).getexif()
    assert (await space_of(ana, place))["used"] == used + len(shown.content)

    html = (await ben.browser.get(f"{page_url(page)}/export", params={"format": "html"})).text
    assert 'alt="La carte" width="40"' in html
    assert "data:image/webp;base64," in html
    word = Document(BytesIO((await ben.browser.get(f"{page_url(page)}/export", params={"format": "docx"})).content))
    assert [one.image.content_type for one in word.part.package.image_parts] == ["image/png"]
    markdown = (await ben.browser.get(f"{page_url(page)}/export", params={"format": "md"})).text
    assert f"![La carte](https://testserver{picture['url']})" in markdown

    copy = await answered(ana.browser.post(f"{document_url(page)}/copies", json={"folder_id": space["folder_id"]}))
    assert (await ben.browser.get(f"{page_url(copy)}/pictures/{picture['id']}")).content == shown.content
    await changed(ana, f"{document_url(page)}/rights", {"inherits": False, "grants": []}, "PUT")
    assert (await ben.browser.get(picture["url"])).status_code == 404
    assert (await ben.browser.post(f"{page_url(page)}/pictures", json={"file_id": picture["id"]})).status_code == 404
    assert (await ben.browser.get(f"{page_url(copy)}/pictures/{picture['id']}")).status_code == 200


async def test_only_who_writes_adds_pictures_and_only_pictures(ana: Someone, ben: Someone) -> None:
    place = await make_closed(ana, ben, access="on_request")
    page = await make_page(ana, await space_of(ana, place))
    rights = {"inherits": False, "grants": [{"member_id": ben.id, "level": "comment"}]}
    await changed(ana, f"{document_url(page)}/rights", rights, "PUT")
    file = await upload(ben.browser, photo_with_place(), "carte.jpg")
    assert (await ben.browser.post(f"{page_url(page)}/pictures", json={"file_id": file["id"]})).status_code == 403
    assert (await ana.browser.post(f"{page_url(page)}/pictures", json={"file_id": file["id"]})).status_code == 404
    text = await upload(ana.browser, b"Au nord.", "Plan.txt")
    assert (await ana.browser.post(f"{page_url(page)}/pictures", json={"file_id": text["id"]})).status_code == 415


async def test_pictures_that_nothing_shows_go_after_a_week(
    parvis: Parvis, ana: Someone, ben: Someone, moved_clock: MovableClock
) -> None:
    place = await make_closed(ana, ben, access="on_request")
    space = await space_of(ana, place)
    page = await make_page(ana, space)
    shown, unused = [await put_picture(ana, page, photo_with_place()) for _ in range(2)]
    await write_nodes(parvis, ana, page, block("image", file_id=shown["id"], alt="La carte"))
    moved_clock.advance(timedelta(minutes=1))
    await run_jobs(parvis)
    moved_clock.advance(timedelta(days=8))
    await run_jobs(parvis)
    async with parvis.database.reading() as session:
        left = list(await session.scalars(select(PagePicture.id).where(PagePicture.document_id == UUID(page["id"]))))
    assert left == [UUID(shown["id"])]
    assert await files_for(parvis, page["id"]) == 1
    assert (await ana.browser.get(unused["url"])).status_code == 404
    assert (await ana.browser.delete(document_url(page), headers={"if-match": "*"})).status_code == 204
    await answered(ana.browser.delete(f"/api/v1/documents/trash/documents/{page['id']}"))
    assert await files_for(parvis, page["id"]) == 0
    assert (await space_of(ana, place))["used"] == 0
