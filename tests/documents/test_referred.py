"""Documents that posts and messages refer to: a card to who may read them now, a lock to everybody else."""

from typing import Any

import pytest

from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries
from tests.make.chat import make_channel, talk
from tests.make.communities import Place, Someone
from tests.make.moderation import cases, report, report_message
from tests.make.people import make_organisation
from tests.make.posts import comment, say, url_of
from tests.make.spaces import answered, changed, document_url, make_page, own_space, put_document, seen, space_of
from tests.make.threads import begin, threads, threads_url

LOCK = {
    "id": None,
    "is_locked": True,
    "name": None,
    "media_type": None,
    "group": None,
    "size": None,
    "url": None,
    "thumbnail_url": None,
}


@pytest.fixture(autouse=True)
async def organisation(parvis: Parvis) -> None:
    await make_organisation(parvis)


def names(shown: dict[str, Any]) -> list[str | None]:
    return [one["name"] for one in shown["documents"]]


async def test_a_post_shows_what_it_refers_to_as_each_may_read_it_now(
    ana: Someone, ben: Someone, place: Place, counted_queries: CountedQueries
) -> None:
    theirs = await put_document(ben, await space_of(ana, place), "Plan.txt")
    mine = await put_document(ana, await own_space(ana), "Brouillon.txt")
    refused = await ben.browser.post(f"{place.url}/posts", json={"body": "Voyez.", "document_ids": [mine["id"]]})
    assert (refused.status_code, refused.json()["fields"][0]["path"]) == (422, "document_ids")
    post = await say(ana, place, body="Voyez.", document_ids=[mine["id"], theirs["id"], mine["id"]])
    assert names(post) == ["Brouillon.txt", "Plan.txt"]
    card = post["documents"][1]
    assert (card["id"], card["is_locked"], card["group"], card["size"]) == (theirs["id"], False, "text", theirs["size"])
    assert (await ben.browser.get(card["url"])).status_code == 200
    url = f"/api/v1/posts/{post['id']}"
    as_ben = await seen(ben, url)
    assert (as_ben["documents"][0], names(as_ben)) == (LOCK, [None, "Plan.txt"])
    # What becomes of the document shows at once.
    await changed(ana, document_url(theirs), {"name": "Plan du site.txt"})
    assert names(await seen(ben, url)) == [None, "Plan du site.txt"]
    # Who edits keeps what he does not speak of, and adds nothing that he may not read.
    assert names(await changed(ana, url, {"body": "Voyez bien."})) == ["Brouillon.txt", "Plan du site.txt"]
    assert names(await changed(ana, url, {"document_ids": [theirs["id"]]})) == ["Plan du site.txt"]
    with counted_queries() as referring:
        await seen(ben, url)
    assert names(await changed(ana, url, {"document_ids": []})) == []
    with counted_queries() as bare:
        await seen(ben, url)
    assert len(referring) == len(bare) + 1


async def test_a_message_shows_them_too_and_passing_it_on_opens_nothing(
    ana: Someone, ben: Someone, zoe: Someone, place: Place
) -> None:
    channel = await make_channel(ana, place)
    document = await put_document(ben, await space_of(ana, place))
    said = await channel.say(ana, "", document_ids=[document["id"]])
    assert names(said) == ["Plan.txt"]
    page = await seen(ben, f"/api/v1/conversations/{channel.id}/messages")
    assert names(page["items"][-1]) == ["Plan.txt"]
    elsewhere = await talk(ben, zoe)
    passed = {"conversation_ids": [elsewhere.id], "client_ids": [document["id"]]}
    again = await answered(ben.browser.post(f"/api/v1/messages/{said['id']}/forward", json=passed))
    assert names(again["items"][0]) == ["Plan.txt"]
    [as_zoe] = (await seen(zoe, f"/api/v1/conversations/{elsewhere.id}/messages"))["items"][-1]["documents"]
    assert as_zoe == LOCK
    # Whoever leaves the community reads nothing more of it.
    assert (await ana.browser.delete(f"{place.url}/members/{ben.id}")).status_code == 204
    assert names((await seen(ben, f"/api/v1/conversations/{elsewhere.id}/messages"))["items"][-1]) == [None]
    other = await put_document(zoe, await own_space(zoe))
    hidden = {"client_id": other["id"], "text": "Ici", "document_ids": [document["id"]]}
    sent = await ben.browser.post(f"/api/v1/conversations/{elsewhere.id}/messages", json=hidden)
    assert sent.status_code == 422
    # Its author takes it back.
    assert (await ana.browser.delete(f"/api/v1/messages/{said['id']}")).status_code == 204


async def test_comments_refer_to_them_alike_and_a_case_shows_its_moderator_what_he_may_read(
    ana: Someone, ben: Someone, place: Place, counted_queries: CountedQueries
) -> None:
    theirs = await put_document(ben, await space_of(ana, place), "Plan.txt")
    mine = await put_document(ben, await own_space(ben), "Brouillon.txt")
    post = await say(ana, place)
    url = url_of(post, "comments")
    refused = await ana.browser.post(url, json={"body": "Voyez.", "document_ids": [mine["id"]]})
    assert (refused.status_code, refused.json()["fields"][0]["path"]) == (422, "document_ids")
    said = await comment(ben, post, document_ids=[mine["id"], theirs["id"]])
    assert names(said) == ["Brouillon.txt", "Plan.txt"]
    with counted_queries() as referring:
        [as_ana] = (await seen(ana, url))["items"]
    assert (as_ana["documents"][0], names(as_ana)) == (LOCK, [None, "Plan.txt"])
    assert (await report(ana, post, comment=said)).status_code == 200
    [case] = await cases(ana, place)
    assert (case["documents"][0], names(case)) == (LOCK, [None, "Plan.txt"])
    # What is edited keeps what is not spoken of.
    assert names(await changed(ben, f"{url}/{said['id']}", {"body": "Enfin."})) == ["Brouillon.txt", "Plan.txt"]
    again = {"body": "Enfin.", "document_ids": []}
    assert names(await changed(ben, f"{url}/{said['id']}", again)) == []
    with counted_queries() as bare:
        await seen(ana, url)
    assert len(referring) == len(bare) + 1
    assert (await cases(ana, place))[0]["documents"] == []


async def test_cases_of_posts_and_messages_show_what_these_refer_to(ana: Someone, ben: Someone, place: Place) -> None:
    theirs = await put_document(ben, await space_of(ana, place), "Plan.txt")
    mine = await put_document(ben, await own_space(ben), "Brouillon.txt")
    both = [mine["id"], theirs["id"]]
    assert (await report(ana, await say(ben, place, document_ids=both))).status_code == 200
    said = await (await make_channel(ana, place)).say(ben, "Voyez.", document_ids=both)
    assert (await report_message(ana, said)).status_code == 200
    found = await cases(ana, place)
    assert {case["kind"]: names(case) for case in found} == {kind: [None, "Plan.txt"] for kind in ("post", "message")}
    assert [case["documents"][0] for case in found] == [LOCK, LOCK]


async def test_what_is_said_of_a_page_refers_to_them_too(ana: Someone, ben: Someone, place: Place) -> None:
    page = await make_page(ana, await space_of(ana, place))
    mine = await put_document(ana, await own_space(ana), "Brouillon.txt")
    begun = await begin(ana, page, "Voyez.", document_ids=[mine["id"]])
    assert names(begun["opening"]) == ["Brouillon.txt"]
    [as_ben] = await threads(ben, page)
    assert as_ben["opening"]["documents"] == [LOCK]
    answer = {"body": "Moi aussi.", "document_ids": [mine["id"]]}
    refused = await ben.browser.post(f"{threads_url(page)}/{begun['id']}/comments", json=answer)
    assert (refused.status_code, refused.json()["fields"][0]["path"]) == (422, "document_ids")
