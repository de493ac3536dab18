"""The table of ASVS 5.0: every requirement is answered, proofs are there, and the page counts rightly."""

import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "docs" / "security" / "asvs.csv"
PAGE = ROOT / "docs" / "security" / "asvs.md"
STATUSES = ("met", "partly", "not met", "not applicable")
PROVED = {"met", "partly"}
EXPLAINED = {"partly", "not met", "not applicable"}

CHAPTERS = (
    ("Encoding and sanitising", "22 1111122223 112222222223 222 123"),
    ("Input and its logic", "122 112 12223 23"),
    ("In the browser", "3 113 12223 11222233 11122333 3 22333"),
    ("API and sockets", "12233 23333 22 1222"),
    ("Files", "2 112333 113 222"),
    ("Signing in", "122 111111112222 11223333 112233 22222333 2223 33 2222"),
    ("Sessions", "222 1111 22 11222 223 22"),
    ("Rights", "1233 1123 133 23"),
    ("Signed tokens", "111 1222"),
    ("OAuth and OpenID Connect", "22 223 22223 1111122222233333 22222 22 222"),
    ("Cryptography", "2233 22233 11233 1222 23 23 33"),
    ("TLS", "12233 11 22223"),
    ("Configuration", "2333 222223 2233 1222233"),
    ("Data", "22 12223333 122"),
    ("Code and its parts", "12233 12233 1222222 3333"),
    ("Logs and errors", "2 22222 2222 222 2223"),
    ("WebRTC", "23 22223333 22"),
)
"""A word for each section, and in it the level of each requirement, in the order of the standard."""
TAKEN_ON = {"5.2.4", "5.2.6", "5.3.3", "6.3.8", "8.3.2", "15.4.2"}
"""Of the third level these alone."""
LEVELS = {
    name: level
    for chapter, (_, sections) in enumerate(CHAPTERS, 1)
    for section, levels in enumerate(sections.split(), 1)
    for number, level in enumerate(levels, 1)
    if (name := f"{chapter}.{section}.{number}") in TAKEN_ON or level in {"1", "2"}
}


class Row(NamedTuple):
    id: str
    level: str
    requirement: str
    status: str
    where: str
    note: str


def rows() -> list[Row]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        head, *lines = csv.reader(file, strict=True)
    assert tuple(head) == Row._fields
    return [Row(*line) for line in lines]


def test_the_standard_is_known_whole() -> None:
    levels = Counter("".join(sections for _, sections in CHAPTERS).replace(" ", ""))
    assert levels == {"1": 70, "2": 183, "3": 92}
    assert len(LEVELS) == 70 + 183 + len(TAKEN_ON)


def test_every_requirement_is_answered_once_at_its_level() -> None:
    told = [(row.id, row.level) for row in rows()]
    assert Counter(told) == Counter(LEVELS.items())
    assert told == sorted(told, key=lambda one: [int(part) for part in one[0].split(".")])


def test_no_row_is_empty() -> None:
    for row in rows():
        assert all(cell == cell.strip() for cell in row), row.id
        assert row.requirement, row.id
        assert row.status in STATUSES, row.id
        assert row.where or row.status not in PROVED, row.id
        assert row.note or row.status not in EXPLAINED, row.id


def test_what_proves_it_is_there() -> None:
    for row in rows():
        places = row.where.split()
        assert len(set(places)) == len(places), row.id
        missing = [place for place in places if not (ROOT / place).is_file()]
        assert not missing, (row.id, missing)


def test_the_page_counts_as_the_table_does() -> None:
    told = rows()
    expected = [_counted(status, [row for row in told if row.status == status]) for status in STATUSES]
    expected.append(_counted("all", told))
    for number, (name, _) in enumerate(CHAPTERS, 1):
        found = Counter(row.status for row in told if row.id.startswith(f"{number}."))
        expected.append(_line(f"{number}. {name}", [found[status] for status in STATUSES]))
    page = PAGE.read_text(encoding="utf-8").splitlines()
    assert [line for line in expected if line not in page] == []


def _counted(what: str, told: Sequence[Row]) -> str:
    found = Counter(row.level for row in told)
    return _line(what, [*(found[level] for level in "123"), len(told)])


def _line(what: str, counts: Sequence[int]) -> str:
    return f"| {what} | {' | '.join(map(str, counts))} |"
