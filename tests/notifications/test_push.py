"""Web Push: what is new reaches devices that show nothing, encrypted, and nobody who lost access."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel.clock import MovableClock
from parvis.kernel.config import Settings
from parvis.kernel.jobs import Job
from parvis.kernel.runtime import Parvis
from parvis.notifications.push.encryption import ApplicationServer, decoded, encoded, encrypted_with
from parvis.notifications.push.models import PushDevice
from tests.conftest import CountedQueries, SignIn, listen, run_jobs
from tests.make.chat import make_channel, make_group, talk
from tests.make.communities import Place, Someone, arrive, make_closed
from tests.make.notifications import NOTIFICATIONS, told, unread
from tests.make.posts import say
from tests.make.push import DEVICES, Device, PushService, claims_of, decrypt, push_service

AFTER = timedelta(seconds=11)
Later = Callable[[], Awaitable[None]]


@pytest.fixture
async def service() -> AsyncIterator[PushService]:
    async with push_service() as running:
        yield running


@pytest.fixture
def settings(settings: Settings, service: PushService) -> Settings:
    return settings.model_copy(update={"push_trusted": [service.origin]})


@pytest.fixture
def later(parvis: Parvis, moved_clock: MovableClock) -> Later:
    """What is told by now is pushed, once ten seconds are over."""

    async def wait() -> None:
        await listen(parvis)
        await run_jobs(parvis)
        await listen(parvis)
        moved_clock.advance(AFTER)
        await run_jobs(parvis)

    return wait


@pytest.fixture
async def pocket(service: PushService, ines: Someone) -> Device:
    """Inès's, which says who and what."""
    device = Device(service)
    assert (await device.registers(ines, "everything")).status_code == 201
    return device


async def name_ines(claire: Someone, place: Place, ines: Someone) -> dict[str, str]:
    said: dict[str, str] = await say(claire, place, f"@[Inès](person:{ines.id}), voyez la carte.")
    return said


async def test_what_is_new_is_pushed_encrypted_and_says_no_more_than_it_was_told_to(
    place: Place, ines: Someone, claire: Someone, parvis: Parvis, service: PushService, pocket: Device, later: Later
) -> None:
    post = await name_ines(claire, place, ines)
    await listen(parvis)
    await run_jobs(parvis)
    assert pocket.hits == []  # Not yet: another device may show it.
    await later()
    assert pocket.received() == [
        {
            "title": "@Inès Benali, voyez la carte.",
            "body": "You are named · Claire Vasseur",
            "to": f"/posts/{post['id']}",
            "tag": pocket.received()[0]["tag"],
        }
    ]
    (hit,) = pocket.hits
    header, claims, key = claims_of(hit)
    assert (header, claims["aud"], claims["sub"]) == (
        {"typ": "JWT", "alg": "ES256"},
        service.origin,
        "https://testserver",
    )
    assert key == decoded((await ines.browser.get(f"{DEVICES}/key")).json()["public_key"])
    told_by = ("content-encoding", "ttl", "urgency")
    assert [hit.headers[name] for name in told_by] == ["aes128gcm", "86400", "normal"]
    assert len(hit.headers["topic"]) <= 32
    assert b"Claire" not in hit.body


async def test_a_device_that_says_nothing_is_sent_nothing_that_names_anybody(
    place: Place, ines: Someone, claire: Someone, service: PushService, later: Later
) -> None:
    device = Device(service)
    assert (await device.registers(ines)).json()["shows"] == "nothing"
    await name_ines(claire, place, ines)
    await (await talk(claire, ines)).say(claire, "Entre nous.")
    await later()
    assert [(one["title"], one["body"], one["to"]) for one in device.received()] == [
        ("Parvis", "Something new for you", "/notifications"),
        ("Parvis", "Something new for you", "/messages"),
    ]
    assert len({len(hit.body) for hit in device.hits}) == 1


async def test_what_a_device_shows_or_was_read_meanwhile_is_not_pushed_to_the_others(
    place: Place, ines: Someone, claire: Someone, parvis: Parvis, pocket: Device, later: Later
) -> None:
    await name_ines(claire, place, ines)
    position = (await told(parvis, ines))["position"]
    assert (await ines.browser.put(f"{NOTIFICATIONS}/shown", json={"up_to": position})).status_code == 204
    await later()
    assert (pocket.hits, await unread(parvis, ines)) == ([], 1)

    await name_ines(claire, place, ines)
    position = (await told(parvis, ines))["position"]
    assert (await ines.browser.put(f"{NOTIFICATIONS}/read", json={"up_to": position})).is_success
    await later()
    assert pocket.hits == []

    await name_ines(claire, place, ines)  # What comes after is shown by nobody.
    await later()
    assert len(pocket.hits) == 1
    await later()
    assert len(pocket.hits) == 1


async def test_messages_are_pushed_to_who_wants_all_of_them_and_has_not_read_them(
    ines: Someone,
    claire: Someone,
    nadia: Someone,
    place: Place,
    pocket: Device,
    later: Later,
    moved_clock: MovableClock,
) -> None:
    direct, group = await talk(claire, ines), await make_group(nadia, ines, claire, name="Terrain")
    channel = await make_channel(nadia, place)
    await direct.say(claire, "On se voit **demain** ?")
    await group.say(ines, "Le mien.")
    await channel.say(nadia, "À tous.")
    await later()
    assert [(one["title"], one["body"], one["to"]) for one in pocket.received()] == [
        ("Claire Vasseur", "On se voit demain ?", f"/messages/{direct.id}")
    ]
    assert pocket.hits[0].headers["urgency"] == "high"

    said = await group.say(nadia, "Rendez-vous à 8 h.")
    await group.read(ines, said["number"])
    await direct.say(claire, "Alors ?")
    await ines.browser.put(f"{NOTIFICATIONS}/shown", json={"up_to": 0})
    await later()
    assert len(pocket.hits) == 1

    moved_clock.advance(timedelta(seconds=1))
    await group.say(nadia, "Salle B.")
    await later()
    assert [pocket.received()[-1][key] for key in ("title", "body")] == ["Nadia Cherkaoui · Terrain", "Salle B."]


async def test_nobody_is_pushed_what_he_may_see_no_longer(
    ines: Someone, claire: Someone, nadia: Someone, parvis: Parvis, sign_in: SignIn, service: PushService, later: Later
) -> None:
    """Removed, suspended, signed out, or what was said is gone: judged when it is sent, and not when it was told."""
    paul = await arrive(parvis, sign_in, "Paul Roux", "staff", roles=["administrator"])
    kept, removed, suspended, out = [
        await arrive(parvis, sign_in, name) for name in ("Reste", "Retirée", "Suspendu", "Sortie")
    ]
    people = [kept, removed, suspended, out]
    secret = await make_closed(nadia, *people)
    group = await make_group(nadia, *people)
    devices = {one.name: Device(service, one.id) for one in people}
    for one in people:
        assert (await devices[one.name].registers(one, "everything")).status_code == 201
    names = " ".join(f"@[x](person:{one.id})" for one in people)
    await say(nadia, secret, f"Canari {names}")
    gone = await say(nadia, secret, f"Efface {names}")
    await group.say(nadia, "Canari aussi")
    await listen(parvis)
    await run_jobs(parvis)
    assert (await nadia.browser.delete(f"{secret.url}/members/{removed.id}")).is_success
    assert (await group.remove(nadia, removed)).is_success
    assert (await paul.browser.put(f"/api/v1/people/{suspended.id}/suspension")).is_success
    assert (await out.browser.delete("/api/v1/session")).is_success
    assert (await nadia.browser.delete(f"/api/v1/posts/{gone['id']}")).is_success
    await later()
    assert {name: len(device.hits) for name, device in devices.items()} == {
        "Reste": 2,
        "Retirée": 0,
        "Suspendu": 0,
        "Sortie": 0,
    }
    assert "Efface" not in str(devices["Reste"].received())
    left = await parvis.database.write(lambda session: session.scalar(select(func.count()).select_from(PushDevice)))
    assert left == 2


async def test_a_device_that_is_gone_is_forgotten_and_a_service_that_is_busy_asked_again(
    place: Place,
    ines: Someone,
    claire: Someone,
    parvis: Parvis,
    service: PushService,
    pocket: Device,
    later: Later,
    moved_clock: MovableClock,
) -> None:
    service.status = 429
    await name_ines(claire, place, ines)
    await later()
    assert len(pocket.hits) == 1
    service.status = 503
    moved_clock.advance(timedelta(seconds=6))
    await run_jobs(parvis)
    assert len(pocket.hits) == 2
    service.status = 201
    for _ in range(2):
        moved_clock.advance(timedelta(seconds=30))
        await run_jobs(parvis)
    assert len(pocket.hits) == 3

    service.status = 410
    await name_ines(claire, place, ines)
    await later()
    assert (await ines.browser.get(DEVICES)).json()["items"] == []
    assert (await ines.browser.get(f"{NOTIFICATIONS}/count")).json()["is_pushed"] is False


async def test_a_session_has_one_device_which_its_member_lists_and_removes(
    ines: Someone,
    claire: Someone,
    parvis: Parvis,
    sign_in: SignIn,
    service: PushService,
    pocket: Device,
    counted_queries: CountedQueries,
) -> None:
    (item,) = (await ines.browser.get(DEVICES)).json()["items"]
    assert (item["is_current"], item["shows"], item["kind"]) == (True, "everything", "browser")
    assert "127.0.0.1" not in str(item)
    assert (await claire.browser.get(DEVICES)).json()["items"] == []
    assert (await claire.browser.delete(f"{DEVICES}/{item['id']}")).status_code == 404

    second = Someone(ines.member, await sign_in(ines.member))
    assert (await Device(service, "desk").registers(second)).status_code == 201
    assert (await Device(service, "other").registers(second)).status_code == 201
    with counted_queries() as queries:
        assert len((await ines.browser.get(DEVICES)).json()["items"]) == 2
    assert len(queries) == 1
    assert (await pocket.registers(claire)).status_code == 201  # Who signs in where another was takes his place.
    items = (await ines.browser.get(DEVICES)).json()["items"]
    assert [one["is_current"] for one in items] == [False]
    assert (await ines.browser.delete(f"{DEVICES}/{items[0]['id']}")).status_code == 204
    left = await parvis.database.write(lambda session: session.scalars(select(PushDevice.member_id)))
    assert list(left) == [claire.member.id]


@pytest.mark.parametrize("dialect", ["sqlite"], scope="session")
async def test_addresses_of_private_networks_are_refused_when_they_come_and_when_they_are_used(
    place: Place, ines: Someone, claire: Someone, service: PushService, pocket: Device, parvis: Parvis, later: Later
) -> None:
    good = {"p256dh": encoded(pocket.point), "auth": encoded(pocket.secret)}
    port = service.server.port
    for endpoint in (
        "https://127.0.0.1/push",
        "https://[::1]/push",
        "https://169.254.169.254/latest",
        "https://10.1.2.3/x",
        f"https://127.0.0.1:{port}/push",
        f"http://localhost:{port}/push",
        "http://93.184.216.34/push",
        "https://user@93.184.216.34/push",
        "https://2130706433/push",
    ):
        reply = await ines.browser.post(DEVICES, json={"endpoint": endpoint, **good})
        assert (reply.status_code, reply.json()["code"]) == (422, "invalid"), endpoint
    for broken in ({"p256dh": encoded(b"\x04" + b"a" * 64)}, {"auth": encoded(b"court")}, {"endpoint": "ftp://x/y"}):
        draft = {"endpoint": "https://93.184.216.34/push", **good, **broken}
        assert (await ines.browser.post(DEVICES, json=draft)).status_code == 422
    await parvis.database.write(_moved, "https://10.0.0.7/push")
    await name_ines(claire, place, ines)
    await later()
    assert service.hits == []
    waiting = await parvis.database.write(
        lambda session: session.scalar(select(func.count()).where(Job.name == "push.send", Job.ended_at.is_(None)))
    )
    assert waiting == 0


async def _moved(session: AsyncSession, endpoint: str) -> None:
    device = (await session.scalars(select(PushDevice))).one()
    device.endpoint = endpoint


def test_the_example_of_the_standard_is_encrypted_as_it_says() -> None:
    """RFC 8291, section 5 and appendix A."""
    once = _key("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")
    device = _key("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94")
    point = decoded("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4")
    salt, secret = decoded("DGv6ra1nlYgDCS1FRnbzlw"), decoded("BTBZMqHH6r4Tts7J_aSIgg")
    plain = b"When I grow up, I want to be a watermelon"
    sealed = encrypted_with(once, salt, plain + b"\x02", point, secret)
    assert encoded(sealed) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl"
        "7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )
    assert decrypt(sealed, device, secret) == plain


def test_the_server_is_the_same_for_push_services_for_ever() -> None:
    root = uuid4().bytes
    assert ApplicationServer(root, "mailto:a@b").public_key == ApplicationServer(root, "mailto:c@d").public_key
    assert ApplicationServer(root, "mailto:a@b").public_key != ApplicationServer(uuid4().bytes, "mailto:a@b").public_key


def _key(number: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(decoded(number), "big"), ec.SECP256R1())
