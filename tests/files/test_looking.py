"""What is inside a file: asked for, found by a process of its own, shown to whom the file is."""

from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from PIL import Image
from sqlalchemy import func, select

from parvis import wiring
from parvis.accounts.actor import Actor, Actors
from parvis.accounts.auth import COOKIE
from parvis.files import service
from parvis.files.events import FileLookedInto
from parvis.files.looking import looker, printing, queries
from parvis.files.looking.models import Look, LookPage
from parvis.files.looking.reasons import REASONS
from parvis.files.looking.service import MOST_TRIES, PAGE, ask, forget_pages
from parvis.files.models import File
from parvis.files.readers import Readers
from parvis.kernel.events import LogEntry
from parvis.kernel.ids import new_id
from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn
from tests.make.hostile_files import png_claiming, zip_of
from tests.make.people import make_member
from tests.make.real_files import SAMPLES

from .uploads import upload


@pytest.fixture
async def browser(parvis: Parvis, sign_in: SignIn) -> httpx.AsyncClient:
    return await sign_in(await make_member(parvis, "Inès Benali"))


@pytest.fixture(autouse=True)
def without_libreoffice(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether it is installed changes nothing but where a test says so."""
    if "printed" not in request.function.__name__:
        monkeypatch.setattr(printing, "program", lambda: None)


async def actor_of(parvis: Parvis, browser: httpx.AsyncClient) -> Actor:
    actor = await parvis.part(Actors).by_cookie(browser.cookies[COOKIE])
    assert actor is not None
    return actor


async def sample(browser: httpx.AsyncClient, name: str) -> dict[str, Any]:
    return await upload(browser, (SAMPLES / name).read_bytes(), name)


async def looked_into(parvis: Parvis, browser: httpx.AsyncClient, url: str) -> dict[str, Any]:
    """Has it looked into, and gives what was found."""
    asked = await browser.put(f"{url}/preview")
    assert asked.status_code == 202, asked.text
    while await parvis.jobs.run_once():
        pass
    found: dict[str, Any] = (await browser.get(f"{url}/preview")).json()
    return found


async def test_a_document_is_drawn_and_read_for_whoever_may_read_it(
    browser: httpx.AsyncClient, client: httpx.AsyncClient, parvis: Parvis, sign_in: SignIn
) -> None:
    friend = await sign_in(await make_member(parvis, "Yanis Haddad"))
    made, drawer = await sample(browser, "releves.pdf"), new_id()
    url, file_id = made["url"], UUID(made["id"])
    before = (await browser.get(f"{url}/preview")).json()
    assert (before["state"], before["kind"], before["pages"]) == ("none", None, [])

    async def put_to_use(session: Any, actor: Actor) -> None:
        await service.claim(session, actor, file_id, "drawer", drawer)
        await ask(session, file_id)

    await parvis.database.write(put_to_use, await actor_of(parvis, browser))
    assert (await browser.get(f"{url}/preview")).json()["state"] == "waiting"
    await parvis.jobs.run_once()

    found = (await browser.get(f"{url}/preview")).json()
    assert (found["state"], found["kind"], found["page_count"], found["reason"]) == ("ready", "pdf", 1, None)
    assert "limon sur la rive gauche" in found["text"]
    (page,) = found["pages"]
    sizes = {}
    for size in ("url", "small_url"):
        got = await browser.get(page[size])
        image = Image.open(BytesIO(got.content))
        sizes[size] = image.size
        assert (image.format, got.headers["content-type"]) == ("WEBP", "image/webp")
        assert got.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in got.headers["content-security-policy"]
        assert got.headers["cache-control"] == "private, no-cache"
        again = await browser.get(page[size], headers={"if-none-match": got.headers["etag"]})
        assert again.status_code == 304
    assert sizes == {"url": (page["width"], page["height"]), "small_url": (400, 566)}
    assert page["width"] == 1400

    async def looks() -> list[int]:
        return [(await friend.get(one)).status_code for one in (f"{url}/preview", page["url"], page["small_url"])]

    assert await looks() == [404, 404, 404]
    is_open = True

    async def those_let_in(_session: Any, actor: Actor | None, _file: File) -> bool:
        return is_open and actor is not None

    parvis.part(Readers).register("drawer", those_let_in)
    assert await looks() == [200, 200, 200]
    assert (await client.get(page["url"])).status_code == 404
    is_open = False
    assert await looks() == [404, 404, 404]
    async with parvis.database.reading() as session:
        pictures = list(await session.scalars(select(File.id).where(File.claimed_kind == PAGE)))
        told = await session.scalar(select(LogEntry.data).where(LogEntry.type == FileLookedInto.type))
        assert "Turbidité" in await queries.text_of(session, file_id)
    seen = await parvis.database.read(queries.looks_of, [file_id, uuid4()])
    assert {id_: look.drawn for id_, look in seen.items()} == {file_id: 1}
    assert told == {"file_id": made["id"], "claimed_kind": "drawer", "claimed_id": str(drawer)}
    for picture in pictures:  # Only through the file whose page it is.
        assert (await browser.get(f"/api/v1/files/{picture}")).status_code == 404


KINDS = [
    ("releves.docx", "office", "Station amont\tTurbidité forte"),
    ("releves.odt", "office", "Œuvre collective"),
    ("debits.xlsx", "office", "Valorne amont\t128.5"),
    ("debits.ods", "office", "Station\tDébit"),
    ("crues.pptx", "office", "Méthode de jaugeage"),
    ("crues.odp", "office", "Crues de la Valorne"),
    ("profil.svg", "drawing", "Profil de la Valorne"),
    ("photo.jpg", "picture", ""),
    ("film.mp4", "video", ""),
    ("son.mp3", "audio", ""),
]
WRITTEN = [
    ("notes.md", "markdown", "# Crue\n\nété".encode(), "été", None),
    ("ancien.csv", "table", "Station;Débit\nété;3".encode("cp1252"), "été", None),
    ("windows.txt", "text", "\ufeffété".encode("utf-16-le"), "été", None),
    ("calcul.py", "code", b"print(1)\n", "print(1)", "python"),
    (
        "page.html",
        "page",
        b"<html><head><title>x</title><script>bad</script><p>D\xc3\xa9bit<br>fort",
        "Débit\nfort",
        None,
    ),
    ("donnees.xml", "code", b"<?xml version='1.0'?><x>y</x>", "<x>y</x>", "xml"),
    ("inconnu.bin", "other", b"\x00\x01\x02", "", None),
]


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_every_kind_shows_what_it_can(browser: httpx.AsyncClient, parvis: Parvis) -> None:
    for name, kind, words in KINDS:
        found = await looked_into(parvis, browser, (await sample(browser, name))["url"])
        assert (found["state"], found["kind"]) == ("ready", kind), name
        assert words in found["text"], name
        assert len(found["pages"]) == (kind in {"picture", "drawing"}), name
        assert (found["reason"] is not None) == (kind == "office"), name
        assert found["has_position"] == (True if kind == "picture" else None), name
    for name, kind, content, words, language in WRITTEN:
        found = await looked_into(parvis, browser, (await upload(browser, content, name))["url"])
        assert (found["state"], found["kind"]) == ("none" if kind == "other" else "ready", kind), name
        assert words in found["text"], name
        assert (found["language"], "bad" in found["text"]) == (language, False), name
        assert found["html"].startswith("<h2") == (kind == "markdown"), name
    archive = zip_of(("dossier/é\u202e.txt", b"12345"), ("dossier/", b""), ("../slip", b"1"))
    found = await looked_into(parvis, browser, (await upload(browser, archive, "a.zip"))["url"])
    assert found["entries"] == [{"name": "dossier/é\ufffd.txt", "size": 5}, {"name": "../slip", "size": 1}]
    assert found["entry_count"] == 2


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_what_cannot_be_read_says_why_and_may_be_tried_anew(
    browser: httpx.AsyncClient, parvis: Parvis, monkeypatch: pytest.MonkeyPatch
) -> None:
    flood = await upload(browser, png_claiming(60_000, 60_000), "flood.png")
    found = await looked_into(parvis, browser, flood["url"])
    assert (found["state"], found["pages"]) == ("failed", [])
    assert found["reason"].startswith("This picture has too many pixels")
    assert all(set(text) == {"fr", "en"} for text in REASONS.values())

    made = await sample(browser, "releves.pdf")
    monkeypatch.setattr(looker, "SECONDS", 0.001)
    found = await looked_into(parvis, browser, made["url"])
    assert (found["state"], found["text"]) == ("failed", "")
    assert "too much work" in found["reason"]
    monkeypatch.setattr(looker, "SECONDS", 20.0)
    assert (await looked_into(parvis, browser, made["url"]))["state"] == "ready"

    hidden = await browser.put(f"/api/v1/files/{uuid4()}/preview")
    assert hidden.status_code == 404


async def test_a_file_on_which_workers_die_is_given_up(browser: httpx.AsyncClient, parvis: Parvis) -> None:
    made = await sample(browser, "photo.jpg")
    await browser.put(f"{made['url']}/preview")

    async def died(session: Any) -> None:
        look = await session.get(Look, UUID(made["id"]))
        look.tries = MOST_TRIES

    await parvis.database.write(died)
    await parvis.jobs.run_once()

    assert (await browser.get(f"{made['url']}/preview")).json()["state"] == "failed"


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_a_worker_without_a_server_looks_too(browser: httpx.AsyncClient, parvis: Parvis) -> None:
    made = await upload(browser, b"Bonjour.", "mot.txt")
    await browser.put(f"{made['url']}/preview")
    worker = Parvis(parvis.settings, handlers=wiring.handlers)
    await worker.start()
    try:
        await worker.jobs.run_once(only=wiring.LONG_JOBS)
    finally:
        await worker.stop()

    assert (await browser.get(f"{made['url']}/preview")).json()["text"] == "Bonjour."


async def test_what_was_found_goes_with_the_file_and_its_pictures_soon_after(
    browser: httpx.AsyncClient, parvis: Parvis
) -> None:
    made = await sample(browser, "photo.jpg")
    assert len((await looked_into(parvis, browser, made["url"]))["pages"]) == 1

    assert (await browser.delete(made["url"])).status_code == 204

    async def left(kind: Any) -> int:
        async with parvis.database.reading() as session:
            return await session.scalar(select(func.count()).select_from(kind)) or 0

    assert [await left(kind) for kind in (File, Look, LookPage)] == [2, 0, 1]
    assert await parvis.database.write(forget_pages) == 1
    assert [await left(kind) for kind in (File, Look, LookPage)] == [0, 0, 0]
    assert await parvis.database.write(forget_pages) == 0


async def test_where_a_photo_was_taken_is_taken_out_in_its_place(
    browser: httpx.AsyncClient, parvis: Parvis, sign_in: SignIn
) -> None:
    content = (SAMPLES / "photo.jpg").read_bytes()
    made = await upload(browser, content, "photo.jpg")
    other = await sign_in(await make_member(parvis, "Yanis Haddad"))
    assert (await looked_into(parvis, browser, made["url"]))["has_position"] is True
    assert (await other.put(f"{made['url']}/without-position")).status_code == 404

    done = await browser.put(f"{made['url']}/without-position")
    while await parvis.jobs.run_once():
        pass

    bare = (await browser.get(made["url"])).content
    before, after = Image.open(BytesIO(content)), Image.open(BytesIO(bare))
    assert (done.status_code, done.json()["id"], done.json()["size"]) == (200, made["id"], len(content))
    assert done.json()["sha256"] != made["sha256"]
    assert (before.tobytes(), before.getexif()[0x010F]) == (after.tobytes(), after.getexif()[0x010F])
    assert (bool(before.getexif().get_ifd(0x8825)), after.getexif().get_ifd(0x8825)) == (True, {})
    found = (await browser.get(f"{made['url']}/preview")).json()
    assert (found["state"], found["has_position"]) == ("ready", False)
    again = await browser.put(f"{made['url']}/without-position")
    assert again.json()["sha256"] == done.json()["sha256"]

    text = await upload(browser, b"x", "x.txt")
    assert (await browser.put(f"{text['url']}/without-position")).status_code == 415
    actor = await actor_of(parvis, browser)
    await parvis.database.write(service.claim, actor, UUID(made["id"]), "drawer", new_id())
    assert (await browser.put(f"{made['url']}/without-position")).json()["code"] == "in_use"


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_office_pages_are_printed_where_libreoffice_is(
    browser: httpx.AsyncClient, parvis: Parvis, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it, the words are shown and it is said that pages are not drawn: both are a whole answer."""
    monkeypatch.setattr(printing, "SECONDS", 120.0)  # On a machine that does much else.
    found = await looked_into(parvis, browser, (await sample(browser, "crues.odp"))["url"])

    assert found["state"] == "ready"
    assert "Méthode de jaugeage" in found["text"]
    if printing.program() is None:
        assert (found["pages"], found["reason"][:24]) == ([], "The pages of this file a")
    else:
        assert [page["width"] for page in found["pages"]] == [1400, 1400]
        assert (found["page_count"], found["reason"]) == (2, None)
