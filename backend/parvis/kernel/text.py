"""Text that people write: Markdown made safe to show, and folding for comparison."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

FIRST_HEADING = 3
"""Headings inside a text start below the page's h1 and the item's h2."""
DEEPEST_HEADING = 6
BEGINNING_READ = 4
"""How much more of a text is looked at than is kept of its beginning, for its marks and addresses."""

LANGUAGE_CLASS = re.compile(r"language-[A-Za-z0-9_+#.-]{1,32}")
BARE = re.compile(r"(https?://\w[^\s<>\"`\x00-\x20]{0,2000})")
PARAGRAPHS = re.compile(r"\n{2,}")
ALIGNED = re.compile(r"text-align:(left|center|right)")

MARKS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f&<>*_`\[\]#|~\\\u2028\u2029]")
"""Signs that mean something to Markdown, and those of control."""
LINES = re.compile(r"^(?:[^\S\n]|[-+=:]|\d{1,9}[.)])|[^\S\n]$", re.MULTILINE)
"""The lines that do: indented, of a list, under a heading, or ending by spaces."""


class Referred(NamedTuple):
    """What a link of our own names to its reader: where it leads, if anywhere, and in which words."""

    address: str | None
    words: str


Refer = Callable[[str], Referred | None]
"""What the address of a link names; None for one that stays as it is."""


def render_markdown(source: str, *, first_heading: int = FIRST_HEADING, refer: Refer | None = None) -> str:
    """HTML of CommonMark with tables and strikethrough. Raw HTML is shown as text; images become links, so that
    reading fetches nothing; the result passes a sanitiser whatever the parser did. `first_heading`: what `#` becomes,
    2 where the text is the page itself."""
    if _is_plain(source):
        return _plainly(source)
    return SANITISER.clean(MARKDOWN.render(source, {"first_heading": first_heading, "refer": refer}))


def _is_plain(source: str) -> bool:
    """Whether a text is words alone to Markdown; at times it is, and this says no."""
    return MARKS.search(source) is None and "://" not in source and LINES.search(source) is None


def _plainly(source: str) -> str:
    """The same for words alone, as most messages are, in a thirtieth of the time."""
    written = [f"<p>{words}</p>\n" for words in PARAGRAPHS.split(source.strip("\n")) if words]
    return "".join(written).replace("\xa0", "&nbsp;")


def beginning(source: str, most: int) -> str:
    """The first words of a Markdown text as they are read, on one line of at most so many letters."""
    words: list[str] = []
    for token in MARKDOWN.parse(source[: most * BEGINNING_READ]):
        words += [_read(one) for one in token.children or () if token.type == "inline"] + [" "]
    line = " ".join("".join(words).split())
    whole = line[:most].rpartition(" ")[0] or line[:most]
    return line if len(line) <= most else whole.rstrip(" ,;:.") + "…"


def paragraphs(source: str, most: int) -> list[str]:
    """A Markdown text as it is read without its marks, by paragraphs, of at most so many letters in all."""
    found: list[str] = []
    left, sign = most, ""
    for token in MARKDOWN.parse(source[: most * BEGINNING_READ]):
        if token.type == "list_item_open":
            sign = "• "
        elif token.type in {"inline", "fence", "code_block"} and left > 0:
            read = "".join(_read(one) for one in token.children) if token.children else token.content
            line = sign + " ".join(read.split())
            cut = line if len(line) <= left else (line[:left].rpartition(" ")[0] or line[:left]).rstrip(" ,;:.") + "…"
            found.append(cut)
            left, sign = left - len(line), ""
    return [line for line in found if line.strip()]


def addresses_in(source: str) -> list[str]:
    """The web addresses that a Markdown text leads to, each once, in order."""
    tokens = MARKDOWN.parse(source, {})
    hrefs = [
        str(token.attrGet("href")) for block in tokens for token in block.children or () if token.type == "link_open"
    ]
    return list(dict.fromkeys(href for href in hrefs if href.startswith(("http://", "https://"))))


def fold(text: str) -> str:
    """A form for comparing: no case, accents or ligatures. "Cœur", "COEUR" and "coeur" fold to "coeur"."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    letters = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return letters.translate(UNDECOMPOSED)


UNDECOMPOSED = str.maketrans(
    {
        "œ": "oe",
        "æ": "ae",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ħ": "h",
        "ı": "i",
        "’": "'",
        "‘": "'",
        "ʼ": "'",
    }
)
"""Letters that Unicode does not decompose, though readers type them with plain ones."""


def _read(token: Token) -> str:
    return " " if token.type in {"softbreak", "hardbreak"} else token.content


def _image_as_link(_renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    link = Token("link_open", "a", 1, attrs={"href": token.attrGet("src") or ""})
    words = Token("text", "", 0, content=token.content or str(token.attrGet("src")))
    html: str = MARKDOWN.renderer.render([link, words, Token("link_close", "a", -1)], options, env)
    return html


def _settle(state: Any) -> None:
    """Shifts headings, and aligns table cells by class: the content security policy allows no inline style."""
    for token in state.tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = (
                f"h{min(int(token.tag[1]) + state.env.get('first_heading', FIRST_HEADING) - 1, DEEPEST_HEADING)}"
            )
        elif token.type in {"th_open", "td_open"} and (aligned := ALIGNED.match(str(token.attrGet("style")))):
            token.attrs = {"class": f"align-{aligned[1]}"}


def _link_bare(state: Any) -> None:
    """Makes links of addresses that stand in a text as they are."""
    for token in state.tokens:
        if token.children and "://" in token.content:
            token.children = _with_bare_links(token.children, state.md)


def _with_bare_links(tokens: Sequence[Token], markdown: MarkdownIt) -> list[Token]:
    found: list[Token] = []
    is_inside = False
    for token in tokens:
        if token.type in {"link_open", "link_close"}:
            is_inside = token.type == "link_open"
        if token.type != "text" or is_inside:
            found.append(token)
            continue
        for number, piece in enumerate(BARE.split(token.content)):
            found += _bare_link(piece, markdown) if number % 2 else _words(piece)
    return found


def _bare_link(written: str, markdown: MarkdownIt) -> list[Token]:
    """Without the signs that end a sentence after it."""
    address = written.rstrip(".,;:!?…»”’*_")
    while address.endswith(")") and address.count("(") < address.count(")"):
        address = address[:-1].rstrip(".,;:!?…»”’*_")
    href = markdown.normalizeLink(address)
    if not markdown.validateLink(href):
        return _words(written)
    return [*_link(Referred(href, address)), *_words(written[len(address) :])]


def _words(content: str) -> list[Token]:
    return [Token("text", "", 0, content=content)] if content else []


def _refer(state: Any) -> None:
    """Puts what links of our own name in the place of what was written between their brackets."""
    refer: Refer | None = state.env.get("refer")
    if refer is None:
        return
    for token in state.tokens:
        if token.children:
            token.children = _referred(token.children, refer)


def _referred(tokens: Sequence[Token], refer: Refer) -> list[Token]:
    found: list[Token] = []
    is_inside = False
    for token in tokens:
        referred = refer(str(token.attrGet("href"))) if token.type == "link_open" else None
        if referred is not None:
            found += _link(referred)
            is_inside = True
        elif not is_inside:
            found.append(token)
        elif token.type == "link_close":
            is_inside = False
    return found


def _link(referred: Referred) -> list[Token]:
    words = Token("text", "", 0, content=referred.words)
    if referred.address is None:
        return [words]
    return [Token("link_open", "a", 1, attrs={"href": referred.address}), words, Token("link_close", "a", -1)]


def _keep_attribute(tag: str, name: str, value: str) -> str | None:
    if name != "class":
        return value
    if tag == "code":
        return value if LANGUAGE_CLASS.fullmatch(value) else None
    return value if value in {"align-left", "align-center", "align-right"} else None


def _keep_place(url: str) -> str | None:
    """Of addresses without a scheme, only those on our own site stay links."""
    return url if url.startswith(("/", "#")) and not url.startswith(("//", "/\\")) else None


def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    markdown.core.ruler.push("settle", _settle)
    markdown.core.ruler.push("link_bare", _link_bare)
    markdown.core.ruler.push("refer", _refer)
    markdown.add_render_rule("image", _image_as_link)
    return markdown


MARKDOWN = _markdown()

SANITISER = nh3.Cleaner(
    tags={
        *("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "strong", "em", "s", "blockquote", "pre", "code"),
        *("ul", "ol", "li", "a", "table", "thead", "tbody", "tr", "th", "td"),
    },
    attributes={"a": {"href", "title"}, "ol": {"start"}, "code": {"class"}, "th": {"class"}, "td": {"class"}},
    attribute_filter=_keep_attribute,
    url_schemes={"http", "https", "mailto"},
    url_relative=_keep_place,
    link_rel="nofollow noopener noreferrer ugc",
)
