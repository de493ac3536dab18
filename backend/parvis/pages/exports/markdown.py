"""A page as Markdown: CommonMark, with the tables, tasks and callouts that most readers of it know."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from markdown_it import MarkdownIt

from parvis.pages.tree import Node

from .paper import (
    Cell,
    Paper,
    attribute,
    document_address,
    kind_of,
    level_of,
    link_of,
    mark_of,
    number_of,
    picture_address,
    placed,
    rows_of,
    task_facts,
    text_attribute,
)

ALERTS = {"info": "NOTE", "warning": "WARNING", "success": "TIP"}
MEANT = re.compile(r"([\\`*_\[\]<>~|&])")
"""Signs that mean something anywhere in a line."""
BEGINS = re.compile(r"^(\s*\d{0,9})(?=[#+=:.)-])")
"""Before what means something where a line begins."""
LAST_BANG = re.compile(r"!$")
"""Before a link it would make it a picture."""
BROKEN = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
UNESCAPED_BAR = re.compile(r"(?<!\\)\|")
"""In code: in a table it would end a cell."""
LANGUAGE = re.compile(r"[A-Za-z0-9_+#.-]{1,32}")
SIGNS = {"bold": "**", "italic": "*", "strike": "~~"}
READER = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def markdown(paper: Paper) -> str:
    title = _plain(paper.title) or "…"
    return "\n\n".join([f"# {title}", *_blocks(paper, paper.blocks)]) + "\n"


def article(paper: Paper) -> str:
    """The same without its title, for a post: pictures of the page, which not all who read that may see, by what they
    show."""
    said = replace(paper, is_article=True)
    return "\n\n".join(_blocks(said, said.blocks))


def _blocks(paper: Paper, nodes: Sequence[Node]) -> Iterator[str]:
    """Each block. Two lists of a kind that follow each other have other signs: else they were one."""
    before, turn = "", 0
    for node in nodes:
        kind = "bulletList" if node["type"] == "taskList" else node["type"]
        turn = turn + 1 if kind == before else 0
        before = kind
        if said := _block(paper, node, turn % 2):
            yield said


def _block(paper: Paper, node: Node, turn: int) -> str:  # noqa: C901, PLR0911 - one line for each kind of block.
    inside = node.get("content", ())
    match node["type"]:
        case "paragraph":
            return _line(paper, inside)
        case "heading":
            return f"{'#' * (level_of(node) + 1)} {_line(paper, inside, in_one=True)}".rstrip()
        case "bulletList":
            return _list(paper, inside, ["*-"[1 - turn]] * len(inside))
        case "taskList":
            return _list(paper, inside, [f"{'-*'[turn]} [{_checked(item)}]" for item in inside])
        case "orderedList":
            first = number_of(attribute(node, "start"), 1, 999_999)
            return _list(paper, inside, [f"{first + at}{'.)'[turn]}" for at in range(len(inside))])
        case "blockquote":
            return _quoted(list(_blocks(paper, inside)))
        case "callout":
            return _quoted([f"[!{ALERTS[kind_of(node)]}]\n" + "\n\n".join(_blocks(paper, inside))])
        case "codeBlock":
            return _code(node)
        case "table":
            return _table(paper, node)
        case "horizontalRule":
            return "___"
        case "image":
            return _image(paper, node)
        case "fileEmbed":
            return _link(_plain(text_attribute(node, "name")), document_address(paper, node))
    return "\n\n".join(_blocks(paper, inside))


def _checked(item: Node) -> str:
    return "x" if attribute(item, "checked") is True else " "


def _list(paper: Paper, items: Sequence[Node], signs: Sequence[str]) -> str:
    return "\n".join(_item(paper, item, sign) for item, sign in zip(items, signs, strict=True))


def _item(paper: Paper, item: Node, sign: str) -> str:
    blocks = list(_blocks(paper, item.get("content", ())))
    facts = task_facts(paper, item) if item["type"] == "taskItem" else ""
    if facts:
        blocks = [f"{blocks[0] if blocks else ''} ({_plain(facts)})".strip(), *blocks[1:]]
    margin = " " * (len(sign.partition(" ")[0]) + 1)
    first, *rest = "\n\n".join(blocks).split("\n")
    return "\n".join([f"{sign} {first}".rstrip(), *(f"{margin}{line}" if line else "" for line in rest)])


def _quoted(blocks: Sequence[str]) -> str:
    return "\n".join(f"> {line}".rstrip() for line in "\n\n".join(blocks).split("\n"))


def _code(node: Node) -> str:
    words = "".join(str(run.get("text", "")) for run in node.get("content", ()))
    language = text_attribute(node, "language")
    fence = "`" * max(3, 1 + max(map(len, re.findall(r"`+", words)), default=0))
    return f"{fence}{language if LANGUAGE.fullmatch(language) else ''}\n{words}\n{fence}"


def _image(paper: Paper, node: Node) -> str:
    alt, address = _plain(text_attribute(node, "alt")), picture_address(paper, node)
    if paper.is_article:
        return f"*{alt}*" if alt.strip() else ""
    return f"![{alt}]({address})" if address else alt


def _table(paper: Paper, node: Node) -> str:
    rows = rows_of(node)
    at, width = placed(rows)
    if not width:
        return ""
    lines = [[_cell(paper, at.get((row, column))) for column in range(width)] for row in range(len(rows))]
    if not all(cell.is_header for cell in rows[0]):
        lines.insert(0, [""] * width)
    lines.insert(1, ["---"] * width)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(paper: Paper, cell: Cell | None) -> str:
    """All that is in it, on one line."""
    if cell is None:
        return ""
    return " ".join(" ".join(_spoken(paper, cell.node)).split())


def _spoken(paper: Paper, node: Node) -> Iterator[str]:
    for child in node.get("content", ()):
        if child["type"] in {"image", "fileEmbed"}:
            yield _block(paper, child, 0)
        elif any(one["type"] in {"text", "mention", "hardBreak"} for one in child.get("content", ())):
            yield _line(paper, child["content"], in_one=True, in_cell=True)
        else:
            yield from _spoken(paper, child)


def _line(paper: Paper, runs: Sequence[Node], *, in_one: bool = False, in_cell: bool = False) -> str:
    """Words with their marks; without, where signs beside them would be read otherwise than meant."""
    marked, bare = ("".join(_runs(paper, runs, in_one=in_one, marks=marks)).strip() for marks in (True, False))
    line = _begun(marked if _read_again(marked) == _read_again(bare) else bare)
    return UNESCAPED_BAR.sub(r"\|", line) if in_cell else line


def _read_again(line: str) -> str:
    return "".join(
        "\n" if token.type in {"hardbreak", "softbreak"} else token.content
        for block in READER.parseInline(line)
        for token in block.children or ()
    )


def _begun(line: str) -> str:
    return "\n".join(BEGINS.sub(r"\1\\", one) for one in line.split("\n"))


def _runs(paper: Paper, runs: Sequence[Node], *, in_one: bool, marks: bool) -> Iterator[str]:
    for run in runs:
        if run["type"] == "hardBreak":
            yield " " if in_one else "\\\n"
        elif run["type"] == "mention":
            yield f"@{_plain(text_attribute(run, 'label'))}"
        elif run["type"] == "text":
            yield _run(paper, run, marks=marks)


def _run(paper: Paper, run: Node, *, marks: bool) -> str:
    words = BROKEN.sub(" ", str(run.get("text", "")))
    inner = words.strip(" ")
    if not inner:
        return words
    said = _inline_code(inner) if mark_of(run, "code") else _plain(inner)
    for kind, sign in SIGNS.items():
        if marks and mark_of(run, kind):
            said = f"{sign}{said}{sign}"
    link = mark_of(run, "link")
    if link is not None:
        said = _link(said, link_of(paper, attribute(link, "href")))
    before, after = len(words) - len(words.lstrip(" ")), len(words) - len(words.rstrip(" "))
    return f"{' ' * before}{said}{' ' * after}"


def _inline_code(words: str) -> str:
    fence = "`" * (1 + max(map(len, re.findall(r"`+", words)), default=0))
    gap = " " if words.startswith("`") or words.endswith("`") else ""
    return f"{fence}{gap}{words}{gap}{fence}"


def _link(words: str, address: str | None) -> str:
    if address is None:
        return words
    return f"[{words}](<{address.replace('<', '%3C').replace('>', '%3E').replace(chr(92), '%5C').replace('|', '%7C')}>)"


def _plain(words: str) -> str:
    return LAST_BANG.sub(r"\!", MEANT.sub(r"\\\1", BROKEN.sub(" ", words)))
