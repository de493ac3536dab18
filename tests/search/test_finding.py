from parvis.kernel.runtime import Parvis
from tests.make.chat import make_channel, talk
from tests.make.communities import Place, Someone, make_community
from tests.make.directory import list_everybody
from tests.make.posts import comment, say
from tests.make.search import found, marked, search, settle, suggested, text_of
from tests.make.spaces import make_folder, make_page, put_document, space_of


async def test_each_kind_is_found_by_its_words(parvis: Parvis, ana: Someone, ben: Someone, place: Place) -> None:
    post = await say(ana, place, "Le relevé des rivières est prêt.", kind="question", title="Quelle échelle ?")
    said = await comment(ben, post, "Essayez le 25 000e sur les rivières.")
    room = await make_channel(ana, place)
    message = await room.say(ben, "Qui vient voir la rivière samedi ?")
    root = await space_of(ana, place)
    folder = await make_folder(ana, root, "Cours")
    document = await put_document(ana, folder, "Rivières.txt", "Étiage et crues.".encode())
    await settle(parvis)
    assert set(await found(ben, "riviere")) == {
        ("post", post["id"]),
        ("comment", said["id"]),
        ("message", message["id"]),
        ("document", document["id"]),
    }
    assert await found(ben, "etiage") == [("document", document["id"])]
    assert await found(ben, "atelier") == [("community", place.id)]
    assert await found(ben, "arnaud") == [("person", ana.id)]


async def test_a_page_is_found_as_one(parvis: Parvis, ana: Someone, place: Place) -> None:
    page = await make_page(ana, await space_of(ana, place), name="Carnet de terrain")
    await settle(parvis)
    assert await found(ana, "carnets") == [("page", page["id"])]
    assert await found(ana, "carnet", kinds="document") == []


async def test_what_is_shown_says_where_and_why(parvis: Parvis, ana: Someone, ben: Someone, place: Place) -> None:
    post = await say(ana, place, "Le **relevé** des rivières est prêt.", kind="question", title="Quelle échelle ?")
    said = await comment(ben, post, "Au 25 000e.")
    await settle(parvis)
    [hit] = (await search(ben, "releves"))["items"]
    assert (hit["kind"], hit["id"], hit["reason"]) == ("post", post["id"], "text")
    assert text_of(hit["title"]) == "Quelle échelle ?"
    assert text_of(hit["passages"][0]) == "Le relevé des rivières est prêt."
    assert marked(hit["passages"][0]) == ["relevé"]
    assert hit["place"] == {"kind": "community", "id": place.id, "name": "Atelier des cartes"}
    assert hit["author"]["name"] == "Ana Arnaud"
    assert hit["target"]["post_id"] == post["id"]
    [hit] = (await search(ben, "25"))["items"]
    assert (hit["target"]["post_id"], hit["target"]["comment_id"]) == (post["id"], said["id"])
    assert text_of(hit["title"]) == "Quelle échelle ?"


async def test_phrases_and_exclusions_narrow(parvis: Parvis, ana: Someone, place: Place) -> None:
    near = await say(ana, place, "La carte du relief est affichée.")
    apart = await say(ana, place, "Le relief de la carte est affiché.")
    assert set(await found(ana, "carte relief")) == {("post", near["id"]), ("post", apart["id"])}
    assert await found(ana, '"carte du relief"') == [("post", near["id"])]
    assert await found(ana, "relief -affichée") == []
    assert await found(ana, 'relief -"carte du"') == [("post", apart["id"])]
    assert await found(ana, "-relief") == []


async def test_a_place_an_author_a_kind_and_a_day_narrow(
    parvis: Parvis, ana: Someone, ben: Someone, place: Place
) -> None:
    elsewhere = await make_community(ana, "Randonnée")
    here = await say(ben, place, "Rendez-vous au belvédère.")
    there = await say(ana, elsewhere, "Rendez-vous au belvédère.")
    message = await (await talk(ana, ben)).say(ana, "Le belvédère, vraiment ?")
    await settle(parvis)
    assert set(await found(ana, "belvedere", place_id=place.id)) == {("post", here["id"])}
    assert set(await found(ana, "belvedere", author_id=ana.id)) == {("post", there["id"]), ("message", message["id"])}
    assert set(await found(ana, "belvedere", kinds="message")) == {("message", message["id"])}
    assert len(await found(ana, "belvedere", since="2020-01-01", until="2100-01-01")) == 3
    assert await found(ana, "belvedere", until="2020-01-01") == []
    assert await found(ana, "belvedere", public="student") == [("post", here["id"])]
    page = await search(ana, "belvedere", kinds="message")
    assert {count["kind"]: count["count"] for count in page["counts"]} == {"post": 2, "message": 1}
    conversation = message["conversation_id"]
    assert await found(ana, "belvedere", place_id=conversation) == [("message", message["id"])]


async def test_pages_repeat_and_skip_nothing(parvis: Parvis, ana: Someone, place: Place) -> None:
    said = {(await say(ana, place, f"Jalon numéro {number}."))["id"] for number in range(7)}
    for sort in ("match", "recent"):
        seen: list[str] = []
        query = {"limit": 3, "sort": sort}
        while True:
            page = await search(ana, "jalon", **query)
            seen += [item["id"] for item in page["items"]]
            if page["next"] is None:
                break
            query["cursor"] = page["next"]
        assert len(seen) == len(said)
        assert set(seen) == said


async def test_names_are_suggested_while_they_are_typed(ana: Someone, ben: Someone, place: Place) -> None:
    assert await suggested(ben, "ar") == [("person", ana.id)]
    assert await suggested(ben, "ana ar") == [("person", ana.id)]
    assert await suggested(ben, "cart") == [("community", place.id)]
    assert await suggested(ben, "a") == []


async def test_a_name_mistyped_is_forgiven(parvis: Parvis, ana: Someone, ben: Someone) -> None:
    await list_everybody(parvis)
    page = await search(ben, "arnuad")
    assert page["corrected"] == "arnaud"
    assert [(item["id"], item["reason"]) for item in page["items"]] == [(ana.id, "approximate")]
    assert await suggested(ben, "arnold") == []
    assert await suggested(ben, "arnoud") == [("person", ana.id)]
