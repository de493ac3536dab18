"""The door of a community: requests, invitations, links and bans."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest

from parvis.kernel.clock import MovableClock
from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn, run_jobs
from tests.make.communities import COMMUNITIES, Place, Someone, arrive, make_community
from tests.make.mailbox import Mailbox, text_of
from tests.make.notifications import choose

MINE = "/api/v1/me/community-invitations"


async def ask(place: Place, someone: Someone, message: str = "") -> httpx.Response:
    return await someone.browser.put(f"{place.url}/request", json={"message": message})


async def asking(place: Place, reader: Someone) -> list[tuple[str, str]]:
    items = (await reader.browser.get(f"{place.url}/requests")).json()["items"]
    return [(item["person"]["name"], item["message"]) for item in items]


async def answer(place: Place, judge: Someone, someone: Someone, *, accepted: bool) -> int:
    at = f"{place.url}/requests/{someone.id}"
    reply = await (judge.browser.put(f"{at}/acceptance") if accepted else judge.browser.delete(at))
    return reply.status_code


async def invite(place: Place, host: Someone, *people: Someone, message: str = "") -> httpx.Response:
    body = {"member_ids": [someone.id for someone in people], "message": message}
    return await host.browser.post(f"{place.url}/invitations", json=body)


async def invited(reader: Someone) -> list[str]:
    return [item["community"]["name"] for item in (await reader.browser.get(MINE)).json()["items"]]


async def ban(place: Place, judge: Someone, someone: Someone, reason: str = "") -> int:
    return (await judge.browser.put(f"{place.url}/bans/{someone.id}", json={"reason": reason})).status_code


async def link_of(place: Place, host: Someone, **draft: int) -> str:
    reply = await host.browser.post(f"{place.url}/links", json=draft)
    assert reply.status_code == 201, reply.text
    token: str = reply.json()["link"].partition("#")[2]
    return token


async def follow(someone: Someone, token: str) -> httpx.Response:
    return await someone.browser.post("/api/v1/community-links/use", json={"token": token})


async def test_who_asks_waits_and_is_let_in(nadia: Someone, ines: Someone, claire: Someone) -> None:
    place = await make_community(nadia, access="on_request", charter="On se respecte.")
    assert (await ask(place, ines, "Je prépare un mémoire.")).json()["asked"] is True
    assert (await ask(place, ines, "Encore moi.")).status_code == 200
    assert await asking(place, nadia) == [("Inès Benali", "Je prépare un mémoire.")]
    assert (await nadia.browser.get(f"{place.url}/requests/count")).json() == {"waiting": 1}
    assert (await claire.browser.get(f"{place.url}/requests")).status_code == 403
    assert await answer(place, claire, ines, accepted=True) == 403

    assert await answer(place, nadia, ines, accepted=True) == 204
    seen = await place.seen_by(ines)
    assert (seen["role"], seen["asked"], seen["people"]) == ("member", False, 2)
    assert "accept_charter" in seen["abilities"]
    assert "post" not in seen["abilities"]
    assert await asking(place, nadia) == []
    assert await answer(place, nadia, ines, accepted=True) == 404


async def test_who_is_declined_goes_on_waiting_and_cannot_insist(nadia: Someone, ines: Someone) -> None:
    place = await make_community(nadia, access="on_request")
    await ask(place, ines)
    assert await answer(place, nadia, ines, accepted=False) == 204
    assert (await place.seen_by(ines))["asked"] is True
    await ines.browser.delete(f"{place.url}/request")
    await ask(place, ines, "S’il vous plaît.")
    assert await asking(place, nadia) == []


async def test_who_withdraws_asks_no_more(nadia: Someone, ines: Someone) -> None:
    place = await make_community(nadia, access="on_request")
    assert (await ines.browser.delete(f"{place.url}/request")).status_code == 404
    await ask(place, ines)
    assert (await ines.browser.delete(f"{place.url}/request")).status_code == 204
    assert await asking(place, nadia) == []


async def test_an_open_community_is_not_asked(nadia: Someone, ines: Someone) -> None:
    place = await make_community(nadia)
    assert (await ask(place, ines)).json()["code"] == "nothing_to_ask"


async def test_two_who_accept_at_an_instant_let_in_once(nadia: Someone, ines: Someone, claire: Someone) -> None:
    place = await make_community(nadia)
    await place.join(claire)
    await place.give_role(nadia, claire, "owner")
    await nadia.browser.patch(place.url, json={"access": "on_request"})
    await ask(place, ines)
    answers = await asyncio.gather(
        *(answer(place, judge, ines, accepted=True) for judge in (nadia, claire) for _ in range(25))
    )
    assert sorted(answers) == [204] + [404] * 49
    assert (await place.seen_by(nadia))["people"] == 3


async def test_the_invited_sees_a_secret_community_and_joins(
    nadia: Someone, ines: Someone, claire: Someone, parvis: Parvis, mailbox: Mailbox
) -> None:
    place = await make_community(nadia, "Jury d’agrégation", access="secret")
    first = await invite(place, nadia, ines, message="Venez donc.")
    again = await invite(place, nadia, ines, nadia)
    assert (first.json(), again.json()) == ({"member_ids": [ines.id]}, {"member_ids": []})
    await run_jobs(parvis)
    [mail] = mailbox.messages_to("ines.benali@univ.example")
    assert "Jury d’agrégation" in text_of(mail)
    assert "Venez donc" not in text_of(mail)

    assert (await invited(ines), await invited(claire)) == (["Jury d’agrégation"], [])
    seen = await place.seen_by(ines)
    assert (seen["invited"], seen["abilities"]) == (True, ["join"])
    assert (await ines.browser.get(f"{place.url}/members")).status_code == 403
    assert (await place.join(ines)).status_code == 200
    assert await invited(ines) == []
    assert (await claire.browser.get(place.url)).status_code == 404


async def test_who_does_without_mails_of_invitations_is_invited_all_the_same(
    nadia: Someone, ines: Someone, parvis: Parvis, mailbox: Mailbox
) -> None:
    place = await make_community(nadia, access="secret", name="Jury d’agrégation")
    await choose(ines.browser, communities={"mail": "never"})
    await invite(place, nadia, ines)
    await run_jobs(parvis)
    assert (await invited(ines), mailbox.messages_to("ines.benali@univ.example")) == (["Jury d’agrégation"], [])


async def test_an_invitation_is_declined_or_withdrawn(nadia: Someone, ines: Someone) -> None:
    place = await make_community(nadia, access="secret")
    await invite(place, nadia, ines)
    assert (await ines.browser.delete(f"{MINE}/{place.id}")).status_code == 204
    assert (await ines.browser.delete(f"{MINE}/{place.id}")).status_code == 404
    assert (await ines.browser.get(place.url)).status_code == 404
    await invite(place, nadia, ines)
    assert (await nadia.browser.delete(f"{place.url}/invitations/{ines.id}")).status_code == 204
    assert (await ines.browser.get(place.url)).status_code == 404


async def test_who_may_not_invite_is_refused(nadia: Someone, ines: Someone, claire: Someone) -> None:
    place = await make_community(nadia, access="on_request")
    assert (await invite(place, ines, claire)).status_code == 403
    await ask(place, ines)
    await answer(place, nadia, ines, accepted=True)
    assert (await invite(place, ines, claire)).status_code == 403
    refused = await ines.browser.post(f"{place.url}/links", json={})
    assert refused.status_code == 403


async def test_a_guest_or_who_blocks_is_not_invited(
    nadia: Someone, ines: Someone, claire: Someone, guest: Someone
) -> None:
    place = await make_community(nadia)
    await claire.browser.put(f"/api/v1/me/blocks/{nadia.id}")
    assert (await invite(place, nadia, ines, claire, guest)).json() == {"member_ids": [ines.id]}


async def test_a_link_lets_in_as_many_as_it_says(
    nadia: Someone, ines: Someone, claire: Someone, guest: Someone
) -> None:
    place = await make_community(nadia, access="secret")
    token = await link_of(place, nadia, max_uses=1)
    preview = await ines.browser.post("/api/v1/community-links/preview", json={"token": token})
    assert preview.json()["name"] == "Géographie et aménagement"
    assert (await follow(guest, token)).status_code == 403
    assert (await follow(ines, token)).json()["role"] == "member"
    assert (await follow(ines, token)).status_code == 200
    assert (await follow(claire, token)).status_code == 410
    [listed] = (await nadia.browser.get(f"{place.url}/links")).json()["items"]
    assert (listed["uses"], listed["max_uses"], "link" in listed) == (1, 1, False)


async def test_many_who_follow_a_link_at_an_instant_use_it_as_often_as_it_says(
    nadia: Someone, parvis: Parvis, sign_in: SignIn
) -> None:
    place = await make_community(nadia, access="secret")
    token = await link_of(place, nadia, max_uses=3)
    crowd = [await arrive(parvis, sign_in, f"Étudiant {number}") for number in range(10)] * 5
    replies = await asyncio.gather(*(follow(someone, token) for someone in crowd))
    assert {reply.status_code for reply in replies} == {200, 410}
    let_in = {someone.name for someone, reply in zip(crowd, replies, strict=True) if reply.status_code == 200}
    assert len(let_in) == 3
    assert (await place.seen_by(nadia))["people"] == 4


async def test_a_link_ends(nadia: Someone, ines: Someone, moved_clock: MovableClock) -> None:
    place = await make_community(nadia, access="secret")
    token = await link_of(place, nadia, days=2)
    [listed] = (await nadia.browser.get(f"{place.url}/links")).json()["items"]
    moved_clock.advance(timedelta(days=2, seconds=1))
    assert (await follow(ines, token)).status_code == 410

    token = await link_of(place, nadia)
    [listed] = (await nadia.browser.get(f"{place.url}/links")).json()["items"]
    assert (await ines.browser.delete(f"{place.url}/links/{listed['id']}")).status_code == 404
    assert (await nadia.browser.delete(f"{place.url}/links/{listed['id']}")).status_code == 204
    assert (await follow(ines, token)).status_code == 410


async def test_a_link_ends_with_who_made_it(nadia: Someone, ines: Someone, claire: Someone) -> None:
    place = await make_community(nadia)
    await place.join(ines)
    token = await link_of(place, ines)
    await place.leave(ines)
    assert (await follow(claire, token)).status_code == 410


async def test_to_who_is_kept_out_the_community_is_not_there(nadia: Someone, ines: Someone, claire: Someone) -> None:
    place = await make_community(nadia)
    token = await link_of(place, nadia)
    await place.join(ines)
    assert await ban(place, nadia, ines, "Propos répétés.") == 204

    assert (await ines.browser.get(place.url)).status_code == 404
    assert (await place.join(ines)).status_code == 404
    assert (await follow(ines, token)).status_code == 410
    assert (await ines.browser.get(COMMUNITIES)).json()["items"] == []
    assert (await invite(place, nadia, ines)).json() == {"member_ids": []}
    [kept_out] = (await nadia.browser.get(f"{place.url}/bans")).json()["items"]
    assert (kept_out["name"], kept_out["reason"]) == ("Inès Benali", "Propos répétés.")
    assert (await claire.browser.get(f"{place.url}/bans")).status_code == 403

    assert (await nadia.browser.delete(f"{place.url}/bans/{ines.id}")).status_code == 204
    assert (await place.join(ines)).status_code == 200


@pytest.mark.parametrize("role", ["member", "moderator", "owner"])
async def test_a_moderator_keeps_out_members_alone(role: str, nadia: Someone, ines: Someone, claire: Someone) -> None:
    place = await make_community(nadia)
    await place.join(ines)
    await place.join(claire)
    await place.give_role(nadia, ines, "moderator")
    await place.give_role(nadia, claire, role)
    assert await ban(place, ines, claire) == (204 if role == "member" else 403)
    assert await ban(place, ines, ines) == 403


async def test_a_secret_door_is_not_there_for_others(nadia: Someone, ines: Someone) -> None:
    place = await make_community(nadia, access="secret")
    tries: list[tuple[str, str, Any]] = [
        ("PUT", "/request", {}),
        ("DELETE", "/request", None),
        ("GET", "/requests", None),
        ("GET", "/requests/count", None),
        ("PUT", f"/requests/{ines.id}/acceptance", None),
        ("DELETE", f"/requests/{ines.id}", None),
        ("POST", "/invitations", {"member_ids": [ines.id]}),
        ("GET", "/invitations", None),
        ("DELETE", f"/invitations/{ines.id}", None),
        ("POST", "/links", {}),
        ("GET", "/links", None),
        ("DELETE", f"/links/{ines.id}", None),
        ("GET", "/bans", None),
        ("PUT", f"/bans/{ines.id}", {}),
        ("DELETE", f"/bans/{ines.id}", None),
    ]
    for method, path, body in tries:
        refused = await ines.browser.request(method, place.url + path, json=body)
        assert (refused.status_code, refused.json()["code"]) == (404, "not_found"), (method, path)
