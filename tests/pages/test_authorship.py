"""Who wrote which letter: read from a page's state as every Yjs program would place it."""

import random
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from pycrdt import Doc, XmlElement, XmlFragment, XmlText
from sqlalchemy import update

from parvis.kernel.runtime import Parvis
from parvis.pages import authorship, crediting, tree, yjs
from parvis.pages.comparing import compare
from parvis.pages.models import PageClient
from tests.conftest import SignIn
from tests.make.communities import Someone, arrive, make_closed
from tests.make.pages import block, listing, page_url, paragraph, text, write_nodes
from tests.make.spaces import answered, changed, document_url, make_page, space_of


def texts_in(parent: XmlFragment | XmlElement) -> Iterator[XmlText]:
    for child in parent.children:
        if isinstance(child, XmlText):
            yield child
        elif isinstance(child, XmlElement):
            yield from texts_in(child)


def said_in(one: XmlText) -> str:
    return "".join(words for words, _ in one.diff() if isinstance(words, str))


def scribble(chance: random.Random, document: "Doc[Any]", others: "list[Doc[Any]]") -> None:
    one = chance.choice(list(texts_in(yjs.root(document))))
    said = said_in(one)
    what = chance.random()
    if what < 0.6:
        at = chance.randint(0, len(said))
        one.insert(len(said[:at].encode()), chance.choice(["a", "bc", "é", "😀", "xyz"]))
    elif what < 0.75 and len(said) > 2:
        at = chance.randint(0, len(said) - 1)
        del one[len(said[:at].encode()) : len(said[: at + 1].encode())]
    elif what < 0.85:
        tree.write(document, [paragraph("neuf")])
    else:
        document.apply_update(chance.choice(others).get_update())


@pytest.mark.parametrize("seed", range(40))
def test_letters_stand_where_the_library_has_them_however_they_were_written(seed: int) -> None:
    """`blocks` compares each text with what the library says, and raises where one letter stands elsewhere."""
    chance = random.Random(seed)
    begun, _ = tree.update_of([paragraph("Bonjour à tous"), listing("bulletList", "un", "deux")], client_id=1)
    documents = [yjs.document([begun], client_id=chance.randint(2, 10**6)) for _ in range(3)]
    for _ in range(60):
        scribble(chance, chance.choice(documents), documents)
    for one in documents:
        for other in documents:
            one.apply_update(other.get_update())
    found = authorship.blocks(documents[0].get_update())
    said = ["".join(run.text for run in one.runs).replace("\n", "") for one in found]
    assert "".join(said) == tree.text_of(tree.read(documents[0])).replace("\n", "")


def test_each_letter_is_of_who_wrote_it_first() -> None:
    begun, _ = tree.update_of([block("heading", "Le chat dort", level=2)], client_id=1)
    second = yjs.document([begun], client_id=2)
    (one,) = texts_in(yjs.root(second))
    one.insert(len(b"Le "), "petit ")
    del one[len(b"Le petit chat ") :]
    one.insert(len(b"Le petit chat "), "mange")
    (found,) = authorship.blocks(second.get_update())
    assert (found.type, found.level) == ("heading", 2)
    assert [(run.text, run.client) for run in found.runs] == [("Le ", 1), ("petit ", 2), ("chat ", 1), ("mange", 2)]
    assert authorship.shares([found]) == {1: 6, 2: 10}


def test_what_came_from_one_version_to_another_is_of_who_wrote_it() -> None:
    begun, _ = tree.update_of([paragraph("Le chat dort"), paragraph("Fin")], client_id=1)
    second = yjs.document([begun], client_id=2)
    one, last = texts_in(yjs.root(second))
    one.insert(len(b"Le "), "petit ")
    third = yjs.document([second.get_update()], client_id=3)
    one, last = texts_in(yjs.root(third))
    one.insert(len(b"Le petit "), "gros ")
    del last[0:3]
    state = third.get_update()
    compared = compare(tree.of([begun]), tree.of([state]))
    found = crediting.credited(compared, authorship.blocks(state))
    runs = [(run.text, run.change, run.client) for block in found for run in block.runs]
    assert runs == [
        ("Le", "same", None),
        (" petit ", "added", 2),
        ("gros", "added", 3),
        (" chat dort", "same", None),
        ("Fin", "removed", None),
    ]
    assert crediting.shares(found) == {2: 5, 3: 4}
    assert crediting.credited(compared, ()) == compared


@pytest.fixture
async def ana(parvis: Parvis, sign_in: SignIn) -> Someone:
    return await arrive(parvis, sign_in, "Ana Arnaud", "staff")


@pytest.fixture
async def ben(parvis: Parvis, sign_in: SignIn) -> Someone:
    return await arrive(parvis, sign_in, "Ben Barre")


async def test_who_reads_a_page_sees_who_wrote_what(parvis: Parvis, ana: Someone, ben: Someone) -> None:
    place = await make_closed(ana, ben, access="on_request")
    page = await make_page(ana, await space_of(ana, place))
    url = f"{page_url(page)}/authors"
    await write_nodes(parvis, ana, page, paragraph("Mesurer ", text("la salinité", "bold"), "."))
    await answered(ana.browser.post(f"{page_url(page)}/versions", json={}))
    mention = block("mention", id=ana.id, label="Ana Arnaud")
    await write_nodes(parvis, ben, page, paragraph("Puis la température, dit ", mention, " à tous."))
    found = await answered(ben.browser.get(url))
    assert [one["person"]["name"] for one in found["authors"]] == ["Ben Barre", "Ana Arnaud"]
    said = [[(run["text"], run["author"]) for run in one["runs"]] for one in found["blocks"] if one["runs"]]
    assert said == [
        [("Mesurer la salinité.", 1)],
        [("Puis la température, dit @Ana Arnaud à tous.", 0)],
    ]
    before = await answered(ben.browser.get(url, params={"version": 2}))
    assert [one["person"]["name"] for one in before["authors"]] == ["Ana Arnaud"]

    await parvis.database.write(_forget, UUID(page["id"]), ben.member.id)
    left = await answered(ana.browser.get(url))
    assert [one["person"] and one["person"]["name"] for one in left["authors"]] == [None, "Ana Arnaud"]
    await changed(ana, f"{document_url(page)}/rights", {"inherits": False, "grants": []}, "PUT")
    assert (await ben.browser.get(url)).status_code == 404


async def _forget(session: Any, document_id: UUID, member_id: UUID) -> None:
    """As an erasure unties who wrote."""
    gone = update(PageClient).where(PageClient.document_id == document_id, PageClient.member_id == member_id)
    await session.execute(gone.values(member_id=None))
