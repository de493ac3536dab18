"""Pages made of files: what is taken over, what is told to be lost, and what is refused."""

import zipfile
from io import BytesIO
from uuid import uuid4

import pytest
from docx import Document
from docx.oxml import OxmlElement
from PIL import Image

from parvis.kernel.runtime import Parvis
from parvis.pages import tree
from parvis.pages.exports.docx import docx
from parvis.pages.exports.markdown import markdown
from parvis.pages.imports import markdown as markdown_import
from parvis.pages.tree import Node
from tests.conftest import SignIn
from tests.files.uploads import upload
from tests.make.communities import Someone, arrive, make_closed
from tests.make.pages import page_url
from tests.make.spaces import answered, changed, document_url, folder_url, make_folder, put_document, space_of

from .test_exports import PROTOCOL, paper

NOTES = """# Sortie de terrain

## Matériel

Du **gras**, de l’*italique*, ~~barré~~, `code` et [un lien](https://exemple.fr).\\
Suite [ailleurs](ftp://exemple.fr) et ![carte](https://exemple.fr/carte.png).

- Mires
  1. Rouge
- [x] GPS
- [ ] Bottes

> [!WARNING]
> Vigilance orange

| Point | Cote |
| --- | --- |
| R1 | 1,20 |

```python
cote = 3
```

<script>alert(1)</script>
"""


@pytest.fixture
async def ana(parvis: Parvis, sign_in: SignIn) -> Someone:
    return await arrive(parvis, sign_in, "Ana Arnaud", "staff")


@pytest.fixture
async def ben(parvis: Parvis, sign_in: SignIn) -> Someone:
    return await arrive(parvis, sign_in, "Ben Barre")


def a_word_document() -> bytes:
    """As somebody else's program writes it."""
    word = Document()
    word.add_heading("Protocole de relevés", 0)
    word.add_heading("Les points", 1)
    paragraph = word.add_paragraph("R1 est en rive ")
    paragraph.add_run("meuble").bold = True
    word.add_paragraph("Mires", style="List Bullet")
    word.add_paragraph("Jalons", style="List Number")
    word.add_paragraph("☑ GPS")
    word.add_paragraph("On reste sur le chemin.", style="Quote")
    table = word.add_table(2, 2)
    table.cell(0, 0).text, table.cell(1, 1).text = "Point", "1,20"
    picture = BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    picture.seek(0)
    word.add_picture(picture)
    hidden = OxmlElement("w:del")
    word.paragraphs[-1]._p.append(hidden)
    made = BytesIO()
    word.save(made)
    return made.getvalue()


def kinds(node: Node) -> list[str]:
    return [one["type"] for one in node["content"]]


async def test_a_word_document_becomes_a_page_and_what_is_lost_is_told(ana: Someone, ben: Someone) -> None:
    place = await make_closed(ana, ben, access="on_request")
    space = await space_of(ana, place)
    file = await upload(ana.browser, a_word_document(), "Relevés.docx")
    made = await answered(ana.browser.post(f"{folder_url(space)}/page-imports", json={"file_id": file["id"]}))
    assert made["document"]["name"] == "Protocole de relevés"
    assert [(one["code"], one["count"]) for one in made["lost"]] == [("pictures", 1), ("changes", 1)]
    content = (await answered(ben.browser.get(page_url(made["document"]))))["content"]
    assert content["content"][0] == {
        "type": "heading",
        "attrs": {"level": 1},
        "content": [{"type": "text", "text": "Les points"}],
    }
    assert {"bulletList", "taskList", "blockquote", "table"} <= set(kinds(content))
    said = tree.text_of(content)
    assert "R1 est en rive meuble" in said
    assert "1,20" in said
    again = await ben.browser.post(f"{folder_url(space)}/page-imports", json={"file_id": file["id"]})
    assert again.status_code == 404


async def test_a_document_is_opened_as_a_page_by_who_reads_it_and_writes_there(
    ana: Someone, ben: Someone, sign_in: SignIn, parvis: Parvis
) -> None:
    zoe = await arrive(parvis, sign_in, "Zoé Zola")
    place = await make_closed(ana, ben, access="on_request")
    space = await space_of(ana, place)
    document = await put_document(ana, space, "Notes.md", NOTES.encode())
    url = f"{folder_url(space)}/page-imports"
    said = {"document_id": document["id"]}
    made = await answered(ben.browser.post(url, json=said))
    assert made["document"]["name"] == "Sortie de terrain"
    assert {one["code"] for one in made["lost"]} == {"pictures", "links", "embedded"}
    assert (await zoe.browser.post(url, json=said)).status_code == 404
    own = (await answered(zoe.browser.get("/api/v1/me/space")))["folder_id"]
    assert (await zoe.browser.post(f"/api/v1/folders/{own}/page-imports", json=said)).status_code == 404
    notes = await make_folder(ana, space, "Notes")
    rights = {"inherits": False, "grants": [{"member_id": ben.id, "level": "read"}]}
    await changed(ana, f"{folder_url(notes)}/rights", rights, "PUT")
    assert (await ben.browser.post(f"{folder_url(notes)}/page-imports", json=said)).status_code == 403
    await changed(ana, f"{document_url(document)}/rights", {"inherits": False, "grants": []}, "PUT")
    assert (await ben.browser.post(url, json=said)).status_code == 404
    for wrong in ({}, {"file_id": str(uuid4()), "document_id": str(uuid4())}):
        assert (await ana.browser.post(url, json=wrong)).status_code == 422


def _bomb() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"<a>" + b" " * (80 * 2**20))
    return made.getvalue()


def _declared() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(a_word_document())) as known, zipfile.ZipFile(made, "w") as archive:
        for name in known.namelist():
            content = known.read(name)
            if name == "word/document.xml":
                content = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
            archive.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize("hostile", ["bomb", "declared", "cut"])
async def test_what_was_made_to_harm_is_refused(hostile: str, ana: Someone) -> None:
    content = {"bomb": _bomb(), "declared": _declared(), "cut": a_word_document()[:9000]}[hostile]
    file = await upload(ana.browser, content, "Relevés.docx")
    own = (await answered(ana.browser.get("/api/v1/me/space")))["folder_id"]
    reply = await ana.browser.post(f"/api/v1/folders/{own}/page-imports", json={"file_id": file["id"]})
    assert reply.status_code in {415, 422}, reply.text
    assert reply.json()["code"] in {"unreadable_document", "unsupported_media_type"}
    assert (await answered(ana.browser.get(f"/api/v1/folders/{own}/documents")))["items"] == []


def test_markdown_says_the_same_after_it_went_out_and_came_back() -> None:
    nodes = [node for node in PROTOCOL if node["type"] not in {"fileEmbed", "taskList", "table"}]
    source = markdown(paper(*nodes))
    read = markdown_import.read(source)
    assert read.title == "Protocole"
    assert markdown(paper(*read.nodes)) == source
    assert [node["type"] for node in read.nodes] == [node["type"] for node in nodes]


async def test_a_word_document_of_ours_comes_back(ana: Someone) -> None:
    file = await upload(ana.browser, docx(paper(*PROTOCOL)), "Protocole.docx")
    own = (await answered(ana.browser.get("/api/v1/me/space")))["folder_id"]
    made = await answered(ana.browser.post(f"/api/v1/folders/{own}/page-imports", json={"file_id": file["id"]}))
    assert made["lost"] == []
    content = (await answered(ana.browser.get(page_url(made["document"]))))["content"]
    assert content["content"][0]["content"] == [{"type": "text", "text": "Les trois points"}]
    assert {"bulletList", "taskList", "table", "codeBlock"} <= set(kinds(content))
    nested = next(one for one in content["content"] if one["type"] == "bulletList")["content"][0]["content"]
    assert [one["type"] for one in nested] == ["paragraph", "orderedList"]
