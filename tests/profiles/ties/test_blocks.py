"""Blocking: neither sees the other, anywhere, from that moment."""

from uuid import uuid4

import httpx
import pytest

from parvis.kernel.runtime import Parvis
from tests.make.directory import list_everybody

from .conftest import Someone

BLOCKS = "/api/v1/me/blocks"


async def block(one: Someone, other: Someone) -> httpx.Response:
    return await one.browser.put(f"{BLOCKS}/{other.id}")


async def found(reader: Someone) -> set[str]:
    return {card["name"] for card in (await reader.browser.get("/api/v1/directory")).json()["items"]}


@pytest.mark.parametrize("blocker_first", [True, False])
async def test_neither_sees_the_other_anywhere(
    blocker_first: bool, ines: Someone, claire: Someone, hugo: Someone, parvis: Parvis
) -> None:
    await list_everybody(parvis)
    assert "Claire Vasseur" in await found(ines)
    assert (await block(claire, ines)).status_code == 204

    reader, hidden = (claire, ines) if blocker_first else (ines, claire)
    unknown = str(uuid4())
    for method, path in (
        ("GET", "/api/v1/profiles/{}"),
        ("GET", "/api/v1/profiles/{}/ties"),
        ("GET", "/api/v1/profiles/{}/avatar"),
        ("PUT", "/api/v1/me/contact-requests/{}"),
        ("PUT", "/api/v1/me/contacts/{}"),
        ("POST", "/api/v1/profiles/{}/mentorships"),
    ):
        body = {"json": {"message": "Bonjour"}} if "requests" in path or "mentorships" in path else {}
        there = await reader.browser.request(method, path.format(hidden.id), **body)  # type: ignore[arg-type]
        nowhere = await reader.browser.request(method, path.format(unknown), **body)  # type: ignore[arg-type]
        assert there.status_code == 404, path
        assert {**there.json(), "request_id": ""} == {**nowhere.json(), "request_id": ""}
    name = hidden.member.name
    assert name not in await found(reader)
    searched = await reader.browser.get("/api/v1/directory", params={"q": name})
    counted = await reader.browser.get("/api/v1/directory/facets")
    assert searched.json()["items"] == []
    assert counted.json()["people"] == 2
    assert hugo.member.name in await found(reader)


async def test_what_tied_them_ends_and_does_not_come_back(ines: Someone, claire: Someone) -> None:
    await ines.browser.put(f"/api/v1/me/contact-requests/{claire.id}", json={})
    await claire.browser.put(f"/api/v1/me/contacts/{ines.id}")
    await block(ines, claire)
    for one in (ines, claire):
        assert (await one.browser.get("/api/v1/me/contacts")).json()["items"] == []

    assert (await ines.browser.delete(f"{BLOCKS}/{claire.id}")).status_code == 204
    assert (await ines.ties_to(claire))["contact"] == "none"


async def test_a_request_goes_with_a_block(ines: Someone, claire: Someone) -> None:
    await ines.browser.put(f"/api/v1/me/contact-requests/{claire.id}", json={})
    await block(claire, ines)
    await claire.browser.delete(f"{BLOCKS}/{ines.id}")
    assert (await claire.browser.get("/api/v1/me/contact-requests")).json()["items"] == []


async def test_only_the_blocker_knows_and_only_he_undoes_it(ines: Someone, claire: Someone) -> None:
    for _ in range(2):
        assert (await block(claire, ines)).status_code == 204
    listed = (await claire.browser.get(BLOCKS)).json()["items"]
    assert [(item["id"], item["name"]) for item in listed] == [(ines.id, "Inès Benali")]
    assert (await ines.browser.get(BLOCKS)).json()["items"] == []
    assert (await ines.browser.delete(f"{BLOCKS}/{claire.id}")).status_code == 404
    assert (await block(ines, claire)).status_code == 404  # To block back would tell that one was blocked.
    assert (await claire.browser.delete(f"{BLOCKS}/{ines.id}")).status_code == 204
    assert (await ines.ties_to(claire))["contact"] == "none"
