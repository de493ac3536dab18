"""Who asks to know a member, or to be accompanied by him, and who agreed, is told while it is so."""

from parvis.kernel.runtime import Parvis
from tests.make.communities import Someone
from tests.make.notifications import lines, told, unread

OFFER = {"text": "Relire un mémoire.", "capacity": 2, "minutes": 30, "formats": ["video"], "languages": ["fr"]}


async def ask_contact(asker: Someone, other: Someone) -> None:
    reply = await asker.browser.put(f"/api/v1/me/contact-requests/{other.id}", json={"message": "Bonjour."})
    assert reply.is_success, reply.text


async def ask_mentor(asker: Someone, mentor: Someone) -> str:
    reply = await asker.browser.post(f"/api/v1/profiles/{mentor.id}/mentorships", json={"message": "Mon mémoire…"})
    assert reply.status_code == 201, reply.text
    return str(reply.json()["id"])


async def answer(mentor: Someone, mentorship_id: str, how: str) -> None:
    reply = await mentor.browser.put(f"/api/v1/mentorships/{mentorship_id}/{how}", json={"answer": "…"})
    assert reply.status_code == 200, reply.text


async def test_who_wants_to_know_one_and_who_agreed_is_told(
    ines: Someone, claire: Someone, omar: Someone, nadia: Someone, parvis: Parvis
) -> None:
    for asker in (ines, omar):
        await ask_contact(asker, claire)
    (item,) = (await told(parvis, claire))["items"]
    assert (item["kind"], item["about_id"], item["subject"], item["community"]) == ("contacts", claire.id, "", None)
    assert item["lines"][0]["comment_id"] is None
    assert await lines(parvis, claire) == [[("contact_asked", ["Omar Diallo", "Inès Benali"], 2)]]

    assert (await claire.browser.put(f"/api/v1/me/contacts/{ines.id}")).is_success
    assert await lines(parvis, claire) == [[("contact_asked", ["Omar Diallo"], 1)]], "what was answered waits no more"
    assert await lines(parvis, ines) == [[("contact_accepted", ["Claire Vasseur"], 1)]]
    assert (await claire.browser.delete(f"/api/v1/me/contact-requests/{omar.id}")).status_code == 204
    assert (await lines(parvis, claire), await lines(parvis, omar)) == ([], []), "who is declined is not told"

    await ask_contact(nadia, claire)
    assert await unread(parvis, claire) == 1
    assert (await claire.browser.put(f"/api/v1/me/blocks/{nadia.id}")).status_code == 204
    assert (await claire.browser.delete(f"/api/v1/me/contacts/{ines.id}")).status_code == 204
    for someone in (claire, ines, nadia):
        assert await lines(parvis, someone) == []
        assert await unread(parvis, someone) == 0


async def test_who_asks_to_be_accompanied_and_who_answered_is_told(
    ines: Someone, claire: Someone, omar: Someone, parvis: Parvis
) -> None:
    offered = {"mentoring": OFFER, "levels": {"mentoring": "organisation"}}
    assert (await claire.browser.patch("/api/v1/me/profile", json=offered)).status_code == 200
    of_ines, of_omar = [await ask_mentor(asker, claire) for asker in (ines, omar)]
    assert await lines(parvis, claire) == [[("mentoring_asked", ["Omar Diallo", "Inès Benali"], 2)]]
    await answer(claire, of_ines, "acceptance")
    await answer(claire, of_omar, "refusal")
    assert await lines(parvis, claire) == []
    assert await lines(parvis, ines) == [[("mentoring_accepted", ["Claire Vasseur"], 1)]]
    assert await lines(parvis, omar) == [[("mentoring_declined", ["Claire Vasseur"], 1)]]
    assert (await ines.browser.put(f"/api/v1/mentorships/{of_ines}/end")).status_code == 200
    assert (await lines(parvis, ines), await unread(parvis, ines)) == ([], 0)
