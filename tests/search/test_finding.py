import pytest

from parvis.kernel.runtime import Parvis
from parvis.search.queries import finding
from tests.make.chat import make_channel, talk
from tests.make.communities import Place, Someone, make_community
from tests.make.directory import list_everybody
from tests.make.posts import comment, say
from tests.make.search import found, marked, search, settle, suggested, text_of
from tests.make.spaces import changed, folder_url, make_folder, make_page, own_space, put_document, space_of
from tests.make.threads import answer, begin, comment_url


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


async def test_what_stands_in_a_folder_is_found_where_that_stands_now(
    parvis: Parvis, ana: Someone, ben: Someone, place: Place
) -> None:
    course = await make_folder(ana, await space_of(ana, place), "Cours")
    document = await put_document(ana, await make_folder(ana, course, "Séance 1"), "Étiage.txt", b"Crues.")
    await settle(parvis)
    assert await found(ben, "etiage", place_id=place.id) == [("document", document["id"])]
    await changed(ana, folder_url(course), {"parent_id": (await own_space(ana))["folder_id"]})
    await settle(parvis)
    assert await found(ana, "etiage") == [("document", document["id"])]
    assert await found(ana, "etiage", place_id=place.id) == []
    assert await found(ben, "etiage") == []


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


async def test_passages_of_a_markdown_file_are_plain_text(parvis: Parvis, ana: Someone, place: Place) -> None:
    root = await space_of(ana, place)
    await put_document(ana, root, "plan_de_cours.md", "# Séances\n\nLe **belvédère** et son `code_source`.".encode())
    await put_document(ana, root, "code.py", b"belvedere = 2 ** 3  # deux_fois")
    await settle(parvis)
    said = {text_of(hit["title"]): text_of(hit["passages"][0]) for hit in (await search(ana, "belvedere"))["items"]}
    assert said == {
        "plan_de_cours.md": "Séances Le belvédère et son code_source.",
        "code.py": "belvedere = 2 ** 3 # deux_fois",
    }


async def test_what_is_said_of_a_page_is_found_under_its_name(
    parvis: Parvis, ana: Someone, ben: Someone, place: Place
) -> None:
    page = await make_page(ana, await space_of(ana, place), name="Carnet de terrain")
    thread = await begin(ana, page, "Le **belvédère** est fermé.")
    reply = await answer(ana, page, thread, "Alors le gué.")
    await comment(ana, await say(ana, place, "Rendez-vous ?"), "Au belvédère.")
    await settle(parvis)
    [hit] = [hit for hit in (await search(ben, "belvederes"))["items"] if hit["target"]["document_id"]]
    assert (hit["kind"], hit["id"], hit["reason"]) == ("comment", thread["opening"]["id"], "text")
    assert (text_of(hit["title"]), hit["target"]["document_id"]) == ("Carnet de terrain", page["id"])
    assert hit["target"]["thread_id"] == thread["id"]
    assert text_of(hit["passages"][0]) == "Le belvédère est fermé."
    assert (hit["author"]["name"], hit["target"]["post_id"]) == ("Ana Arnaud", None)
    assert (await search(ben, "belvedere"))["counts"] == [{"kind": "comment", "count": 2, "is_limited": False}]
    assert await found(ben, "gué", place_id=place.id) == [("comment", reply["id"])]
    elsewhere = await make_community(ben, "Randonnée")
    assert await found(ben, "gué", place_id=elsewhere.id) == []
    await changed(ana, comment_url(page, reply), {"body": "Alors le pont."})
    await settle(parvis)
    assert await found(ben, "gué") == []
    assert await found(ben, "pont") == [("comment", reply["id"])]


async def test_what_the_best_are_not_all_of_is_said(
    ana: Someone, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        await say(ana, place, f"Jalon numéro {number}.")
    assert not (await search(ana, "jalon"))["is_cut"]
    monkeypatch.setattr(finding, "READ_WHOLE", 3)
    page = await search(ana, "jalon")
    assert (page["is_cut"], len(page["items"]), page["counts"][0]["count"]) == (True, 3, 4)
    recent = await search(ana, "jalon", sort="recent", limit=2)
    assert (recent["is_cut"], len(recent["items"])) == (False, 2)


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
