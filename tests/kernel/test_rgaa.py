"""The grid of RGAA 4.1.2, and what WCAG 2.2 adds: every criterion is answered, and the page counts rightly."""

import csv
import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "accessibility"
CRITERIA = (9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12)
"""How many each theme has: 106 in all."""
ADDED = ("2.4.11", "2.5.7", "2.5.8", "3.2.6", "3.3.7", "3.3.8")
"""Of WCAG 2.2, at levels A and AA, beyond 2.1, which RGAA stands on."""
STATUSES = ("conforming", "not conforming", "not applicable")
STATEMENTS = ROOT / "backend" / "parvis" / "admin" / "texts"


class Row(NamedTuple):
    id: str
    level: str
    criterion: str
    status: str
    where: str
    note: str


def rows() -> list[Row]:
    with (FOLDER / "rgaa.csv").open(encoding="utf-8", newline="") as file:
        head, *lines = csv.reader(file, strict=True)
    assert tuple(head) == Row._fields
    return [Row(*line) for line in lines]


def test_every_criterion_is_answered_once_in_order() -> None:
    of_rgaa = [f"{theme}.{number}" for theme, count in enumerate(CRITERIA, 1) for number in range(1, count + 1)]
    assert len(of_rgaa) == 106
    assert [row.id for row in rows()] == [*of_rgaa, *(f"wcag-{number}" for number in ADDED)]


def test_no_row_is_empty_and_what_holds_it_is_there() -> None:
    for row in rows():
        assert row.criterion, row.id
        assert row.level in {"A", "AA", "AAA"}, row.id
        assert row.status in STATUSES, row.id
        assert row.where or row.status != "conforming", row.id
        assert row.note or row.status == "conforming", row.id
        assert [place for place in row.where.split() if not (ROOT / place).is_file()] == [], row.id


def test_the_page_and_the_statements_say_what_the_grid_says() -> None:
    told = [row for row in rows() if not row.id.startswith("wcag-")]
    counts = Counter(row.status for row in told)
    rate = 100 * counts["conforming"] / (counts["conforming"] + counts["not conforming"])
    page = (FOLDER / "rgaa.md").read_text(encoding="utf-8")
    for status in STATUSES:
        assert f"| {status} | {counts[status]} |" in page
    failing = [row.id for row in told if row.status == "not conforming"]
    for text in (page, *(path.read_text(encoding="utf-8") for path in sorted(STATEMENTS.glob("accessibility.*.md")))):
        assert re.search(rf"\b{rate:.0f}\s?%", text), rate
        assert [number for number in failing if not re.search(rf"\b{re.escape(number)}\b(?!\.\d)", text)] == []
