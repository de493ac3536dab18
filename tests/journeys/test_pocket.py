"""In the pocket: what was read is read again in a tunnel, what is written there leaves after it, a link shared from the
phone becomes a draft; and a phone rings when nothing else of its owner shows what is new."""

import asyncio
import re
import threading
import time
from collections.abc import Coroutine, Iterator
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from parvis.accounts.models import Member
from parvis.kernel.jobs import Job
from parvis.notifications.push.encryption import encoded
from tests.conftest import until_readable
from tests.journeys.conftest import DIST
from tests.journeys.test_communities import WIDTHS
from tests.journeys.test_wall import Enter, enter
from tests.make.axe import grave_faults
from tests.make.house import House, house
from tests.make.people import make_member
from tests.make.push import Device, PushService, push_service

pytestmark = pytest.mark.browser
__all__ = ["enter"]
PHONE = {"width": 390, "height": WIDTHS[390], "keeps": True}
AFTER = timedelta(seconds=11)
PATIENCE = 20
T = TypeVar("T")


@pytest.fixture(scope="module")
def service() -> Iterator[PushService]:
    """The push service of these browsers' maker."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    stack = AsyncExitStack()

    def run(work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, loop).result(timeout=20)

    try:
        yield run(stack.enter_async_context(push_service()))
    finally:
        run(stack.aclose())
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, service: PushService) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("house"), push_trusted=[service.origin]) as at:
        yield at


def somebody(served: House, name: str) -> Member:
    return served.run(make_member(served.parvis, name, affiliation="student", language="fr"))


def ask(page: Page, method: str, path: str, body: object = None) -> dict[str, str]:
    """Asked of the server by who is on this page."""
    asked = """async ([method, path, body]) => {
        const session = await (await fetch('/api/v1/session')).json()
        const headers = { 'content-type': 'application/json', 'x-csrf-token': session.csrf_token }
        const init = { method, headers, ...(body && { body: JSON.stringify(body) }) }
        const reply = await fetch('/api/v1' + path, init)
        if (!reply.ok) throw new Error(path + ': ' + reply.status + ' ' + await reply.text())
        return reply.status === 204 ? {} : reply.json()
    }"""
    found: dict[str, str] = page.evaluate(asked, [method, path, body])
    return found


def keep_all(page: Page) -> None:
    """What a page does by itself once it has stood for a minute: also what was never opened is there in a tunnel."""
    page.evaluate("navigator.serviceWorker.ready.then(({active}) => active.postMessage('keep all'))")
    scripts = [f"/assets/{script.name}" for script in (DIST / "assets").glob("*.js")]
    kept = "async (paths) => (await Promise.all(paths.map((path) => caches.match(path)))).filter((one) => !one).length"
    until = time.monotonic() + PATIENCE
    while (missing := page.evaluate(kept, scripts)) and time.monotonic() < until:
        page.wait_for_timeout(100)
    assert missing == 0


def test_a_tunnel_takes_nothing_away_and_what_is_shared_is_a_draft(served: House, enter: Enter) -> None:
    nadia = enter(somebody(served, "Nadia Cherkaoui"))
    nadia.goto("/")
    place = ask(nadia, "POST", "/communities", {"name": "Terrain", "access": "open"})
    post = ask(nadia, "POST", f"/communities/{place['id']}/posts", {"kind": "message", "body": "La carte est prête."})
    ines = enter(somebody(served, "Inès Benali"), **PHONE)
    ines.goto("/")
    ask(ines, "PUT", f"/communities/{place['id']}/membership", {"charter_version": 0})
    ines.evaluate("navigator.serviceWorker.ready.then(() => true)")
    ines.goto(f"/communities/{place['id']}")
    expect(ines.get_by_role("button", name="Écrire à la communauté")).to_be_visible()
    ines.goto(f"/posts/{post['id']}")
    expect(ines.get_by_text("La carte est prête.")).to_be_visible()
    expect(ines.get_by_label("Votre commentaire")).to_be_visible()
    ines.wait_for_function("navigator.serviceWorker.controller !== null")
    keep_all(ines)

    ines.context.set_offline(True)
    ines.reload()
    expect(ines.get_by_text("La carte est prête.")).to_be_visible()
    expect(ines.get_by_text("Hors connexion").first).to_be_visible()
    nonces = ines.evaluate("[document.querySelector('meta[name=csp-nonce]').content, document.styleSheets.length]")
    assert re.fullmatch(r"[\w-]{22}", nonces[0])
    ines.get_by_label("Votre commentaire").fill("Vue dans le train.")
    ines.get_by_role("button", name="Envoyer").click()
    expect(ines.get_by_text("En attente d’envoi")).to_be_visible()
    expect(ines.get_by_label("Votre commentaire")).to_have_value("")
    thanks = ines.get_by_role("button", name=re.compile("^Merci")).first
    thanks.click()
    expect(thanks).to_have_attribute("aria-pressed", "true")
    ines.goto(f"/communities/{place['id']}")
    ines.get_by_role("button", name="Écrire à la communauté").click()
    ines.get_by_label("Votre texte").fill("Écrit sous terre.")
    ines.get_by_role("button", name="Publier").click()
    expect(ines.get_by_label("Vos publications en attente d’envoi")).to_contain_text("Écrit sous terre.")

    tunnel = ines.context
    ines.close()
    ines = tunnel.new_page()
    ines.goto(f"/communities/{place['id']}")
    expect(ines.get_by_label("Vos publications en attente d’envoi")).to_contain_text("Écrit sous terre.")
    tunnel.set_offline(False)
    expect(ines.get_by_role("article").filter(has_text="Écrit sous terre.")).to_be_visible()
    expect(ines.get_by_label("Vos publications en attente d’envoi")).to_have_count(0)
    nadia.goto(f"/posts/{post['id']}")
    expect(nadia.get_by_text("Vue dans le train.")).to_have_count(1)
    expect(nadia.get_by_role("button", name=re.compile(r"^Merci 1")).first).to_be_visible()

    share_a_link(served, ines, place["id"])
    sign_out(ines)


def share_a_link(served: House, ines: Page, place_id: str) -> None:
    share(ines)
    expect(ines.get_by_role("heading", name="Partager")).to_be_visible()
    ines.get_by_role("button", name="Terrain").click()
    expect(ines.get_by_label("Votre texte")).to_have_value("À lire\n\nhttps://example.org/a")
    expect(ines.get_by_text("carnet.txt")).to_be_visible()
    assert grave_faults(ines) == []
    expect(ines.get_by_role("progressbar")).to_have_count(0)  # It is sent.
    ines.get_by_role("button", name="Publier").click()
    expect(ines).to_have_url(f"{served.url}/")
    said = ask(ines, "GET", f"/communities/{place_id}/posts")["items"][0]
    assert [one["name"] for one in said["files"]] == ["carnet.txt"]  # type: ignore[index]


def sign_out(ines: Page) -> None:
    """Nothing that was read stays behind."""
    assert any("parvis.kept." in name for name in ines.evaluate("caches.keys()"))
    ines.get_by_role("button", name=re.compile("votre menu")).first.click()
    ines.get_by_role("menuitem", name="Se déconnecter").click()
    expect(ines.get_by_role("heading", name="Bienvenue sur Parvis")).to_be_visible()
    assert [name for name in ines.evaluate("caches.keys()") if "shell" not in name] == []


def share(page: Page) -> None:
    """As the phone does, for another application."""
    page.evaluate("""() => {
        const form = document.createElement('form')
        Object.assign(form, { method: 'POST', action: '/share', enctype: 'multipart/form-data' })
        for (const [name, value] of [['title', ''], ['text', 'À lire'], ['url', 'https://example.org/a']]) {
            const field = document.createElement('input')
            Object.assign(field, { name, value })
            form.append(field)
        }
        const files = new DataTransfer()
        files.items.add(new File(['Bonjour.'], 'carnet.txt', { type: 'text/plain' }))
        const chosen = document.createElement('input')
        Object.assign(chosen, { type: 'file', name: 'files', files: files.files })
        form.append(chosen)
        document.body.append(form)
        form.submit()
    }""")


def test_what_is_read_on_one_device_is_read_on_the_other_at_once(served: House, enter: Enter) -> None:
    nadia = enter(somebody(served, "Nadia Benkirane"))
    nadia.goto("/")
    place = ask(nadia, "POST", "/communities", {"name": "Chœur", "access": "open"})
    omar = somebody(served, "Omar Diallo")
    desk, phone = enter(omar), enter(omar, **{**PHONE, "keeps": False})
    bells = [page.get_by_role("navigation").locator("a[href='/notifications']").first for page in (desk, phone)]
    for page in (desk, phone):
        page.goto("/")
    words = [f"{text} @[Omar Diallo](person:{omar.id})" for text in ("On répète à 18 h.", "Apportez vos partitions.")]
    url = f"/communities/{place['id']}/posts"
    first, _ = [ask(nadia, "POST", url, {"kind": "message", "body": body}) for body in words]
    for bell in bells:
        expect(bell).to_have_accessible_name(re.compile("2 non lues"))

    desk.goto(f"/posts/{first['id']}")
    for bell in bells:
        expect(bell).to_have_accessible_name(re.compile(r"\b1 non lue\b"))
    desk.goto("/notifications")
    expect(desk.get_by_role("main").get_by_text("Non lue,", exact=True)).to_have_count(1)
    phone.goto("/notifications")
    phone.get_by_role("button", name="Tout marquer comme lu").click()
    for page, bell in zip((desk, phone), bells, strict=True):
        expect(bell).not_to_have_accessible_name(re.compile("non lue"))
        expect(page.get_by_role("main").get_by_text("Non lue,", exact=True)).to_have_count(0)


def test_a_phone_rings_when_nothing_shows_what_is_new(served: House, enter: Enter, service: PushService) -> None:
    device = Device(service)
    nadia = enter(somebody(served, "Nadia Roux"))
    nadia.goto("/")
    leila = somebody(served, "Leïla Haddad")
    phone = enter(leila, **PHONE)
    phone.context.add_init_script(BROWSER % (device.endpoint, encoded(device.point), encoded(device.secret)))
    phone.goto("/settings/notifications")
    phone.evaluate("navigator.serviceWorker.ready.then(() => true)")
    phone.reload()
    phone.get_by_role("button", name="Activer sur cet appareil").click()
    expect(phone.get_by_text("Les notifications de cet appareil sont activées.")).to_be_visible()
    phone.get_by_role("checkbox", name="Montrer qui et quoi").click()
    expect(phone.get_by_role("checkbox", name="Montrer qui et quoi")).to_be_checked()
    assert grave_faults(phone) == []
    phone.close()  # The tab is closed from here on.

    room = ask(nadia, "POST", "/conversations", {"kind": "direct", "member_id": str(leila.id)})
    write(nadia, room["id"], "Tu viens ?")
    rings(served, device, 1)
    assert device.received()[0]["title"] == "Nadia Roux"
    assert (device.received()[0]["body"], device.received()[0]["to"]) == ("Tu viens ?", f"/messages/{room['id']}")

    desk = enter(leila)
    with desk.expect_response(re.compile("/notifications/shown")) as said:
        desk.goto("/")
        expect(desk.get_by_role("link", name=re.compile("Messages")).first).to_be_visible()
        write(nadia, room["id"], "Alors ?")
    assert said.value.status == 204
    rings(served, device, 1)
    desk.close()
    write(nadia, room["id"], "Je pars.")
    rings(served, device, 2)


BROWSER = """(() => {
    const [endpoint, p256dh, auth] = ['%s', '%s', '%s']
    const made = { endpoint, toJSON: () => ({ endpoint, keys: { p256dh, auth } }), unsubscribe: async () => true,
                   options: { applicationServerKey: null } }
    let subscription = null
    PushManager.prototype.getSubscription = async () => subscription
    PushManager.prototype.subscribe = async () => (subscription = made)
    Notification.requestPermission = async () => 'granted'
    Object.defineProperty(Notification, 'permission', { get: () => subscription ? 'granted' : 'default' })
})()"""
"""What the browser's maker does: an address of his push service, and keys that never leave the device."""


def write(page: Page, conversation_id: str, text: str) -> None:
    client_id = page.evaluate("crypto.randomUUID()")
    ask(page, "POST", f"/conversations/{conversation_id}/messages", {"client_id": client_id, "text": text})


def rings(served: House, device: Device, times: int) -> None:
    """So often in all, once all that is due by then was done."""
    served.run(_heard(served))
    served.move_time(AFTER)
    deadline = time.monotonic() + PATIENCE
    while served.run(_waiting(served)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert len(device.hits) == times


async def _heard(served: House) -> None:
    """What was said has been taken in by who has it pushed."""
    await until_readable(served.parvis)
    end = await served.parvis.log.end()
    async with asyncio.timeout(PATIENCE):
        while True:
            async with served.parvis.database.reading() as session:
                if await served.parvis.listeners.slowest(session) >= end:
                    return
            await asyncio.sleep(0.1)


async def _waiting(served: House) -> int:
    async with served.parvis.database.reading() as session:
        due = select(func.count()).where(Job.name.like("push.%"), Job.ended_at.is_(None))
        return await session.scalar(due) or 0
