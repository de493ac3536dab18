"""Polls and ideas: who votes, who is told the counts, what arrives together."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from parvis.kernel import clock
from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn
from tests.make.communities import Place, Someone, arrive, make_closed
from tests.make.posts import say, say_in, seen, told, url_of

DAYS = ["Lundi", "Mardi", "Mercredi"]


async def poll(author: Someone, place: Place, **draft: Any) -> dict[str, Any]:
    return await say(author, place, "Quel jour ?", kind="poll", poll={"options": DAYS, **draft})


def chosen(post: dict[str, Any], *labels: str) -> dict[str, list[str]]:
    return {"option_ids": [option["id"] for option in post["poll"]["options"] if option["label"] in labels]}


async def vote(someone: Someone, post: dict[str, Any], *labels: str) -> int:
    reply = await someone.browser.put(url_of(post, "vote"), json=chosen(post, *labels))
    return reply.status_code


def counts(post: dict[str, Any]) -> list[int | None]:
    return [option["votes"] for option in post["poll"]["options"]]


async def idea(author: Someone, place: Place) -> dict[str, Any]:
    return await say(author, place, "Sous l’auvent.", kind="idea", title="Un garage à vélos")


async def test_a_vote_is_counted_changed_and_taken_back(
    place: Place, ines: Someone, claire: Someone, parvis: Parvis
) -> None:
    asked = await poll(ines, place, results="always")
    assert await vote(claire, asked, "Lundi") == 200
    assert await vote(ines, asked, "Lundi") == 200
    assert counts(await seen(claire, asked)) == [2, 0, 0]
    assert await vote(claire, asked, "Mardi") == 200
    read = await seen(claire, asked)
    assert (counts(read), [option["mine"] for option in read["poll"]["options"]]) == ([1, 1, 0], [False, True, False])
    assert await vote(claire, asked) == 200
    read = await seen(claire, asked)
    assert (counts(read), read["poll"]["voters"]) == ([1, 0, 0], 1)
    assert {fact.topic for fact in await told(parvis, "post.poll_voted")} == {f"community:{place.id}"}
    mine = await told(parvis, "post.mine_changed")
    assert [fact.topic for fact in mine].count(f"member:{claire.id}") == 3


@pytest.mark.parametrize("results, before, after", [("always", 0, 1), ("voted", None, 1), ("closed", None, None)])
async def test_results_are_shown_by_the_poll_s_rule(
    results: str, before: int | None, after: int | None, place: Place, ines: Someone, claire: Someone
) -> None:
    asked = await poll(ines, place, results=results)
    assert counts(await seen(claire, asked))[0] == before
    await vote(claire, asked, "Lundi")
    assert counts(await seen(claire, asked))[0] == after


async def test_a_closed_poll_takes_no_vote_and_shows_its_results(
    place: Place, ines: Someone, claire: Someone, moved_clock: clock.MovableClock
) -> None:
    closes_at = (clock.now() + timedelta(hours=1)).isoformat()
    asked = await poll(ines, place, results="closed", closes_at=closes_at)
    assert await vote(claire, asked, "Mardi") == 200
    moved_clock.advance(timedelta(hours=2))
    assert await vote(claire, asked, "Lundi") == 409
    read = await seen(ines, asked)
    assert (read["poll"]["closed"], counts(read)) == (True, [0, 1, 0])


async def test_only_a_poll_of_several_takes_several(place: Place, ines: Someone, claire: Someone) -> None:
    one, several = await poll(ines, place), await poll(ines, place, multiple=True, results="always")
    assert await vote(claire, one, "Lundi", "Mardi") == 422
    assert await vote(claire, several, "Lundi", "Mardi") == 200
    assert counts(await seen(ines, several)) == [1, 1, 0]
    foreign = await claire.browser.put(url_of(one, "vote"), json=chosen(several, "Lundi"))
    assert foreign.status_code == 422
    assert (await claire.browser.put(url_of(one, "support"))).status_code == 404


@pytest.mark.parametrize(
    "draft",
    [
        {"kind": "poll"},
        {"kind": "message", "poll": {"options": DAYS}},
        {"kind": "poll", "poll": {"options": ["Seul"]}},
        {"kind": "poll", "poll": {"options": ["Oui", "oui"]}},
        {"kind": "poll", "poll": {"options": DAYS, "closes_at": "2020-01-01T00:00:00Z"}},
        {"kind": "poll", "poll": {"options": DAYS, "closes_at": "2090-01-01T00:00:00"}},
        {"kind": "idea"},
    ],
)
async def test_what_cannot_be_asked_is_refused(draft: dict[str, Any], place: Place, ines: Someone) -> None:
    assert (await ines.browser.post(f"{place.url}/posts", json={"body": "?", **draft})).status_code == 422


async def test_who_chose_what_is_told_where_the_poll_is_open(
    place: Place, ines: Someone, claire: Someone, nadia: Someone
) -> None:
    secret, public = await poll(ines, place, results="always"), await poll(ines, place, anonymous=False)
    for asked in (secret, public):
        for someone in (claire, nadia):
            await vote(someone, asked, "Lundi")

    async def voters(reader: Someone, asked: dict[str, Any]) -> Any:
        option = asked["poll"]["options"][0]["id"]
        reply = await reader.browser.get(url_of(asked, "options", option, "voters"))
        return sorted(one["name"] for one in reply.json()["items"]) if reply.status_code == 200 else reply.status_code

    assert await voters(nadia, secret) == 404
    assert await voters(ines, public) == 404  # Who has not voted is not told yet.
    assert await voters(nadia, public) == ["Claire Vasseur", "Nadia Cherkaoui"]
    await claire.browser.put(f"/api/v1/me/blocks/{nadia.id}")
    assert await voters(nadia, public) == ["Nadia Cherkaoui"]


async def test_voters_tell_nothing_of_a_place_that_is_secret(
    place: Place, ines: Someone, nadia: Someone, omar: Someone
) -> None:
    jury = await make_closed(nadia, omar, name="Jury d’agrégation")
    asked = (
        await say_in(nadia, place, jury, kind="poll", poll={"options": DAYS, "anonymous": False, "results": "always"})
    ).json()
    for someone in (omar, ines):
        assert await vote(someone, asked, "Lundi") == 200
    found = await ines.browser.get(url_of(asked, "options", asked["poll"]["options"][0]["id"], "voters"))
    assert [one["name"] for one in found.json()["items"]] == ["Inès Benali"]


async def test_fifty_votes_at_once_leave_one_of_each_member(
    place: Place, ines: Someone, parvis: Parvis, sign_in: SignIn
) -> None:
    people = [await arrive(parvis, sign_in, f"Membre {number}") for number in range(5)]
    for someone in people:
        assert (await place.join(someone)).status_code == 200
    asked = await poll(ines, place, results="always")
    statuses = await asyncio.gather(
        *(vote(someone, asked, DAYS[number % 3]) for number in range(10) for someone in people)
    )
    assert set(statuses) == {200}
    read = await seen(ines, asked)
    assert (sum(count or 0 for count in counts(read)), read["poll"]["voters"]) == (5, 5)
    mine = [await seen(someone, asked) for someone in people]
    labels = [[option["label"] for option in one["poll"]["options"] if option["mine"]] for one in mine]
    assert [len(chosen_by) for chosen_by in labels] == [1] * 5
    assert counts(read) == [labels.count([day]) for day in DAYS]


async def test_an_idea_is_supported_and_answered_in_public(
    place: Place, ines: Someone, claire: Someone, nadia: Someone
) -> None:
    said = await idea(ines, place)
    assert "answer" not in said["abilities"]
    for _ in range(2):
        supported = await claire.browser.put(url_of(said, "support"))
        assert (supported.json()["idea"]["supports"], supported.json()["idea"]["mine"]) == (1, True)
    draft = {"status": "planned", "answer": "Au **printemps**."}
    assert (await ines.browser.put(url_of(said, "idea-answer"), json=draft)).status_code == 403
    assert (await nadia.browser.put(url_of(said, "idea-answer"), json=draft)).status_code == 200
    read = (await seen(ines, said))["idea"]
    assert (read["status"], read["answer_html"]) == ("planned", "<p>Au <strong>printemps</strong>.</p>\n")
    assert (await claire.browser.delete(url_of(said, "support"))).json()["idea"]["supports"] == 0


async def test_who_may_not_take_part_neither_votes_nor_supports(
    place: Place, nadia: Someone, ines: Someone, omar: Someone, guest: Someone
) -> None:
    asked, said = await poll(ines, place), await idea(ines, place)
    assert await vote(omar, asked, "Lundi") == 403
    assert (await omar.browser.put(url_of(said, "support"))).status_code == 403
    for post, path in ((asked, "vote"), (said, "support"), (said, "idea-answer")):
        body = {"vote": chosen(asked, "Lundi"), "idea-answer": {"status": "done"}}.get(path)
        assert (await guest.browser.put(url_of(post, path), json=body)).status_code == 404
        unknown = {"id": str(uuid4())}
        assert (await ines.browser.put(url_of(unknown, path), json=body)).status_code == 404
    assert (await nadia.browser.put(f"{place.url}/archiving")).status_code == 200
    assert await vote(ines, asked, "Lundi") == 403
    assert (await ines.browser.put(url_of(said, "support"))).status_code == 403
    assert (await nadia.browser.put(url_of(said, "idea-answer"), json={"status": "done"})).status_code == 403


async def test_a_deleted_poll_leaves_none_of_its_words(place: Place, ines: Someone, claire: Someone) -> None:
    asked = await poll(ines, place)
    await ines.browser.delete(url_of(asked))
    left = await claire.browser.get(url_of(asked))
    assert (left.json()["poll"], "Lundi" in left.text) == (None, False)
