"""Who is told of what: grouped by what it is about, once each, and by nobody of himself."""

import pytest

from parvis.kernel.runtime import Parvis
from parvis.notifications.service import telling
from tests.conftest import CountedQueries
from tests.make.communities import Place, Someone, make_closed
from tests.make.notifications import NOTIFICATIONS, lines, told, unread
from tests.make.posts import ask, comment, say, say_in, url_of


def name(someone: Someone) -> str:
    return f"@[Qui](person:{someone.id})"


async def accept(asker: Someone, question: dict[str, str], answer: dict[str, str]) -> None:
    reply = await asker.browser.put(url_of(question, "accepted-answer"), json={"comment_id": answer["id"]})
    assert reply.status_code == 200, reply.text


async def test_answers_to_a_question_are_one_notification_and_the_accepted_one_is_told(
    place: Place, ines: Someone, claire: Someone, nadia: Someone, omar: Someone, parvis: Parvis
) -> None:
    assert (await place.join(omar)).status_code == 200
    asked = await ask(ines, place)
    best = await comment(claire, asked, "Celle de l’arrêté.")
    for someone in (omar, nadia):
        await comment(someone, asked, "La même.")
    await comment(omar, asked, "Merci à vous.", parent_id=best["id"])
    await comment(ines, asked, "Merci !")
    (item,) = (await told(parvis, ines))["items"]
    assert (item["kind"], item["about_id"], item["own"], item["post_kind"]) == ("post", asked["id"], True, "question")
    assert (item["subject"], item["community"]["id"], item["unseen"]) == ("Quelle carte fait foi ?", place.id, 4)
    assert await lines(parvis, ines) == [[("comment", ["Omar Diallo", "Nadia Cherkaoui", "Claire Vasseur"], 3)]]
    assert await lines(parvis, claire) == [[("reply", ["Omar Diallo"], 1)]]

    await accept(ines, asked, best)
    assert await lines(parvis, claire) == [[("accepted", ["Inès Benali"], 1), ("reply", ["Omar Diallo"], 1)]]
    await ines.browser.delete(url_of(asked, "accepted-answer"))
    assert await lines(parvis, claire) == [[("reply", ["Omar Diallo"], 1)]]
    await accept(ines, asked, best)  # As before: it is not news again.
    assert ((await told(parvis, claire))["items"][0]["unseen"], await unread(parvis, claire)) == (2, 1)
    assert await lines(parvis, nadia) == []


async def test_who_is_named_and_answered_by_the_same_words_is_told_once(
    place: Place, ines: Someone, claire: Someone, nadia: Someone, parvis: Parvis
) -> None:
    said = await say(ines, place, f"Voyez {name(claire)}, et **demain** le reste.\n\nÀ suivre.")
    written = await comment(claire, said, f"Merci {name(ines)} {name(claire)}.")
    await claire.browser.patch(url_of(said, "comments", written["id"]), json={"body": f"{name(nadia)} et {name(ines)}"})
    assert await lines(parvis, ines) == [[("comment", ["Claire Vasseur"], 1)]]
    assert await lines(parvis, claire) == [[("mention", ["Inès Benali"], 1)]]
    (item,) = (await told(parvis, nadia))["items"]
    assert (item["subject"], item["own"]) == ("Voyez @Claire Vasseur, et demain le reste. À suivre.", False)
    assert item["lines"][0]["comment_id"] == written["id"]


async def test_everybody_is_called_once_wherever_they_meet_it(
    place: Place, ines: Someone, claire: Someone, nadia: Someone, omar: Someone, parvis: Parvis
) -> None:
    other = await make_closed(nadia, claire, omar, name="Jury")
    reply = await say_in(nadia, place, other, body="@communauté, rendez-vous à 8 h.")
    assert reply.status_code == 201, reply.text
    for someone in (ines, claire, omar):
        assert await lines(parvis, someone) == [[("call", ["Nadia Cherkaoui"], 1)]]
    assert await lines(parvis, nadia) == []
    (item,) = (await told(parvis, omar))["items"]
    assert item["community"] == {"id": other.id, "name": "Jury"}


async def test_the_door_is_told_to_those_who_answer_it_and_its_answer_to_who_asked(
    nadia: Someone, ines: Someone, claire: Someone, omar: Someone, parvis: Parvis
) -> None:
    club = await make_closed(nadia, claire, access="on_request", name="Club")
    assert (await club.give_role(nadia, claire, "moderator")).status_code == 204
    for someone in (ines, omar):
        assert (await someone.browser.put(f"{club.url}/request", json={"message": "Bonjour"})).is_success
    for someone in (nadia, claire):
        assert await lines(parvis, someone) == [[("request", ["Omar Diallo", "Inès Benali"], 2)]]
    (item,) = (await told(parvis, claire))["items"]
    assert (item["kind"], item["about_id"], item["subject"]) == ("requests", club.id, "Club")

    assert (await nadia.browser.put(f"{club.url}/requests/{omar.id}/acceptance")).status_code == 204
    assert await lines(parvis, omar) == [[("let_in", ["Nadia Cherkaoui"], 1)]]
    assert await lines(parvis, claire) == [[("request", ["Inès Benali"], 1)]]
    assert (await ines.browser.delete(f"{club.url}/request")).status_code == 204
    assert (await lines(parvis, claire), await unread(parvis, nadia)) == ([], 0)
    assert (await ines.browser.put(f"{club.url}/request", json={"message": "Encore moi"})).is_success
    assert await lines(parvis, nadia) == [[("request", ["Inès Benali"], 1)]]


async def test_an_invitation_is_told_until_it_is_withdrawn(
    nadia: Someone, ines: Someone, claire: Someone, parvis: Parvis
) -> None:
    club = await make_closed(nadia, name="Club secret")
    invited = {"member_ids": [ines.id, claire.id], "message": "Venez."}
    assert (await nadia.browser.post(f"{club.url}/invitations", json=invited)).status_code in {200, 201}
    for someone in (ines, claire):
        assert await lines(parvis, someone) == [[("invitation", ["Nadia Cherkaoui"], 1)]]
    assert (await nadia.browser.delete(f"{club.url}/invitations/{ines.id}")).status_code == 204
    assert (await club.join(claire)).status_code == 200
    assert (await told(parvis, ines))["items"] == []
    assert await lines(parvis, claire) == [[("invitation", ["Nadia Cherkaoui"], 1)]]
    await club.leave(claire)
    assert (await lines(parvis, claire), await unread(parvis, claire)) == ([], 0)


async def test_only_the_last_of_one_are_kept_and_lists_cost_the_same(
    place: Place,
    ines: Someone,
    claire: Someone,
    parvis: Parvis,
    counted_queries: CountedQueries,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(telling, "KEPT_ACTS", 4)
    said = await say(ines, place)
    await comment(claire, said)
    await told(parvis, ines)
    with counted_queries() as few:
        await ines.browser.get(NOTIFICATIONS)
    with counted_queries() as one:
        await ines.browser.get(f"{NOTIFICATIONS}/count")
    for number in range(5):
        await comment(claire, said, f"Encore {number}")
        await comment(claire, await say(ines, place, f"Message {number}"))
    found = await told(parvis, ines)
    assert [item["unseen"] for item in found["items"]] == [1, 4, 1, 1, 1, 1]
    with counted_queries() as many:
        await ines.browser.get(NOTIFICATIONS)
    with counted_queries() as same:
        await ines.browser.get(f"{NOTIFICATIONS}/count")
    assert (len(few), len(many), len(one), len(same)) == (6, 6, 1, 1)
