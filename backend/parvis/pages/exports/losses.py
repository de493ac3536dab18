"""What a page loses on its way into a format: told before it is made."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from parvis.kernel.errors import Text
from parvis.pages.tree import Node, nodes_in

from .paper import Format, attribute, mark_of, number_of, rows_of, text_attribute

LossCode = Literal[
    "comments", "embedded", "code_language", "merged_cells", "pictures_linked", "table_blocks", "tasks", "underline",
    "headerless_table", "picture_width", "pictures_missing",
]  # fmt: skip
ALL: frozenset[Format] = frozenset({"md", "html", "docx"})
MD: frozenset[Format] = frozenset({"md"})


@dataclass(frozen=True, slots=True)
class Loss:
    """`count`: how often it is met; 0 where it is of the page as a whole."""

    code: LossCode
    count: int
    text: str


def losses_of(content: Node, format_: Format, language: str, missing: int = 0) -> list[Loss]:
    """`missing`: pictures that are not there to be put in."""
    met: Counter[LossCode] = Counter()
    for node in nodes_in(content):
        for code, (formats, is_met) in MET.items():
            if format_ in formats and is_met(node):
                met[code] += 1
    if missing and format_ != "md":
        met["pictures_missing"] = missing
    found = [Loss(code, met[code], TEXTS[code][language]) for code in TEXTS if met[code]]
    return [*found, Loss("comments", 0, TEXTS["comments"][language])]


def _has_merged(node: Node) -> bool:
    return node["type"] == "table" and any(cell.across > 1 or cell.down > 1 for row in rows_of(node) for cell in row)


def _has_blocks(node: Node) -> bool:
    if node["type"] not in {"tableCell", "tableHeader"}:
        return False
    inside = node.get("content", ())
    return len(inside) > 1 or any(block["type"] != "paragraph" for block in inside)


def _is_headerless(node: Node) -> bool:
    rows = rows_of(node) if node["type"] == "table" else []
    return bool(rows) and not all(cell.is_header for cell in rows[0])


def _is(kind: str, name: str = "") -> Callable[[Node], bool]:
    return lambda node: node["type"] == kind and (not name or attribute(node, name) not in {None, ""})


def _is_given(node: Node) -> bool:
    return node["type"] == "taskItem" and bool(text_attribute(node, "assignee") or text_attribute(node, "due"))


def _is_sized(node: Node) -> bool:
    return node["type"] == "image" and number_of(attribute(node, "width"), 0, 10_000) > 0


Met = tuple[frozenset[Format], Callable[[Node], bool]]
MET: Mapping[LossCode, Met] = {
    "underline": (MD, lambda node: node["type"] == "text" and mark_of(node, "underline") is not None),
    "picture_width": (MD, _is_sized),
    "pictures_linked": (MD, _is("image")),
    "merged_cells": (MD, _has_merged),
    "table_blocks": (MD, _has_blocks),
    "headerless_table": (MD, _is_headerless),
    "code_language": (frozenset({"docx"}), _is("codeBlock", "language")),
    "embedded": (ALL, _is("fileEmbed")),
    "tasks": (ALL, _is_given),
}
"""In which formats something is lost, and where in the page."""
TEXTS: Mapping[LossCode, Text] = {
    "underline": {
        "fr": "Le souligné devient du texte simple.",
        "en": "Underlined words become plain ones.",
    },
    "picture_width": {
        "fr": "Les images n’y ont plus la largeur choisie.",
        "en": "Pictures lose the width that was chosen.",
    },
    "pictures_linked": {
        "fr": "Les images n’y sont pas : seulement leur adresse ici, que seuls ouvrent ceux qui lisent la page.",
        "en": "Pictures are not in it: only their addresses here, which those who may read the page can open.",
    },
    "pictures_missing": {
        "fr": "Des images ne sont plus là, ou seraient trop lourdes : leur description les remplace.",
        "en": "Some pictures are gone, or would be too heavy: their descriptions take their place.",
    },
    "merged_cells": {
        "fr": "Les cellules fusionnées des tableaux sont séparées.",
        "en": "Merged cells of tables are split.",
    },
    "table_blocks": {
        "fr": "Ce qui fait plusieurs lignes dans une cellule n’en fait plus qu’une.",
        "en": "What makes several lines in a cell becomes one.",
    },
    "headerless_table": {
        "fr": "Les tableaux sans ligne de titre en reçoivent une, vide.",
        "en": "Tables without a header row get an empty one.",
    },
    "code_language": {
        "fr": "La langue des blocs de code n’est plus dite.",
        "en": "The language of code blocks is no longer told.",
    },
    "embedded": {
        "fr": "Les documents joints y sont des liens vers Parvis, pas les fichiers eux-mêmes.",
        "en": "Embedded documents are links to Parvis, not the files themselves.",
    },
    "tasks": {
        "fr": "La personne et la date d’une tâche y sont de simples mots.",
        "en": "Whose a task is, and until when, become plain words.",
    },
    "comments": {
        "fr": "Les commentaires, l’historique et les auteurs restent dans Parvis.",
        "en": "Comments, history and authors stay in Parvis.",
    },
}
