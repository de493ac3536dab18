"""Pages published as articles: by whom, where, what the post says, and how it is brought up to date."""

from typing import Any

import pytest

from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn
from tests.files.uploads import upload
from tests.make.communities import Someone, arrive, make_closed
from tests.make.hostile_files import picture
from tests.make.pages import block, page_url, paragraph, text, write_nodes
from tests.make.spaces import answered, changed, document_url, make_page, own_space, space_of

POSTS = "/api/v1/posts"


@pytest.fixture
async def ana(parvis: Parvis, sign_in: SignIn) -> Someone:
    return await arrive(parvis, sign_in, "Ana Arnaud", "staff")


@pytest.fixture
async def ben(parvis: Parvis, sign_in: SignIn) -> Someone:
    return await arrive(parvis, sign_in, "Ben Barre")


async def test_a_page_becomes_an_article_with_its_cover_and_is_brought_up_to_date(
    parvis: Parvis, ana: Someone, ben: Someone
) -> None:
    place = await make_closed(ana, ben, access="on_request")
    page = await make_page(ana, await own_space(ana), name="Protocole de relevés")
    url = f"{page_url(page)}/publications"
    said = {"places": [place.id]}
    assert (await ana.browser.post(url, json=said)).json()["code"] == "page_empty"
    heading = block("heading", "Les points", level=1)
    await write_nodes(parvis, ana, page, heading, paragraph("R1 est en rive ", text("meuble", "bold"), "."))
    file = await upload(ana.browser, picture(), "carte.png")
    await answered(ana.browser.put(f"/api/v1/files/{file['id']}/picture"))
    cover = {"id": file["id"], "alt": "Les trois points sur la carte"}
    made = await answered(ana.browser.post(url, json={**said, "cover": cover}))
    assert (made["title"], made["is_behind"], made["is_own"]) == ("Protocole de relevés", False, True)
    post = await answered(ben.browser.get(f"{POSTS}/{made['post_id']}"))
    assert post["body"] == "## Les points\n\nR1 est en rive **meuble**."
    assert [one["alt"] for one in post["images"]] == ["Les trois points sur la carte"]
    mine = await answered(ana.browser.get(f"{POSTS}/{made['post_id']}"))
    assert page["id"] in str(mine["documents"])
    assert "Protocole de relevés" not in str(post["documents"])
    versions = (await answered(ana.browser.get(f"{page_url(page)}/versions")))["items"]
    assert (versions[0]["number"], versions[0]["label"]) == (made["number"], "Publiée comme article")

    await write_nodes(parvis, ana, page, paragraph("R2 sur la digue."))
    listed = (await answered(ana.browser.get(url)))["items"]
    assert [(one["post_id"], one["is_behind"]) for one in listed] == [(made["post_id"], True)]
    renewed = await answered(ana.browser.put(f"{url}/{made['post_id']}"))
    assert not renewed["is_behind"]
    assert renewed["number"] == made["number"] + 1
    assert (await answered(ben.browser.get(f"{POSTS}/{made['post_id']}")))["body"].endswith("R2 sur la digue.")


async def test_an_article_shows_the_pictures_of_its_page_to_those_who_read_the_post(
    parvis: Parvis, ana: Someone, ben: Someone, sign_in: SignIn
) -> None:
    zoe = await arrive(parvis, sign_in, "Zoé Zola")
    place = await make_closed(ana, ben, access="on_request")
    page = await make_page(ana, await own_space(ana), name="Relevés")
    url = f"{page_url(page)}/publications"
    shown = [await _picture(ana, page), await _picture(ana, page)]
    first = block("image", file_id=shown[0]["id"], alt="La carte", width=40)
    await write_nodes(parvis, ana, page, paragraph("Voici."), first)
    made = await answered(ana.browser.post(url, json={"places": [place.id]}))
    post_url = f"{POSTS}/{made['post_id']}"
    [image] = (await answered(ben.browser.get(post_url)))["images"]
    assert image["alt"] == "La carte"
    assert (await ben.browser.get(image["url"])).headers["content-type"] == "image/webp"
    assert (await zoe.browser.get(image["url"])).status_code == 404
    assert (await ben.browser.get(f"{page_url(page)}/pictures/{shown[0]['id']}")).status_code == 404
    # Brought up to date, it keeps the one that it has, and shows the other too.
    await write_nodes(parvis, ana, page, block("image", file_id=shown[1]["id"], width=40))
    await answered(ana.browser.put(f"{url}/{made['post_id']}"))
    both = (await answered(ben.browser.get(post_url)))["images"]
    assert [(one["id"] == image["id"], one["alt"]) for one in both] == [(True, "La carte"), (False, "")]
    # Where members attach nothing, it says what they show, and no more.
    await answered(ana.browser.patch(place.url, json={"uploading": "moderators"}))
    await _let(ana, page, ben, "write")
    told = await answered(ben.browser.post(url, json={"places": [place.id]}))
    as_told = await answered(ben.browser.get(f"{POSTS}/{told['post_id']}"))
    assert (as_told["images"], "*La carte*" in as_told["body"]) == ([], True)
    await ana.browser.delete(post_url)
    assert (await ben.browser.get(both[0]["url"])).status_code == 404


async def _picture(someone: Someone, page: dict[str, Any]) -> dict[str, Any]:
    file = await upload(someone.browser, picture(), "carte.png")
    made: dict[str, Any] = await answered(
        someone.browser.post(f"{page_url(page)}/pictures", json={"file_id": file["id"]})
    )
    return made


async def test_only_who_writes_a_page_publishes_it_and_only_where_he_may_post(
    parvis: Parvis, ana: Someone, ben: Someone, sign_in: SignIn
) -> None:
    zoe = await arrive(parvis, sign_in, "Zoé Zola")
    place, other = await make_closed(ana, ben, access="on_request"), await make_closed(ana, zoe, access="on_request")
    page = await make_page(ana, await space_of(ana, place))
    await write_nodes(parvis, ana, page, paragraph("R1"))
    url = f"{page_url(page)}/publications"
    await _let(ana, page, ben, "comment")
    assert (await ben.browser.post(url, json={"places": [place.id]})).status_code == 403
    assert (await zoe.browser.post(url, json={"places": [other.id]})).status_code == 404
    await _let(ana, page, ben, "write")
    assert (await ben.browser.post(url, json={"places": [other.id]})).status_code == 403
    made = await answered(ben.browser.post(url, json={"places": [place.id], "title": "Relevés"}))
    assert made["title"] == "Relevés"
    assert (await ana.browser.put(f"{url}/{made['post_id']}")).status_code == 403
    another = await make_page(ben, await own_space(ben))
    await write_nodes(parvis, ben, another, paragraph("R1"))
    assert (await ben.browser.put(f"{page_url(another)}/publications/{made['post_id']}")).status_code == 404
    await write_nodes(parvis, ben, page, paragraph("x" * 20_001))
    assert (await ben.browser.put(f"{url}/{made['post_id']}")).json()["code"] == "article_too_long"
    assert (await zoe.browser.get(url)).status_code == 404


async def _let(someone: Someone, page: dict[str, Any], other: Someone, level: str) -> None:
    rights = {"inherits": False, "grants": [{"member_id": other.id, "level": level}]}
    await changed(someone, f"{document_url(page)}/rights", rights, "PUT")
