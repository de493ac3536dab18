"""Turning a mail into its subject, its HTML and its plain text."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from mjml import mjml2html

from .outbox import Act, Mail

FOLDER = Path(__file__).resolve().parents[2] / "mails"
LINE_BREAKS = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")
FACTS = ("what", "when", "where")


@dataclass(frozen=True)
class Letter:
    """A mail ready to be sent."""

    subject: str
    html: str
    text: str


def render(
    mail: Mail, leave: str = "", links: Mapping[Act, str] = MappingProxyType({}), *, answered: bool = False
) -> Letter:
    """`leave`: where its reader leaves its list; `links`: of what he may do, what has none is not offered; `answered`:
    he may answer by mail.

    Raises `jinja2.UndefinedError` when the template needs data that the mail does not have.
    """
    texts = _texts(mail.language)
    data = {"organisation": "Parvis", **mail.data}
    words = {name: _compiled(text).render(data) for name, text in texts[mail.template].items()}
    labels: Mapping[str, str] = texts["common"]["facts"]
    page: dict[str, Any] = {
        **words,
        "subject": LINE_BREAKS.sub(" ", words["subject"]),
        "language": mail.language,
        "organisation": data["organisation"],
        "link": data["link"],
        "copy": texts["common"]["copy"],
        "colon": texts["common"]["colon"],
        "pieces": mail.pieces,
        "leave": leave,
        "leave_words": texts["common"]["leave"],
        "choices": mail.choices,
        "choose_words": texts["common"]["choose"],
        "facts": [(name + texts["common"]["colon"], value) for name, value in _facts(data, labels)],
        "acts": _offered(mail.acts, texts, links),
        "offered": [_offered(piece.acts, texts, links) for piece in mail.pieces],
        "at_once": texts["acts"]["at_once"],
        "answering": texts["acts"]["answering"] if answered else "",
    }
    return Letter(
        subject=page["subject"],
        html=mjml2html(ESCAPED.get_template("base.mjml").render(page), fonts={}),
        text=PLAIN.get_template("base.txt").render(page),
    )


def _facts(data: Mapping[str, str | int], labels: Mapping[str, str]) -> list[tuple[str, str | int]]:
    """What is to be known at a glance: under the names that we know, and under those that the writer gave."""
    written = [line.partition("\t") for line in str(data.get("facts", "")).splitlines()]
    return [
        *((labels[name], data[name]) for name in FACTS if name in data),
        *((label, value) for label, _, value in written),
    ]


def _offered(acts: Sequence[Act], texts: Mapping[str, Any], links: Mapping[Act, str]) -> list[tuple[str, str]]:
    return [(_label(act, texts), links[act]) for act in acts if act in links]


def _label(act: Act, texts: Mapping[str, Any]) -> str:
    words: str = texts["acts"]["_".join(filter(None, (act.action, act.choice)))] if not act.label else act.label
    return words


@cache
def _texts(language: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


@cache
def _compiled(text: str) -> Template:
    """Ours are few; compiling them takes as long as the rest of a letter."""
    return PLAIN.from_string(text)


ESCAPED = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined)
PLAIN = Environment(loader=FileSystemLoader(FOLDER), autoescape=False, undefined=StrictUndefined)  # noqa: S701 — text
