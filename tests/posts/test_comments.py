"""Comments, replies, reactions, answers and bookmarks."""

from uuid import uuid4

from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries
from tests.make.communities import Place, Someone, make_closed
from tests.make.posts import BOOKMARKS, ask, comment, discussed, say, say_in, seen, told, url_of


async def test_comments_and_replies_stand_one_level_deep(
    place: Place, ines: Someone, claire: Someone, nadia: Someone, parvis: Parvis
) -> None:
    said = await say(ines, place)
    first = await comment(claire, said, "Voici **ma** carte.")
    reply = await comment(nadia, said, "Merci !", parent_id=first["id"])
    beside = await comment(ines, said, "À vous deux.", parent_id=reply["id"])
    assert (first["html"], beside["parent_id"]) == ("<p>Voici <strong>ma</strong> carte.</p>\n", first["id"])
    (found,) = await discussed(ines, said)
    assert (found["reply_count"], [one["body"] for one in found["replies"]]) == (2, ["Merci !", "À vous deux."])
    assert [one["body"] for one in await discussed(ines, said, parent_id=first["id"])] == ["Merci !", "À vous deux."]

    thread = (await seen(ines, said))["threads"][0]
    assert (thread["comments"], thread["people"]) == (3, 3)
    assert thread["mix"] == {"student": 1, "alum": 1, "staff": 1, "partner": 0}
    answered = await told(parvis, "member.answered")
    assert {(fact.topic, fact.data["id"]) for fact in answered} == {
        (f"member:{ines.id}", first["id"]),
        (f"member:{claire.id}", reply["id"]),
        (f"member:{ines.id}", reply["id"]),
        (f"member:{nadia.id}", beside["id"]),
    }


async def test_what_was_just_said_is_answered_as_whoever_reads_it_finds_it(
    place: Place, ines: Someone, claire: Someone, counted_queries: CountedQueries
) -> None:
    said = await say(ines, place)
    first = await comment(claire, said, "Voici.")
    with counted_queries() as asked:
        reply = await comment(claire, said, "Et **là**.", parent_id=first["id"])
    assert len(asked) <= 17
    assert reply == (await claire.browser.get(url_of(said, "comments", reply["id"]))).json()


async def test_a_comment_is_edited_by_its_author(place: Place, ines: Someone, nadia: Someone) -> None:
    said = await say(nadia, place)
    mine = await comment(ines, said, "Demain.")
    at = url_of(said, "comments", mine["id"])
    edited = await ines.browser.patch(at, json={"body": "Ce soir."}, headers={"if-match": '"1"'})
    assert (edited.status_code, edited.json()["body"], edited.headers["etag"]) == (200, "Ce soir.", '"2"')
    assert (await ines.browser.patch(at, json={"body": "x"}, headers={"if-match": '"1"'})).status_code == 412
    assert (await nadia.browser.patch(at, json={"body": "x"})).status_code == 403
    assert (await ines.browser.get(at)).headers["etag"] == '"2"'


async def test_a_deleted_comment_leaves_its_place(place: Place, ines: Someone, claire: Someone, nadia: Someone) -> None:
    said = await say(nadia, place)
    first = await comment(ines, said, "Je me suis trompée.")
    await comment(claire, said, "Moi aussi.", parent_id=first["id"])
    at = url_of(said, "comments", first["id"])
    assert (await claire.browser.delete(at)).status_code == 403
    assert (await ines.browser.delete(at)).status_code == 204
    (left,) = await discussed(nadia, said)
    assert (left["gone"], left["author"], left["body"], left["abilities"]) == (True, None, "", [])
    assert [one["body"] for one in left["replies"]] == ["Moi aussi."]
    thread = (await seen(nadia, said))["threads"][0]
    assert (thread["comments"], thread["people"]) == (1, 2)
    assert (await ines.browser.delete(at)).status_code == 404


async def test_those_who_run_the_community_delete_any_comment(
    place: Place, ines: Someone, claire: Someone, nadia: Someone
) -> None:
    said = await say(ines, place)
    theirs = await comment(claire, said)
    assert (await nadia.browser.delete(url_of(said, "comments", theirs["id"]))).status_code == 204


async def test_reactions_are_counted_once_each_and_taken_back(
    place: Place, ines: Someone, claire: Someone, parvis: Parvis
) -> None:
    said = await say(ines, place)
    for _ in range(2):
        reacted = await claire.browser.put(url_of(said, "reactions", "thanks"))
        assert reacted.json()["reactions"] == [{"kind": "thanks", "count": 1, "mine": True}]
    assert (await seen(ines, said))["reactions"] == [{"kind": "thanks", "count": 1, "mine": False}]
    assert (await claire.browser.put(url_of(said, "reactions", "anger"))).status_code == 422
    back = await claire.browser.delete(url_of(said, "reactions", "thanks"))
    assert (back.json()["reactions"], back.json()["threads"][0]["people"]) == ([], 1)
    mine = await told(parvis, "reaction.mine_changed")
    assert [(fact.topic, fact.data["stands"]) for fact in mine] == [
        (f"member:{claire.id}", True),
        (f"member:{claire.id}", False),
    ]
    assert [fact.topic for fact in await told(parvis, "post.reactions_changed")] == [f"community:{place.id}"] * 2


async def test_a_comment_is_reacted_to(place: Place, ines: Someone, claire: Someone) -> None:
    said = await say(ines, place)
    theirs = await comment(claire, said)
    at = url_of(said, "comments", theirs["id"], "reactions", "bravo")
    assert (await ines.browser.put(at)).json()["reactions"] == [{"kind": "bravo", "count": 1, "mine": True}]
    (found,) = await discussed(claire, said)
    assert found["reactions"] == [{"kind": "bravo", "count": 1, "mine": False}]
    assert (await ines.browser.delete(at)).json()["reactions"] == []


async def test_who_asked_accepts_an_answer(
    place: Place, ines: Someone, claire: Someone, nadia: Someone, parvis: Parvis
) -> None:
    asked = await ask(ines, place)
    answer = await comment(claire, asked, "Celle de l’arrêté.")
    draft = {"comment_id": answer["id"]}
    assert (await claire.browser.put(url_of(asked, "accepted-answer"), json=draft)).status_code == 403
    accepted = await ines.browser.put(url_of(asked, "accepted-answer"), json=draft)
    assert accepted.json()["threads"][0]["accepted_id"] == answer["id"]
    (found,) = await discussed(claire, asked)
    assert (found["accepted"], found["abilities"]) == (True, ["reply", "react", "edit", "delete"])
    assert (await nadia.browser.delete(url_of(asked, "accepted-answer"))).status_code == 200
    assert [fact.data["comment_id"] for fact in await told(parvis, "post.answer_accepted")] == [answer["id"], None]
    unknown = await ines.browser.put(url_of(asked, "accepted-answer"), json={"comment_id": str(uuid4())})
    assert unknown.status_code == 404
    said = await say(ines, place)
    reply = await comment(claire, said)
    refused = await ines.browser.put(url_of(said, "accepted-answer"), json={"comment_id": reply["id"]})
    assert (refused.status_code, refused.json()["code"]) == (409, "no_question")


async def test_an_accepted_answer_that_is_deleted_is_the_answer_no_more(
    place: Place, ines: Someone, claire: Someone
) -> None:
    asked = await ask(ines, place)
    answer = await comment(claire, asked)
    await ines.browser.put(url_of(asked, "accepted-answer"), json={"comment_id": answer["id"]})
    await claire.browser.delete(url_of(asked, "comments", answer["id"]))
    assert (await seen(ines, asked))["threads"][0]["accepted_id"] is None


async def test_bookmarks_are_found_again(place: Place, ines: Someone, claire: Someone) -> None:
    said = [await say(ines, place, f"Numéro {number}") for number in range(3)]
    for post in (said[2], said[0], said[0]):
        assert (await claire.browser.put(url_of(post, "bookmark"))).status_code == 204
    page = (await claire.browser.get(BOOKMARKS)).json()
    assert [item["body"] for item in page["items"]] == ["Numéro 0", "Numéro 2"]
    assert (await seen(claire, said[0]))["bookmarked"] is True
    assert (await seen(ines, said[0]))["bookmarked"] is False
    assert (await claire.browser.delete(url_of(said[0], "bookmark"))).status_code == 204
    await ines.browser.delete(url_of(said[2]))
    assert (await claire.browser.get(BOOKMARKS)).json()["items"] == []


async def test_a_discussion_asks_as_much_of_the_database_whatever_it_holds(
    place: Place, ines: Someone, claire: Someone, counted_queries: CountedQueries
) -> None:
    said = await say(ines, place)
    first = await comment(claire, said)
    with counted_queries() as few:
        await discussed(ines, said)
    for number in range(12):
        await comment([ines, claire][number % 2], said, str(number))
        await comment([ines, claire][number % 2], said, str(number), parent_id=first["id"])
    with counted_queries() as many:
        found = await discussed(ines, said)
    assert (len(found), len(found[0]["replies"]), found[0]["reply_count"]) == (13, 5, 12)
    assert (len(few), len(many)) == (7, 7)


async def test_who_reacted_is_told_of_those_whom_one_may_find(
    place: Place, ines: Someone, claire: Someone, nadia: Someone, omar: Someone, counted_queries: CountedQueries
) -> None:
    jury = await make_closed(nadia, omar, name="Jury d’agrégation")
    said = (await say_in(nadia, place, jury)).json()
    mine = await comment(ines, said)
    for someone in (ines, claire, omar):
        for path in (["reactions", "agree"], ["comments", mine["id"], "reactions", "agree"]):
            assert (await someone.browser.put(url_of(said, *path))).status_code == 200

    async def reactors(reader: Someone, *path: str, kind: str = "agree") -> list[str]:
        reply = await reader.browser.get(url_of(said, *path, "reactions", kind))
        assert reply.status_code == 200, reply.text
        return [one["name"] for one in reply.json()["items"]]

    for path in ([], ["comments", mine["id"]]):
        assert await reactors(nadia, *path) == ["Omar Diallo", "Claire Vasseur", "Inès Benali"]
        assert await reactors(ines, *path) == ["Claire Vasseur", "Inès Benali"]  # Of the jury she knows nothing.
        assert await reactors(ines, *path, kind="bravo") == []
    with counted_queries() as asked:
        assert await reactors(claire) == ["Claire Vasseur", "Inès Benali"]
    assert len(asked) == 5
    await ines.browser.put(f"/api/v1/me/blocks/{claire.id}")
    assert await reactors(ines) == ["Inès Benali"]
    assert (await ines.browser.get(url_of(said, "comments", str(uuid4()), "reactions", "agree"))).status_code == 404
    await nadia.browser.delete(url_of(said))
    assert (await ines.browser.get(url_of(said, "reactions", "agree"))).status_code == 404
