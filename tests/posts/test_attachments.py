"""Pictures and files that posts show: who sees them, what is left in them, and when they are gone."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from PIL import Image
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.files.models import File, Picture
from parvis.files.photos import LARGE, SMALL
from parvis.kernel import clock
from parvis.kernel.entries import Entry, EntryText
from parvis.kernel.runtime import Parvis
from parvis.posts.models import PostAttachment, PostPlace, PostVersion
from tests.conftest import SignIn, run_jobs
from tests.files.uploads import FILES, upload
from tests.make.communities import Place, Someone, make_closed
from tests.make.documents import DOCUMENTS, PDF
from tests.make.hostile_files import pages, photo_with_place, picture, picture_with_text, png_claiming, polyglots
from tests.make.hostile_files import zip_of as zipped
from tests.make.posts import say, seen, told, url_of
from tests.make.security import code_in

SCHEDULED = "/api/v1/me/scheduled-posts"


async def pictured(someone: Someone, content: bytes | None = None) -> dict[str, Any]:
    """A picture that `someone` uploaded, ready to be shown."""
    sent = await upload(someone.browser, content or picture("JPEG", (120, 80)), "IMG_2041.jpg")
    reply = await someone.browser.put(f"{FILES}/{sent['id']}/picture")
    assert reply.status_code == 200, reply.text
    made: dict[str, Any] = reply.json()
    return made


async def shown(author: Someone, place: Place, content: bytes | None = None) -> dict[str, Any]:
    """A post with one picture."""
    made = await pictured(author, content)
    return await say(author, place, images=[{"id": made["id"], "alt": "Deux moitiés, rouge et bleue"}])


async def bytes_for(reader: Someone, url: str, **headers: str) -> httpx.Response:
    return await reader.browser.get(url, headers=headers)


async def files_kept(parvis: Parvis) -> list[File]:
    async with parvis.database.reading() as session:
        return list(await session.scalars(select(File).order_by(File.id)))


@pytest.mark.parametrize("content", [photo_with_place(6), picture_with_text()], ids=["photo", "text"])
async def test_a_picture_is_seen_by_the_others_without_what_the_camera_wrote(
    content: bytes, place: Place, ines: Someone, claire: Someone
) -> None:
    post = await shown(ines, place, content)
    image = (await seen(claire, post))["images"][0]
    assert image["alt"] == "Deux moitiés, rouge et bleue"
    for url in (image["url"], image["small_url"]):
        got = await bytes_for(claire, url)
        found = Image.open(BytesIO(got.content))
        assert (got.status_code, found.format, found.size) == (200, "WEBP", (image["width"], image["height"]))
        assert (got.headers["cache-control"], got.headers["x-content-type-options"]) == ("private, no-cache", "nosniff")
        assert dict(found.getexif()) == {}
        assert not any(secret in got.content for secret in (b"SECRET", b"Exif", b"<script"))
    if content[:2] == b"\xff\xd8":  # Taken sideways, it stands up.
        assert (image["width"], image["height"]) == (40, 80)
    assert (await ines.browser.get(f"{FILES}/{image['id']}")).status_code == 404  # The upload itself is gone.


async def test_a_large_picture_comes_in_two_sizes(place: Place, ines: Someone) -> None:
    made = await pictured(ines, picture("JPEG", (3000, 1500)))
    assert (made["width"], made["height"]) == (LARGE, LARGE // 2)
    small = Image.open(BytesIO((await bytes_for(ines, made["small_url"])).content))
    assert small.size == (SMALL, SMALL // 2)
    again = await ines.browser.put(f"{FILES}/{made['id']}/picture")
    assert (again.status_code, again.json()) == (200, made)


async def test_a_picture_is_described_or_decorates(place: Place, ines: Someone, claire: Someone) -> None:
    first, second = await pictured(ines), await pictured(ines)
    for draft in ({}, {"alt": "  "}, {"alt": "Une carte", "decorative": True}):
        refused = await ines.browser.post(
            f"{place.url}/posts", json={"body": "Voyez.", "images": [{"id": first["id"], **draft}]}
        )
        assert refused.status_code == 422
    twice = [{"id": first["id"], "alt": "a"}, {"id": first["id"], "alt": "b"}]
    assert (await ines.browser.post(f"{place.url}/posts", json={"body": "x", "images": twice})).status_code == 422
    images = [{"id": second["id"], "decorative": True}, {"id": first["id"], "alt": "Une carte"}]
    post = await say(ines, place, "Voyez.", images=images)
    assert [(one["id"], one["alt"]) for one in (await seen(claire, post))["images"]] == [
        (second["id"], ""),
        (first["id"], "Une carte"),
    ]


async def test_documents_are_offered_and_never_run(place: Place, ines: Someone, claire: Someone) -> None:
    sent = [await upload(ines.browser, content, name) for name, content, _ in DOCUMENTS]
    post = await say(ines, place, "Tout est là.", files=[one["id"] for one in sent])
    files = (await seen(claire, post))["files"]
    assert [one["name"] for one in files] == [name for name, _, _ in DOCUMENTS]
    for one, (_, content, served) in zip(files, DOCUMENTS, strict=True):
        got = await bytes_for(claire, one["url"])
        assert (got.status_code, got.content, got.headers["content-type"]) == (200, content, served)
        assert got.headers["content-disposition"].startswith("attachment; ")
        assert (got.headers["x-content-type-options"], one["size"]) == ("nosniff", len(content))
        assert "sandbox" in got.headers["content-security-policy"]


async def test_hostile_files_are_offered_as_bytes_and_shown_as_nothing(
    place: Place, ines: Someone, claire: Someone
) -> None:
    hostile = [*list(pages())[::7], *list(polyglots())[::5], ("bomb.zip", zipped(("zeros", b"\0" * 10**6)))]
    for number in range(0, len(hostile), 10):
        sent = [await upload(ines.browser, content, name) for name, content in hostile[number : number + 10]]
        post = await say(ines, place, files=[one["id"] for one in sent])
        for one in post["files"]:
            got = await bytes_for(claire, one["url"])
            assert got.headers["x-content-type-options"] == "nosniff"
            assert "sandbox" in got.headers["content-security-policy"]
            inline = got.headers["content-disposition"].startswith("inline")
            assert not inline or got.headers["content-type"] in {"image/png", "image/jpeg", "image/webp", "image/gif"}


async def test_what_is_no_picture_is_refused_as_one(ines: Someone) -> None:
    for content, code in (
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', (415, "unsupported_media_type")),
        (PDF, (415, "unsupported_media_type")),
        (picture("GIF"), (415, "unsupported_media_type")),
        (png_claiming(60_000, 60_000), (422, "unreadable_picture")),
        (picture("PNG", (300, 300))[:90], (422, "unreadable_picture")),
    ):
        sent = await upload(ines.browser, content, "photo.png")
        assert code_in(await ines.browser.put(f"{FILES}/{sent['id']}/picture")) == code
    assert (await ines.browser.put(f"{FILES}/{uuid4()}/picture")).status_code == 404


async def test_only_what_is_one_s_own_and_unused_is_shown(place: Place, ines: Someone, claire: Someone) -> None:
    theirs, mine = await pictured(claire), await pictured(ines)
    sent = await upload(ines.browser, PDF, "a.pdf")
    assert (await ines.browser.put(f"{FILES}/{theirs['id']}/picture")).status_code == 404
    await say(ines, place, images=[{"id": mine["id"], "alt": "a"}], files=[sent["id"]])
    for draft, field in (
        ({"images": [{"id": theirs["id"], "alt": "a"}]}, "images"),
        ({"images": [{"id": mine["id"], "alt": "a"}]}, "images"),
        ({"images": [{"id": str(uuid4()), "alt": "a"}]}, "images"),
        ({"files": [sent["id"]]}, "files"),
        ({"files": [str(uuid4())]}, "files"),
    ):
        refused = await ines.browser.post(f"{place.url}/posts", json={"body": "x", **draft})
        assert (refused.status_code, refused.json()["fields"][0]["path"]) == (422, field)
    assert code_in(await ines.browser.put(f"{FILES}/{sent['id']}/picture")) == (409, "in_use")
    assert code_in(await ines.browser.delete(f"{FILES}/{sent['id']}")) == (409, "in_use")


async def test_an_outsider_finds_no_byte_and_who_left_finds_none_any_more(
    nadia: Someone, claire: Someone, ines: Someone, guest: Someone, client: httpx.AsyncClient
) -> None:
    place = await make_closed(nadia, claire, access="secret")
    sent = await upload(nadia.browser, PDF, "secret.pdf")
    made = await pictured(nadia)
    post = await say(nadia, place, images=[{"id": made["id"], "alt": "a"}], files=[sent["id"]])
    urls = [post["images"][0]["url"], post["images"][0]["small_url"], post["files"][0]["url"]]
    unknown = await bytes_for(ines, f"{FILES}/{uuid4()}")
    etags = {url: (await bytes_for(claire, url)).headers["etag"] for url in urls}
    for url, etag in etags.items():
        assert (await bytes_for(claire, url, **{"if-none-match": etag})).status_code == 304
        for outsider in (ines, guest):
            got = await bytes_for(outsider, url, **{"if-none-match": etag})
            assert code_in(got) == code_in(unknown) == (404, "not_found")
        assert (await client.get(url)).status_code == 404
    assert (await place.leave(claire)).status_code < 300
    for url, etag in etags.items():
        got = await bytes_for(claire, url, **{"if-none-match": etag, "range": "bytes=0-3"})
        assert code_in(got) == (404, "not_found")


async def test_what_a_hidden_post_shows_is_hidden_with_it(
    place: Place, nadia: Someone, ines: Someone, claire: Someone, parvis: Parvis
) -> None:
    post = await shown(ines, place)
    url = post["images"][0]["url"]

    async def hide(session: AsyncSession) -> None:
        for one in await session.scalars(select(PostPlace)):
            one.hidden_at = clock.now()

    await parvis.database.write(hide)
    assert [(await bytes_for(reader, url)).status_code for reader in (ines, nadia, claire)] == [200, 200, 404]


async def test_an_edit_adds_orders_and_takes_away(place: Place, ines: Someone, claire: Someone, parvis: Parvis) -> None:
    post = await shown(ines, place)
    kept, added = post["images"][0], await pictured(ines)
    sent = await upload(ines.browser, PDF, "plan.pdf")
    images = [{"id": added["id"], "alt": "Nouvelle"}, {"id": kept["id"], "alt": "Mieux dite"}]
    change = {"images": images, "files": [sent["id"]]}
    edited = await ines.browser.patch(url_of(post), json=change, headers={"if-match": '"1"'})
    assert edited.status_code == 200, edited.text
    assert [one["alt"] for one in edited.json()["images"]] == ["Nouvelle", "Mieux dite"]
    assert (edited.json()["version"], edited.json()["edited_at"] is None) == (2, False)
    same = await ines.browser.patch(url_of(post), json=change)
    assert same.json()["version"] == 2
    assert (await bytes_for(claire, kept["url"])).status_code == 200

    cut = await ines.browser.patch(url_of(post), json={"images": images[:1], "files": []})
    assert (len(cut.json()["images"]), cut.json()["files"], cut.json()["version"]) == (1, [], 3)
    for url in (kept["url"], kept["small_url"], edited.json()["files"][0]["url"]):
        for someone in (ines, claire):
            assert (await bytes_for(someone, url)).status_code == 404
    assert len(await files_kept(parvis)) == 2
    async with parvis.database.reading() as session:
        assert list(await session.scalars(select(PostVersion))) == []  # Its words never changed.
    assert [fact.data["version"] for fact in await told(parvis, "post.changed")] == [2, 3]


async def test_of_a_deleted_post_no_byte_is_left(place: Place, ines: Someone, claire: Someone, parvis: Parvis) -> None:
    sent = await upload(ines.browser, PDF, "plan.pdf")
    made = await pictured(ines)
    post = await say(ines, place, images=[{"id": made["id"], "alt": "canari"}], files=[sent["id"]])
    assert (await ines.browser.delete(url_of(post))).status_code == 204
    for url in (post["images"][0]["url"], post["files"][0]["url"]):
        for someone in (ines, claire):
            assert (await bytes_for(someone, url)).status_code == 404
    assert await files_kept(parvis) == []
    async with parvis.database.reading() as session:
        for table in (Picture, PostAttachment):
            assert list(await session.scalars(select(table))) == []
        assert list(await session.scalars(select(Entry).where(Entry.subject_id == UUID(post["id"])))) == []


async def test_where_only_moderators_upload_others_do_not(
    place: Place, nadia: Someone, ines: Someone, parvis: Parvis
) -> None:
    post = await say(ines, place)
    assert (await nadia.browser.patch(place.url, json={"uploading": "moderators"})).status_code == 200
    image = {"images": [{"id": (await pictured(ines))["id"], "alt": "a"}]}
    refused = await ines.browser.post(f"{place.url}/posts", json={"body": "x", **image})
    assert code_in(refused) == (403, "forbidden")
    assert (await ines.browser.patch(url_of(post), json=image)).status_code == 403
    assert len((await shown(nadia, place))["images"]) == 1


async def test_what_is_not_shown_is_forgotten_after_a_day(ines: Someone, parvis: Parvis, place: Place) -> None:
    post = await shown(ines, place)
    await pictured(ines)
    assert len(await files_kept(parvis)) == 4

    async def age(session: AsyncSession) -> None:
        for file in await session.scalars(select(File)):
            file.created_at -= timedelta(hours=25)

    await parvis.database.write(age)
    later = clock.MovableClock()
    later.advance(timedelta(hours=27))
    with clock.clock_set_to(later):
        while await parvis.jobs.run_once():
            pass
    assert len(await files_kept(parvis)) == 2
    assert (await bytes_for(ines, post["images"][0]["url"])).status_code == 200
    async with parvis.database.reading() as session:
        assert len(list(await session.scalars(select(Picture)))) == 1


async def test_what_is_said_later_keeps_what_it_shows_for_its_author_alone_until_then(
    place: Place, ines: Someone, claire: Someone, parvis: Parvis, moved_clock: clock.MovableClock, sign_in: SignIn
) -> None:
    first, second = await pictured(ines), await pictured(ines)
    sent = await upload(ines.browser, PDF, "plan.pdf")
    draft = {
        "body": "Demain.",
        "places": [place.id],
        "publish_at": (clock.now() + timedelta(days=3)).isoformat(),
        "images": [{"id": first["id"], "alt": "Avant"}, {"id": second["id"], "alt": "Canari"}],
        "files": [sent["id"]],
    }
    assert (await claire.browser.post(SCHEDULED, json=draft)).status_code == 422, "they are not hers"
    kept = (await ines.browser.post(SCHEDULED, json=draft)).json()
    assert [one["alt"] for one in kept["images"]] == ["Avant", "Canari"]
    urls = [one["url"] for one in (*kept["images"], *kept["files"])]
    for url in urls:
        assert (await bytes_for(ines, url)).status_code == 200
        assert (await bytes_for(claire, url)).status_code == 404
    assert (await ines.browser.post(f"{place.url}/posts", json={"body": "x", "files": [sent["id"]]})).status_code == 422

    changed = {**draft, "images": draft["images"][1:]}
    replied = await ines.browser.put(f"{SCHEDULED}/{kept['id']}", json=changed, headers={"if-match": '"1"'})
    assert ([one["alt"] for one in replied.json()["images"]], len(await files_kept(parvis))) == (["Canari"], 3)
    moved_clock.advance(timedelta(days=2))  # Longer than an upload waits that nothing uses.
    await run_jobs(parvis)
    assert len(await files_kept(parvis)) == 3
    moved_clock.advance(timedelta(days=1, hours=1))
    await run_jobs(parvis)
    reader = Someone(claire.member, await sign_in(claire.member))
    (post,) = (await reader.browser.get(f"{place.url}/posts")).json()["items"]
    assert ([one["alt"] for one in post["images"]], [one["name"] for one in post["files"]]) == (
        ["Canari"],
        ["plan.pdf"],
    )
    for url in urls[1:]:
        assert (await bytes_for(reader, url)).status_code == 200


async def test_of_what_is_not_said_after_all_no_byte_is_left(place: Place, ines: Someone, parvis: Parvis) -> None:
    draft = {
        "body": "Demain.",
        "places": [place.id],
        "publish_at": (clock.now() + timedelta(days=3)).isoformat(),
        "images": [{"id": (await pictured(ines))["id"], "alt": "Canari"}],
        "files": [(await upload(ines.browser, PDF, "plan.pdf"))["id"]],
    }
    kept = (await ines.browser.post(SCHEDULED, json=draft)).json()
    assert (await ines.browser.delete(f"{SCHEDULED}/{kept['id']}")).status_code == 204
    assert await files_kept(parvis) == []


async def test_a_post_is_found_by_what_it_shows(place: Place, ines: Someone, parvis: Parvis) -> None:
    sent = await upload(ines.browser, PDF, "Plan de sortie.pdf")
    post = await say(ines, place, "Voyez.", files=[sent["id"]])
    async with parvis.database.reading() as session:
        said = select(EntryText.body).join(Entry, Entry.id == EntryText.entry_id)
        body = (await session.scalars(said.where(Entry.subject_id == UUID(post["id"])))).one()
    assert "Plan de sortie.pdf" in body
