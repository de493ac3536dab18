"""What stands for a community's paving."""

from io import BytesIO
from typing import Any
from uuid import uuid4

import httpx
import pytest
from PIL import Image
from sqlalchemy import select

from parvis.files.models import File
from parvis.kernel.runtime import Parvis
from tests.files.uploads import upload
from tests.make.communities import COMMUNITIES, Place, Someone, make_closed, make_community
from tests.make.hostile_files import photo_with_place, picture, png_claiming
from tests.make.posts import told
from tests.make.security import code_in


async def put(someone: Someone, place: Place, which: str, content: bytes | None = None) -> httpx.Response:
    sent = await upload(someone.browser, content or picture("JPEG", (600, 200)), "photo.jpg")
    return await someone.browser.put(f"{place.url}/pictures/{which}", json={"file_id": sent["id"]})


async def pictures_of(place: Place, someone: Someone) -> dict[str, Any]:
    found: dict[str, Any] = (await place.seen_by(someone))["pictures"]
    return found


async def test_those_who_run_it_choose_its_pictures_and_take_them_back(
    nadia: Someone, ines: Someone, claire: Someone, parvis: Parvis
) -> None:
    place = await make_community(nadia)
    for someone in (ines, claire):
        await place.join(someone)
    await place.give_role(nadia, ines, "moderator")
    assert await pictures_of(place, claire) == {"cover": None, "tile": None}
    assert (await put(nadia, place, "cover", photo_with_place(6))).status_code == 200
    assert (await put(ines, place, "tile")).status_code == 200
    shown = await pictures_of(place, claire)
    for which, size in (("cover", (40, 80)), ("tile", (256, 256))):
        got = await claire.browser.get(shown[which])
        found = Image.open(BytesIO(got.content))
        assert (got.status_code, got.headers["content-type"], found.size) == (200, "image/webp", size)
        assert (dict(found.getexif()), b"SECRET" in got.content) == ({}, False)
    listed = (await claire.browser.get(COMMUNITIES)).json()["items"]
    assert listed[0]["pictures"] == shown

    assert (await put(ines, place, "cover")).json()["pictures"]["cover"] != shown["cover"]
    assert (await claire.browser.get(shown["cover"])).status_code == 404
    for _ in range(2):
        removed = await nadia.browser.delete(f"{place.url}/pictures/tile")
        assert (removed.status_code, removed.json()["pictures"]["tile"]) == (200, None)
    assert (await claire.browser.get(shown["tile"])).status_code == 404
    assert [fact.data["version"] for fact in await told(parvis, "community.changed")] == [2, 3, 4, 5]
    async with parvis.database.reading() as session:
        kept = list(await session.scalars(select(File).where(File.claimed_kind == "community_picture")))
    assert len(kept) == 1


async def test_others_choose_nothing_and_outsiders_of_a_secret_one_see_nothing(
    nadia: Someone, ines: Someone, claire: Someone
) -> None:
    place = await make_closed(nadia, claire)
    url = (await put(nadia, place, "cover")).json()["pictures"]["cover"]
    assert (await claire.browser.get(url)).status_code == 200
    assert code_in(await put(claire, place, "cover")) == (403, "forbidden")
    assert code_in(await claire.browser.delete(f"{place.url}/pictures/cover")) == (403, "forbidden")
    unknown = Place(str(uuid4()))
    for somewhere in (place, unknown):
        assert code_in(await put(ines, somewhere, "cover")) == (404, "not_found")
        assert code_in(await ines.browser.delete(f"{somewhere.url}/pictures/cover")) == (404, "not_found")
    assert code_in(await ines.browser.get(url)) == (404, "not_found")
    await place.leave(claire)
    assert code_in(await claire.browser.get(url)) == (404, "not_found")


@pytest.mark.parametrize("access, status", [("open", 200), ("on_request", 200), ("secret", 404)])
async def test_who_may_know_of_it_sees_its_pictures(
    access: str, status: int, nadia: Someone, ines: Someone, client: httpx.AsyncClient
) -> None:
    place = await make_community(nadia, access=access)
    url = (await put(nadia, place, "tile")).json()["pictures"]["tile"]
    assert (await ines.browser.get(url)).status_code == status
    assert (await client.get(url)).status_code == 404


async def test_what_is_no_picture_and_an_archived_community_stay_as_they_are(nadia: Someone, ines: Someone) -> None:
    place = await make_community(nadia)
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
    assert code_in(await put(nadia, place, "cover", svg)) == (415, "unsupported_media_type")
    assert code_in(await put(nadia, place, "tile", png_claiming(60_000, 60_000))) == (422, "unreadable_picture")
    assert (await put(nadia, place, "banner")).status_code == 422
    theirs = await upload(ines.browser, picture(), "photo.png")
    stolen = await nadia.browser.put(f"{place.url}/pictures/tile", json={"file_id": theirs["id"]})
    assert code_in(stolen) == (404, "not_found")
    await nadia.browser.put(f"{place.url}/archiving")
    assert code_in(await put(nadia, place, "cover")) == (403, "forbidden")
    assert await pictures_of(place, nadia) == {"cover": None, "tile": None}
