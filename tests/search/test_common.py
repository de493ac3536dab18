"""Words that very many texts have, of which the last put are counted and ranked."""

import pytest

from parvis.kernel.runtime import Parvis
from parvis.search.queries import candidates
from tests.make.communities import Place, Someone, make_community
from tests.make.posts import say
from tests.make.search import finds_nothing, found, search, settle
from tests.make.spaces import put_document, space_of
from tests.search.test_forbidden import CANARY, plant


@pytest.fixture(autouse=True)
def every_word_is_common(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "FEW", 0)


async def test_the_last_put_are_found_and_the_reply_says_so(
    ana: Someone, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "MOST_RANKED", 4)
    monkeypatch.setattr(candidates, "COUNTED", 3)
    said = [(await say(ana, place, f"Jalon numéro {number}."))["id"] for number in range(7)]
    page = await search(ana, "jalon", sort="recent")
    assert page["is_limited"]
    assert [item["id"] for item in page["items"]] == said[:1:-1]
    assert page["counts"] == [{"kind": "post", "count": 3, "is_limited": True}]
    assert [id_ for _, id_ in await found(ana, "numéro 6")] == [said[6]]


async def test_who_reads_few_of_the_last_is_given_earlier_ones(
    ana: Someone, zoe: Someone, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = await say(zoe, await make_community(zoe, "Randonnée"), "Un jalon, le premier.")
    for number in range(6):
        await say(ana, place, f"Jalon numéro {number}.")
    monkeypatch.setattr(candidates, "LOOKED_THROUGH", (2, 4, None))
    page = await search(zoe, "jalon")
    assert [item["id"] for item in page["items"]] == [elsewhere["id"]]
    assert not page["is_limited"]


async def test_what_others_keep_to_themselves_hides_nothing_that_is_older(
    parvis: Parvis, ana: Someone, zoe: Someone, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = await say(zoe, await make_community(zoe, "Randonnée"), "Un jalon, le premier.")
    root = await space_of(ana, place)
    for number in range(4):
        await put_document(ana, root, f"Jalon {number}.txt")
    await settle(parvis)
    monkeypatch.setattr(candidates, "MOST_RANKED", 2)
    page = await search(zoe, "jalon")
    assert [item["id"] for item in page["items"]] == [own["id"]]
    assert page["counts"] == [{"kind": "post", "count": 1, "is_limited": False}]
    assert not page["is_limited"]


async def test_nothing_is_told_that_may_not_be_read(
    parvis: Parvis, ana: Someone, ben: Someone, zoe: Someone, guest: Someone, place: Place
) -> None:
    planted = await plant(parvis, ana, place)
    assert {kind for kind, _ in await found(ben, CANARY)} == set(planted)
    for stranger in (zoe, guest):
        await finds_nothing(stranger, CANARY, CANARY[:4], f'"la {CANARY}"')
