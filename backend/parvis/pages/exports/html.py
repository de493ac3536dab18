"""A page as HTML: one file with all it shows, in which nothing runs and which fetches nothing."""

import re
from base64 import b64encode
from collections.abc import Iterator, Sequence
from html import escape

from parvis.pages.tree import Node

from .paper import (
    CALLOUTS,
    Cell,
    Paper,
    attribute,
    document_address,
    kind_of,
    level_of,
    link_of,
    mark_of,
    number_of,
    rows_of,
    shown,
    task_facts,
    text_attribute,
)

INERT = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"
STYLE = """
:root { color-scheme: light dark }
body { margin: 0; font: 1.0625rem/1.6 system-ui, sans-serif }
main { max-width: 44rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; overflow-wrap: anywhere }
h1, h2, h3, h4 { line-height: 1.25; margin: 1.8em 0 .5em }
h1 { margin-top: 0 }
img { max-width: 100%; height: auto }
table { border-collapse: collapse; width: 100% }
th, td { border: 1px solid #8886; padding: .4rem .6rem; text-align: left; vertical-align: top }
th { background: #8882 }
th > :first-child, td > :first-child { margin-top: 0 }
th > :last-child, td > :last-child { margin-bottom: 0 }
pre { padding: .9rem 1rem; background: #8882; overflow-x: auto }
blockquote { margin: 1em 0; padding-left: 1rem; border-left: 3px solid #8888 }
aside { margin: 1em 0; padding: .2rem 1rem; border: 1px solid #8886; border-left: 6px solid #3460a8 }
aside.warning { border-left-color: #b3641b }
aside.success { border-left-color: #2e7d4f }
aside > strong { display: block; margin-top: .6rem }
ul.tasks { list-style: none; padding-left: .25rem }
ul.tasks > li { display: flex; gap: .6rem; align-items: baseline }
ul.tasks > li > div > :first-child { margin: 0 }
small { opacity: .75 }
.file::before { content: "\\1F4CE\\00A0" }
@media print { main { max-width: none; padding: 0 } h1, h2, h3, h4 { break-after: avoid } }
"""
LANGUAGE = re.compile(r"[A-Za-z0-9_+#.-]{1,32}")
TAGS = {"code": "code", "strike": "s", "underline": "u", "italic": "em", "bold": "strong"}
"""Marks from the innermost."""
PLAIN = {
    "bulletList": "ul",
    "listItem": "li",
    "blockquote": "blockquote",
}


def html(paper: Paper) -> str:
    """The whole file."""
    title = escape(paper.title)
    return (
        f'<!doctype html>\n<html lang="{escape(paper.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{INERT}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n<h1>{title}</h1>\n{fragment(paper)}\n</main>\n</body>\n</html>\n"
    )


def fragment(paper: Paper) -> str:
    """What stands below its name."""
    return "\n".join(_blocks(paper, paper.blocks))


def _blocks(paper: Paper, nodes: Sequence[Node]) -> Iterator[str]:
    for node in nodes:
        yield _block(paper, node)


def _block(paper: Paper, node: Node) -> str:  # noqa: C901, PLR0911 - one line for each kind of block.
    inside = node.get("content", ())
    match node["type"]:
        case "paragraph":
            return f"<p>{_line(paper, inside)}</p>"
        case "heading":
            tag = f"h{level_of(node) + 1}"
            return f"<{tag}>{_line(paper, inside)}</{tag}>"
        case "orderedList":
            first = number_of(attribute(node, "start"), 1, 999_999)
            start = f' start="{first}"' if first > 1 else ""
            return f"<ol{start}>{_inside(paper, node)}</ol>"
        case "taskList":
            return f'<ul class="tasks">{_inside(paper, node)}</ul>'
        case "taskItem":
            return _task(paper, node)
        case "callout":
            kind = kind_of(node)
            label = escape(CALLOUTS[kind][paper.language])
            return f'<aside class="{kind}"><strong>{label}</strong>{_inside(paper, node)}</aside>'
        case "codeBlock":
            return _code(node)
        case "table":
            rows = "".join(f"<tr>{''.join(_cell(paper, cell) for cell in row)}</tr>" for row in rows_of(node))
            return f"<table>{rows}</table>"
        case "horizontalRule":
            return "<hr>"
        case "image":
            return _image(paper, node)
        case "fileEmbed":
            name = _link(escape(text_attribute(node, "name")), document_address(paper, node))
            return f'<p class="file">{name}</p>'
    tag = PLAIN.get(node["type"], "div")
    return f"<{tag}>{_inside(paper, node)}</{tag}>"


def _inside(paper: Paper, node: Node) -> str:
    return "".join(_blocks(paper, node.get("content", ())))


def _task(paper: Paper, node: Node) -> str:
    checked = " checked" if attribute(node, "checked") is True else ""
    facts = task_facts(paper, node)
    said = f" <small>{escape(facts)}</small>" if facts else ""
    return f'<li><input type="checkbox" disabled{checked}><div>{_inside(paper, node)}{said}</div></li>'


def _code(node: Node) -> str:
    words = escape("".join(str(run.get("text", "")) for run in node.get("content", ())))
    language = text_attribute(node, "language")
    told = f' class="language-{language}"' if LANGUAGE.fullmatch(language) else ""
    return f"<pre><code{told}>{words}</code></pre>"


def _cell(paper: Paper, cell: Cell) -> str:
    tag = "th" if cell.is_header else "td"
    over = "".join(f' {name}="{n}"' for name, n in (("colspan", cell.across), ("rowspan", cell.down)) if n > 1)
    return f"<{tag}{over}>{_inside(paper, cell.node)}</{tag}>"


def _image(paper: Paper, node: Node) -> str:
    alt, picture = escape(text_attribute(node, "alt")), shown(paper, node)
    if picture is None:
        return f"<p><em>{alt}</em></p>" if alt else ""
    width = number_of(attribute(node, "width"), 0, picture.width) or picture.width
    height = round(picture.height * width / picture.width)
    source = f"data:image/webp;base64,{b64encode(picture.content).decode()}"
    return f'<p><img src="{source}" alt="{alt}" width="{width}" height="{height}"></p>'


def _line(paper: Paper, runs: Sequence[Node]) -> str:
    return "".join(_run(paper, run) for run in runs)


def _run(paper: Paper, run: Node) -> str:
    if run["type"] == "hardBreak":
        return "<br>"
    if run["type"] == "mention":
        return f"<span>@{escape(text_attribute(run, 'label'))}</span>"
    if run["type"] != "text":
        return ""
    said = escape(str(run.get("text", "")))
    for kind, tag in TAGS.items():
        if mark_of(run, kind):
            said = f"<{tag}>{said}</{tag}>"
    link = mark_of(run, "link")
    return _link(said, link_of(paper, attribute(link, "href"))) if link is not None else said


def _link(said: str, address: str | None) -> str:
    if address is None:
        return said
    return f'<a href="{escape(address)}" rel="noopener noreferrer nofollow">{said}</a>'
