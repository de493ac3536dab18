"""Documents that posts and messages refer to: a card to who may read them now, a lock to everybody else."""

from typing import Any

import pytest

from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries
from tests.make.chat import make_channel, talk
from tests.make.communities import Place, Someone
from tests.make.people import make_organisation
from tests.make.posts import say
from tests.make.spaces import answered, changed, document_url, own_space, put_document, seen, space_of

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
