"""What arrives together is counted once each."""

import asyncio

from sqlalchemy import func, select

from parvis.engagement.models import Comment, Reaction, Thread
from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn
from tests.make.communities import Place, Someone, arrive
from tests.make.posts import comment, say, seen, url_of


async def test_one_member_reacts_once_however_often_he_clicks(
    place: Place, ines: Someone, claire: Someone, parvis: Parvis
) -> None:
    said = await say(ines, place)
    replies = await asyncio.gather(
        *(claire.browser.put(url_of(said, "reactions", "thanks")) for _ in range(50)),
        *(claire.browser.put(url_of(said, "bookmark")) for _ in range(10)),
    )
    assert {reply.status_code for reply in replies} == {200, 204}
    async with parvis.database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Reaction)) == 1
    assert (await seen(ines, said))["reactions"] == [{"kind": "thanks", "count": 1, "mine": False}]


async def test_counts_are_those_of_the_rows_whatever_arrives_together(
    place: Place, ines: Someone, parvis: Parvis, sign_in: SignIn
) -> None:
    people = [await arrive(parvis, sign_in, f"Membre {number}") for number in range(5)]
    for someone in people:
        assert (await place.join(someone)).status_code == 200
    said = await say(ines, place)
    gone = [await comment(someone, said, "Je m’en vais.") for someone in people]
    await asyncio.gather(
        *(comment(someone, said, f"Numéro {number}") for someone in people for number in range(4)),
        *(someone.browser.put(url_of(said, "reactions", "bravo")) for someone in people),
        *(
            someone.browser.delete(url_of(said, "comments", theirs["id"]))
            for someone, theirs in zip(people, gone, strict=True)
        ),
    )
    async with parvis.database.reading() as session:
        standing = await session.scalar(select(func.count()).where(Comment.deleted_at.is_(None)))
        thread = (await session.scalars(select(Thread))).one()
    assert (standing, thread.comments, thread.people, thread.reactions) == (20, 20, 6, {"bravo": 5})


async def test_an_answer_accepted_twice_at_once_is_one(
    place: Place, ines: Someone, claire: Someone, nadia: Someone
) -> None:
    asked = (
        await ines.browser.post(f"{place.url}/posts", json={"kind": "question", "title": "Où ?", "body": "Dites."})
    ).json()
    answers = [await comment(claire, asked, f"Ici {number}") for number in range(4)]
    replies = await asyncio.gather(
        *(
            asker.browser.put(url_of(asked, "accepted-answer"), json={"comment_id": answer["id"]})
            for asker in (ines, nadia)
            for answer in answers * 7
        )
    )
    assert {reply.status_code for reply in replies} == {200}
    listed = (await claire.browser.get(url_of(asked, "comments"))).json()["items"]
    assert [one["accepted"] for one in listed].count(True) == 1
