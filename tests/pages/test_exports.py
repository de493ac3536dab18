"""Pages as files: what others' programs read in them, what is lost, and who may not have them."""

import re
from collections.abc import AsyncIterator
from html.parser import HTMLParser
from io import BytesIO
from uuid import UUID, uuid4

import mammoth
import pytest
from docx import Document
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from parvis.files.looking import printing
from parvis.files.looking.looker import Looker
from parvis.kernel.runtime import Parvis
from parvis.pages import tree
from parvis.pages.exports.docx import docx
from parvis.pages.exports.html import html
from parvis.pages.exports.losses import losses_of
from parvis.pages.exports.markdown import markdown
from parvis.pages.exports.paper import MEDIA_TYPES, Format, Paper
from parvis.pages.tree import Node
from tests.conftest import SignIn
from tests.make.communities import Someone, arrive, make_closed
from tests.make.pages import block, listing, page_url, paragraph, table, text, write_nodes
from tests.make.spaces import answered, changed, document_url, make_page, space_of

FORMATS: tuple[Format, ...] = ("md", "html", "docx")
EMBEDDED = UUID("018f5e5e-0000-7000-8000-000000000001")
PROTOCOL: list[Node] = [
    block("heading", "Les trois points", level=1),
    paragraph("R1 est en rive ", text("meuble", "bold"), ", voir ", text("la carte", href="https://exemple.fr/a_b")),
    listing("bulletList", block("listItem", paragraph("Mires"), listing("orderedList", "Rouge", "Bleue", start=3))),
    listing("taskList", block("taskItem", paragraph("GPS"), checked=True, assignee="{ana}", due="2027-03-18")),
    block("callout", paragraph("Vigilance orange"), kind="warning"),
    block("blockquote", paragraph("On reste sur le chemin.")),
    block("codeBlock", "cote = 3 < 4\nsuite", language="python"),
    table(
        [block("tableHeader", paragraph("Point")), block("tableHeader", paragraph("Cote"))],
        [block("tableCell", paragraph("R1 | R2"), colspan=1, rowspan=1), block("tableCell", paragraph("1,20"))],
    ),
    paragraph("Avec ", block("mention", id="x", label="Malo Guérin"), block("hardBreak"), "demain"),
    block("horizontalRule"),
    block("fileEmbed", document_id=str(EMBEDDED), name="Carte.pdf"),
]


def paper(*nodes: Node, title: str = "Protocole") -> Paper:
    return Paper(uuid4(), title, {"type": "doc", "content": list(nodes)}, "fr", "https://parvis.example")


class Tags(HTMLParser):
    """What a browser would make of a file: its elements, attributes and words."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.fixture
async def ana(parvis: Parvis, sign_in: SignIn) -> Someone:
    return await arrive(parvis, sign_in, "Ana Arnaud", "staff")


@pytest.fixture
async def ben(parvis: Parvis, sign_in: SignIn) -> Someone:
    return await arrive(parvis, sign_in, "Ben Barre")


async def test_who_reads_a_page_has_it_in_each_format_and_is_told_what_is_lost(
    parvis: Parvis, ana: Someone, ben: Someone
) -> None:
    place = await make_closed(ana, ben, access="on_request")
    page = await make_page(ana, await space_of(ana, place), name="Relevés: été")
    given_to_ana = block("taskItem", paragraph("GPS"), checked=True, assignee=ana.id, due="2027-03-18")
    nodes = [listing("taskList", given_to_ana) if node["type"] == "taskList" else node for node in PROTOCOL]
    await write_nodes(parvis, ana, page, *nodes)
    url = f"{page_url(page)}/export"
    made = {one: await ben.browser.get(url, params={"format": one}) for one in FORMATS}
    for one, reply in made.items():
        assert reply.headers["content-type"].startswith(MEDIA_TYPES[one])
        assert re.fullmatch(rf"attachment;.*Relev.*{one}.*", reply.headers["content-disposition"])
        assert (reply.headers["x-content-type-options"], reply.headers["cache-control"]) == (
            "nosniff",
            "private, no-store",
        )
        assert "sandbox" in reply.headers["content-security-policy"]
    assert "* [x] GPS (Ana Arnaud, by March 18, 2027)" in made["md"].text
    assert "GPS</p> <small>Ana Arnaud, by March 18, 2027</small>" in made["html"].text
    assert "☑\tGPS (Ana Arnaud, by March 18, 2027)" in [
        one.text for one in Document(BytesIO(made["docx"].content)).paragraphs
    ]
    lost = await answered(ben.browser.get(f"{url}/losses", params={"format": "docx"}))
    assert [(one["code"], one["count"]) for one in lost["items"]] == [
        ("code_language", 1),
        ("embedded", 1),
        ("tasks", 1),
        ("comments", 0),
    ]
    await changed(ana, f"{document_url(page)}/rights", {"inherits": False, "grants": []}, "PUT")
    for asked in (url, f"{url}/losses"):
        assert (await ben.browser.get(asked)).status_code == 404
        assert (await ben.browser.get(asked.replace(page["id"], str(uuid4())))).status_code == 404
    assert (await ana.browser.get(url, params={"format": "pdf"})).status_code == 422


def test_markdown_says_the_page_to_any_reader_of_commonmark() -> None:
    made = markdown(paper(*PROTOCOL))
    rendered = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(made)
    assert "<h1>Protocole</h1>" in rendered
    assert "<h2>Les trois points</h2>" in rendered
    assert '<a href="https://exemple.fr/a_b">la carte</a>' in rendered
    assert '<ol start="3">\n<li>Rouge</li>\n<li>Bleue</li>' in rendered
    assert "<td>R1 | R2</td>" in rendered
    assert '<code class="language-python">cote = 3 &lt; 4\nsuite\n</code>' in rendered
    assert "@Malo Guérin<br />\ndemain" in rendered
    assert f'<a href="https://parvis.example/documents/{EMBEDDED}">Carte.pdf</a>' in rendered
    assert "[!WARNING]" in made


def test_html_is_one_file_that_runs_and_fetches_nothing() -> None:
    read = Tags(html(paper(*PROTOCOL)))
    tags = [tag for tag, _ in read.found]
    assert {"h1", "h2", "ol", "aside", "table", "th", "blockquote", "pre", "hr"} <= set(tags)
    assert not {"script", "iframe", "object", "link", "form", "svg"} & set(tags)
    policy = next(said["content"] for tag, said in read.found if "http-equiv" in said)
    assert policy is not None
    assert policy.startswith("default-src 'none'")


def test_word_processors_find_headings_lists_tables_and_links() -> None:
    made = docx(paper(*PROTOCOL))
    read = mammoth.convert_to_html(BytesIO(made)).value
    assert "<h1>Les trois points</h1>" in read
    assert "<strong>meuble</strong>" in read
    assert '<a href="https://exemple.fr/a_b">la carte</a>' in read
    assert "<ul><li>Mires<ol><li>Rouge</li><li>Bleue</li></ol></li></ul>" in read
    assert "<table><thead><tr><th><p><strong>Point</strong></p></th>" in read
    assert "R1 | R2" in read
    assert f'<a href="https://parvis.example/documents/{EMBEDDED}">Carte.pdf</a>' in read
    styles = {one.text: one.style.name for one in Document(BytesIO(made)).paragraphs if one.style}
    assert (styles["Protocole"], styles["Les trois points"]) == ("Title", "Heading 1")


async def test_the_word_document_is_opened_as_any_other_that_is_put_in() -> None:
    """By our own reader of office documents; and by LibreOffice, which draws it, where it is installed."""
    made = docx(paper(*PROTOCOL))

    async def pieces() -> AsyncIterator[bytes]:
        yield made

    found = await Looker().look(pieces(), "office")
    assert found.facts.is_drawable
    assert {"Les trois points", "Vigilance orange", "On reste sur le chemin."} <= set(found.text.split("\n"))
    assert bool(found.pages) == (printing.program() is not None)


@settings(deadline=None, max_examples=40)
@given(st.text(min_size=1))
@example("<script>alert(1)</script>")
@example("</title><img src=x onerror=alert(1)>")
@example("1. un\n# deux ![x](javascript:alert(1)) <https://a.b> &lt; `x")
@example("***a** b* c~~ d")
def test_no_words_become_anything_else(words: str) -> None:
    written = paper(
        paragraph(words),
        block("heading", text(words, "bold"), level=2),
        paragraph("a", text(words, "bold", "strike"), text(words, "italic"), text(words, "code"), "b"),
        block("codeBlock", words, language=words),
        block("image", alt=words, file_id=words, width=words),
        block("fileEmbed", name=words, document_id=words),
        listing("taskList", block("taskItem", paragraph(words), assignee=words, due=words, checked=words)),
        block("callout", paragraph(block("mention", id=words, label=words)), kind=words),
        table([block("tableCell", paragraph(text(words, "code")), colspan=words, rowspan=-3)]),
        title=words,
    )
    plain = html(paper(paragraph("x"), title="x"))
    allowed = {tag for tag, _ in Tags(plain).found} | {
        *("h3", "strong", "s", "em", "code", "pre", "p", "ul", "li", "input", "div", "small", "aside", "table", "tr"),
        *("td", "span"),
    }
    read = Tags(html(written).encode("utf-8", "replace").decode())
    assert {tag for tag, _ in read.found} <= allowed
    assert not any(name.startswith("on") for _, said in read.found for name in said)
    shown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(markdown(written))
    inline = [token for block_ in shown for token in [block_, *(block_.children or ())]]
    assert not {"html_block", "html_inline", "link_open", "image"} & {token.type for token in inline}
    Document(BytesIO(docx(written)))


@pytest.mark.parametrize(
    "href",
    ["javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "//evil.example", "vbscript:x", "java\tscript:x", ""],
)
def test_links_lead_to_no_program(href: str) -> None:
    written = paper(paragraph(text("ici", href=href)))
    assert "href" not in [name for _, said in Tags(html(written)).found for name in said]
    assert "](" not in markdown(written)
    assert "<a" not in mammoth.convert_to_html(BytesIO(docx(written))).value


def test_losses_are_counted_where_they_are_met() -> None:
    content = tree.of([tree.update_of([*PROTOCOL, paragraph(text("dessous", "underline"))])[0]])
    found = {one.code: one.count for one in losses_of(content, "md", "fr")}
    assert found == {"underline": 1, "embedded": 1, "tasks": 1, "comments": 0}
    assert all(one.text for one in losses_of(content, "html", "en"))
