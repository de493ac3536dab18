"""A member's copy of all that is held of him: whole, his alone, and in nobody else's hands."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Member
from parvis.files.models import File
from parvis.kernel import clock
from parvis.kernel.audit import AuditEntry
from parvis.kernel.clock import MovableClock
from parvis.kernel.events import LogEntry
from parvis.kernel.jobs import Job
from parvis.kernel.runtime import Parvis
from parvis.personal_data.models import Export
from parvis.personal_data.service import archive, exports
from tests.conftest import CountedQueries, SignIn, run_jobs
from tests.files.uploads import upload
from tests.make.copies import EXPORTS, copy_of, data_in, hours_pass
from tests.make.mailbox import Mailbox
from tests.make.mobile import MobileClient
from tests.make.people import make_member
from tests.make.planting import Planter, planted_holdings, texts_in
from tests.make.security import code_in, told


async def test_a_copy_has_all_that_is_one_s_own_and_nothing_else(
    parvis: Parvis, sign_in: SignIn, member: Member, browser: httpx.AsyncClient
) -> None:
    other, witness = [await make_member(parvis, name) for name in ("Driss Alaoui", "Nadia Cherkaoui")]
    theirs = await sign_in(other)
    await upload(browser, b"my poem", "poème.txt")
    await upload(theirs, b"their canary-theirs poem", "canary-theirs.txt")

    async def plant(session: AsyncSession) -> None:
        mine = Planter(session, member, witness, "canary-mine")
        await mine.plant_all()
        await Planter(session, other, witness, "canary-theirs").plant_all()

    await parvis.database.write(plant)
    copy = await copy_of(parvis, browser)
    data = data_in(copy)

    for held in planted_holdings():
        if held.is_given:
            assert data[held.key], f"nothing of {held.key}"
    everything = texts_in([copy.read(name) for name in copy.namelist()])
    assert "canary-mine" in everything
    for foreign in ("canary-theirs", "Driss Alaoui", "driss.alaoui", str(other.id)):
        assert foreign not in everything
    [account] = data["account"]
    assert (account["name"], account["identifier"]) == ("Chloé Petit", "chloe-supann-4711")
    assert "chloe.petit@univ.example" in [address["email"] for address in data["addresses"]]
    [file] = data["files"]
    assert copy.read(f"files/{file['id']}/poème.txt") == b"my poem"
    assert copy.testzip() is None


async def test_it_is_explained_in_both_languages(parvis: Parvis, member: Member, browser: httpx.AsyncClient) -> None:
    copy = await copy_of(parvis, browser)
    french, english = copy.read("LISEZMOI.txt").decode(), copy.read("README.txt").decode()
    assert "Vos adresses e-mail\u00a0: addresses" in french
    assert "Your e-mail addresses: addresses" in english
    assert "These are hashes of secrets: they tell nobody anything." in english
    for name in data_in(copy).keys() - {"format", "made_at"}:
        assert name in french
        assert name in english


async def test_it_is_told_when_asked_and_when_ready(
    parvis: Parvis, member: Member, browser: httpx.AsyncClient, mailbox: Mailbox
) -> None:
    asked = (await browser.post(EXPORTS)).json()
    assert (asked["state"], asked["url"], asked["abilities"]) == ("preparing", None, ["delete"])
    await run_jobs(parvis)
    mails = told(mailbox, "chloe.petit@univ.example")
    assert "export of your data requested" in mails
    assert "/settings/data" in mails
    async with parvis.database.reading() as session:
        facts = list(await session.scalars(select(LogEntry.type).where(LogEntry.type.startswith("export."))))
        acts = list(await session.scalars(select(AuditEntry.action)))
    assert facts == ["export.asked", "export.ready"]
    assert acts == ["export.asked"]
    [ready] = (await browser.get(EXPORTS)).json()["items"]
    assert ready["abilities"] == ["download", "delete"]
    answer = await browser.get(ready["url"])
    assert int(answer.headers["content-length"]) == ready["size"]
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["cache-control"] == "private, no-store"
    part = await browser.get(ready["url"], headers={"range": "bytes=0-1"})
    assert (part.status_code, part.content) == (206, b"PK")


async def test_one_is_made_at_a_time(parvis: Parvis, browser: httpx.AsyncClient) -> None:
    await browser.post(EXPORTS)
    assert code_in(await browser.post(EXPORTS)) == (409, "export_in_preparation")
    await run_jobs(parvis)
    assert (await browser.post(EXPORTS)).status_code == 202


async def test_asking_is_limited(parvis: Parvis, browser: httpx.AsyncClient) -> None:
    for _ in range(5):
        assert (await browser.post(EXPORTS)).status_code == 202
        await run_jobs(parvis)
    assert code_in(await browser.post(EXPORTS)) == (429, "too_many_requests")


async def test_a_retry_asks_once(parvis: Parvis, browser: httpx.AsyncClient) -> None:
    key = {"idempotency-key": "a copy, please"}
    first, again = [await browser.post(EXPORTS, headers=key) for _ in range(2)]
    assert first.json() == again.json()


async def test_somebody_else_s_copy_is_not_there(parvis: Parvis, sign_in: SignIn, browser: httpx.AsyncClient) -> None:
    asked = (await browser.post(EXPORTS)).json()
    await run_jobs(parvis)
    other = await sign_in(await make_member(parvis, "Driss Alaoui", roles=["administrator"]))
    assert (await other.get(EXPORTS)).json()["items"] == []
    for path in (f"{EXPORTS}/{asked['id']}", f"{EXPORTS}/{asked['id']}/file"):
        theirs, none = await other.get(path), await other.get(path.replace(asked["id"], str(uuid4())))
        assert theirs.status_code == none.status_code == 404
    assert (await other.delete(f"{EXPORTS}/{asked['id']}")).status_code == 404
    async with parvis.database.reading() as session:
        [file_id] = await session.scalars(select(File.id).where(File.claimed_kind == exports.KIND))
    for who in (other, browser):  # Not even its member: there, nobody asks for a proof.
        assert (await who.get(f"/api/v1/files/{file_id}")).status_code == 404


async def test_who_is_not_proved_gets_nothing(browser: httpx.AsyncClient, parvis: Parvis, noon: MovableClock) -> None:
    assert (await browser.post(EXPORTS)).status_code == 202
    await run_jobs(parvis)
    [ready] = (await browser.get(EXPORTS)).json()["items"]
    noon.advance(timedelta(minutes=11))
    assert code_in(await browser.get(ready["url"])) == (403, "proof_required")
    assert code_in(await browser.post(EXPORTS)) == (403, "proof_required")


async def test_tokens_and_strangers_get_nothing(
    parvis: Parvis, browser: httpx.AsyncClient, client: httpx.AsyncClient
) -> None:
    assert (await browser.post(EXPORTS)).status_code == 202
    await run_jobs(parvis)
    [ready] = (await browser.get(EXPORTS)).json()["items"]
    draft = {"name": "Script", "scopes": ["account:read", "account:write", "files:read"], "days": 30}
    token = (await browser.post("/api/v1/me/tokens", json=draft)).json()["token"]
    mobile = MobileClient(client)
    await mobile.connect(browser, scope="account:read account:write files:read")
    for headers in ({"authorization": f"Bearer {token}"}, mobile.bearer):
        for path in (EXPORTS, ready["url"]):
            assert code_in(await client.get(path, headers=headers)) == (403, "forbidden")
        assert code_in(await client.post(EXPORTS, headers=headers)) == (403, "forbidden")
    for path in (EXPORTS, ready["url"]):
        assert code_in(await client.get(path)) == (401, "unauthenticated")


async def blobs(parvis: Parvis) -> list[str]:
    return [key async for key, _ in parvis.storage.list()]


async def test_it_goes_after_seven_days(
    parvis: Parvis, sign_in: SignIn, member: Member, browser: httpx.AsyncClient, noon: MovableClock
) -> None:
    await browser.post(EXPORTS)
    await run_jobs(parvis)
    await hours_pass(parvis, noon, 7 * 24 - 1)
    again = await sign_in(member)
    [ready] = (await again.get(EXPORTS)).json()["items"]
    assert (await again.get(ready["url"])).status_code == 200
    await hours_pass(parvis, noon, 4)
    assert (await again.get(EXPORTS)).json()["items"] == []
    assert (await again.get(ready["url"])).status_code in {403, 404}
    assert await blobs(parvis) == []


async def test_it_can_be_deleted_before(parvis: Parvis, browser: httpx.AsyncClient, noon: MovableClock) -> None:
    asked = (await browser.post(EXPORTS)).json()
    await run_jobs(parvis)
    assert (await browser.delete(f"{EXPORTS}/{asked['id']}")).status_code == 204
    assert (await browser.get(f"{EXPORTS}/{asked['id']}/file")).status_code == 404
    await hours_pass(parvis, noon, 3)
    assert await blobs(parvis) == []


async def test_one_deleted_while_it_is_made_leaves_nothing(
    parvis: Parvis, browser: httpx.AsyncClient, noon: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = (await browser.post(EXPORTS)).json()
    keep = parvis.storage.put_stream

    async def delete_then_keep(*args: object, **kwargs: object) -> object:
        assert (await browser.delete(f"{EXPORTS}/{asked['id']}")).status_code == 204
        return await keep(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(parvis.storage, "put_stream", delete_then_keep)
    await run_jobs(parvis)
    assert (await browser.get(EXPORTS)).json()["items"] == []
    await hours_pass(parvis, noon, 3)
    assert await blobs(parvis) == []


async def test_a_worker_killed_half_way_is_followed_by_another(
    parvis: Parvis, browser: httpx.AsyncClient, noon: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It dies with the bytes stored and nothing said of it: the next makes the copy, and the blob is found."""
    asked = (await browser.post(EXPORTS)).json()
    keep = parvis.storage.put_stream

    async def keep_and_die(*args: Any, **kwargs: Any) -> None:
        await keep(*args, **kwargs)
        raise asyncio.CancelledError

    with monkeypatch.context() as patch:
        patch.setattr(parvis.storage, "put_stream", keep_and_die)
        with pytest.raises(asyncio.CancelledError):
            await parvis.jobs.run_once()
    assert (await browser.get(f"{EXPORTS}/{asked['id']}")).json()["state"] == "preparing"
    assert len(await blobs(parvis)) == 1
    noon.advance(timedelta(minutes=2))  # The lease runs out.
    await run_jobs(parvis)
    [ready] = (await browser.get(EXPORTS)).json()["items"]
    assert ready["state"] == "ready"
    await hours_pass(parvis, noon, 24 + 24 + 4)
    assert len(await blobs(parvis)) == 1
    async with parvis.database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(File)) == 1


async def test_one_that_failed_for_good_does_not_stand_in_the_way(parvis: Parvis, browser: httpx.AsyncClient) -> None:
    await browser.post(EXPORTS)

    async def long_ago(session: AsyncSession) -> None:
        await session.execute(update(Job).where(Job.name == exports.MAKE).values(ended_at=clock.now()))
        await session.execute(update(Export).values(asked_at=clock.now() - timedelta(hours=25)))

    await parvis.database.write(long_ago)
    [failed] = (await browser.get(EXPORTS)).json()["items"]
    assert failed["state"] == "failed"
    assert (await browser.post(EXPORTS)).status_code == 202


async def test_many_rows_and_files_are_copied_a_few_at_a_time(
    parvis: Parvis, browser: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("parvis.kernel.personal_data.AT_ONCE", 2)
    monkeypatch.setattr(archive, "AT_ONCE", 2)
    for number in range(5):
        await upload(browser, f"file {number}".encode(), f"{number}.txt")
    copy = await copy_of(parvis, browser)
    names = sorted(name.rpartition("/")[2] for name in copy.namelist() if name.startswith("files/"))
    assert names == [f"{number}.txt" for number in range(5)]
    assert len(data_in(copy)["files"]) == 5


async def test_a_file_whose_bytes_are_gone_does_not_stop_the_copy(parvis: Parvis, browser: httpx.AsyncClient) -> None:
    await upload(browser, b"gone", "gone.txt")
    for key in await blobs(parvis):
        await parvis.storage.delete(key)
    copy = await copy_of(parvis, browser)
    [file] = data_in(copy)["files"]
    assert copy.read(f"files/{file['id']}/gone.txt") == b""


async def test_the_list_asks_the_database_the_same_for_one_and_for_many(
    parvis: Parvis, browser: httpx.AsyncClient, counted_queries: CountedQueries
) -> None:
    counts = []
    for _ in range(3):
        await browser.post(EXPORTS)
        await run_jobs(parvis)
        with counted_queries() as queries:
            await browser.get(EXPORTS)
        counts.append(len(queries))
    assert counts == [1, 1, 1]
