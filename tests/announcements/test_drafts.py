"""Announcements that are being written, and those that wait for their time."""

from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import MemberRole
from parvis.kernel import clock
from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries
from tests.files.uploads import FILES, upload
from tests.make.announcements import DRAFTS, SAID, TO_STUDENTS, work
from tests.make.communities import Someone
from tests.make.hostile_files import picture
from tests.make.posts import told as facts_told

SQUARE = "/api/v1/square/posts"


async def test_a_draft_is_kept_changed_against_its_version_and_sent_when_it_is_whole(
    parvis: Parvis, sophie: Someone, ines: Someone, nadia: Someone, counted_queries: CountedQueries
) -> None:
    kept = await sophie.browser.post(DRAFTS, json={"title": "Coupure d’eau"})
    assert kept.status_code == 201, kept.text
    at = f"{DRAFTS}/{kept.json()['id']}"
    missing = await sophie.browser.post(f"{at}/sending")
    assert missing.status_code == 422
    assert [field["path"] for field in missing.json()["fields"]] == ["body"]
    named = f"Avec @[Inès](person:{ines.id})."
    changed = await sophie.browser.put(at, json={**SAID, "body": named, **TO_STUDENTS}, headers={"if-match": '"1"'})
    assert (changed.json()["version"], changed.json()["body"]) == (2, f"Avec @[Inès Benali](person:{ines.id}).")
    assert (await sophie.browser.put(at, json=SAID, headers={"if-match": '"1"'})).status_code == 412
    for method, path in (("GET", ""), ("DELETE", ""), ("POST", "/sending")):
        assert (await nadia.browser.request(method, at + path)).status_code == 404
    assert (await nadia.browser.post(DRAFTS, json=SAID)).status_code == 403
    assert (await nadia.browser.get(DRAFTS)).json()["items"] == []
    with counted_queries() as few:
        assert len((await sophie.browser.get(DRAFTS)).json()["items"]) == 1
    sent = await sophie.browser.post(f"{at}/sending")
    assert (sent.status_code, sent.json()["reach"]) == (201, "recipients")
    assert (await sophie.browser.get(at)).status_code == 404
    for _ in range(3):
        await sophie.browser.post(DRAFTS, json=SAID)
    with counted_queries() as many:
        assert len((await sophie.browser.get(DRAFTS)).json()["items"]) == 3
    assert len(few) - len(many) in {0, 1, 2}, "those named are read once"
    topics = {fact.topic for fact in await facts_told(parvis, "announcement.draft_changed")}
    assert topics == {f"member:{sophie.id}"}


async def test_a_draft_keeps_its_pictures_and_files_until_it_is_sent_or_thrown_away(
    parvis: Parvis, sophie: Someone, nadia: Someone
) -> None:
    sent = [await upload(sophie.browser, f"%PDF-1.4 {number}".encode(), f"{number}.txt") for number in range(3)]
    ids = [one["id"] for one in sent]
    made = (await upload(sophie.browser, picture("JPEG", (120, 80)), "affiche.jpg"))["id"]
    image = (await sophie.browser.put(f"{FILES}/{made}/picture")).json()["id"]
    draft = {"title": "Concert", "images": [{"id": image, "alt": "L’affiche."}], "files": ids[:2]}
    kept = await sophie.browser.post(DRAFTS, json=draft)
    assert kept.status_code == 201, kept.text
    at = f"{DRAFTS}/{kept.json()['id']}"
    assert [one["alt"] for one in kept.json()["images"]] == ["L’affiche."]
    assert (await nadia.browser.get(f"{FILES}/{ids[0]}")).status_code == 404
    whole = {**SAID, **draft, "files": [ids[1], ids[2]]}
    changed = await sophie.browser.put(at, json=whole, headers={"if-match": '"1"'})
    assert [one["id"] for one in changed.json()["files"]] == ids[1:]
    assert (await sophie.browser.get(f"{FILES}/{ids[0]}")).status_code == 404, "it is shown nowhere any more"
    said = await sophie.browser.post(f"{at}/sending")
    assert said.status_code == 201, said.text
    assert ([one["id"] for one in said.json()["files"]], len(said.json()["images"])) == (ids[1:], 1)
    assert (await nadia.browser.get(f"{FILES}/{ids[1]}")).status_code == 200
    again = (await upload(sophie.browser, b"encore", "encore.txt"))["id"]
    other = (await sophie.browser.post(DRAFTS, json={**SAID, "files": [again]})).json()
    assert (await sophie.browser.delete(f"{DRAFTS}/{other['id']}")).status_code == 204
    assert (await sophie.browser.get(f"{FILES}/{again}")).status_code == 404


async def test_it_is_sent_at_its_time_by_who_may_still_announce(
    parvis: Parvis, sophie: Someone, ines: Someone, moved_clock: clock.MovableClock
) -> None:
    at = (clock.now() + timedelta(hours=2)).isoformat()
    assert (await sophie.browser.post(DRAFTS, json={"title": "Sans corps", "send_at": at})).status_code == 422
    past = (clock.now() - timedelta(hours=2)).isoformat()
    assert (await sophie.browser.post(DRAFTS, json={**SAID, "send_at": past})).status_code == 422
    for _ in range(2):
        assert (await sophie.browser.post(DRAFTS, json={**SAID, "send_at": at})).status_code == 201
    later = (clock.now() + timedelta(hours=4)).isoformat()
    kept = (await sophie.browser.get(DRAFTS)).json()["items"][0]
    moved = await sophie.browser.put(f"{DRAFTS}/{kept['id']}", json={**SAID, "send_at": later})
    assert moved.status_code == 200
    assert (await ines.browser.get(SQUARE)).json()["items"] == []

    moved_clock.advance(timedelta(hours=3))
    await work(parvis)
    assert len((await ines.browser.get(SQUARE)).json()["items"]) == 1

    async def take_away(session: AsyncSession) -> None:
        await session.execute(delete(MemberRole))

    await parvis.database.write(take_away)
    moved_clock.advance(timedelta(hours=3))
    await work(parvis)
    assert len((await ines.browser.get(SQUARE)).json()["items"]) == 1
    left = (await sophie.browser.get(f"{DRAFTS}/{kept['id']}")).json()
    assert left["refused"] is True
