"""What a new page may begin with, in the language of who makes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from parvis.kernel.errors import Text

from .tree import Node

Template = Literal["empty", "minutes", "protocol", "ideas", "agenda", "project"]


@dataclass(frozen=True, slots=True)
class Model:
    """`lines`: a line each, as `_node` reads them."""

    name: Text
    summary: Text
    lines: Mapping[str, Sequence[str]]


def content_of(template: Template, language: str) -> list[Node]:
    """The blocks with which a page begins."""
    found: list[Node] = []
    for line in TEMPLATES[template].lines.get(language, ()):
        node = _node(line)
        if found and found[-1]["type"] == node["type"] and node["type"] in {"bulletList", "taskList"}:
            found[-1]["content"] += node["content"]
        else:
            found.append(node)
    return found or [{"type": "paragraph"}]


def _node(line: str) -> Node:
    """`# ` and `## ` begin headings, `- ` items, `[] ` tasks, `! ` a callout; the rest is text, perhaps none."""
    mark, _, words = line.partition(" ")
    match mark:
        case "#" | "##":
            return _block("heading", words, level=len(mark) + 1)
        case "-":
            return {"type": "bulletList", "content": [{"type": "listItem", "content": [_block("paragraph", words)]}]}
        case "[]":
            task = {"checked": False, "assignee": None, "due": None}
            item = {"type": "taskItem", "attrs": task, "content": [_block("paragraph", words)]}
            return {"type": "taskList", "content": [item]}
        case "!":
            return {"type": "callout", "attrs": {"kind": "info"}, "content": [_block("paragraph", words)]}
    return _block("paragraph", line)


def _block(kind: str, words: str, **attributes: Any) -> Node:
    node: Node = {"type": kind}
    if attributes:
        node["attrs"] = attributes
    if words:
        node["content"] = [{"type": "text", "text": words}]
    return node


TEMPLATES: Mapping[Template, Model] = {
    "empty": Model(
        {"fr": "Page vide", "en": "Empty page"},
        {"fr": "Rien : vous commencez.", "en": "Nothing: you begin."},
        {},
    ),
    "minutes": Model(
        {"fr": "Compte rendu", "en": "Minutes"},
        {"fr": "Qui était là, ce qui s’est dit, qui fait quoi.", "en": "Who was there, what was said, who does what."},
        {
            "fr": [
                *("# Personnes présentes", "- ", "# Ordre du jour", "- ", "# Ce qui s’est dit", ""),
                *("# Décisions", "- ", "# À faire", "[] "),
            ],
            "en": ["# Present", "- ", "# Agenda", "- ", "# What was said", "", "# Decisions", "- ", "# To do", "[] "],
        },
    ),
    "protocol": Model(
        {"fr": "Protocole", "en": "Protocol"},
        {"fr": "But, matériel, étapes et consignes de sécurité.", "en": "Aim, material, steps and safety."},
        {
            "fr": [
                *("! Version et date : à tenir à jour à chaque modification.", "# But", "", "# Matériel", "- "),
                *("# Étapes", "- ", "# Sécurité", "- ", "# Résultats attendus", "", "# Références", "- "),
            ],
            "en": [
                *("! Version and date: keep them up to date with each change.", "# Aim", "", "# Material", "- "),
                *("# Steps", "- ", "# Safety", "- ", "# Expected results", "", "# References", "- "),
            ],
        },
    ),
    "ideas": Model(
        {"fr": "Appel à idées", "en": "Call for ideas"},
        {"fr": "La question, le cadre, les idées de chacun.", "en": "The question, its bounds, everybody’s ideas."},
        {
            "fr": [
                *("# La question", "", "# Le cadre", "- ", "# Vos idées", "- ", "# Ce qu’on retient", "- "),
                *("# La suite", "[] "),
            ],
            "en": [
                *("# The question", "", "# Its bounds", "- ", "# Your ideas", "- ", "# What we keep", "- "),
                *("# What comes next", "[] "),
            ],
        },
    ),
    "agenda": Model(
        {"fr": "Ordre du jour", "en": "Agenda"},
        {
            "fr": "Les points d’une réunion, et ce qu’il faut préparer.",
            "en": "Items of a meeting, and what to prepare.",
        },
        {
            "fr": ["# Réunion", "", "# Points", "- ", "- ", "- ", "# À préparer", "[] ", "# Documents", "- "],
            "en": ["# Meeting", "", "# Items", "- ", "- ", "- ", "# To prepare", "[] ", "# Documents", "- "],
        },
    ),
    "project": Model(
        {"fr": "Fiche de projet", "en": "Project sheet"},
        {"fr": "Objectif, équipe, calendrier, moyens.", "en": "Aim, team, calendar, means."},
        {
            "fr": [
                *("# En une phrase", "", "# Objectifs", "- ", "# Équipe", "- ", "# Calendrier", "[] "),
                *("# Moyens", "- ", "# Risques", "- "),
            ],
            "en": [
                *("# In one sentence", "", "# Aims", "- ", "# Team", "- ", "# Calendar", "[] "),
                *("# Means", "- ", "# Risks", "- "),
            ],
        },
    ),
}
