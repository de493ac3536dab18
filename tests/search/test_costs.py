from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries
from tests.make.chat import talk
from tests.make.communities import Place, Someone, make_community
from tests.make.directory import list_everybody
from tests.make.posts import comment, say
from tests.make.search import search, settle, suggested
from tests.make.spaces import put_document, space_of

MOST = 12


async def test_a_search_asks_as_often_for_forty_of_each_kind_as_for_two(
    parvis: Parvis, ana: Someone, ben: Someone, place: Place, counted_queries: CountedQueries
) -> None:
    root, room = await space_of(ana, place), await talk(ana, ben)
    await make_community(ana, "Les belvédères")
    counts = []
    for numbers in (range(1), range(1, 12)):
        for number in numbers:
            post = await say(ana, place, f"Un belvédère, le {number}e.")
            await comment(ben, post, f"Quel belvédère, le {number}e ?")
            await room.say(ben, f"Au belvédère, le {number}e.")
            await put_document(ana, root, f"Belvédère {number}.txt")
        await settle(parvis)
        await list_everybody(parvis)
        await search(ana, "belvedere", place_id=place.id)
        await suggested(ana, "belv")
        for query in ({}, {"place_id": place.id}):
            await search(ana, "belvedere", **query)
            with counted_queries() as queries:
                found = await search(ana, "belvedere", limit=50, **query)
            counts.append((len(found["items"]), len(queries)))
    assert [found for found, _ in counts] == [5, 3, 49, 36]
    assert {queries for _, queries in counts if queries > MOST} == set()
    assert [queries for _, queries in counts[:2]] == [queries for _, queries in counts[2:]]
