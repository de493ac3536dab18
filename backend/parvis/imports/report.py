"""The report of an import as a CSV file, for who corrects the source."""

import csv
from collections.abc import AsyncIterator, Iterable, Mapping
from io import StringIO
from typing import Any
from uuid import UUID

from sqlalchemy import tuple_

from parvis.kernel.db import Database
from parvis.kernel.i18n import Language, pick

from .models import ImportFinding
from .queries.imports import FINDINGS_ORDER, findings
from .reasons import words_of

AT_ONCE = 500
HEADER: Mapping[Language, tuple[str, ...]] = {
    "fr": ("résultat", "fichier", "ligne", "colonne", "motif", "identifiant", "nom", "détail"),
    "en": ("result", "file", "line", "column", "reason", "identifier", "name", "detail"),
}
KINDS: Mapping[Language, Mapping[str, str]] = {
    "fr": {
        "created": "ajout",
        "changed": "modification",
        "closed": "fermeture",
        "refused": "refus",
        "pair": "paire possible",
    },
    "en": {
        "created": "created",
        "changed": "changed",
        "closed": "closed",
        "refused": "refused",
        "pair": "possible pair",
    },
}
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would run."""


async def written_report(database: Database, import_id: UUID, language: Language) -> AsyncIterator[bytes]:
    """The file in pieces, by line of the import; at no time does it hold more than 500 findings."""
    yield "\ufeff".encode() + _csv([HEADER[language]])
    last: ImportFinding | None = None
    while True:
        query = findings(import_id)
        if last is not None:
            query = query.where(tuple_(*FINDINGS_ORDER) > (last.line, last.id))
        async with database.reading() as session:
            found = list(await session.scalars(query.order_by(*FINDINGS_ORDER).limit(AT_ONCE)))
        if not found:
            return
        yield _csv(_row(finding, language) for finding in found)
        last = found[-1]


def _row(finding: ImportFinding, language: Language) -> tuple[object, ...]:
    return (
        KINDS[language][finding.kind],
        finding.source,
        finding.line or "",
        finding.field,
        pick(words_of(finding.code), language),
        finding.identifier,
        finding.name,
        detail_words(finding.detail),
    )


def detail_words(detail: Mapping[str, Any]) -> str:
    """What a finding's detail tells, on one line."""
    parts = [str(detail[key]) for key in ("value", "account") if detail.get(key)]
    parts += [f"→ {detail['other_line']}"] if detail.get("other_line") else []
    parts += [f"{each['kind']} {each['words'] or ''}".strip() for each in detail.get("affiliations", ())]
    parts += [
        f"{change['field']}: {change['before'] or '∅'} → {change['after'] or '∅'}"
        for change in detail.get("changes", ())
    ]
    return "; ".join(parts)


def _csv(rows: Iterable[Iterable[object]]) -> bytes:
    written = StringIO()
    csv.writer(written).writerows([_harmless(cell) for cell in row] for row in rows)
    return written.getvalue().encode()


def _harmless(cell: object) -> str:
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text
